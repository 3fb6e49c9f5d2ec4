//! Collects fields within limits; makes values inert.

use std::ops::Range;

use faisceau_model::excerpt;

use crate::field::{Description, Field, Flaw};

/// Most fields of a file; the rest is counted.
const FIELDS: usize = 4_096;
/// Longest value, in characters.
const VALUE: usize = 2_000;
/// Longest name, in characters.
const NAME: usize = 100;
/// Most flaws of a file.
const FLAWS: usize = 64;

/// What is collected of a file.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    /// All of it.
    pub(crate) found: Description,
    /// The first manifest store of C2PA, and where it lies: it speaks of the whole file.
    pub(crate) manifest: Option<(Vec<u8>, Range<u64>)>,
}

impl Collector {
    /// Adds a field. A value is trimmed of blanks and NUL; one without anything is not kept.
    pub(crate) fn add(&mut self, group: &'static str, name: &str, value: &str, at: Range<u64>) {
        self.add_long(group, name, value, at, None);
    }

    /// The same with a limit of its own, in characters: the text of a page is no label.
    pub(crate) fn add_long(
        &mut self,
        group: &'static str,
        name: &str,
        value: &str,
        at: Range<u64>,
        most: Option<usize>,
    ) {
        let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        if value.is_empty() {
            return;
        }
        if self.found.fields.len() >= FIELDS {
            self.found.left_out += 1;
            return;
        }
        let (name, value) = (excerpt(name, NAME), excerpt(value, most.unwrap_or(VALUE)));
        self.found.fields.push(Field { group, name, value, at });
    }

    /// Notes a flaw.
    pub(crate) fn flaw(&mut self, at: u64, detail: &'static str) {
        let listed = self.found.flaws.len();
        if listed < FLAWS {
            self.found.flaws.push(Flaw { at, detail });
        } else if listed == FLAWS {
            self.found.flaws.push(Flaw { at, detail: "more is broken than is listed" });
        }
    }
}
