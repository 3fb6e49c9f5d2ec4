//! The baselines that a system has to beat, as the published script `alterego.py` makes them.
//!
//! In: a corpus, amounts of material, the protocol. Out: for each baseline the figures of the
//! script, equal to four decimals on the processor that is named: ties make the script's own
//! differ from machine to machine ([`Processor`]). Nothing here feeds a likelihood ratio of the program.

mod characters;
mod counts;
mod dirichlet;
mod exact_lgamma;
mod exact_log;
mod figures;
mod folds;
mod hours;
mod isotonic;
mod lbfgs;
mod line_search;
mod matrix;
mod ngrams;
mod numpy_argsort;
mod numpy_argsort_simd;
mod numpy_permutation;
mod processor;
mod ridge;
mod roc;
mod run;
mod sides;
mod strengths;
mod tfidf;
mod words;

pub use figures::Figures;
pub use processor::Processor;
pub use run::{Baseline, Baselines, Settings, run};
