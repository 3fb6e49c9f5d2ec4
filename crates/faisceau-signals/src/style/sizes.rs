//! How many accounts and reference authors of a language wrote so many words.

use std::collections::BTreeMap;

use faisceau_model::AccountKey;

use super::Writing;
use super::plan::{Rivals, choose};
use crate::language::UNDECIDED;
use crate::reference::Reference;

/// Numbers of words, in ascending order.
pub(super) struct Sizes<'a> {
    /// Of each language and platform.
    local: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// Of each language.
    reference: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Sizes<'a> {
    pub(super) fn new(writings: &'a [(AccountKey, Writing)], reference: &'a Reference) -> Self {
        let local = writings
            .iter()
            .map(|(key, writing)| ((writing.language.as_str(), key.platform()), writing.words()));
        let bundled = reference.writings().iter().map(|w| (w.language.as_str(), w.words()));
        Self { local: sorted(local), reference: sorted(bundled) }
    }

    /// The length on which two writings are compared and their rivals. `None` in different
    /// languages, in one that the reference does not have (the score has never been measured
    /// there), and with too little text. Only accounts of the two platforms are local rivals:
    /// whoever writes elsewhere is far from both, and would bring them together.
    pub(super) fn choose(
        &self,
        (a, x): &(AccountKey, Writing),
        (b, y): &(AccountKey, Writing),
    ) -> Option<(usize, Rivals)> {
        let language = x.language.as_str();
        let measured = language != UNDECIDED && self.reference.contains_key(language);
        if language != y.language || !measured {
            return None;
        }
        let on = |platform: &str, rung| reaching(self.local.get(&(language, platform)), rung);
        let (here, there) = (a.platform(), b.platform());
        let local = |rung| on(here, rung) + if here == there { 0 } else { on(there, rung) };
        let bundled = |rung| reaching(self.reference.get(language), rung);
        choose(x.words().min(y.words()), local, bundled)
    }
}

fn sorted<K: Ord>(all: impl Iterator<Item = (K, usize)>) -> BTreeMap<K, Vec<usize>> {
    let mut sizes = BTreeMap::<K, Vec<usize>>::new();
    for (key, words) in all {
        sizes.entry(key).or_default().push(words);
    }
    for sizes in sizes.values_mut() {
        sizes.sort_unstable();
    }
    sizes
}

fn reaching(sizes: Option<&Vec<usize>>, words: usize) -> usize {
    let Some(sizes) = sizes else { return 0 };
    sizes.len() - sizes.partition_point(|&size| size < words)
}
