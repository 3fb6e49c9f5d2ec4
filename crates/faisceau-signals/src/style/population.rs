//! Which pairs are compared together, on what documents, and who the rivals are.
//!
//! In: pairs of writings. Out: groups of pairs of one language, one length and one kind of rivals,
//! and for a group its documents: those of the case that are long enough, then the reference.
//! Refuses pairs of different languages and those with too little text.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::AccountKey;

use super::Writing;
use super::plan::Rivals;
use super::sizes::Sizes;
use crate::reference::Reference;
use crate::splitmix::SplitMix64;

/// One set of documents to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group<'a> {
    /// Their language.
    pub(super) language: &'a str,
    /// Their length in words.
    pub(super) rung: usize,
    /// Where the rivals come from.
    pub(super) rivals: Rivals,
    /// The platforms of the pair, in order; none with rivals from elsewhere.
    platforms: Option<(&'a str, &'a str)>,
}

impl Group<'_> {
    /// Whether an account is one of its documents.
    pub(super) fn holds(&self, (key, writing): &(AccountKey, Writing)) -> bool {
        let on = |(one, other): (&str, &str)| [one, other].contains(&key.platform());
        self.platforms.is_none_or(on) && self.reaches(writing)
    }

    /// Whether a writing is long enough and in the language.
    pub(super) fn reaches(&self, writing: &Writing) -> bool {
        writing.language == self.language && writing.words() >= self.rung
    }
}

/// Documents that are compared with all of each other; more are a crowd.
pub(super) const MOST: usize = 3_000;
/// Impostors drawn where there are more.
const RIVALS: usize = 400;
/// Start of the draw of the impostors.
const SEED: u64 = 0x7374_796c_6573_7479;

/// The pairs by the documents that they are compared among. Pairs are numbers of writings.
pub(super) fn groups<'a>(
    pairs: impl Iterator<Item = (usize, usize)>,
    writings: &'a [(AccountKey, Writing)],
    reference: &'a Reference,
) -> BTreeMap<Group<'a>, Vec<(usize, usize)>> {
    let mut groups = BTreeMap::<Group<'_>, Vec<(usize, usize)>>::new();
    let sizes = Sizes::new(writings, reference);
    for (a, b) in pairs {
        let (x, y) = (&writings[a], &writings[b]);
        if let Some((rung, rivals)) = sizes.choose(x, y) {
            let (one, other) = (x.0.platform(), y.0.platform());
            let both = (one.min(other), one.max(other));
            let platforms = (rivals != Rivals::Reference).then_some(both);
            let group = Group { language: &x.1.language, rung, rivals, platforms };
            groups.entry(group).or_default().push((a, b));
        }
    }
    groups
}

/// The documents of a group.
pub(super) struct Population<'a> {
    /// The writings that are documents, in ascending order; the reference follows.
    numbers: Vec<usize>,
    texts: Vec<&'a Writing>,
    rung: usize,
    /// The documents that are rivals.
    pub(super) pool: Vec<usize>,
}

impl<'a> Population<'a> {
    /// Where more than [`MOST`] documents are long enough, those of the pairs and a draw.
    pub(super) fn new(
        group: Group<'_>,
        pairs: &[(usize, usize)],
        writings: &'a [(AccountKey, Writing)],
        reference: &'a Reference,
    ) -> Self {
        let local = writings.iter().enumerate().filter(|(_, writing)| group.holds(writing));
        let mut numbers: Vec<usize> = local.map(|(number, _)| number).collect();
        let mut drawn: Option<BTreeSet<usize>> = None;
        if numbers.len() > MOST {
            let mut order: Vec<(u64, usize)> = numbers
                .iter()
                .map(|&number| (SplitMix64::for_text(SEED, &writings[number].1.key).next(), number))
                .collect();
            order.sort_unstable();
            let rivals: BTreeSet<usize> =
                order.iter().take(RIVALS).map(|(_, number)| *number).collect();
            let asked = pairs.iter().flat_map(|&(a, b)| [a, b]);
            numbers =
                asked.chain(rivals.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
            drawn = Some(rivals);
        }
        let mut texts: Vec<&Writing> = numbers.iter().map(|&number| &writings[number].1).collect();
        let of_case = texts.len();
        // They tell what is common in the language, even where they are no rivals.
        texts.extend(reference.writings().iter().filter(|writing| group.reaches(writing)));
        let rivals_to = if group.rivals == Rivals::Reference { texts.len() } else { of_case };
        let is_rival = |at: &usize| {
            drawn.as_ref().is_none_or(|d| numbers.get(*at).is_none_or(|n| d.contains(n)))
        };
        let pool = (0..rivals_to).filter(is_rival).collect();
        Self { numbers, texts, rung: group.rung, pool }
    }

    /// The place of a writing among the documents.
    pub(super) fn place(&self, number: usize) -> usize {
        self.numbers.binary_search(&number).unwrap_or_default()
    }

    /// The passages of each document, one space between words.
    pub(super) fn documents(&self) -> Vec<Vec<&'a str>> {
        self.texts.iter().map(|writing| writing.sample(self.rung)).collect()
    }

    /// The same with white space as written.
    pub(super) fn written(&self) -> Vec<Vec<&'a str>> {
        self.texts.iter().map(|writing| writing.sample_as_written(self.rung)).collect()
    }
}
