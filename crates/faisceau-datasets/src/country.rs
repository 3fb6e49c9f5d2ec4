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
use crate::ranges::Key;

/// A database of countries.
#[derive(Debug)]
pub struct CountryDatabase {
    reader: Reader<Vec<u8>>,
    /// All codes from AA to ZZ, so that a look-up hands out a text without making one.
    codes: Vec<Arc<str>>,
}

impl CountryDatabase {
    /// Opens a database of any origin and checks all of it first.
    pub fn checked(bytes: Vec<u8>) -> Result<Self, DatasetError> {
        let database = Self::embedded(bytes)?;
        database.reader.verify().map_err(|e| refusal(&e))?;
        Ok(database)
    }

    /// Opens a database whose hash is known.
    pub(crate) fn embedded(bytes: Vec<u8>) -> Result<Self, DatasetError> {
        let reader = Reader::from_source(bytes).map_err(|e| refusal(&e))?;
        let codes = (b'A'..=b'Z')
            .flat_map(|a| (b'A'..=b'Z').map(move |b| [char::from(a), char::from(b)]))
            .map(|pair| Arc::from(String::from_iter(pair)))
            .collect();
        Ok(Self { reader, codes })
    }

    /// When the database was built, in seconds since the Unix epoch.
    pub fn built_s(&self) -> u64 {
        self.reader.metadata().build_epoch
    }

    /// The country of an address.
    pub fn find(&self, ip: IpAddr) -> Maybe<&Arc<str>> {
        let ip = match Key::from(ip) {
            Key::V4(bits) => IpAddr::V4(bits.into()),
            Key::V6(_) if self.reader.metadata().ip_version == 4 => {
                return Maybe::Missing(Absent::NoData);
            }
            Key::V6(bits) => IpAddr::V6(bits.into()),
        };
        match self.code(ip) {
            Ok(Some(code)) => Maybe::or_absent(self.interned(code), Absent::Unreadable),
            Ok(None) => Maybe::Missing(Absent::NoData),
            Err(_) => Maybe::Missing(Absent::Unreadable),
        }
    }

    fn code(&self, ip: IpAddr) -> Result<Option<&str>, MaxMindDbError> {
        let found = self.reader.lookup(ip)?;
        match found.decode_path(&path!["country_code"])? {
            Some(code) => Ok(Some(code)),
            None => found.decode_path(&path!["country", "iso_code"]),
        }
    }

    fn interned(&self, code: &str) -> Option<&Arc<str>> {
        let [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] = code.as_bytes() else { return None };
        self.codes.get(usize::from(a - b'A') * 26 + usize::from(b - b'A'))
    }
}

fn refusal(error: &MaxMindDbError) -> DatasetError {
    DatasetError::Whole { dataset: "country", detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn the_geoip2_layout_reads_too() {
        let database = CountryDatabase::checked(fixture("GeoIP2-Country-Test.mmdb")).unwrap();
        let find = |ip: &str| database.find(ip.parse().unwrap());
        assert_eq!(find("89.160.20.112"), Maybe::Known(&"SE".into()));
        assert_eq!(find("::ffff:89.160.20.112"), Maybe::Known(&"SE".into()));
        assert_eq!(find("10.0.0.1"), Maybe::Missing(Absent::NoData));
    }

    #[test]
    fn damaged_databases_are_refused() {
        for name in ["corrupt-search-tree", "deep-nesting", "oversized-map"] {
            let bytes = fixture(&format!("bad-mmdb/libmaxminddb-{name}.mmdb"));
            let error = CountryDatabase::checked(bytes).unwrap_err();
            assert!(error.to_string().starts_with("the dataset `country` is not understood: "));
        }
    }

    #[test]
    fn a_damaged_database_that_opens_unchecked_never_answers_a_country() {
        for name in ["corrupt-search-tree", "deep-nesting", "oversized-map", "uint64-max-epoch"] {
            let bytes = fixture(&format!("bad-mmdb/libmaxminddb-{name}.mmdb"));
            let Ok(database) = CountryDatabase::embedded(bytes) else { continue };
            for ip in ["1.1.1.1", "255.255.255.255", "2001:db8::1", "ffff::"] {
                assert_eq!(database.find(ip.parse().unwrap()).known(), None, "{name} {ip}");
            }
        }
    }
}
