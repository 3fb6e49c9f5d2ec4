//! Prefixes and the namespaces they stand for.
//!
//! In: the `xmlns` declarations of the elements that are open. Out: the namespace of a name. At most
//! [`DECLARATIONS`] hold at a time, so that a lookup stays short.
//!
//! Namespaces in XML 1.0, section 6, <https://www.w3.org/TR/xml-names/>.

use super::namespace::{self, Namespace};

/// Most declarations that hold at a time.
const DECLARATIONS: usize = 256;

/// What a namespace means to the reader.
#[derive(Debug, Clone, Copy)]
pub(super) enum Space {
    /// RDF itself, which is no part of the name of a property.
    Rdf,
    /// The wrapper of a packet.
    Wrapper,
    /// `xml:`.
    Xml,
    /// One with properties that are kept.
    Known(&'static Namespace),
    /// Another.
    Unknown,
}

/// The declarations that hold.
#[derive(Debug, Default)]
pub(super) struct Scope {
    declared: Vec<(String, Space)>,
    /// Some were refused.
    pub(super) full: bool,
}

impl Scope {
    /// How many hold: to go back to when the element ends.
    pub(super) fn len(&self) -> usize {
        self.declared.len()
    }

    /// Forgets those beyond a number.
    pub(super) fn truncate(&mut self, len: usize) {
        self.declared.truncate(len);
    }

    /// Notes an attribute if it is a declaration.
    pub(super) fn declare(&mut self, name: &str, uri: &str) -> bool {
        let Some(rest) = name.strip_prefix("xmlns") else { return false };
        let prefix = match rest.strip_prefix(':') {
            Some(prefix) => prefix,
            None if rest.is_empty() => "",
            None => return false,
        };
        if self.declared.len() < DECLARATIONS {
            self.declared.push((prefix.to_owned(), of_uri(uri)));
        } else {
            self.full = true;
        }
        true
    }

    /// The namespace of a prefix; of none for the default one.
    pub(super) fn resolve(&self, prefix: &str) -> Space {
        if prefix == "xml" {
            return Space::Xml;
        }
        let of_prefix = |(declared, _): &&(String, Space)| declared == prefix;
        self.declared.iter().rev().find(of_prefix).map_or(Space::Unknown, |(_, space)| *space)
    }
}

fn of_uri(uri: &str) -> Space {
    match uri {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Space::Rdf,
        "adobe:ns:meta/" => Space::Wrapper,
        _ => namespace::of_uri(uri).map_or(Space::Unknown, Space::Known),
    }
}
