//! HTML pages and fragments, read within limits.
//!
//! In: bytes or text that somebody else wrote. Out: a [`Page`] with numbered elements, the bytes at
//! which they were written, and what a reader sees of them. Refused: running anything, fetching
//! anything, and going on at a limit.
//!
//! `page` is the page and the numbers of its elements, `walk` goes through it, `text` is what a
//! reader sees of an element, `parts` are headings, list items and rows of tables. Below them:
//! `charset`, `attributes` and `limits`, without which no page is parsed; `written` tells where in
//! the bytes each tag stands.

mod attributes;
mod charset;
mod error;
mod limits;
mod page;
mod parts;
mod text;
mod walk;
mod written;

pub use charset::bytes_at;
pub use error::PageError;
pub use page::{MAX_PAGE, Page, opens_a_page};
pub use parts::{Part, parts};
pub use text::{Words, fragment_text, visible_text};
pub use walk::{Step, walk};

#[cfg(test)]
mod tests;
