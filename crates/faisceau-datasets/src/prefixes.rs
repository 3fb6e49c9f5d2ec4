//! Lists of prefixes and of autonomous systems, one a line, at one or several dates.

use std::collections::BTreeSet;
use std::sync::Arc;

use faisceau_model::{Listing, Maybe, Moment};
use ipnet::IpNet;

use crate::day::Day;
use crate::error::DatasetError;
use crate::ranges::{Key, Ranges};
use crate::verdict::ListVerdict;

/// A list of prefixes as it stood on one day.
#[derive(Debug)]
pub(crate) struct Snapshot {
    day: Day,
    source: Arc<str>,
    v4: Ranges<u32>,
    v6: Ranges<u128>,
}

impl Snapshot {
    /// Reads the lines of the files of one day; both families may stand in any of them.
    pub(crate) fn parse(dataset: &str, date: &str, texts: &[&str]) -> Result<Self, DatasetError> {
        let mut nets = Vec::new();
        for line in texts.iter().flat_map(|text| text.lines().enumerate()) {
            nets.extend(prefix(dataset, line)?);
        }
        Self::of(dataset, date, nets)
    }

    /// The list of these prefixes.
    pub(crate) fn of(dataset: &str, date: &str, nets: Vec<IpNet>) -> Result<Self, DatasetError> {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for net in nets {
            match net {
                IpNet::V4(net) => v4.push((net.network().to_bits(), net.broadcast().to_bits())),
                IpNet::V6(net) => v6.push((net.network().to_bits(), net.broadcast().to_bits())),
            }
        }
        Ok(Self {
            day: Day::parse(date, dataset)?,
            source: Arc::from(format!("{dataset}@{date}")),
            v4: Ranges::merged(v4),
            v6: Ranges::merged(v6),
        })
    }

    /// The day of the list.
    pub(crate) fn day(&self) -> Day {
        self.day
    }

    /// Whether the list speaks of that family at all.
    pub(crate) fn covers(&self, key: Key) -> bool {
        match key {
            Key::V4(_) => !self.v4.is_empty(),
            Key::V6(_) => !self.v6.is_empty(),
        }
    }

    /// What the list says of an address, whatever the distance: the days say how far it is.
    pub(crate) fn find(&self, key: Key, at: Maybe<Moment>) -> ListVerdict<'_> {
        let found = match key {
            Key::V4(bits) => self.v4.find(bits),
            Key::V6(bits) => self.v6.find(bits),
        };
        let listing = match found {
            Some(_) => Listing::Listed,
            None if self.covers(key) => Listing::NotListed,
            None => Listing::NoData,
        };
        let days = self.day.to_event(at);
        ListVerdict { listing, source: &self.source, days, region: None }
    }
}

/// The same list at several days, oldest first, never empty.
#[derive(Debug)]
pub(crate) struct Series {
    first: Snapshot,
    later: Vec<Snapshot>,
}

impl Series {
    /// Puts snapshots in order of their days.
    pub(crate) fn new(dataset: &str, mut all: Vec<Snapshot>) -> Result<Self, DatasetError> {
        all.sort_by_key(|snapshot| snapshot.day);
        let mut all = all.into_iter();
        match all.next() {
            Some(first) => Ok(Self { first, later: all.collect() }),
            None => Err(DatasetError::Whole {
                dataset: dataset.to_owned(),
                detail: "no snapshot".into(),
            }),
        }
    }

    /// The newest snapshot of the day of the event or before, or else the first one after it; the
    /// newest where the time is unknown. Snapshots without the address's family are passed over.
    pub(crate) fn nearest(&self, key: Key, at: Maybe<Moment>) -> &Snapshot {
        let event = at.known().map(|moment| Day::of_seconds(moment.at_s()));
        let before = |snapshot: &Snapshot| event.is_none_or(|event| snapshot.day <= event);
        let mut chosen: Option<&Snapshot> = None;
        for snapshot in std::iter::once(&self.first).chain(&self.later) {
            if snapshot.covers(key) && (chosen.is_none() || before(snapshot)) {
                chosen = Some(snapshot);
            }
        }
        chosen.unwrap_or(&self.first)
    }

    /// What the first snapshot after the event says, where one before the event answers otherwise.
    pub(crate) fn contradiction(&self, key: Key, at: Maybe<Moment>) -> Option<ListVerdict<'_>> {
        let event = Day::of_seconds(at.into_known()?.at_s());
        let mut all = std::iter::once(&self.first).chain(&self.later);
        let after = all.find(|snapshot| snapshot.covers(key) && snapshot.day > event)?;
        let (before, after) = (self.nearest(key, at).find(key, at), after.find(key, at));
        (before.listing != after.listing).then_some(after)
    }
}

/// Autonomous systems listed on one day.
#[derive(Debug)]
pub(crate) struct AsList {
    day: Day,
    source: Arc<str>,
    systems: BTreeSet<u32>,
}

impl AsList {
    /// Reads lines such as `AS3223 # VOXILITY, RO`.
    pub(crate) fn parse(dataset: &str, date: &str, text: &str) -> Result<Self, DatasetError> {
        let mut systems = BTreeSet::new();
        for (index, line) in text.lines().enumerate() {
            let line = without_comment(line);
            if line.is_empty() {
                continue;
            }
            let number = line.strip_prefix("AS").and_then(|digits| digits.parse().ok());
            systems.insert(number.ok_or(DatasetError::Line {
                dataset: dataset.to_owned(),
                line: index + 1,
                detail: "an AS number such as AS3223 is expected",
            })?);
        }
        let source = Arc::from(format!("{dataset}@{date}"));
        Ok(Self { day: Day::parse(date, dataset)?, source, systems })
    }

    /// The day of the list.
    pub(crate) fn day(&self) -> Day {
        self.day
    }

    /// Whether the system is listed; an unknown system gives no data.
    pub(crate) fn find(&self, asn: Option<u32>, at: Maybe<Moment>) -> ListVerdict<'_> {
        let listing = match asn {
            Some(asn) if self.systems.contains(&asn) => Listing::Listed,
            Some(_) => Listing::NotListed,
            None => Listing::NoData,
        };
        let days = self.day.to_event(at);
        ListVerdict { listing, source: &self.source, days, region: None }
    }
}

fn prefix(dataset: &str, (index, line): (usize, &str)) -> Result<Option<IpNet>, DatasetError> {
    let line = without_comment(line);
    if line.is_empty() {
        return Ok(None);
    }
    line.parse().map(Some).map_err(|_| DatasetError::Line {
        dataset: dataset.to_owned(),
        line: index + 1,
        detail: "a prefix such as 192.0.2.0/24 is expected",
    })
}

fn without_comment(line: &str) -> &str {
    line.split_once('#').map_or(line, |(before, _)| before).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use faisceau_model::Absent;

    fn series() -> Series {
        let list = |date, text: &str| Snapshot::parse("vpn", date, &[text]).unwrap();
        let all = vec![
            list("2026-08-22", "20.0.0.0/8\n2001:db8::/32\n"),
            list("2024-06-30", "# old\n10.0.0.0/8\n"),
        ];
        Series::new("vpn", all).unwrap()
    }

    fn find(ip: &str, at: &str) -> (Listing, String, Maybe<i64>) {
        let at = Maybe::or_absent(Moment::from_rfc3339(at), Absent::Unreadable);
        let ip: std::net::IpAddr = ip.parse().unwrap();
        let series = series();
        let key = Key::from(ip);
        let verdict = series.nearest(key, at).find(key, at);
        (verdict.listing, verdict.source.to_string(), verdict.days)
    }

    #[test]
    fn the_nearest_snapshot_before_the_event_answers() {
        let old = |listing, days| (listing, "vpn@2024-06-30".to_owned(), Maybe::Known(days));
        let new = |listing, days| (listing, "vpn@2026-08-22".to_owned(), Maybe::Known(days));
        assert_eq!(find("10.1.1.1", "2024-06-30T00:00:00Z"), old(Listing::Listed, 0));
        assert_eq!(find("10.1.1.1", "2026-08-21T23:00:00Z"), old(Listing::Listed, 782));
        assert_eq!(find("10.1.1.1", "2026-08-22T00:00:00Z"), new(Listing::NotListed, 0));
        assert_eq!(find("20.1.1.1", "2024-06-29T00:00:00Z"), old(Listing::NotListed, 1));
        assert_eq!(find("2001:db8::1", "2025-08-22T00:00:00Z"), new(Listing::Listed, 365));
    }

    #[test]
    fn the_next_snapshot_speaks_where_it_contradicts() {
        let after = |ip: &str, at: &str| {
            let at = Maybe::or_absent(Moment::from_rfc3339(at), Absent::Unreadable);
            let ip: std::net::IpAddr = ip.parse().unwrap();
            let found = series();
            found.contradiction(ip.into(), at).map(|verdict| (verdict.listing, verdict.days))
        };
        let left = Some((Listing::NotListed, Maybe::Known(52)));
        assert_eq!(after("10.1.1.1", "2026-07-01T00:00:00Z"), left);
        let came = Some((Listing::Listed, Maybe::Known(52)));
        assert_eq!(after("20.1.1.1", "2026-07-01T00:00:00Z"), came);
        assert_eq!(after("30.1.1.1", "2026-07-01T00:00:00Z"), None, "both say no");
        assert_eq!(after("10.1.1.1", "2026-08-22T00:00:00Z"), None, "nothing comes after");
        assert_eq!(after("10.1.1.1", "2024-01-01T00:00:00Z"), None, "the first answers already");
        assert_eq!(after("2001:db8::1", "2026-07-01T00:00:00Z"), None, "the other has no IPv6");
        assert_eq!(after("10.1.1.1", "?"), None);
    }

    #[test]
    fn without_a_time_the_newest_answers() {
        let verdict = find("20.1.1.1", "?");
        let missing = Maybe::Missing(Absent::Unreadable);
        assert_eq!(verdict, (Listing::Listed, "vpn@2026-08-22".to_owned(), missing));
    }

    #[test]
    fn a_family_that_the_list_leaves_out_gives_no_data() {
        let list = Snapshot::parse("relay", "2026-08-22", &["10.0.0.0/8"]).unwrap();
        let verdict = list.find(Key::V6(1), Maybe::Missing(Absent::NotRecorded));
        assert_eq!(verdict.listing, Listing::NoData);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Snapshot::parse("vpn", "2026-08-22", &["10.0.0.0/8\nx"]).unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
        assert!(AsList::parse("hosting", "2026-08-22", "AS1 # a\nAS2\t# b\nASx").is_err());
        let list = AsList::parse("hosting", "2026-08-22", "AS1 # a\nAS2\t# b\n").unwrap();
        let at = Maybe::Missing(Absent::NotRecorded);
        assert_eq!(list.find(Some(2), at).listing, Listing::Listed);
        assert_eq!(list.find(Some(3), at).listing, Listing::NotListed);
        assert_eq!(list.find(None, at).listing, Listing::NoData);
    }
}
