//! Was an address listed as a Tor exit at an instant?
//!
//! In: intervals `ip,first_listed,last_listed` between snapshots, and the declared gaps. Out: a
//! verdict for the instants that the precision of a time allows:
//! - *listed* if a snapshot that stood at one of them has the address. For a time known to the
//!   day, that is "at some hour of that day", as `ExoneraTor` answers too;
//! - *not listed* if all of them are known and none has it;
//! - *no data* otherwise: before the history, after it, in a gap, or when the time is unknown.

use std::net::IpAddr;
use std::sync::Arc;

use faisceau_model::{Absent, Listing, Maybe, Moment};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::day::Day;
use crate::error::DatasetError;
use crate::ranges::Key;
use crate::span::Span;
use crate::tor_coverage::{Coverage, Minute, seconds};
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
struct Stays<K> {
    addresses: Vec<K>,
    /// Where the stays of an address begin in `times`; one more at the end.
    begins: Vec<u32>,
    /// First and last snapshot of each stay.
    times: Vec<(Minute, Minute)>,
}

impl<K: Copy + Ord> Stays<K> {
    fn new(mut rows: Vec<(K, Minute, Minute)>) -> Self {
        rows.sort_unstable();
        let mut stays = Self { addresses: Vec::new(), begins: Vec::new(), times: Vec::new() };
        for (address, first, last) in rows {
            if stays.addresses.last() != Some(&address) {
                stays.addresses.push(address);
                stays.begins.push(stays.times.len() as u32);
            }
            stays.times.push((first, last));
        }
        stays.begins.push(stays.times.len() as u32);
        stays
    }

    fn of(&self, address: K) -> &[(Minute, Minute)] {
        match self.addresses.binary_search(&address) {
            Ok(index) => &self.times[self.begins[index] as usize..self.begins[index + 1] as usize],
            Err(_) => &[],
        }
    }
}

impl TorHistory {
    /// Reads the intervals and the gaps.
    pub(crate) fn parse(date: &str, intervals: &str, gaps: &str) -> Result<Self, DatasetError> {
        let (mut v4, mut v6, mut changes) = (Vec::new(), Vec::new(), Changes::default());
        // Neighbouring lines often share a day; reading it once halves the work.
        let mut clock = Clock::default();
        for (index, line) in intervals.lines().enumerate().skip(1) {
            let fail = |detail| DatasetError::Line { dataset: DATASET, line: index + 1, detail };
            let (ip, times) = line.split_once(',').ok_or_else(|| fail("three fields expected"))?;
            let ip: IpAddr = ip.parse().map_err(|_| fail("not an address"))?;
            let (first, last) = clock.pair(times).ok_or_else(|| fail("not a pair of times"))?;
            changes.add(first);
            changes.add(last);
            match Key::from(ip) {
                Key::V4(bits) => v4.push((bits, first, last)),
                Key::V6(bits) => v6.push((bits, first, last)),
            }
        }
        let mut declared = Vec::new();
        for (index, line) in gaps.lines().enumerate().skip(1) {
            declared.push(clock.pair(line).ok_or(DatasetError::Line {
                dataset: "tor-exits gaps",
                line: index + 1,
                detail: "not a pair of times",
            })?);
        }
        Ok(Self {
            source: Arc::from(format!("{DATASET}@{date}")),
            coverage: Coverage::new(changes.sorted(), &declared),
            v4: Stays::new(v4),
            v6: Stays::new(v6),
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
        ListVerdict { listing, source: &self.source, days }
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
        let begun = stays.partition_point(|(first, _)| seconds(*first) <= span.to_s);
        begun.checked_sub(1).is_some_and(|index| {
            let (_, last) = stays[index];
            seconds(last) >= span.from_s || self.coverage.stands_until(last) >= span.from_s
        })
    }
}

/// A set of minutes, one bit each from the epoch: 4 MB, far less work than sorting all times.
#[derive(Default)]
struct Changes(Vec<u64>);

impl Changes {
    fn add(&mut self, minute: Minute) {
        let word = (minute / 64) as usize;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (minute % 64);
    }

    fn sorted(&self) -> Vec<Minute> {
        let mut minutes = Vec::new();
        for (index, word) in self.0.iter().enumerate().filter(|(_, word)| **word != 0) {
            let set = (0..64).filter(|bit| word >> bit & 1 == 1);
            minutes.extend(set.map(|bit| index as Minute * 64 + bit));
        }
        minutes
    }
}

/// Reads times such as `2026-08-22T21:13Z`.
#[derive(Default)]
struct Clock {
    day: String,
    start: Minute,
}

impl Clock {
    /// A first and a last time, in order.
    fn pair(&mut self, text: &str) -> Option<(Minute, Minute)> {
        let (first, last) = text.split_once(',')?;
        let (first, last) = (self.minute(first)?, self.minute(last)?);
        (first <= last).then_some((first, last))
    }

    fn minute(&mut self, text: &str) -> Option<Minute> {
        let (day, clock) = text.strip_suffix('Z')?.split_once('T')?;
        let (hour, minute) = clock.split_once(':')?;
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        if hour > 23 || minute > 59 {
            return None;
        }
        if self.day != day {
            let start: DateTime = format!("{day}T00:00").parse().ok()?;
            let start = start.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
            self.start = u32::try_from(start / 60).ok()?;
            day.clone_into(&mut self.day);
        }
        Some(self.start + hour * 60 + minute)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
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
    fn bad_lines_are_named() {
        let parse = |line: &str| TorHistory::parse("2024-03-02", &format!("h\n{line}\n"), "h\n");
        for line in [
            "2a02:29e,2024-03-01T02:00Z,2024-03-01T03:00Z",
            "198.51.100.1,2024-03-01T02:00Z,2024-03-01T01:00Z",
            "198.51.100.1,2024-02-30T02:00Z,2024-03-01T01:00Z",
            "198.51.100.1,2024-02-20T24:00Z,2024-03-01T01:00Z",
            "198.51.100.1",
        ] {
            assert!(parse(line).unwrap_err().to_string().contains("line 2"), "{line}");
        }
    }

    #[test]
    fn the_embedded_history_has_the_documented_counts() {
        let [intervals, gaps] = &catalogue::TOR.files else { panic!("two files") };
        let (intervals, gaps) = (pack::text(intervals).unwrap(), pack::text(gaps).unwrap());
        assert_eq!(gaps.lines().count() - 1, 21);
        let history = TorHistory::parse(catalogue::TOR.date, &intervals, &gaps).unwrap();
        assert_eq!(history.v4.times.len() + history.v6.times.len(), 368_380);
        assert_eq!(history.v4.addresses.len(), 56_609);
        assert_eq!(history.v4.addresses.len() + history.v6.addresses.len(), 66_599);
        assert_eq!(history.coverage.gaps(), catalogue::TOR.gaps as usize);
        let bounds = history.coverage.bounds().unwrap();
        let mut clock = Clock::default();
        assert_eq!(Some(bounds.0), clock.minute("2018-03-13T10:00Z"));
        assert_eq!(Some(bounds.1), clock.minute("2026-08-22T21:13Z"));
        for stays in history.v4.begins.windows(2) {
            let times = &history.v4.times[stays[0] as usize..stays[1] as usize];
            assert!(times.is_sorted_by(|a, b| a.1 < b.0), "stays overlap");
        }
    }
}
