//! WHOIS texts as the RIPE NCC and ARIN write them.
//!
//! Producers: whois.ripe.net, and AFRINIC and APNIC in the same language (RFC 2622); whois.arin.net.
//! Keys from their documentation. Samples: `names/whois_ripe.txt`, `names/whois_arin.txt`,
//! synthetic in that layout.
//!
//! In: objects of `key: value`, parted by empty lines. Out: one row for each network and number,
//! with the name of the organisation that it points to. Set aside: organisations, routes, and every
//! other object. Refused: data of natural persons: `person`, `role`, `descr`, contacts. Rejects do
//! not show the object.
//!
//! Traps:
//! - Nothing says when it was asked.
//! - The country is what the holder declared; ARIN has that of the organisation alone.

use std::collections::BTreeMap;

use faisceau_model::{Maybe, Moment, Place, Precision, RejectReason, Sink, ZoneSource};
use jiff::tz::Offset;

use super::registration::{Registration, range, range_of_prefix};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{Flaw, MAX_EXHIBIT};
use crate::records::settle;
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::lines::Chunk;
use crate::time::civil;
use crate::time::stamp::Stamp;

/// Keys that start an object which is a row.
const STARTS: [&str; 5] = ["inetnum", "inet6num", "aut-num", "netrange", "asnumber"];
/// Keys of which one more must stand in the head.
const OTHERS: [&str; 4] = ["netname", "as-name", "asname", "source"];
/// Lines of the head that decide.
const SNIFF_LINES: usize = 400;
/// Most lines of one object that are looked at.
const MOST_LINES: usize = 2000;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "whois-text",
    title: "WHOIS text of a network (RIPE, ARIN style)",
    group: Group::Names,
    gives: &["names"],
    versions: "RFC 2622, ARIN, 2026",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/whois_ripe.txt",
    origin: Origin::Synthetic,
    rank: Rank::Lines,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

fn sniff(head: &[u8]) -> bool {
    let (mut starts, mut others) = (false, false);
    for line in Chunk::head(head).lines().take(SNIFF_LINES) {
        let text = decode(line.bytes);
        if text.starts_with(['%', '#']) {
            continue;
        }
        let Some((key, _)) = pair(&text) else {
            if starts {
                continue;
            }
            return false;
        };
        starts |= STARTS.contains(&key.as_str());
        others |= starts && OTHERS.contains(&key.as_str());
    }
    starts && others
}

/// `key: value`; the key in lower case.
fn pair(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':')?;
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    (!key.is_empty() && key.len() <= 30 && key.bytes().all(fits))
        .then(|| (key.to_ascii_lowercase(), value.trim()))
}

/// An object: where it starts, and its pairs.
struct Object {
    place: Place,
    pairs: Vec<(String, String)>,
    too_long: bool,
}

impl Object {
    fn first(&self, key: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(known, value)| known == key && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let bytes = source.read_all(MAX_EXHIBIT)?;
    let objects = objects(&bytes);
    let organisations = organisations(&objects);
    for object in &objects {
        settle(source.exhibit, &object.place, b"", sink, |sink| {
            let row = registration(object, &organisations)?;
            sink.name(row.row(source.exhibit, &object.place, 0));
            Ok(())
        });
    }
    Ok(())
}

/// The objects of a text. A line that follows an empty line or a comment starts one.
fn objects(bytes: &[u8]) -> Vec<Object> {
    let mut objects: Vec<Object> = Vec::new();
    let mut next = 0;
    for line in Chunk::head(bytes).lines() {
        let text = decode(line.bytes);
        if text.starts_with(['%', '#']) {
            continue;
        }
        // Empty lines are left out but counted.
        let starts = line.number != next || objects.is_empty();
        next = line.number + 1;
        if starts {
            objects.push(Object { place: line.place(), pairs: Vec::new(), too_long: false });
        }
        if let Some(object) = objects.last_mut() {
            add(object, &text);
        }
    }
    objects
}

fn add(object: &mut Object, text: &str) {
    if object.pairs.len() >= MOST_LINES {
        object.too_long = true;
        return;
    }
    let pair =
        pair(text).map_or((String::new(), String::new()), |(key, value)| (key, value.to_owned()));
    object.pairs.push(pair);
}

/// Name and country of the organisations, by their handle.
fn organisations(objects: &[Object]) -> BTreeMap<String, (String, Option<String>)> {
    let mut found = BTreeMap::new();
    for object in objects {
        let handle = object.first("organisation").or(object.first("orgid"));
        let name = object.first("org-name").or(object.first("orgname"));
        if let (Some(handle), Some(name)) = (handle, name) {
            let country = object.first("country").map(str::to_owned);
            found.entry(handle.to_owned()).or_insert((name.to_owned(), country));
        }
    }
    found
}

fn registration(
    object: &Object,
    organisations: &BTreeMap<String, (String, Option<String>)>,
) -> Result<Registration, Flaw> {
    if object.too_long {
        let detail = format!("an object of more than {MOST_LINES} lines");
        return Err((RejectReason::Limit, detail));
    }
    let Some((start, value)) =
        object.pairs.first().filter(|(key, _)| STARTS.contains(&key.as_str()))
    else {
        let detail = "an object that is no network or number; persons are not copied".to_owned();
        return Err((RejectReason::SetAside, detail));
    };
    let is_number = matches!(start.as_str(), "aut-num" | "asnumber");
    let range = if is_number { numbers(value) } else { addresses(value) };
    let range = range.ok_or_else(|| {
        (RejectReason::Address, format!("`{start}` is no range of addresses or numbers"))
    })?;
    let (holder, of_holder) = holder(object, organisations);
    let label = ["netname", "as-name", "asname"].iter().find_map(|key| object.first(key));
    Ok(Registration {
        kind: if is_number { "autnum" } else { "ip network" },
        name: if is_number { value.clone() } else { range.clone() },
        label: label.map(str::to_owned),
        holders: holder.into_iter().collect(),
        range: Some(range),
        country: object.first("country").map(str::to_owned).or(of_holder),
        changed: ["last-modified", "updated", "created", "regdate"]
            .iter()
            .find_map(|key| moment(object.first(key)?)),
        server: object.first("source").map(str::to_owned),
        ..Registration::default()
    })
}

/// The organisation that the object points to. ARIN writes `Organization: Example (EXAMPLE-1)`.
fn holder(
    object: &Object,
    organisations: &BTreeMap<String, (String, Option<String>)>,
) -> (Option<String>, Option<String>) {
    if let Some(handle) = object.first("org") {
        let found = organisations.get(handle);
        return (found.map(|(name, _)| name.clone()), None);
    }
    let Some(written) = object.first("organization") else { return (None, None) };
    let (name, handle) = written.rsplit_once(" (").unwrap_or((written, ""));
    let country = organisations.get(handle.trim_end_matches(')')).and_then(|(_, c)| c.clone());
    (Some(name.to_owned()), country)
}

fn addresses(value: &str) -> Option<String> {
    match value.split_once(" - ") {
        Some((first, last)) => range(first, last),
        None => range_of_prefix(value),
    }
}

fn numbers(value: &str) -> Option<String> {
    let bare = |text: &str| text.trim().trim_start_matches("AS").parse::<u32>().ok();
    let (first, last) = value.split_once('-').unwrap_or((value, value));
    Some(format!("{} - {}", bare(first)?, bare(last)?))
}

/// RFC 3339, or the day alone, which counts from midnight UTC.
fn moment(text: &str) -> Option<Moment> {
    if let Maybe::Known(at) = Stamp::lenient(Some(text), None).at
        && at.zone() == ZoneSource::Explicit
    {
        return Some(at);
    }
    let day: jiff::civil::Date = text.parse().ok()?;
    civil::explicit(day.to_datetime(jiff::civil::Time::midnight()), Offset::UTC, Precision::Day)
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;
    use crate::testing::{dump, read, reasons};

    format_tests!("whois-text", "../../tests/fixtures/names/whois_ripe.txt");

    #[test]
    fn no_person_is_copied() {
        let (_, sink) = read(SAMPLE);
        assert!(std::str::from_utf8(SAMPLE).unwrap().contains("Jeanne Exemple"));
        let shown = format!("{:?} {:?}", sink.names, sink.rejects);
        assert!(!shown.contains("Jeanne"), "{shown}");
    }

    #[test]
    fn the_style_of_arin_is_read() {
        let (imported, sink) = read(include_bytes!("../../tests/fixtures/names/whois_arin.txt"));
        assert_eq!(imported.name(), Some("whois-text"));
        insta::assert_snapshot!("whois-arin", dump(&sink.names) + &reasons(&sink).join("\n"));
    }

    #[test]
    fn hostile_objects_are_rows_or_rejects() {
        let text = "inetnum: 192.0.2.0 - 192.0.2.255\nnetname: \u{1b}[2J\u{202e}\nsource: RIPE\n\n\
            inetnum: 192.0.2.9 - 192.0.2.1\n\naut-num: ASX\n\ninet6num: 2001:db8::/129\n\n"
            .to_owned()
            + "inetnum: 192.0.2.0/24\n"
            + &"remarks: x\n".repeat(3000);
        let (_, sink) = read(text.as_bytes());
        assert_eq!((sink.names.len(), sink.rejects.len()), (1, 4), "{:?}", reasons(&sink));
    }
}
