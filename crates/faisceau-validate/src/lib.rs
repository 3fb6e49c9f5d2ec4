//! Error figures of the signals on a corpus whose truth is known.
//!
//! In: a corpus of messages with their authors. Out: how well each system tells one hand from two,
//! for each amount of material, beside baselines that anyone can run.

pub mod baselines;
pub mod corpus;
pub mod protocol;
