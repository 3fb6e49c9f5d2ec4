//! Whose X archive it is: `account.js` of an archive names the owner of its `tweets.js`.

use std::collections::BTreeMap;
use std::io::Read;

use faisceau_import::x_archive_owner;
use faisceau_model::ExhibitNo;

use crate::case::Case;

/// An `account.js` is a few hundred bytes.
const LIMIT: u64 = 1 << 20;

impl Case {
    /// The account id of each archive that has an `account.js`, by the number of the archive; for
    /// an archive that was added unpacked, by the number of each of its files.
    pub(crate) fn x_archive_owners(&self) -> BTreeMap<ExhibitNo, String> {
        let mut owners = BTreeMap::new();
        let mut unpacked = BTreeMap::new();
        for exhibit in self.store.exhibits() {
            if exhibit.bytes > LIMIT {
                continue;
            }
            let mut bytes = Vec::new();
            let read = self
                .store
                .open_exhibit(exhibit.no)
                .and_then(|file| file.take(LIMIT).read_to_end(&mut bytes));
            if let (Ok(_), Some(owner)) = (read, x_archive_owner(&bytes)) {
                match exhibit.parent {
                    Some(parent) => owners.entry(parent).or_insert(owner),
                    None => unpacked.entry(folder(&exhibit.name)).or_insert(owner),
                };
            }
        }
        for exhibit in self.store.exhibits().filter(|exhibit| exhibit.parent.is_none()) {
            if let Some(owner) = unpacked.get(folder(&exhibit.name)) {
                owners.entry(exhibit.no).or_insert_with(|| owner.clone());
            }
        }
        // The bytes of a member that the case had already are read at the first of their kind.
        for exhibit in self.store.exhibits() {
            if let (Some(first), Some(parent)) = (exhibit.same_as, exhibit.parent)
                && let Some(owner) = owners.get(&parent).cloned()
            {
                owners.entry(first).or_insert(owner);
            }
        }
        owners
    }
}

/// The folder of a name: files of an unpacked archive stand in one.
fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}
