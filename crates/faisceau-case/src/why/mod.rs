//! `why`: from a sentence to its rows, from a row to its exhibit, from an exhibit to its bytes.
//!
//! In: an id as the note or a table prints it. Out: a tree whose leaves are places in exhibits,
//! with the bytes that stand there made inert.

mod bytes;
mod explanation;
mod json_place;
mod protected;
mod resolve;
mod rowless;
mod rows;
mod selected;
mod selection;
mod waterfall;

pub use explanation::Explanation;
pub use waterfall::{Bar, ReviewShown, Waterfall};
