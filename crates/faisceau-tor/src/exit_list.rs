//! Exit lists (`@type tordnsel 1.0`): the addresses by which exits were seen to leave.
//!
//! In: one list. Out: a scan for each `ExitAddress` line. Lines that cannot be read are given back
//! with their number.

use std::net::Ipv4Addr;

use crate::Fingerprint;
use crate::encoding::hex_fingerprint;
use crate::instant::{seconds, seconds_of};

/// One address by which a relay left, when it was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExitScan {
    /// The address.
    pub address: Ipv4Addr,
    /// The relay.
    pub fingerprint: Fingerprint,
    /// When, in seconds since the Unix epoch.
    pub at_s: u32,
}

/// One exit list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExitList {
    /// When it was downloaded; the newest scan where the list does not say.
    pub downloaded_s: u32,
    /// The scans, in the order of the list.
    pub scans: Vec<ExitScan>,
    /// Lines, from 1, that cannot be read.
    pub bad_lines: Vec<usize>,
}

impl ExitList {
    /// Reads a list.
    pub fn parse(text: &[u8]) -> Self {
        let (mut list, mut relay, mut downloaded) = (Self::default(), None, None);
        for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let read = if let Some(rest) = line.strip_prefix(b"ExitAddress ") {
                relay.and_then(|relay| scan(relay, rest)).map(|scan| list.scans.push(scan))
            } else if let Some(rest) = line.strip_prefix(b"ExitNode ") {
                relay = hex_fingerprint(rest);
                relay.map(|_| ())
            } else if let Some(rest) = line.strip_prefix(b"Downloaded ") {
                downloaded = seconds_of(rest);
                downloaded.map(|_| ())
            } else {
                let passed: [&[u8]; 3] = [b"Published ", b"LastStatus ", b"@type "];
                let known = passed.iter().any(|word| line.starts_with(word));
                (known || line.is_empty()).then_some(())
            };
            if read.is_none() {
                list.bad_lines.push(index + 1);
            }
        }
        let newest = list.scans.iter().map(|scan| scan.at_s).max();
        list.downloaded_s = downloaded.or(newest).unwrap_or_default();
        list
    }
}

fn scan(fingerprint: Fingerprint, text: &[u8]) -> Option<ExitScan> {
    let mut words = text.split(|byte| *byte == b' ');
    let address = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    Some(ExitScan { address, fingerprint, at_s: seconds(words.next()?, words.next()?)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_has_its_documented_counts() {
        let text = include_bytes!("../tests/fixtures/exit-list-2018-11-01-00-02-01");
        let list = ExitList::parse(text);
        assert_eq!((list.scans.len(), list.bad_lines.len()), (934, 0));
        assert_eq!(list.downloaded_s, 1_541_030_521);
    }

    #[test]
    fn an_address_without_a_relay_is_given_back() {
        let list = ExitList::parse(b"ExitAddress 192.0.2.1 2018-10-31 06:03:23\nwhat\n");
        assert_eq!((list.scans.len(), list.bad_lines), (0, vec![1, 2]));
    }
}
