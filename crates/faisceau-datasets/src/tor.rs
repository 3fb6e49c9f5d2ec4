//! Was an address listed as a Tor exit at an instant?
//!
//! In: the stays of each address between snapshots, as columns that `tor_csv` made, and the declared
//! gaps. Out: a verdict for the instants that the precision of a time allows:
//! - *listed* if a snapshot that stood at one of them has the address. For a time known to the
//!   day, that is "at some hour of that day", as `ExoneraTor` answers too;
//! - *not listed* if all of them are known and none has it;
//! - *no data* otherwise: before the history, after it, in a gap, or when the time is unknown.

use std::borrow::Cow;
use std::sync::Arc;

use faisceau_model::{Absent, Listing, Maybe, Moment};

use crate::asn_csv::BadLine;
use crate::day::Day;
use crate::error::DatasetError;
use crate::ranges::{Bits, Column, Key};
use crate::span::Span;
use crate::tor_coverage::{Coverage, Minute, seconds};
use crate::tor_csv;
#[cfg(test)]
use crate::tor_csv::{StayColumns, TorColumns};
use crate::verdict::ListVerdict;

const DATASET: &str = "tor-exits";

/// The history of exits.
#[derive(Debug)]
pub(crate) struct TorHistory {
    source: Arc<str>,
    coverage: Coverage,
    v4: Stays<u32>,
    v6: Stays<u128>,
}

/// The stays of each address on the list, sorted by address, then by time.
#[derive(Debug)]
struct Stays<K: Bits> {
    addresses: Column<K>,
    /// Where the stays of an address begin in `times`; one more at the end.
    begins: Column<u32>,
    /// First and last snapshot of each stay.
    times: Cow<'static, [[u8; 8]]>,
}

impl<K: Bits> Stays<K> {
    fn of(&self, address: K) -> &[[u8; 8]] {
        let found = self.addresses.binary_search_by_key(&address, |raw| K::of(*raw));
        let begin = |index: usize| self.begins.get(index).map(|b| u32::from_le_bytes(*b) as usize);
        let range = found.ok().and_then(|index| Some(begin(index)?..begin(index + 1)?));
        range.and_then(|range| self.times.get(range)).unwrap_or_default()
    }
}

/// The first and the last snapshot of a stay.
fn ends(stay: [u8; 8]) -> (Minute, Minute) {
    let both = u64::from_le_bytes(stay);
    (both as Minute, (both >> 32) as Minute)
}

/// A column that the build script made.
macro_rules! column {
    ($name:literal) => {
        Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/", $name)).as_chunks().0)
    };
}

impl TorHistory {
    /// The history that is embedded, with the gaps that its source declares.
    pub(crate) fn embedded(date: &str, gaps: &str) -> Result<Self, DatasetError> {
        let changes: Column<u32> = column!("tor-changes");
        let v4 = Stays {
            addresses: column!("tor-v4-addresses"),
            begins: column!("tor-v4-begins"),
            times: column!("tor-v4-times"),
        };
        let v6 = Stays {
            addresses: column!("tor-v6-addresses"),
            begins: column!("tor-v6-begins"),
            times: column!("tor-v6-times"),
        };
        Self::new(date, &changes, gaps, (v4, v6))
    }

    /// Reads the intervals and the gaps.
    #[cfg(test)]
    fn parse(date: &str, intervals: &str, gaps: &str) -> Result<Self, DatasetError> {
        let TorColumns { v4, v6, changes } = TorColumns::read(intervals).map_err(refusal)?;
        Self::new(date, &changes, gaps, (stays(v4), stays(v6)))
    }

    fn new(
        date: &str,
        changes: &[[u8; 4]],
        gaps: &str,
        (v4, v6): (Stays<u32>, Stays<u128>),
    ) -> Result<Self, DatasetError> {
        let changes = changes.iter().map(|minute| Minute::from_le_bytes(*minute)).collect();
        let gaps = tor_csv::gaps(gaps).map_err(refusal)?;
        Ok(Self {
            source: Arc::from(format!("{DATASET}@{date}")),
            coverage: Coverage::new(changes, &gaps),
            v4,
            v6,
        })
    }

    /// The verdict for an address at a time.
    pub(crate) fn find(&self, key: Key, at: Maybe<Moment>) -> ListVerdict<'_> {
        let (listing, days) = match at {
            Maybe::Missing(reason) => (Listing::NoData, Maybe::Missing(reason)),
            Maybe::Known(moment) => match Span::of(moment) {
                None => (Listing::NoData, Maybe::Missing(Absent::TooLittle)),
                Some(span) => self.during(key, span),
            },
        };
        ListVerdict { listing, source: &self.source, days, region: None }
    }

    fn during(&self, key: Key, span: Span) -> (Listing, Maybe<i64>) {
        let mut whole = false;
        for part in self.coverage.parts(span) {
            if self.listed(key, part) {
                return (Listing::Listed, Maybe::Known(0));
            }
            whole |= part == span;
        }
        if whole {
            return (Listing::NotListed, Maybe::Known(0));
        }
        let days = self
            .coverage
            .nearest(span)
            .map(|second| Day::of_seconds(second).distance(Day::of_seconds(span.from_s)));
        (Listing::NoData, Maybe::or_absent(days, Absent::NoData))
    }

    /// Whether a snapshot that stood during the span has the address.
    fn listed(&self, key: Key, span: Span) -> bool {
        let stays = match key {
            Key::V4(bits) => self.v4.of(bits),
            Key::V6(bits) => self.v6.of(bits),
        };
        // Stays do not overlap: the last that begins in time is the one that ends last.
        let begun = stays.partition_point(|stay| seconds(ends(*stay).0) <= span.to_s);
        begun.checked_sub(1).and_then(|index| stays.get(index)).is_some_and(|stay| {
            let (_, last) = ends(*stay);
            seconds(last) >= span.from_s || self.coverage.stands_until(last) >= span.from_s
        })
    }
}

fn refusal(BadLine { line, detail }: BadLine) -> DatasetError {
    DatasetError::Line { dataset: DATASET.into(), line, detail }
}

#[cfg(test)]
fn stays<K: Bits<Raw = [u8; N]>, const N: usize>(columns: StayColumns<N>) -> Stays<K> {
    let StayColumns { addresses, begins, times } = columns;
    Stays { addresses: addresses.into(), begins: begins.into(), times: times.into() }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::net::IpAddr;

    use super::*;
    use crate::tor_csv::Clock;
    use crate::{catalogue, pack};
    use faisceau_model::{Precision, ZoneSource};

    fn history() -> TorHistory {
        // One stay of 198.51.100.1 from 02:00 to 04:00 on 1 March; others keep the list moving
        // each hour until noon, then silence for a day.
        let mut text = String::from("ip,first_listed,last_listed\n");
        text.push_str("198.51.100.1,2024-03-01T02:00Z,2024-03-01T04:00Z\n");
        for hour in 0..=12 {
            let day = "2024-03-01T";
            writeln!(text, "198.51.100.2,{day}{hour:02}:00Z,{day}{hour:02}:30Z").unwrap();
        }
        text.push_str("2001:0db8:0000::0001,2024-03-02T12:00Z,2024-03-02T13:00Z\n");
        TorHistory::parse("2024-03-02", &text, "no_data_after,until\n").unwrap()
    }

    fn find(ip: &str, at: &str, precision: Precision) -> (Listing, Maybe<i64>) {
        let at = Moment::from_rfc3339(at).unwrap().at_us();
        let at = Maybe::Known(Moment::new(at, precision, ZoneSource::Explicit).unwrap());
        let ip: IpAddr = ip.parse().unwrap();
        let history = history();
        let verdict = history.find(ip.into(), at);
        assert_eq!(&**verdict.source, "tor-exits@2024-03-02");
        (verdict.listing, verdict.days)
    }

    #[test]
    fn the_snapshot_that_stood_decides() {
        let one = |at| find("198.51.100.1", at, Precision::Second);
        let (listed, not) =
            ((Listing::Listed, Maybe::Known(0)), (Listing::NotListed, Maybe::Known(0)));
        assert_eq!(one("2024-03-01T01:59:59Z"), not);
        assert_eq!(one("2024-03-01T02:00:00Z"), listed);
        assert_eq!(one("2024-03-01T04:00:00Z"), listed);
        assert_eq!(one("2024-03-01T04:29:59Z"), listed, "the next change comes at 04:30");
        assert_eq!(one("2024-03-01T04:30:00Z"), not);
    }

    #[test]
    fn a_coarse_time_is_listed_if_any_of_its_instants_is() {
        let hour = |at| find("198.51.100.1", at, Precision::Hour).0;
        assert_eq!(hour("2024-03-01T01:00:00Z"), Listing::NotListed);
        assert_eq!(hour("2024-03-01T04:00:00Z"), Listing::Listed);
        let day = |ip| find(ip, "2024-03-01T00:00:00Z", Precision::Day).0;
        assert_eq!(day("198.51.100.1"), Listing::Listed);
        assert_eq!(day("198.51.100.9"), Listing::NoData, "the afternoon is not known");
        let vague = find("198.51.100.1", "2024-03-01T02:00:00Z", Precision::Interval);
        assert_eq!(vague, (Listing::NoData, Maybe::Missing(Absent::TooLittle)));
    }

    #[test]
    fn outside_the_history_and_in_silence_nothing_is_known() {
        let one = |at| find("198.51.100.1", at, Precision::Second);
        assert_eq!(one("2024-02-20T00:00:00Z"), (Listing::NoData, Maybe::Known(10)));
        assert_eq!(one("2024-03-02T02:00:00Z"), (Listing::NoData, Maybe::Known(0)));
        assert_eq!(one("2024-03-09T13:00:00Z"), (Listing::NoData, Maybe::Known(7)));
    }

    #[test]
    fn an_ipv6_address_is_found_whatever_its_spelling() {
        let at = "2024-03-02T12:30:00Z";
        assert_eq!(find("2001:db8::1", at, Precision::Second).0, Listing::Listed);
        assert_eq!(find("2001:db8::2", at, Precision::Second).0, Listing::NotListed);
        let mapped = find("::ffff:198.51.100.1", "2024-03-01T03:00:00Z", Precision::Second);
        assert_eq!(mapped.0, Listing::Listed);
    }

    #[test]
    fn the_embedded_history_has_the_documented_counts() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/tor/");
        let file = std::fs::File::open(format!("{path}tor_exit_intervals.csv.zst")).unwrap();
        let intervals = String::from_utf8(zstd::decode_all(file).unwrap()).unwrap();
        let gaps = pack::text(&catalogue::TOR.files[1]).unwrap();
        assert_eq!(gaps.lines().count() - 1, 21);
        let history = TorHistory::embedded(catalogue::TOR.date, &gaps).unwrap();
        let read = TorHistory::parse(catalogue::TOR.date, &intervals, &gaps).unwrap();
        assert_eq!(history.v4.times, read.v4.times, "the build script read the same");
        assert_eq!(history.v6.times, read.v6.times, "the build script read the same");
        assert_eq!(history.v4.times.len() + history.v6.times.len(), 368_380);
        assert_eq!(history.v4.addresses.len(), 56_609);
        assert_eq!(history.v4.addresses.len() + history.v6.addresses.len(), 66_599);
        assert_eq!(history.coverage.gaps(), catalogue::TOR.gaps as usize);
        let bounds = history.coverage.bounds().unwrap();
        let mut clock = Clock::default();
        assert_eq!(Some(bounds.0), clock.minute("2018-03-13T10:00Z"));
        assert_eq!(Some(bounds.1), clock.minute("2026-08-22T21:13Z"));
        for stays in history.v4.begins.windows(2) {
            let [from, to] = [stays[0], stays[1]].map(|at| u32::from_le_bytes(at) as usize);
            let times = &history.v4.times[from..to];
            assert!(times.is_sorted_by(|a, b| ends(*a).1 < ends(*b).0), "stays overlap");
        }
    }
}
