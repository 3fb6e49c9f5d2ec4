//! What the investigator knows of ranges of addresses, and from which document.
//!
//! An operator's answer, a school's attestation, a lease: each line of the overlay wins over the
//! datasets for the days it names, and is cited as `overlay:LINE`.

use std::net::IpAddr;
use std::sync::Arc;

use faisceau_datasets::Span;
use faisceau_model::{AccessKind, Maybe, Moment};

/// One line of the overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayLine {
    /// The line in the file, from 1.
    pub line: u64,
    /// First second (Unix) of the days that it holds for.
    pub from_s: Option<i64>,
    /// Last second of those days.
    pub to_s: Option<i64>,
    /// The kind of access.
    pub access: Option<AccessKind>,
    /// The operator.
    pub operator: Option<Arc<str>>,
    /// The country, ISO 3166-1 alpha-2.
    pub country: Option<Arc<str>>,
    /// The autonomous system.
    pub asn: Option<u32>,
    /// `overlay:3`.
    pub label: Arc<str>,
    /// `overlay:3 (réponse de l'opérateur, pièce 12)`.
    pub basis: Arc<str>,
}

impl OverlayLine {
    /// Whether the line holds for every instant that a time allows. A line with days never holds
    /// for a time that is missing or has no known length.
    fn holds_at(&self, at: Maybe<Moment>) -> bool {
        if self.from_s.is_none() && self.to_s.is_none() {
            return true;
        }
        let span = at.into_known().and_then(Span::of);
        span.is_some_and(|span| {
            self.from_s.is_none_or(|from| from <= span.from_s)
                && self.to_s.is_none_or(|to| span.to_s <= to)
        })
    }

    /// Whether two lines hold on a common day.
    pub(crate) fn shares_a_day(&self, other: &Self) -> bool {
        let starts = |a: &Self, b: &Self| match (a.from_s, b.to_s) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        starts(self, other) && starts(other, self)
    }
}

/// The investigator's ranges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    /// Longest prefix first.
    lengths: Vec<Prefixes>,
}

/// All lines whose prefixes have one length.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Prefixes {
    length: u8,
    /// By network, then by line.
    lines: Vec<(u128, OverlayLine)>,
}

impl Overlay {
    /// No ranges.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Whether there are no ranges.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Builds the index from lines that have passed the checks of the reader.
    pub(crate) fn new(mut lines: Vec<(Prefix, OverlayLine)>) -> Self {
        lines.sort_by_key(|(prefix, line)| (u8::MAX - prefix.length, prefix.network, line.line));
        let mut lengths: Vec<Prefixes> = Vec::new();
        for (prefix, line) in lines {
            if lengths.last().is_none_or(|last| last.length != prefix.length) {
                lengths.push(Prefixes { length: prefix.length, lines: Vec::new() });
            }
            if let Some(last) = lengths.last_mut() {
                last.lines.push((prefix.network, line));
            }
        }
        Self { lengths }
    }

    /// The line of the longest prefix that holds the address at that time.
    pub fn find(&self, ip: IpAddr, at: Maybe<Moment>) -> Option<&OverlayLine> {
        let bits = mapped(ip);
        self.lengths.iter().find_map(|Prefixes { length, lines }| {
            let network = bits & mask(*length);
            let first = lines.partition_point(|(other, _)| *other < network);
            lines[first..]
                .iter()
                .take_while(|(other, _)| *other == network)
                .map(|(_, line)| line)
                .find(|line| line.holds_at(at))
        })
    }
}

/// A prefix of either family, IPv4 as `::ffff:0:0/96`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Prefix {
    pub(crate) network: u128,
    pub(crate) length: u8,
}

impl Prefix {
    /// The prefix of an address, or `None` if bits stand behind the length.
    pub(crate) fn new(ip: IpAddr, length: u8) -> Option<Self> {
        let length = if ip.is_ipv4() { length.checked_add(96)? } else { length };
        let network = mapped(ip);
        (length <= 128 && network & mask(length) == network).then_some(Self { network, length })
    }
}

fn mapped(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => ip.to_ipv6_mapped().to_bits(),
        IpAddr::V6(ip) => ip.to_bits(),
    }
}

fn mask(length: u8) -> u128 {
    u128::MAX.checked_shl(128 - u32::from(length)).unwrap_or(0)
}
