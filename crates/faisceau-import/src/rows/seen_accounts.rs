//! Account rows of an exhibit in which every record repeats who wrote it.
//!
//! In: account rows in the order of the exhibit. Out: whether a row says anything that no row
//! before said of the account. Refused: leaving out what is new: a change of handle, of display
//! name or of self-description is evidence.

use std::collections::BTreeSet;

use faisceau_model::Maybe;
use faisceau_model::rows::Account;
use sha2::{Digest, Sha256};

/// What the rows so far said, as hashes: an exhibit of millions of accounts takes little memory,
/// and nobody can make two accounts pass for one.
#[derive(Debug, Default)]
pub(crate) struct SeenAccounts(BTreeSet<[u8; 16]>);

impl SeenAccounts {
    /// Whether the row says something new. Its place plays no part.
    pub(crate) fn first(&mut self, row: &Account) -> bool {
        let account = row.account.as_str();
        let said: Vec<(&str, &str)> =
            [&row.native_id, &row.handle, &row.display_name, &row.created_raw, &row.bio]
                .into_iter()
                .zip(["id", "handle", "name", "created", "bio"])
                .filter_map(|(value, name)| match value {
                    Maybe::Known(text) => Some((name, text.as_str())),
                    Maybe::Missing(_) => None,
                })
                .collect();
        // Most rows repeat an earlier one as a whole.
        if !self.0.insert(hash(account, &said)) {
            return false;
        }
        let mut new = said.is_empty() || self.0.insert(hash(account, &[]));
        for one in said {
            // Also when the row is new by another value: what it says is said from now on.
            new |= self.0.insert(hash(account, &[("value of", one.0), one]));
        }
        new
    }
}

fn hash(account: &str, said: &[(&str, &str)]) -> [u8; 16] {
    let mut hash = Sha256::new();
    let parts = said.iter().flat_map(|(name, value)| [*name, *value]);
    for part in std::iter::once(account).chain(parts) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut key = [0; 16];
    key.iter_mut().zip(hash.finalize().iter()).for_each(|(to, from)| *to = *from);
    key
}

#[cfg(test)]
mod tests {
    use faisceau_model::{AccountKey, ExhibitNo, Place};

    use super::*;

    #[test]
    fn a_row_is_new_when_it_says_something_new() {
        let mut seen = SeenAccounts::default();
        let known = |text: Option<&str>| {
            Maybe::or_absent(text.map(str::to_owned), faisceau_model::Absent::NotExported)
        };
        let row = |line: u64, handle: Option<&str>, bio: Option<&str>| {
            let place = Place::Line { number: line, byte: line };
            Account {
                handle: known(handle),
                bio: known(bio),
                ..Account::new(ExhibitNo::top(1), &place, 0, AccountKey::by_id("x", "1"))
            }
        };
        assert!(seen.first(&row(1, Some("a"), None)));
        assert!(!seen.first(&row(2, Some("a"), None)));
        assert!(seen.first(&row(3, Some("b"), None)));
        assert!(seen.first(&row(4, Some("b"), Some("moi"))));
        for nothing_new in
            [row(5, Some("a"), Some("moi")), row(6, None, None), row(7, None, Some("moi"))]
        {
            assert!(!seen.first(&nothing_new));
        }
        assert!(SeenAccounts::default().first(&row(1, None, None)));
    }
}
