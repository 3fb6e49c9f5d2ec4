//! Countries, from a database in the `MaxMind` DB format.
//!
//! In: the bytes of a database, flat (`country_code`) or in the `GeoIP2` layout
//! (`country.iso_code`). Out: an ISO 3166-1 alpha-2 code. A damaged database is refused, or
//! answers [`Absent::Unreadable`] where the damage is.

use std::net::IpAddr;
use std::sync::Arc;

use faisceau_model::{Absent, Maybe};
use maxminddb::{MaxMindDbError, Reader, path};

use crate::error::DatasetError;
use crate::mmdb;
use crate::ranges::Key;

/// A database of countries.
#[derive(Debug)]
pub(crate) struct CountryDatabase<S: AsRef<[u8]>> {
    reader: Reader<S>,
    /// All codes from AA to ZZ, so that a look-up hands out a text without making one.
    codes: Vec<Arc<str>>,
}

impl CountryDatabase<&'static [u8]> {
    /// The database that is embedded.
    pub(crate) fn embedded() -> Result<Self, DatasetError> {
        Self::open("country", include_bytes!(concat!(env!("OUT_DIR"), "/country.mmdb")))
    }
}

impl<S: AsRef<[u8]>> CountryDatabase<S> {
    /// Opens a database that was checked when it was taken in.
    pub(crate) fn open(dataset: &str, bytes: S) -> Result<Self, DatasetError> {
        let reader = Reader::from_source(bytes).map_err(|e| mmdb::refusal(dataset, &e))?;
        let codes = (b'A'..=b'Z')
            .flat_map(|a| (b'A'..=b'Z').map(move |b| [char::from(a), char::from(b)]))
            .map(|pair| Arc::from(String::from_iter(pair)))
            .collect();
        Ok(Self { reader, codes })
    }

    /// The country of an address.
    pub(crate) fn find(&self, ip: IpAddr) -> Maybe<&Arc<str>> {
        match self.code(ip) {
            Ok(Some(code)) => Maybe::or_absent(self.interned(code), Absent::Unreadable),
            Ok(None) => Maybe::Missing(Absent::NoData),
            Err(_) => Maybe::Missing(Absent::Unreadable),
        }
    }

    fn code(&self, ip: IpAddr) -> Result<Option<&str>, MaxMindDbError> {
        let Some(found) = mmdb::lookup(&self.reader, ip)? else { return Ok(None) };
        match found.decode_path(&path!["country_code"])? {
            Some(code) => Ok(Some(code)),
            None => found.decode_path(&path!["country", "iso_code"]),
        }
    }

    /// Whether the database speaks of the address's family at all.
    pub(crate) fn covers(&self, key: Key) -> bool {
        matches!(key, Key::V4(_)) || self.reader.metadata().ip_version != 4
    }

    fn interned(&self, code: &str) -> Option<&Arc<str>> {
        let [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] = code.as_bytes() else { return None };
        self.codes.get(usize::from(a - b'A') * 26 + usize::from(b - b'A'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn the_geoip2_layout_reads_too() {
        let bytes = fixture("mmdb/GeoIP2-Country-Test.mmdb");
        let database = CountryDatabase::open("test", bytes).unwrap();
        let find = |ip: &str| database.find(ip.parse().unwrap());
        assert_eq!(find("89.160.20.112"), Maybe::Known(&"SE".into()));
        assert_eq!(find("::ffff:89.160.20.112"), Maybe::Known(&"SE".into()));
        assert_eq!(find("10.0.0.1"), Maybe::Missing(Absent::NoData));
    }

    #[test]
    fn a_damaged_database_that_opens_unchecked_never_answers_a_country() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/mmdb/bad");
        let mut files = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            files += 1;
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let Ok(database) = CountryDatabase::open("test", bytes) else { continue };
            for ip in ["1.1.1.1", "255.255.255.255", "2001:db8::1", "ffff::"] {
                assert_eq!(database.find(ip.parse().unwrap()).known(), None, "{ip}");
            }
        }
        assert_eq!(files, 13);
    }
}
