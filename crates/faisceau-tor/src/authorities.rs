//! The directory authorities that are known, with the days from and until which each key counts
//! (`datasets/tor-authorities`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::Fingerprint;
use crate::encoding::hex_fingerprint;
use crate::error::Refused;
use crate::instant::seconds_of;

/// The known authorities.
#[derive(Debug, Clone)]
pub struct Authorities(BTreeMap<Fingerprint, Key>);

#[derive(Debug, Clone)]
struct Key {
    name: String,
    from_s: u32,
    until_s: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    key: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    identity: String,
    from: String,
    until: Option<String>,
}

impl Authorities {
    /// The bundled list.
    pub fn bundled() -> Result<Self, Refused> {
        Self::parse(include_str!("../../../datasets/tor-authorities/authorities.toml"))
    }

    /// Reads a list.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let bad = |keyword| Refused::Field { line: 0, keyword };
        let file: File = toml::from_str(text).map_err(|_| bad("key"))?;
        let day = |day: &str| seconds_of(format!("{day} 00:00:00").as_bytes()).ok_or(bad("from"));
        let mut keys = BTreeMap::new();
        for Entry { name, identity, from, until } in file.key {
            let identity = hex_fingerprint(identity.as_bytes()).ok_or(bad("identity"))?;
            let until_s = until.as_deref().map_or(Ok(u32::MAX), day)?;
            keys.insert(identity, Key { name, from_s: day(&from)?, until_s });
        }
        Ok(Self(keys))
    }

    /// The name of the authority with this identity, if its key counts at an instant.
    pub fn name(&self, identity: Fingerprint, at_s: u32) -> Option<&str> {
        self.0.get(&identity).filter(|key| key.counts_at(at_s)).map(|key| key.name.as_str())
    }

    /// How many authorities there are at an instant; one with two keys is one.
    pub fn count(&self, at_s: u32) -> usize {
        let names = self.0.values().filter(|key| key.counts_at(at_s)).map(|key| &key.name);
        names.collect::<BTreeSet<_>>().len()
    }
}

impl Key {
    fn counts_at(&self, at_s: u32) -> bool {
        (self.from_s..self.until_s).contains(&at_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_were_nine_in_2021_and_there_are_nine_in_2026() {
        let known = Authorities::bundled().unwrap();
        let at = |day: &str| seconds_of(format!("{day} 00:00:00").as_bytes()).unwrap();
        assert_eq!([known.count(at("2021-08-29")), known.count(at("2026-07-27"))], [9, 9]);
        let moria1 = hex_fingerprint(b"D586D18309DED4CD6D57C18FDB97EFA96D330566").unwrap();
        assert_eq!(known.name(moria1, at("2021-08-29")), Some("moria1"));
        assert_eq!(known.name(moria1, at("2026-07-27")), None);
    }
}
