//! Family time: when the accounts are active.
//!
//! In: the times of posts whose hour can be trusted. Out: scores of pairs. A time that was guessed
//! or is not precise to the hour is never used.

mod dirichlet;
pub mod hour_of_week;
mod profile;

#[cfg(test)]
pub(crate) use dirichlet::log_probability;
pub(crate) use profile::{Base, Profile};
