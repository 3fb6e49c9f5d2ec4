//! Family style: how the text is written.
//!
//! In: posts. Out: scores of pairs of accounts of the same language. Forwarded posts, quotes,
//! links, mentions, addresses and lines that several accounts share are never compared.
//!
//! One file a part; `writing_style` fuses them.

pub mod char_dirichlet;
pub mod char_impostors;
mod cohort;
mod choice;
mod copied;
mod cosine;
mod grams;
pub mod habits;
mod impostors;
#[cfg_attr(not(test), expect(dead_code, reason = "the engine of the family calls it"))]
pub mod lambda_g;
mod mask;
mod parts;
pub(crate) mod plan;
mod polya;
mod similarity;
mod sizes;
pub mod word_impostors;
mod words;
pub mod word_dirichlet;
mod writing;
pub mod writing_style;

pub use parts::PARTS;
pub(crate) use parts::Parts;
pub(crate) use writing::{Passage, Writing, limit_words, writings};
