//! Calibrated likelihood ratios from comparisons and a reference.
//!
//! In: comparisons (scores, amounts of material, kinds of access) and a calibration. Out: one
//! link a pair with a log10 LR for each family, its interval and its cap. What is deliberately
//! absent: texts, addresses, priors, posteriors, and any percentage of guilt.
//!
//! - Style and time: logistic calibration for that amount of material, bounded by what the
//!   calibration set supports, interval by resampling its authors.
//! - Style is held against the pairs of the case and lowered where these cost more than pairs of
//!   different hands of the reference.
//! - Network and media: Fellegi and Sunter with conventional rates, capped low.
//! - Inside a family one comparison counts, never a product. Across families log10 LRs are added
//!   (style and time were measured to be independent on the reference), and the total is capped.

mod calibration;
mod coordination;
mod discrete;
mod family;
mod link;
mod unsupervised;
pub mod validation;

pub use calibration::{Calibration, CalibrationError, CalibrationFile, Corpus, Table, VERSION};
pub use link::weigh;
pub use unsupervised::{LEAST_ACCOUNTS, Shift, Shifts, Unmade};
