//! Whose export an exhibit is part of.
//!
//! In: the accounts that files of an archive name, and those that the case declares by hand. Out:
//! the account of the files that do not say. Refused: guessing.

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, ExhibitNo};

/// The owner of each archive, or of a file that stands alone, by platform.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Owners(BTreeMap<(ExhibitNo, String), AccountKey>);

impl Owners {
    /// Says that `exhibit` and its members are the export of `account`. The first word counts.
    pub fn insert(&mut self, exhibit: ExhibitNo, account: AccountKey) {
        self.0.entry((exhibit, account.platform().to_owned())).or_insert(account);
    }

    /// The owner on `platform` of the export that `exhibit` is part of, however deep.
    pub fn get(&self, exhibit: ExhibitNo, platform: &str) -> Option<&AccountKey> {
        std::iter::successors(Some(exhibit), |exhibit| exhibit.parent())
            .find_map(|level| self.0.get(&(level, platform.to_owned())))
    }
}

/// The account that a file of an export names as its owner; `None` for most files.
pub fn archive_owner(file: &[u8]) -> Option<AccountKey> {
    crate::format::formats().filter_map(|format| format.owner).find_map(|owner| owner(file))
}
