//! Family style: how the text is written.
//!
//! In: posts. Out: scores of pairs of accounts of the same language. Forwarded posts, quotes,
//! links, mentions, addresses and lines that several accounts share are never compared.
//!
//! One file a part; `writing_style` fuses them.

pub mod char_impostors;
mod choice;
mod cohort;
mod copied;
mod cosine;
mod crowd;
mod explained;
mod grams;
pub mod habits;
mod inverted;
pub mod lambda_g;
mod mask;
mod parts;
pub(crate) mod plan;
mod population;
mod similarity;
mod sizes;
pub mod word_dirichlet;
pub mod word_impostors;
mod words;
mod writing;
pub mod writing_style;

pub(crate) use copied::Copied;
pub use explained::explain_style;
pub(crate) use mask::{count_words, first_words, masked_lines};
pub use parts::PARTS;
pub(crate) use parts::Parts;
pub(crate) use plan::LEAST_WORDS;
pub(crate) use writing::{Passage, Writing, limit_words, writings};
