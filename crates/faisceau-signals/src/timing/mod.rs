//! Family time: when the accounts are active.
//!
//! In: the times of posts whose hour can be trusted. Out: scores of pairs. A time that was guessed
//! or is not precise to the hour is never used.

mod activity;
mod dirichlet;
mod gaps;
pub mod hour_of_week;
pub mod posting_gaps;
pub mod posting_times;
mod profile;

pub(crate) use activity::activities;
pub(crate) use gaps::{GapPrior, Gaps};
pub(crate) use profile::{Base, Profile};
