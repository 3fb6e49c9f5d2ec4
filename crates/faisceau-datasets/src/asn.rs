//! Autonomous systems: which one announces an address, and its name.
//!
//! In: CSV lines `first,last,asn,name`, sorted by first address. Out: the AS number and name.
//! Refuses files out of order, for the binary search would then answer wrongly without a sign.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use crate::error::DatasetError;
use crate::ranges::{Bits, Key, Ranges};

/// Ranges of both families and the autonomous systems that announce them.
#[derive(Debug)]
pub(crate) struct AsnTable {
    v4: Family<u32>,
    v6: Family<u128>,
    systems: Vec<(u32, Arc<str>)>,
}

#[derive(Debug)]
struct Family<K> {
    ranges: Ranges<K>,
    /// Index into `systems`, one for each range.
    system: Vec<u32>,
}

impl AsnTable {
    /// Reads the two files.
    pub(crate) fn parse(v4: &str, v6: &str) -> Result<Self, DatasetError> {
        let mut names = Names::default();
        let v4 = family("asn-ipv4.csv", v4, std::net::Ipv4Addr::to_bits, &mut names)?;
        let v6 = family("asn-ipv6.csv", v6, std::net::Ipv6Addr::to_bits, &mut names)?;
        Ok(Self { v4, v6, systems: names.systems })
    }

    /// The system that announces an address.
    pub(crate) fn find(&self, key: Key) -> Option<&(u32, Arc<str>)> {
        let system = match key {
            Key::V4(bits) => self.v4.system[self.v4.ranges.find(bits)?],
            Key::V6(bits) => self.v6.system[self.v6.ranges.find(bits)?],
        };
        self.systems.get(system as usize)
    }

    #[cfg(test)]
    fn rows(&self) -> usize {
        self.v4.system.len() + self.v6.system.len()
    }
}

/// Each system once; a number with two names counts twice.
#[derive(Default)]
struct Names {
    newest: BTreeMap<u32, u32>,
    systems: Vec<(u32, Arc<str>)>,
}

impl Names {
    fn of(&mut self, asn: u32, name: &str) -> u32 {
        let newest = self.newest.entry(asn).or_insert(u32::MAX);
        if self.systems.get(*newest as usize).is_none_or(|(_, known)| &**known != name) {
            *newest = self.systems.len() as u32;
            self.systems.push((asn, Arc::from(name)));
        }
        *newest
    }
}

fn family<A: FromStr, K: Bits>(
    dataset: &'static str,
    text: &str,
    bits: fn(A) -> K,
    names: &mut Names,
) -> Result<Family<K>, DatasetError> {
    // A line has some sixty bytes.
    let rows = text.len() / 60;
    let (mut starts, mut ends) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut system = Vec::with_capacity(rows);
    let fail = |index, detail| DatasetError::Line { dataset, line: index + 1, detail };
    for (index, line) in text.lines().enumerate() {
        let (start, end, asn, name) =
            fields(line).ok_or_else(|| fail(index, "four fields are expected"))?;
        let address =
            |text: &str| text.parse().map(bits).map_err(|_| fail(index, "not an address"));
        starts.push(address(start)?);
        ends.push(address(end)?);
        let asn = asn.parse().map_err(|_| fail(index, "not an AS number"))?;
        system.push(names.of(asn, &name));
    }
    let ranges =
        Ranges::sorted(starts, ends).map_err(|index| fail(index, "the range is out of order"))?;
    Ok(Family { ranges, system })
}

/// Splits a line; only the last field may stand in quotes.
fn fields(line: &str) -> Option<(&str, &str, &str, Cow<'_, str>)> {
    let (start, rest) = line.split_once(',')?;
    let (end, rest) = rest.split_once(',')?;
    let (asn, name) = rest.split_once(',')?;
    let name = match name.strip_prefix('"') {
        None if name.contains(['"', ',']) => return None,
        None => Cow::Borrowed(name),
        Some(quoted) => match quoted.strip_suffix('"')? {
            plain if !plain.contains('"') => Cow::Borrowed(plain),
            doubled => Cow::Owned(doubled.replace("\"\"", "\"")),
        },
    };
    Some((start, end, asn, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::pack;

    #[test]
    fn quotes_and_commas_in_names() {
        assert_eq!(fields("1.0.0.0,1.0.0.255,1,\"A, \"\"B\"\"\"").unwrap().3, "A, \"B\"");
        assert_eq!(fields("1.0.0.0,1.0.0.255,1,A B").unwrap().3, "A B");
        assert!(fields("1.0.0.0,1.0.0.255,1").is_none());
        assert!(fields("1.0.0.0,1.0.0.255,1,A,B").is_none());
    }

    #[test]
    fn a_file_out_of_order_is_refused() {
        let error = AsnTable::parse("2.0.0.0,2.0.0.9,1,A\n1.0.0.0,1.0.0.9,1,A\n", "").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the dataset `asn-ipv4.csv` is not understood at line 2: the range is out of order"
        );
    }

    #[test]
    fn our_reading_is_that_of_a_csv_reader() {
        let [v4, v6] = &catalogue::ASN.files else { panic!("two files") };
        let (v4, v6) = (pack::text(v4).unwrap(), pack::text(v6).unwrap());
        let table = AsnTable::parse(&v4, &v6).unwrap();
        assert_eq!(table.rows(), 411_961 + 103_197);
        for (text, family) in [(&v4, &table.v4.system), (&v6, &table.v6.system)] {
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let mut record = csv::StringRecord::new();
            for system in family {
                assert!(reader.read_record(&mut record).unwrap());
                let (asn, name) = &table.systems[*system as usize];
                assert_eq!((&record[2], &record[3]), (asn.to_string().as_str(), &**name));
            }
            assert!(!reader.read_record(&mut record).unwrap());
        }
    }
}
