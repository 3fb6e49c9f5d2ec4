//! Where an element stands, however its file is built.
//!
//! In: an element, and what lies inside of it. Out: a [`Place`]. An archive is one list, whose
//! elements have pointers; a signed answer holds lists and objects between other lines, and its
//! elements are known by their bytes.

use faisceau_model::Place;

use crate::json;
use crate::openpgp::signed_text::Unescaped;

/// The place of an element.
#[derive(Clone, Copy)]
pub(crate) enum Spot<'t> {
    /// The element with this index of the list after the `=`.
    Index(usize),
    /// A run of a signed text.
    Bytes {
        /// The text, and where it stands.
        text: &'t Unescaped<'t>,
        /// The part of it that is UTF-8, of which all elements are borrowed.
        readable: &'t str,
    },
}

impl Spot<'_> {
    /// The place of `raw`, which `inside` leads to from the element: nothing, or a pointer.
    pub(crate) fn place(&self, inside: &str, raw: &str) -> Place {
        match self {
            Self::Index(index) => Place::Pointer(format!("/{index}{inside}")),
            Self::Bytes { text, readable } => text.place(json::offset(readable, raw), raw.len()),
        }
    }
}
