//! How good a system of likelihood ratios is.
//!
//! In: trials whose truth is known. Out: calibration and error figures. LRs are natural
//! logarithms here unless a name says log10.

mod bin;
mod bootstrap;
mod cllr;
mod cost_cells;
mod ece;
mod elub;
mod fusion;
mod logistic;
mod misleading;
mod pav;
mod rank;
mod recall;
mod trials;

pub use bin::{Bin, FOLDS, Tippett, cross_validated, fit_bin, tippett};
pub use bootstrap::cllr_interval;
pub use cllr::{cllr, costs};
pub use cost_cells::{CELLS, CostCells};
pub use ece::{Ece, ece};
pub use elub::elub;
pub use fusion::{Fused, Several, fuse};
pub use logistic::{Logistic, fit};
pub use misleading::{MISLEADING_AT, Misleading, median_same, misleading};
pub use pav::{Ends, auc, cllr_min, eer};
pub use rank::top;
pub use recall::recall_at;
pub use trials::{Scores, Trial};
