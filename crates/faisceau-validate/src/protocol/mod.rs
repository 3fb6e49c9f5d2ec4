//! The alter-ego protocol over a whole corpus.
//!
//! In: a corpus, systems, amounts of material. Out: for each of them trials of one hand and of
//! different hands, and their figures.

mod sides;

pub use sides::{Cut, sides};
