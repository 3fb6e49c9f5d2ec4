//! Tells what a file is before a case takes it as a dataset.
//!
//! In: the bytes of a file, and what the user says of it. Out: its kind, date and terms. Refuses a
//! file that it cannot read whole (with the line), one without a date, one that lacks what its
//! kind asks for, and one whose licence forbids this use.

use faisceau_model::excerpt;

use crate::asn_csv::AsnColumns;
use crate::day::Day;
use crate::error::DatasetError;
use crate::geofeed::Geofeed;
use crate::kind::DatasetKind;
use crate::licence::{self, Terms};
use crate::mmdb::Mmdb;
use crate::prefixes::{AsList, Snapshot};

/// Largest file, in bytes: the largest city databases have some 150 MB.
pub const LARGEST: u64 = 512 << 20;
/// Marks the head of a database, near its end.
const MARKER: &[u8] = b"\xab\xcd\xefMaxMind.com";
/// How far from the end the head may begin.
const HEAD: usize = 128 << 10;

/// How a dataset is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A `MaxMind` DB.
    Mmdb,
    /// Lines `first,last,asn,name`.
    AsnCsv,
    /// A prefix a line.
    Prefixes,
    /// Lines such as `AS3223`.
    Systems,
    /// Lines `prefix,country,region,city,postcode`.
    Geofeed,
}

/// What the user says of a file.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    /// Its kind.
    pub kind: Option<DatasetKind>,
    /// The day of the data, ISO 8601.
    pub date: Option<String>,
    /// Licence and credit.
    pub terms: Terms,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    /// What it answers.
    pub kind: DatasetKind,
    /// The day of the data, ISO 8601.
    pub date: String,
    /// Licence and credit.
    pub terms: Terms,
}

/// Reads a file whole and says what it is.
///
/// # Errors
/// When it cannot be read whole, or may not be used.
pub fn inspect(name: &str, bytes: Vec<u8>, stated: &Stated) -> Result<Inspected, DatasetError> {
    let whole = |detail: String| DatasetError::Whole { dataset: name.to_owned(), detail };
    let layout = layout(name, &bytes)?;
    if layout == Layout::Mmdb {
        return database(name, bytes, stated);
    }
    let Some(date) = &stated.date else {
        return Err(whole("a list carries no date: give it with --date".to_owned()));
    };
    Day::parse(date, name)?;
    let kind = match (layout, stated.kind) {
        (Layout::AsnCsv, None | Some(DatasetKind::Asn)) => DatasetKind::Asn,
        (Layout::Geofeed, None) => DatasetKind::Relay,
        (Layout::Prefixes | Layout::Systems | Layout::Geofeed, Some(kind)) if kind.is_list() => {
            kind
        }
        (Layout::Prefixes | Layout::Systems, None) => {
            return Err(whole("of what is this a list? Say it with --kind".to_owned()));
        }
        (_, kind) => {
            let kind = kind.map_or("list", DatasetKind::as_str);
            return Err(whole(format!("this layout holds no {kind}")));
        }
    };
    read_text(name, date, layout, &bytes)?;
    Ok(Inspected { kind, date: date.clone(), terms: stated.terms.clone() })
}

/// The layout, by content.
pub(crate) fn layout(name: &str, bytes: &[u8]) -> Result<Layout, DatasetError> {
    let tail = &bytes[bytes.len().saturating_sub(HEAD)..];
    if tail.windows(MARKER.len()).any(|window| window == MARKER) {
        return Ok(Layout::Mmdb);
    }
    let mut lines = text(name, bytes)?.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    match first {
        None => Err(DatasetError::Whole {
            dataset: name.to_owned(),
            detail: "the file holds no line".to_owned(),
        }),
        Some(line) if is_range(line) => Ok(Layout::AsnCsv),
        Some(line) if line.contains(',') => Ok(Layout::Geofeed),
        Some(line) if line.starts_with("AS") => Ok(Layout::Systems),
        Some(_) => Ok(Layout::Prefixes),
    }
}

/// Whether a line begins with two addresses.
fn is_range(line: &str) -> bool {
    let mut fields = line.split(',').map(|field| field.trim().trim_matches('"'));
    fields.nth(1).is_some_and(|second| second.parse::<std::net::IpAddr>().is_ok())
}

/// The text of a file.
pub(crate) fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, DatasetError> {
    std::str::from_utf8(bytes).map_err(|e| DatasetError::Whole {
        dataset: name.to_owned(),
        detail: format!("neither a MaxMind DB nor a text: byte {} is not UTF-8", e.valid_up_to()),
    })
}

fn read_text(name: &str, date: &str, layout: Layout, bytes: &[u8]) -> Result<(), DatasetError> {
    let text = text(name, bytes)?;
    match layout {
        Layout::AsnCsv => systems(name, text).map(drop),
        Layout::Systems => AsList::parse(name, date, text).map(drop),
        Layout::Geofeed => Geofeed::parse(name, date, text).map(drop),
        _ => Snapshot::parse(name, date, &[text]).map(drop),
    }
}

/// The columns of an AS table in CSV.
pub(crate) fn systems(name: &str, text: &str) -> Result<AsnColumns, DatasetError> {
    let mut columns = AsnColumns::default();
    columns.read(text).map_err(|bad| DatasetError::Line {
        dataset: name.to_owned(),
        line: bad.line,
        detail: bad.detail,
    })?;
    Ok(columns)
}

fn database(name: &str, bytes: Vec<u8>, stated: &Stated) -> Result<Inspected, DatasetError> {
    let whole = |detail: String| DatasetError::Whole { dataset: name.to_owned(), detail };
    let database = Mmdb::checked(name, bytes)?;
    let head = database.head();
    let terms = licence::terms(name, &head, &stated.terms)?;
    let kinds = database.kinds()?;
    let words = || kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
    let kind = match stated.kind {
        Some(kind) if kinds.contains(&kind) => kind,
        Some(kind) => return Err(whole(format!("its records hold no {kind} but: {}", words()))),
        None => *kinds.first().ok_or_else(|| {
            let kind = excerpt(&head.database_type, 60);
            whole(format!("a database of type `{kind}` answers nothing that is asked here"))
        })?,
    };
    if kind == DatasetKind::Asn {
        database.systems()?;
    }
    let date = stated.date.clone().or(head.built);
    let date = date.ok_or_else(|| whole("it has no build date: give it with --date".to_owned()))?;
    Day::parse(&date, name)?;
    Ok(Inspected { kind, date, terms })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(kind: Option<DatasetKind>, date: &str) -> Stated {
        Stated { kind, date: (!date.is_empty()).then(|| date.to_owned()), ..Stated::default() }
    }

    fn refusal(text: &str, stated: &Stated) -> String {
        inspect("x", text.as_bytes().to_vec(), stated).unwrap_err().to_string()
    }

    #[test]
    fn lists_say_neither_their_kind_nor_their_date() {
        let vpn = stated(Some(DatasetKind::Vpn), "2024-05-01");
        let list = b"# c\n192.0.2.0/24\n2001:db8::/32\n".to_vec();
        assert_eq!(inspect("x", list, &vpn).unwrap().kind, DatasetKind::Vpn);
        assert!(inspect("x", b"AS1\nAS2 # b\n".to_vec(), &vpn).is_ok());
        assert!(refusal("192.0.2.0/24", &stated(Some(DatasetKind::Vpn), "")).contains("--date"));
        assert!(refusal("192.0.2.0/24", &stated(None, "2024-05-01")).contains("--kind"));
        assert!(refusal("192.0.2.0/24\nx", &vpn).contains("line 2"));
        assert!(
            refusal("192.0.2.0/24", &stated(Some(DatasetKind::Vpn), "2024-02-30"))
                .contains("is not a date")
        );
        assert!(
            refusal("192.0.2.0/24", &stated(Some(DatasetKind::City), "2024-05-01"))
                .contains("holds no city")
        );
        assert!(refusal("", &vpn).contains("no line"));
        assert!(inspect("x", vec![0xff, 0xfe], &vpn).is_err());
    }

    #[test]
    fn an_as_table_is_told_by_its_commas() {
        let asn = stated(None, "2024-05-01");
        let table = b"192.0.2.0,192.0.2.255,64500,Example\n".to_vec();
        assert_eq!(inspect("x", table, &asn).unwrap().kind, DatasetKind::Asn);
        assert!(refusal("192.0.2.0,192.0.2.255,64500,A\n1,2,3,4", &asn).contains("line 2"));
    }

    #[test]
    fn the_licence_of_a_database_is_asked_for() {
        let bytes = |name: &str| {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/mmdb");
            std::fs::read(format!("{folder}/{name}.mmdb")).unwrap()
        };
        let refused = inspect("x", bytes("GeoLite2-ASN-Test"), &Stated::default()).unwrap_err();
        assert!(matches!(refused, DatasetError::Licence { .. }), "{refused}");
        let terms = Terms { licence: "own".into(), credit: String::new() };
        let own = Stated { terms, ..Stated::default() };
        assert_eq!(inspect("x", bytes("GeoIP2-City-Test"), &own).unwrap().kind, DatasetKind::City);
        let country = Stated { kind: Some(DatasetKind::Country), ..own.clone() };
        let found = inspect("x", bytes("GeoIP2-City-Test"), &country).unwrap();
        assert_eq!(found.kind, DatasetKind::Country);
        let none = inspect("x", bytes("GeoIP2-Connection-Type-Test"), &own).unwrap_err();
        assert!(none.to_string().contains("answers nothing"), "{none}");
    }
}
