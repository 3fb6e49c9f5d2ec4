//! HTML pages and fragments, read within limits.
//!
//! `page` is the page and the numbers of its elements, `walk` goes through it, `text` is what a
//! reader sees of an element, `parts` are headings, list items and rows of tables. Below them:
//! `charset`, `attributes` and `limits`, without which no page is parsed.

mod attributes;
mod charset;
mod limits;
mod page;
mod parts;
mod text;
mod walk;

pub(crate) use page::{MAX_PAGE, Page, opens_a_page};
pub(crate) use parts::{Part, parts};
pub(crate) use text::{Words, fragment_text, visible_text};
pub(crate) use walk::{Step, walk};

#[cfg(test)]
mod tests;
