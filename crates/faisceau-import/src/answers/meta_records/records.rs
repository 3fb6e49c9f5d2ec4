//! Records of a section, and what their values say.
//!
//! In: the fields of a section. Out: the fields record by record; times, addresses, accounts and
//! platforms as Meta writes them. Refused: an address with a blank inside.

use faisceau_model::rows::Connection;
use faisceau_model::{AccountKey, Maybe, Place};
use jiff::tz::TimeZone;

use super::cells::Field;
use crate::json::Flaw;
use crate::rows::declared::{Declared, said};
use crate::time::stamp::Stamp;
use crate::time::written::settled;

/// The fields of one record.
pub(super) struct Row<'f>(pub(super) &'f [Field]);

impl Row<'_> {
    /// The place of the first field.
    pub(super) fn place(&self) -> Place {
        self.0.first().map_or(Place::Whole, Field::place)
    }

    pub(super) fn get(&self, labels: &[&str]) -> Option<&Field> {
        self.0.iter().find(|field| field.is(labels))
    }

    /// The value of the first of these labels that says something.
    pub(super) fn text(&self, labels: &[&str]) -> Option<&str> {
        labels.iter().find_map(|label| said(&self.get(&[label])?.value))
    }

    /// The first labels and values, for a reject.
    pub(super) fn raw(&self) -> String {
        let shown = self.0.iter().take(8).map(|field| format!("{}: {}", field.label, field.value));
        shown.collect::<Vec<_>>().join("; ")
    }
}

/// The records of a list of fields: each starts with the label `start`. What stands before the
/// first is one too.
pub(super) fn rows<'f>(fields: &'f [Field], start: &str) -> Vec<Row<'f>> {
    let mut rows = Vec::new();
    let mut from = 0;
    for (at, field) in fields.iter().enumerate() {
        if at > from && field.label == start {
            rows.extend(fields.get(from..at).map(Row));
            from = at;
        }
    }
    rows.extend(fields.get(from..).filter(|rest| !rest.is_empty()).map(Row));
    rows
}

/// The time of a value, which a page break may have cut.
pub(super) fn time(value: &str, zone: Option<&TimeZone>) -> Option<faisceau_model::Moment> {
    settled(&value.replace('\n', " "), zone).or_else(|| settled(&value.replace('\n', ""), zone))
}

/// A use of an address, which a page break may have cut.
pub(super) fn connection(
    declared: Declared<'_>,
    part: u32,
    value: &str,
    stamp: Stamp,
    request: &str,
) -> Result<Connection, Flaw> {
    // Only lines are joined: a blank inside an address is no break.
    let whole: String = value.lines().map(str::trim).collect();
    let row = declared.connection(part, &whole, stamp, request)?;
    let cut = whole != value;
    Ok(if cut { Connection { ip_raw: Maybe::Known(value.to_owned()), ..row } } else { row })
}

/// Whether a value says that there is nothing.
pub(super) fn nothing(value: &str) -> bool {
    value.trim().to_lowercase().starts_with("no responsive record")
}

/// The account that a target names: its id, or its handle.
pub(in super::super) fn key(platform: &str, target: &str) -> AccountKey {
    if target.bytes().all(|b| b.is_ascii_digit()) {
        AccountKey::by_id(platform, target)
    } else {
        AccountKey::by_handle(platform, target)
    }
}

/// The platform of a service.
pub(in super::super) fn named(service: &str) -> Option<&'static str> {
    let service = service.to_lowercase();
    let names = [
        ("instagram", "instagram"),
        ("whatsapp", "whatsapp"),
        ("facebook", "facebook"),
        ("messenger", "facebook"),
    ];
    names.into_iter().find_map(|(word, platform)| service.contains(word).then_some(platform))
}
