//! The columns that a `#Fields:` line names, and the cells of a line.

use std::borrow::Cow;

use faisceau_model::Place;

use crate::fields::Fields;
use crate::logs::pattern::Slot;

/// Most columns of a header; IIS has 30 of its own.
const MAX: usize = 200;

/// Names that are documented and not used here.
const IGNORED: [&str; 49] = [
    "date",
    "time",
    "s-sitename",
    "s-computername",
    "s-ip",
    "s-port",
    "cs-version",
    "cs-host",
    "cs(Host)",
    "cs(Cookie)",
    "sc-substatus",
    "sc-win32-status",
    "cs-bytes",
    "time-taken",
    "timetaken",
    "time-local",
    "date-local",
    "x-edge-location",
    "x-edge-result-type",
    "x-edge-request-id",
    "x-edge-response-result-type",
    "x-edge-detailed-result-type",
    "x-host-header",
    "cs-protocol",
    "cs-protocol-version",
    "ssl-protocol",
    "ssl-cipher",
    "fle-status",
    "fle-encrypted-fields",
    "time-to-first-byte",
    "sc-content-type",
    "sc-content-len",
    "sc-range-start",
    "sc-range-end",
    "s-event",
    "s-process-type",
    "s-user-time",
    "s-kernel-time",
    "s-page-faults",
    "s-total-procs",
    "s-active-procs",
    "s-stopped-procs",
    "OriginalIP",
    "cs(Accept-Language)",
    "s-dns",
    "c-dns",
    "cs-uri",
    "cs(Content-Type)",
    "s-cpu",
];

/// The columns of a log.
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// The names of a header line.
    pub(super) fn of(names: &str) -> Self {
        Self(names.split_ascii_whitespace().take(MAX).map(str::to_owned).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|column| column == name)
    }

    /// The cell under a name, unless it is empty.
    pub(super) fn cell<'c>(&self, cells: &'c [Cow<'_, str>], name: &str) -> Option<&'c str> {
        let at = self.0.iter().position(|column| column == name)?;
        cells.get(at).map(AsRef::as_ref).filter(|text| !matches!(*text, "" | "-"))
    }

    /// Lists the names that no documentation has.
    pub(super) fn note_unknown(&self, fields: &mut Fields, place: &Place) {
        for name in &self.0 {
            if slot(name).is_none() && !IGNORED.contains(&name.as_str()) {
                fields.note("", name, 1, place);
            }
        }
    }

    /// The values of a line.
    pub(super) fn values<'c>(
        &self,
        cells: &'c [Cow<'_, str>],
        tabs: bool,
    ) -> Vec<(Slot, Cow<'c, str>)> {
        let values = self.0.iter().zip(cells);
        values
            .filter_map(|(name, cell)| {
                let slot = slot(name)?;
                let cell = cell.as_ref();
                Some((
                    slot,
                    if slot == Slot::Agent { spaced(cell, tabs) } else { Cow::Borrowed(cell) },
                ))
            })
            .collect()
    }
}

fn slot(name: &str) -> Option<Slot> {
    Some(match name {
        "c-ip" => Slot::Address,
        "c-port" => Slot::Port,
        "cs-username" => Slot::User,
        "cs-method" => Slot::Method,
        "cs-uri-stem" => Slot::Uri,
        "cs-uri-query" => Slot::Query,
        "sc-status" => Slot::Status,
        "sc-bytes" => Slot::Bytes,
        "cs(Referer)" => Slot::Referer,
        "cs(User-Agent)" => Slot::Agent,
        "X-Forwarded-For" | "x-forwarded-for" | "cs(X-Forwarded-For)" | "X-FORWARDED-FOR" => {
            Slot::Forwarded
        }
        _ => return None,
    })
}

/// The spaces of a user agent, as the producer hides them.
fn spaced(agent: &str, tabs: bool) -> Cow<'_, str> {
    if tabs {
        Cow::Owned(agent.replace("%2520", " ").replace("%20", " "))
    } else {
        Cow::Owned(agent.replace('+', " "))
    }
}

/// The cells of a line: between tabs if it has any, else between spaces. A cell in quotes ends at
/// the next quote; two quotes are one.
pub(super) fn split(line: &str) -> Vec<Cow<'_, str>> {
    if line.contains('\t') {
        return line.trim_end().split('\t').map(Cow::Borrowed).collect();
    }
    let (mut cells, mut rest) = (Vec::new(), line.trim_end());
    while !rest.is_empty() {
        if let Some((cell, after)) = quoted(rest) {
            cells.push(cell);
            rest = after;
        } else {
            let (cell, after) = rest.split_once(' ').unwrap_or((rest, ""));
            cells.push(Cow::Borrowed(cell));
            rest = after;
        }
    }
    cells
}

/// A cell in quotes that a space or the end follows.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut from = 0;
    loop {
        let at = from + inside.get(from..)?.find('"')?;
        let after = inside.get(at + 1..)?;
        if after.starts_with('"') {
            from = at + 2;
            continue;
        }
        let cell = inside.get(..at)?;
        let cell = if cell.contains("\"\"") {
            Cow::Owned(cell.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(cell)
        };
        return match after.strip_prefix(' ') {
            Some(after) => Some((cell, after)),
            None => after.is_empty().then_some((cell, "")),
        };
    }
}
