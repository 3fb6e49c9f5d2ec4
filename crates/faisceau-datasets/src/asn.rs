//! Autonomous systems: which one announces an address, and its name.
//!
//! In: columns that `asn_csv` made, embedded by the build script or of a dataset of the case.
//! Out: the AS number and name. Nothing is unpacked: a search reads the columns where they lie.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::asn_csv::{AsnColumns, RangeColumns, SystemColumns};
use crate::ranges::{Bits, Column, Key, Ranges};

/// Ranges of both families and the autonomous systems that announce them.
#[derive(Debug)]
pub(crate) struct AsnTable {
    v4: Family<u32>,
    v6: Family<u128>,
    systems: Systems,
}

#[derive(Debug)]
struct Family<K: Bits> {
    ranges: Ranges<K>,
    /// Index into `systems`, one for each range.
    system: Column<u32>,
}

/// Numbers and names. A name becomes a shared text when it is first asked for.
#[derive(Debug)]
struct Systems {
    numbers: Column<u32>,
    ends: Column<u32>,
    names: Cow<'static, str>,
    shared: Vec<OnceLock<Arc<str>>>,
}

impl Systems {
    fn new(numbers: Column<u32>, ends: Column<u32>, names: Cow<'static, str>) -> Self {
        let shared = std::iter::repeat_with(OnceLock::new).take(numbers.len()).collect();
        Self { numbers, ends, names, shared }
    }

    fn get(&self, index: usize) -> Option<(u32, &Arc<str>)> {
        let asn = self.numbers.get(index).copied().map(u32::from_le_bytes)?;
        let name = self.shared.get(index)?.get_or_init(|| Arc::from(self.name(index)));
        Some((asn, name))
    }

    fn name(&self, index: usize) -> &str {
        let end = |index: usize| self.ends.get(index).map(|end| u32::from_le_bytes(*end) as usize);
        let from = index.checked_sub(1).and_then(end).unwrap_or(0);
        end(index).and_then(|end| self.names.get(from..end)).unwrap_or_default()
    }
}

/// A column that the build script made.
macro_rules! column {
    ($name:literal) => {
        Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/", $name)).as_chunks().0)
    };
}

impl AsnTable {
    /// The table that is embedded.
    pub(crate) fn embedded() -> Self {
        let v4 = Ranges::trusted(column!("asn-v4-starts"), column!("asn-v4-ends"));
        let v6 = Ranges::trusted(column!("asn-v6-starts"), column!("asn-v6-ends"));
        let names = include_str!(concat!(env!("OUT_DIR"), "/asn-names"));
        Self {
            v4: Family { ranges: v4, system: column!("asn-v4-system") },
            v6: Family { ranges: v6, system: column!("asn-v6-system") },
            systems: Systems::new(
                column!("asn-numbers"),
                column!("asn-name-ends"),
                Cow::Borrowed(names),
            ),
        }
    }

    /// The table of columns that were just read.
    pub(crate) fn of(columns: AsnColumns) -> Self {
        let SystemColumns { numbers, ends, names } = columns.systems;
        Self {
            v4: family(columns.v4),
            v6: family(columns.v6),
            systems: Systems::new(numbers.into(), ends.into(), names.into()),
        }
    }

    /// The system that announces an address.
    pub(crate) fn find(&self, key: Key) -> Option<(u32, &Arc<str>)> {
        let system = match key {
            Key::V4(bits) => self.v4.system[self.v4.ranges.find(bits)?],
            Key::V6(bits) => self.v6.system[self.v6.ranges.find(bits)?],
        };
        self.systems.get(u32::from_le_bytes(system) as usize)
    }

    /// Whether the table speaks of that family at all.
    pub(crate) fn covers(&self, key: Key) -> bool {
        match key {
            Key::V4(_) => !self.v4.ranges.is_empty(),
            Key::V6(_) => !self.v6.ranges.is_empty(),
        }
    }

    #[cfg(test)]
    fn rows(&self) -> usize {
        self.v4.system.len() + self.v6.system.len()
    }
}

fn family<K: Bits<Raw = [u8; N]>, const N: usize>(columns: RangeColumns<N>) -> Family<K> {
    let ranges = Ranges::trusted(columns.starts.into(), columns.ends.into());
    Family { ranges, system: columns.system.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that the build script read.
    fn original(name: &str) -> Vec<u8> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/asn/");
        zstd::decode_all(std::fs::File::open(format!("{folder}{name}")).unwrap()).unwrap()
    }

    #[test]
    fn our_reading_is_that_of_a_csv_reader() {
        let table = AsnTable::embedded();
        assert_eq!(table.rows(), 411_961 + 103_197);
        let address = |text: &str| Key::from(text.parse::<std::net::IpAddr>().unwrap());
        for (name, family) in
            [("asn-ipv4.csv.zst", &table.v4.system), ("asn-ipv6.csv.zst", &table.v6.system)]
        {
            let text = original(name);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*text);
            let mut record = csv::StringRecord::new();
            for system in family.iter() {
                assert!(reader.read_record(&mut record).unwrap());
                let found = table.systems.get(u32::from_le_bytes(*system) as usize).unwrap();
                assert_eq!((&record[2], &record[3]), (found.0.to_string().as_str(), &**found.1));
                assert_eq!(table.find(address(&record[0])), Some(found));
                // AS 749 holds part of a range of AS 721, and the later start answers.
                if found.0 != 749 && found.0 != 721 {
                    assert_eq!(table.find(address(&record[1])), Some(found));
                }
            }
            assert!(!reader.read_record(&mut record).unwrap());
        }
    }

    #[test]
    fn a_table_read_now_answers_like_the_embedded_one() {
        let mut columns = AsnColumns::default();
        for name in ["asn-ipv4.csv.zst", "asn-ipv6.csv.zst"] {
            columns.read(std::str::from_utf8(&original(name)).unwrap()).unwrap();
        }
        let (read, embedded) = (AsnTable::of(columns), AsnTable::embedded());
        assert_eq!(read.v4.system, embedded.v4.system);
        assert_eq!(read.v6.system, embedded.v6.system);
        assert_eq!(read.systems.names, embedded.systems.names);
    }
}
