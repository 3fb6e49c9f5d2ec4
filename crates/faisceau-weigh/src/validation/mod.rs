//! How good a system of likelihood ratios is.
//!
//! In: trials whose truth is known. Out: calibration and error figures. LRs are natural
//! logarithms here unless a name says log10.

mod bin;
mod cllr;
mod elub;
mod fusion;
mod logistic;
mod pav;
mod trials;

pub use bin::{Bin, Tippett, cross_validated, fit_bin};
pub use cllr::cllr;
pub use elub::elub;
pub use fusion::{Fused, Several, fuse};
pub use logistic::{Logistic, fit};
pub use pav::{Ends, auc, cllr_min, eer};
pub use trials::{Scores, Trial};
