//! Blocking: which pairs among too many accounts are worth comparing.
//!
//! In: the posts and shared values of all accounts, one at a time and in any order ([`Builder`]).
//! Out: [`Candidates`], sorted pairs with the reasons that kept them, and counts of what was not
//! looked at. 100,000 accounts make 5 billion pairs; the candidates are at most a few million. A
//! pair that is no candidate was not compared, which is no finding about it. Refuses nothing; text
//! beyond the limits and values that too many accounts hold are left out and counted.
//!
//! Source: Broder 1997 (shingles, `MinHash`); Leskovec, Rajaraman and Ullman, "Mining of massive
//! datasets", 2020, chapter 3 (bands); Christen, "Data matching", 2012 (blocking); Kocher and
//! Savoy 2017 and others for nearest neighbours over characters.

mod builder;
mod candidates;
mod digest;
mod lexicon;
mod neighbours;
mod postings;
mod reasons;
mod sample;

pub use builder::Builder;
pub use candidates::{Candidates, Counts};
pub use reasons::{Reason, Reasons, Shared};
