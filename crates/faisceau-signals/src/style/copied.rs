//! Lines that several accounts share word for word: copied, so nobody's style.
//!
//! In: masked lines with their account. Out: the lines that at least two accounts hold. Short
//! lines are left, for greetings and exclamations coincide by chance.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::splitmix::SplitMix64;

/// Letters and digits that a line must hold before a repetition counts as a copy.
const LEAST_CHARACTERS: usize = 20;

/// The shared lines, each with the accounts that hold it.
#[derive(Debug, Default)]
pub(crate) struct Copied(BTreeMap<String, BTreeSet<usize>>);

impl Copied {
    /// Finds the shared lines. `lines` gives the number of an account and a line of its posts.
    pub(crate) fn among<'a>(lines: impl Iterator<Item = (usize, &'a str)> + Clone) -> Self {
        // Most lines are one account's alone: their hashes tell, and cost less than their text.
        let mut hashes: Vec<(u64, usize)> = lines
            .clone()
            .filter_map(|(account, line)| Some((hash(&normal_form(line)?), account)))
            .collect();
        hashes.par_sort_unstable();
        hashes.dedup();
        let several = |same: &[(u64, usize)]| (same.len() > 1).then(|| same[0].0);
        let several: Vec<u64> = hashes.chunk_by(|a, b| a.0 == b.0).filter_map(several).collect();
        let mut holders = BTreeMap::<String, BTreeSet<usize>>::new();
        for (account, line) in lines {
            if let Some(form) = normal_form(line)
                && several.binary_search(&hash(&form)).is_ok()
            {
                holders.entry(form).or_default().insert(account);
            }
        }
        holders.retain(|_, accounts| accounts.len() > 1);
        Self(holders)
    }

    /// The account numbers that hold `line`, or `None` for a line that one account alone holds.
    pub(crate) fn holders(&self, line: &str) -> Option<&BTreeSet<usize>> {
        self.0.get(&normal_form(line)?)
    }
}

fn hash(form: &str) -> u64 {
    SplitMix64::for_text(0, form).next()
}

/// Lower case, letters and digits only, or `None` for a short line.
fn normal_form(line: &str) -> Option<String> {
    let form: String =
        line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (form.chars().count() >= LEAST_CHARACTERS).then_some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_found_whatever_its_case_and_spacing() {
        let copied = Copied::among(
            [
                (0, "Tout le monde sait ce que tu as fait !"),
                (1, "tout le monde sait  ce que tu as fait"),
                (0, "Bonjour"),
                (1, "bonjour"),
                (0, "une ligne que le premier répète"),
                (0, "une ligne que le premier répète"),
            ]
            .into_iter(),
        );
        assert!(copied.holders("TOUT LE MONDE SAIT CE QUE TU AS FAIT").is_some());
        assert!(copied.holders("bonjour").is_none());
        assert!(copied.holders("une ligne que le premier répète").is_none());
    }
}
