//! Geofeeds: a prefix a line, and where its operator says that its users are.
//!
//! In: lines `prefix,country,region,city,postcode` (RFC 8805), such as the list of egress addresses
//! that Apple publishes for its Private Relay. Out: whether the feed has an address, and the place
//! of the longest prefix that holds it. What a feed says is its operator's word.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use faisceau_model::{Listing, Maybe, Moment, excerpt};
use ipnet::IpNet;

use crate::day::Day;
use crate::error::DatasetError;
use crate::prefixes::Snapshot;
use crate::ranges::Key;
use crate::verdict::ListVerdict;

/// Longest text that is taken from a field, in characters.
const TEXT: usize = 100;

/// A feed as it stood on one day.
#[derive(Debug)]
pub(crate) struct Geofeed {
    list: Snapshot,
    places: BTreeMap<IpNet, Arc<str>>,
}

impl Geofeed {
    /// Reads a feed; lines that begin with `#` are comments.
    pub(crate) fn parse(dataset: &str, date: &str, text: &str) -> Result<Self, DatasetError> {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).comment(Some(b'#')).trim(csv::Trim::All);
        let mut nets = Vec::new();
        let mut places = BTreeMap::new();
        let mut texts: BTreeMap<String, Arc<str>> = BTreeMap::new();
        for record in reader.from_reader(text.as_bytes()).into_records() {
            let record = record.map_err(|e| Self::bad(dataset, e.position()))?;
            let field = |index: usize| record.get(index).unwrap_or_default();
            let net = net(field(0)).ok_or_else(|| Self::bad(dataset, record.position()))?;
            nets.push(net);
            let place = wording(field(1), field(2), field(3));
            if !place.is_empty() {
                let shared = texts.entry(place).or_insert_with_key(|text| Arc::from(text.as_str()));
                places.insert(net, Arc::clone(shared));
            }
        }
        Ok(Self { list: Snapshot::of(dataset, date, nets)?, places })
    }

    fn bad(dataset: &str, at: Option<&csv::Position>) -> DatasetError {
        DatasetError::Line {
            dataset: dataset.to_owned(),
            line: at.map_or(0, |at| usize::try_from(at.line()).unwrap_or(usize::MAX)),
            detail: "a line such as 192.0.2.0/24,FR,FR-IDF,Paris, is expected",
        }
    }

    /// The day of the feed.
    pub(crate) fn day(&self) -> Day {
        self.list.day()
    }

    /// Whether the feed speaks of that family at all.
    pub(crate) fn covers(&self, key: Key) -> bool {
        self.list.covers(key)
    }

    /// Whether the feed has an address, and the place it gives for it.
    pub(crate) fn find(&self, key: Key, at: Maybe<Moment>) -> ListVerdict<'_> {
        let found = self.list.find(key, at);
        let region = (found.listing == Listing::Listed).then(|| self.place(key)).flatten();
        ListVerdict { region, ..found }
    }

    /// The place of the longest prefix.
    fn place(&self, key: Key) -> Option<&Arc<str>> {
        let ip = IpAddr::from(key);
        let longest = if ip.is_ipv4() { 32 } else { 128 };
        (0..=longest).rev().find_map(|length| {
            let net = IpNet::new(ip, length).ok()?;
            self.places.get(&net.trunc())
        })
    }
}

/// A prefix, or an address alone.
fn net(text: &str) -> Option<IpNet> {
    let alone = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse::<IpNet>().ok().or_else(alone).map(|net| net.trunc())
}

/// `Paris (FR, FR-IDF)`, of what is stated.
fn wording(country: &str, region: &str, city: &str) -> String {
    let [country, region, city] = [country, region, city].map(|text| excerpt(text, TEXT));
    let around: Vec<&str> =
        [&*country, &*region].into_iter().filter(|text| !text.is_empty()).collect();
    match (city.is_empty(), around.is_empty()) {
        (true, _) => around.join(", "),
        (false, true) => city,
        (false, false) => format!("{city} ({})", around.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use faisceau_model::Absent;

    const FEED: &str = "# prefix,country,region,city,postcode\n\
        192.0.2.0/24,FR,FR-IDF,Paris,\n\
        192.0.2.128/25,FR,FR-ARA,\"Lyon, 3e\",\n\
        198.51.100.7,BE,,,\n\
        203.0.113.0/24,,,,\n\
        2001:db8::/32,FR,FR-BRE,Rennes,35000\n";

    fn find(ip: &str) -> (Listing, Option<String>) {
        let feed = Geofeed::parse("relay", "2026-08-22", FEED).unwrap();
        let ip: IpAddr = ip.parse().unwrap();
        let verdict = feed.find(ip.into(), Maybe::Missing(Absent::NotRecorded));
        (verdict.listing, verdict.region.map(ToString::to_string))
    }

    #[test]
    fn the_longest_prefix_gives_the_place() {
        let listed = |text: &str| (Listing::Listed, Some(text.to_owned()));
        assert_eq!(find("192.0.2.1"), listed("Paris (FR, FR-IDF)"));
        assert_eq!(find("192.0.2.200"), listed("Lyon, 3e (FR, FR-ARA)"));
        assert_eq!(find("::ffff:192.0.2.200"), listed("Lyon, 3e (FR, FR-ARA)"));
        assert_eq!(find("198.51.100.7"), listed("BE"));
        assert_eq!(find("203.0.113.1"), (Listing::Listed, None));
        assert_eq!(find("2001:db8::1"), listed("Rennes (FR, FR-BRE)"));
        assert_eq!(find("198.51.100.8"), (Listing::NotListed, None));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = Geofeed::parse("relay", "2026-08-22", "# a\n192.0.2.0/24,FR\nx,FR\n");
        assert!(error.unwrap_err().to_string().contains("line 3"));
        let hostile = Geofeed::parse("relay", "2026-08-22", "192.0.2.0/24,F\u{1b}[31mR,,\n");
        let hostile = hostile.unwrap();
        assert!(hostile.places.values().all(|text| !text.contains('\u{1b}')), "{hostile:?}");
    }
}
