//! Whose X archive it is: `account.js` of an archive names the owner of its `tweets.js`.

use std::collections::BTreeMap;
use std::io::Read;

use faisceau_import::x_archive_owner;
use faisceau_model::ExhibitNo;

use crate::case::Case;

/// An `account.js` is a few hundred bytes.
const LIMIT: u64 = 1 << 20;

impl Case {
    /// The account id of each archive that has an `account.js`, by the number of the archive.
    pub(crate) fn x_archive_owners(&self) -> BTreeMap<ExhibitNo, String> {
        let mut owners = BTreeMap::new();
        for exhibit in self.store.exhibits() {
            let Some(parent) = exhibit.parent else { continue };
            if exhibit.bytes > LIMIT {
                continue;
            }
            let mut bytes = Vec::new();
            let read = self
                .store
                .open_exhibit(exhibit.no)
                .and_then(|file| file.take(LIMIT).read_to_end(&mut bytes));
            if let (Ok(_), Some(owner)) = (read, x_archive_owner(&bytes)) {
                owners.entry(parent).or_insert(owner);
            }
        }
        owners
    }
}
