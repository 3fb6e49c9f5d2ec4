//! Family style: how the text is written.
//!
//! In: posts. Out: scores of pairs of accounts of the same language. Forwarded posts, quotes,
//! links, mentions, addresses and lines that several accounts share are never compared.

pub mod char_impostors;
mod copied;
mod grams;
mod impostors;
mod mask;
pub(crate) mod plan;
mod writing;

pub(crate) use impostors::Population;
pub(crate) use writing::{Passage, Writing, limit_words, writings};
