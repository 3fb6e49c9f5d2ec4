//! The elements that are open, and the name of a property within them.
//!
//! In: elements as they open and close. Out: the namespace of the outermost property and the names
//! from there inwards, put together: `xmpMM:DerivedFrom/stRef:documentID` is `DerivedFromDocumentID`.

use std::ops::Range;

use super::namespace::Namespace;
use super::scope::Space;

/// Longest part of a name, in characters.
const PIECE: usize = 64;
/// Longest tag of a language.
const LANGUAGE: usize = 16;

/// An element that is open.
#[derive(Debug)]
pub(super) struct Element {
    /// The namespace and name, of a property.
    pub(super) property: Option<(Option<&'static Namespace>, String)>,
    /// The language of what stands inside.
    pub(super) language: Option<String>,
    /// Declarations that held outside.
    pub(super) declared: usize,
    /// Whether it gave a value, or holds an element.
    pub(super) structured: bool,
    /// The value that stands in an attribute, `rdf:resource`.
    pub(super) resource: Option<(String, Range<usize>)>,
    /// Text inside.
    pub(super) text: String,
    /// Where the text stands.
    pub(super) at: Option<Range<usize>>,
}

impl Element {
    /// One of that name.
    pub(super) fn new(space: Space, local: &str, declared: usize) -> Self {
        let property = match space {
            Space::Rdf | Space::Wrapper | Space::Xml => None,
            // Microsoft puts the wrapper in another namespace.
            _ if local == "xmpmeta" => None,
            Space::Known(namespace) => Some((Some(namespace), piece(local))),
            Space::Unknown => Some((None, piece(local))),
        };
        Self {
            property,
            language: None,
            declared,
            structured: false,
            resource: None,
            text: String::new(),
            at: None,
        }
    }
}

/// The name with a capital first letter, cut.
pub(super) fn piece(local: &str) -> String {
    let mut characters = local.chars().take(PIECE);
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// The namespace and name of a property: those of the elements, then those of an attribute.
pub(super) fn name(
    elements: &[Element],
    attribute: Option<(Option<&'static Namespace>, &str)>,
) -> Option<(&'static Namespace, String)> {
    let of_elements = elements.iter().filter_map(|element| element.property.as_ref());
    let mut pieces =
        of_elements.map(|(namespace, name)| (*namespace, name.as_str())).chain(attribute);
    let (namespace, first) = pieces.next()?;
    let mut name = first.to_owned();
    pieces.for_each(|(_, piece)| name.push_str(piece));
    Some((namespace?, name))
}

/// The language as it is appended to a name: `fr-FR`. None for the default one, or for what is no
/// tag of a language.
pub(crate) fn language(tag: &str) -> Option<String> {
    let plain = tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let (tag, fits) = (tag.to_ascii_lowercase(), (2..=LANGUAGE).contains(&tag.len()));
    if !plain || !fits || tag == "x-default" {
        return None;
    }
    // A region has two letters and comes second.
    let mut pieces = tag.split('-').enumerate();
    let cased = pieces.by_ref().map(|(index, piece)| match index {
        1 if piece.len() == 2 => piece.to_ascii_uppercase(),
        _ => piece.to_owned(),
    });
    Some(cased.collect::<Vec<_>>().join("-"))
}
