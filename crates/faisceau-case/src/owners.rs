//! Whose exports the exhibits are: one file of an export names the account that the others leave
//! out, and `case.toml` names those that no file names.
//!
//! A file belongs to the owner that the nearest folder above it tells of, without contradiction:
//! a folder, or an archive, that holds the exports of two persons says nothing of its other files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use faisceau_import::{Owners, archive_owner};
use faisceau_model::{AccountKey, ExhibitNo};
use faisceau_store::Exhibit;

use crate::case::Case;

/// A file that names the owner of an export is a few kilobytes.
const LIMIT: u64 = 1 << 20;
/// How much of an exhibit tells text from images and the like.
const START: u64 = 1 << 10;
/// Most levels of folders that are looked through.
const LEVELS: usize = 32;

/// The owners that the files below each folder name.
type Told = BTreeMap<String, BTreeSet<AccountKey>>;

impl Case {
    /// The owner of each export. What `case.toml` declares comes first.
    pub(crate) fn owners(&self) -> Owners {
        let mut owners = Owners::default();
        for (exhibit, account) in &self.settings().import.declared_owners {
            // Both were checked when the settings were read.
            if let (Ok(exhibit), Ok(account)) =
                (exhibit.parse::<ExhibitNo>(), account.parse::<AccountKey>())
            {
                owners.insert(exhibit, account);
            }
        }
        let mut told = Told::new();
        for exhibit in self.store.exhibits() {
            let Some(bytes) = self.small_text(exhibit, LIMIT) else { continue };
            if let Some(owner) = archive_owner(&bytes) {
                for folder in folders(&self.full_name(exhibit)) {
                    told.entry(folder.to_owned()).or_default().insert(owner.clone());
                }
            }
        }
        let platforms: BTreeSet<&str> = told.values().flatten().map(AccountKey::platform).collect();
        for exhibit in self.store.exhibits().filter(|exhibit| !exhibit.kind.is_opened()) {
            let path = self.full_name(exhibit);
            // Bytes that the case had already are read at the first exhibit of their kind.
            let read_at = exhibit.same_as.unwrap_or(exhibit.no);
            for platform in &platforms {
                if owners.get(read_at, platform).is_none()
                    && let Some(owner) = nearest(&told, &path, platform)
                {
                    owners.insert(read_at, owner);
                }
            }
        }
        owners
    }

    /// The bytes of an exhibit of at most `limit` bytes that is text, as far as its start shows.
    pub(crate) fn small_text(&self, exhibit: &Exhibit, limit: u64) -> Option<Vec<u8>> {
        if exhibit.bytes > limit || exhibit.kind.is_opened() {
            return None;
        }
        let mut file = self.store.open_exhibit(exhibit.no).ok()?.take(limit);
        let mut bytes = Vec::new();
        (&mut file).take(START).read_to_end(&mut bytes).ok()?;
        if bytes.contains(&0) {
            return None;
        }
        file.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The name of an exhibit below the archives that it is a member of.
    fn full_name(&self, exhibit: &Exhibit) -> String {
        let parents = std::iter::successors(exhibit.parent, |no| no.parent());
        let archive = parents.last().map(|top| format!("{top}:/")).unwrap_or_default();
        let mut names = vec![exhibit.name.as_str()];
        let mut at = exhibit.parent.and_then(|no| self.store.exhibit(no));
        while let Some(archive) = at.filter(|archive| archive.parent.is_some()) {
            names.push(archive.name.as_str());
            at = archive.parent.and_then(|no| self.store.exhibit(no));
        }
        names.reverse();
        archive + &names.join("/")
    }
}

/// The folders above a name, the nearest first; the last one is that of all names, or the archive
/// that it stands in: what stands beside an archive says nothing of its members.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(above(path), |folder| above(folder)).take(LEVELS)
}

fn above(path: &str) -> Option<&str> {
    match path.rsplit_once('/') {
        Some((folder, _)) => Some(folder),
        None if path.is_empty() || path.ends_with(':') => None,
        None => Some(""),
    }
}

/// The owner on a platform that the nearest folder with any names, if it names one alone.
fn nearest(told: &Told, path: &str, platform: &str) -> Option<AccountKey> {
    folders(path).find_map(|folder| {
        let mut named = told.get(folder)?.iter().filter(|key| key.platform() == platform);
        let first = named.next()?;
        Some(named.next().is_none().then(|| first.clone()))
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> Told {
        let mut told = Told::new();
        for (path, owner) in files {
            for folder in folders(path) {
                let owner = AccountKey::by_id("x", owner);
                told.entry(folder.to_owned()).or_default().insert(owner);
            }
        }
        told
    }

    #[test]
    fn the_nearest_folder_with_one_owner_tells() {
        let told =
            told(&[("pieces/ann/data/account.js", "1"), ("pieces/bob/data/account.js", "2")]);
        let owner = |path| nearest(&told, path, "x").map(|key| key.native().to_owned());
        assert_eq!(owner("pieces/ann/data/tweets.js").as_deref(), Some("1"));
        assert_eq!(owner("pieces/bob/media/x.json").as_deref(), Some("2"));
        assert_eq!(owner("pieces/letter.txt"), None);
        assert_eq!(nearest(&told, "pieces/ann/data/tweets.js", "instagram"), None);
    }

    #[test]
    fn an_archive_is_told_by_its_own_members_alone() {
        let told = told(&[("4:/data/account.js", "1"), ("account.js", "2")]);
        let owner = |path| nearest(&told, path, "x").map(|key| key.native().to_owned());
        assert_eq!(owner("4:/data/tweets.js").as_deref(), Some("1"));
        assert_eq!(owner("4:/tweets.js").as_deref(), Some("1"));
        assert_eq!(owner("5:/tweets.js"), None);
        assert_eq!(owner("tweets.js").as_deref(), Some("2"));
    }
}
