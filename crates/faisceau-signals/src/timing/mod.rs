//! Family time: when the accounts are active.
//!
//! In: the times of posts whose hour can be trusted. Out: scores of pairs. A time that was guessed
//! or is not precise to the hour is never used.

mod activity;
mod gaps;
pub mod hour_of_week;
pub mod offset;
pub mod posting_gaps;
pub mod posting_times;
pub mod presence;
mod profile;
pub mod shared_hands;
mod summer_time;

pub(crate) use activity::activities;
pub(crate) use gaps::{GapPrior, Gaps};
pub(crate) use profile::{Base, Profile};
