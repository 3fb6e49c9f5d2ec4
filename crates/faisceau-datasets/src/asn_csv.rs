//! Reads AS tables in CSV into columns of fixed width.
//!
//! In: lines `first,last,asn,name`, each family sorted by first address. Out: columns that a
//! binary search reads where they lie, so that the program embeds them instead of the text.
//! Refuses files out of order, for the search would then answer wrongly without a sign.
//!
//! The build script reads this file too: it uses nothing of this crate.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Longest name that is taken, in bytes; the longest that is bundled has 83.
const NAME: usize = 512;

/// The ranges of both families and the systems that announce them.
#[derive(Debug, Default)]
pub(crate) struct AsnColumns {
    pub(crate) v4: RangeColumns<4>,
    pub(crate) v6: RangeColumns<16>,
    pub(crate) systems: SystemColumns,
    newest: BTreeMap<u32, u32>,
}

/// The ranges of one family; numbers are little-endian.
#[derive(Debug)]
pub(crate) struct RangeColumns<const N: usize> {
    pub(crate) starts: Vec<[u8; N]>,
    pub(crate) ends: Vec<[u8; N]>,
    /// Index of the system, one for each range.
    pub(crate) system: Vec<[u8; 4]>,
    last: Option<u128>,
}

/// Each system once; a number with two names counts twice.
#[derive(Debug, Default)]
pub(crate) struct SystemColumns {
    pub(crate) numbers: Vec<[u8; 4]>,
    /// Where the name of each ends in `names`.
    pub(crate) ends: Vec<[u8; 4]>,
    pub(crate) names: String,
}

/// A line that cannot be read, and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BadLine {
    /// From 1.
    pub(crate) line: usize,
    /// What was expected.
    pub(crate) detail: &'static str,
}

impl<const N: usize> Default for RangeColumns<N> {
    fn default() -> Self {
        Self { starts: Vec::new(), ends: Vec::new(), system: Vec::new(), last: None }
    }
}

impl<const N: usize> RangeColumns<N> {
    fn add(&mut self, start: ([u8; N], u128), end: ([u8; N], u128), system: u32) -> bool {
        let in_order = self.last.is_none_or(|last| last < start.1) && start.1 <= end.1;
        self.last = Some(start.1);
        self.starts.push(start.0);
        self.ends.push(end.0);
        self.system.push(system.to_le_bytes());
        in_order
    }
}

impl AsnColumns {
    /// Reads one text more; the ranges of a family continue those of the text before.
    pub(crate) fn read(&mut self, text: &str) -> Result<(), BadLine> {
        for (index, line) in text.lines().enumerate() {
            self.line(line).map_err(|detail| BadLine { line: index + 1, detail })?;
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let (start, end, asn, name) = fields(line).ok_or("four fields are expected")?;
        let address = |text: &str| text.parse::<IpAddr>().map_err(|_| "not an address");
        let (start, end) = (address(start)?, address(end)?);
        let asn = asn.parse().map_err(|_| "not an AS number")?;
        self.add(start, end, asn, &name)
    }

    /// Adds a range, both ends included, after those of its family.
    pub(crate) fn add(
        &mut self,
        start: IpAddr,
        end: IpAddr,
        asn: u32,
        name: &str,
    ) -> Result<(), &'static str> {
        if name.len() > NAME {
            return Err("the name is longer than 512 bytes");
        }
        let system = self.system(asn, name);
        let in_order = match (start, end) {
            (IpAddr::V4(start), IpAddr::V4(end)) => {
                let bits =
                    |ip: std::net::Ipv4Addr| (ip.to_bits().to_le_bytes(), ip.to_bits().into());
                self.v4.add(bits(start), bits(end), system)
            }
            (IpAddr::V6(start), IpAddr::V6(end)) => {
                let bits = |ip: std::net::Ipv6Addr| (ip.to_bits().to_le_bytes(), ip.to_bits());
                self.v6.add(bits(start), bits(end), system)
            }
            _ => return Err("the range is of two families"),
        };
        if in_order { Ok(()) } else { Err("the range is out of order") }
    }

    /// The index of a system of that number and name.
    fn system(&mut self, asn: u32, name: &str) -> u32 {
        let systems = &mut self.systems;
        let newest = self.newest.entry(asn).or_insert(u32::MAX);
        if systems.name(*newest as usize) != Some(name) {
            *newest = systems.numbers.len() as u32;
            systems.numbers.push(asn.to_le_bytes());
            systems.names.push_str(name);
            systems.ends.push((systems.names.len() as u32).to_le_bytes());
        }
        *newest
    }
}

impl SystemColumns {
    fn name(&self, index: usize) -> Option<&str> {
        let end = |index: usize| self.ends.get(index).map(|end| u32::from_le_bytes(*end) as usize);
        let from = index.checked_sub(1).map_or(Some(0), end)?;
        self.names.get(from..end(index)?)
    }
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

    fn refusal(text: &str) -> (usize, &'static str) {
        let BadLine { line, detail } = AsnColumns::default().read(text).unwrap_err();
        (line, detail)
    }

    #[test]
    fn quotes_and_commas_in_names() {
        assert_eq!(fields("1.0.0.0,1.0.0.255,1,\"A, \"\"B\"\"\"").unwrap().3, "A, \"B\"");
        assert_eq!(fields("1.0.0.0,1.0.0.255,1,A B").unwrap().3, "A B");
        assert!(fields("1.0.0.0,1.0.0.255,1").is_none());
        assert!(fields("1.0.0.0,1.0.0.255,1,A,B").is_none());
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        let good = "2.0.0.0,2.0.0.9,1,A\n";
        let after = |line: &str| refusal(&format!("{good}{line}\n"));
        assert_eq!(after("1.0.0.0,1.0.0.9,1,A"), (2, "the range is out of order"));
        assert_eq!(after("3.0.0.9,3.0.0.0,1,A"), (2, "the range is out of order"));
        assert_eq!(after("3.0.0.0,::1,1,A"), (2, "the range is of two families"));
        assert_eq!(after("x,3.0.0.0,1,A"), (2, "not an address"));
        assert_eq!(after("3.0.0.0,3.0.0.9,-1,A"), (2, "not an AS number"));
        let long = format!("3.0.0.0,3.0.0.9,1,{}", "A".repeat(513));
        assert_eq!(after(&long), (2, "the name is longer than 512 bytes"));
    }

    #[test]
    fn a_number_with_two_names_counts_twice() {
        let mut columns = AsnColumns::default();
        columns.read("1.0.0.0,1.0.0.9,7,A\n2.0.0.0,2.0.0.9,7,B\n3.0.0.0,3.0.0.9,7,B\n").unwrap();
        columns.read("::,::9,7,B\n").unwrap();
        assert_eq!(columns.systems.names, "AB");
        assert_eq!(columns.v4.system, [0_u32, 1, 1].map(u32::to_le_bytes));
        assert_eq!(columns.v6.system, [1_u32.to_le_bytes()]);
    }
}
