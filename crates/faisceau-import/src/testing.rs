//! What the tests of several formats share: reading bytes, showing rows, mutating samples.

use std::fmt::Write;
use std::io::{Cursor, Read};

use faisceau_model::table::{Cell, Row};
use faisceau_model::{Collected, ExhibitNo};
use proptest::prelude::*;

use crate::{ImportSettings, Imported, Source, import};

/// Imports bytes as exhibit 1.1 and checks that every record is accounted for.
pub(crate) fn read_as(
    name: &str,
    bytes: &[u8],
    settings: &ImportSettings,
) -> (Imported, Collected) {
    let exhibit = ExhibitNo::top(1).member(1).expect("a second level");
    read_exhibit(exhibit, name, bytes, settings)
}

/// Imports bytes as this exhibit.
pub(crate) fn read_exhibit(
    exhibit: ExhibitNo,
    name: &str,
    bytes: &[u8],
    settings: &ImportSettings,
) -> (Imported, Collected) {
    let owned = bytes.to_vec();
    let open = move || -> std::io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(owned.clone())))
    };
    let source = Source { exhibit, name, len: bytes.len() as u64, open: &open };
    let mut sink = Collected::default();
    let imported = import(&source, settings, &mut sink);
    assert!(sink.tally.balances(), "{:?}", sink.tally);
    assert_eq!(sink.tally.rejected, sink.rejects.len() as u64);
    for reject in &sink.rejects {
        assert!(!reject.detail.is_empty());
        assert!(!reject.detail.chars().any(char::is_control), "{:?}", reject.detail);
        assert!(!reject.excerpt.chars().any(char::is_control), "{:?}", reject.excerpt);
    }
    (imported, sink)
}

/// Imports bytes with the settings of a case that says nothing.
pub(crate) fn read(bytes: &[u8]) -> (Imported, Collected) {
    read_as("name", bytes, &ImportSettings::default())
}

/// The settings of a case in France.
pub(crate) fn in_paris() -> ImportSettings {
    ImportSettings { zone: Some("Europe/Paris".to_owned()), ..ImportSettings::default() }
}

/// Every column of every row, one a line; `!` before the reason of a missing value.
pub(crate) fn dump<R: Row>(rows: &[R]) -> String {
    let mut out = String::new();
    for row in rows {
        let mut columns = R::COLUMNS.iter();
        row.cells(&mut |cell| {
            let name = columns.next().map_or("?", |column| column.name);
            let value = match cell {
                Cell::Text(text) => format!("{text:?}"),
                Cell::Texts(texts) => format!("{texts:?}"),
                Cell::Int(number) => number.to_string(),
                Cell::Float(number) => format!("{number:.6}"),
                Cell::Bool(value) => value.to_string(),
                Cell::Moment(at) => {
                    format!("{at} ({}, {})", at.precision().as_str(), at.zone().as_str())
                }
                Cell::Missing(reason) => format!("!{reason}"),
            };
            let _ = writeln!(out, "{name}: {value}");
        });
        out.push('\n');
    }
    out
}

/// Place, reason and detail of each reject.
pub(crate) fn reasons(sink: &Collected) -> Vec<String> {
    sink.rejects.iter().map(|r| format!("{} {}: {}", r.place, r.reason, r.detail)).collect()
}

/// A sample with bytes overwritten, cut or repeated: what a careless or hostile hand makes of it.
pub(crate) fn mutated(sample: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..12);
    let cut = prop::option::weighted(0.3, any::<prop::sample::Index>());
    (edits, cut).prop_map(move |(edits, cut)| {
        let mut bytes = sample.to_vec();
        for (index, byte, kind) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => {
                    let end = (at + usize::from(byte)).min(bytes.len());
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        bytes
    })
}
