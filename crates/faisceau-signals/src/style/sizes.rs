//! How many accounts and reference authors of a language wrote so many words.

use std::collections::BTreeMap;

use super::Writing;
use super::plan::{Rivals, choose};
use crate::language::UNDECIDED;
use crate::reference::Reference;

/// Numbers of words of each language, in ascending order.
pub(super) struct Sizes<'a> {
    local: BTreeMap<&'a str, Vec<usize>>,
    reference: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Sizes<'a> {
    pub(super) fn new(
        writings: impl Iterator<Item = &'a Writing>,
        reference: &'a Reference,
    ) -> Self {
        Self { local: sorted(writings), reference: sorted(reference.writings().iter()) }
    }

    /// The length on which two writings are compared and their rivals. `None` in different
    /// languages, in one that the reference does not have (the score has never been measured
    /// there), and with too little text.
    pub(super) fn choose(&self, x: &Writing, y: &Writing) -> Option<(usize, Rivals)> {
        let language = x.language.as_str();
        let measured = language != UNDECIDED && self.reference.contains_key(language);
        if language != y.language || !measured {
            return None;
        }
        let local = |rung| reaching(&self.local, language, rung);
        let bundled = |rung| reaching(&self.reference, language, rung);
        choose(x.words().min(y.words()), local, bundled)
    }
}

fn sorted<'a>(all: impl Iterator<Item = &'a Writing>) -> BTreeMap<&'a str, Vec<usize>> {
    let mut sizes = BTreeMap::<&str, Vec<usize>>::new();
    for writing in all {
        sizes.entry(&writing.language).or_default().push(writing.words());
    }
    for sizes in sizes.values_mut() {
        sizes.sort_unstable();
    }
    sizes
}

fn reaching(sizes: &BTreeMap<&str, Vec<usize>>, language: &str, words: usize) -> usize {
    let Some(sizes) = sizes.get(language) else { return 0 };
    sizes.len() - sizes.partition_point(|&size| size < words)
}
