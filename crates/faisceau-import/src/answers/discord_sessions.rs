//! Discord's answer to a request: the account and its sessions, as one text.
//!
//! Producer: Discord, layout of answers of 2025; labels after a layout sample, checked on
//! 2026-11-21. No public reader of it was found.
//!
//! In: blocks of `Label:   value` lines, then a table whose columns stand two spaces or a tab
//! apart. Out: an account, data on the subscriber, connections for the registration, the last use
//! and each session. Refused: a session whose address or time cannot be read.
//!
//! Traps of the format:
//! - The zone is in the label, `Session Start (UTC)`, not in the time. Without it, it is assumed.
//! - `Not found` stands for an address that Discord does not hold.
//! - `#0` after a name says that the account has no discriminator; it is no part of the name.
//! - A session has a start and no end. Several accounts may follow each other in one text.

use std::collections::BTreeMap;

use faisceau_model::rows::Account;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, Sink, SubscriberCategory,
};
use jiff::tz::TimeZone;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::Flaw;
use crate::records::settle;
use crate::rows::declared::{Declared, said};
use crate::settings::ImportSettings;
use crate::text::address::port;
use crate::text::decode::decode;
use crate::text::lines::{self, Line};
use crate::time::stamp::Stamp;
use crate::time::written::settled;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "discord";
/// Longest label, and most lines of one block of labels.
const LABEL: usize = 60;
const LABELS: usize = 200;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "discord-sessions",
    title: "Discord's answer: account and sessions, text",
    group: Group::Answers,
    gives: &["connections", "accounts", "subscribers"],
    versions: "answers of 2025",
    checked: "2026-11-21",
    sample: "tests/fixtures/discord_sessions/discord_sessions.txt",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

fn sniff(head: &Head<'_>) -> bool {
    let text = head.text();
    let starts = |label: &str| text.lines().take(LABELS).any(|line| line.trim().starts_with(label));
    starts("User ID:") && text.lines().take(LABELS).any(|line| is_table(line.trim()))
}

/// Whether a line is the header of the table of sessions.
fn is_table(line: &str) -> bool {
    line.starts_with("Session Start") && line.contains("IP Address")
}

/// Reads the text.
///
/// # Errors
/// When the source cannot be read further; the lines before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let mut reader = Reader {
        exhibit: source.exhibit,
        zone: settings.zone().ok().flatten(),
        account: settings.owners.get(source.exhibit, PLATFORM).cloned(),
        labels: BTreeMap::new(),
        start: None,
        columns: Vec::new(),
        fields: Fields::default(),
    };
    let outcome = lines::each(source, sink, |line, sink| reader.line(line, sink));
    reader.end_of_labels(sink);
    reader.fields.finish(source.exhibit, sink);
    outcome
}

struct Reader {
    exhibit: ExhibitNo,
    zone: Option<TimeZone>,
    account: Option<AccountKey>,
    /// Labels of the block, with the first value of each and its place.
    labels: BTreeMap<String, (Place, String)>,
    /// Where the block starts.
    start: Option<Place>,
    /// Columns of the table, if it has begun.
    columns: Vec<String>,
    fields: Fields,
}

impl Reader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
        let text = decode(line.bytes);
        let text = text.trim();
        if is_table(text) {
            self.end_of_labels(sink);
            self.columns = cells(text).map(str::to_owned).collect();
            for column in &self.columns {
                let name = column.trim_end_matches("(UTC)").trim();
                if !matches!(name, "Session Start" | "IP Address" | "Port") {
                    self.fields.note("", column, 1, &line.place());
                }
            }
            return;
        }
        if let Some((label, value)) = label(text) {
            // A new block ends a table, and a second account the block before.
            if !self.columns.is_empty() || (label == "User ID" && self.start.is_some()) {
                self.end_of_labels(sink);
                self.columns.clear();
                self.account = None;
            }
            self.start.get_or_insert_with(|| line.place());
            if self.labels.len() < LABELS {
                let value = (line.place(), value.to_owned());
                self.labels.entry(label.to_owned()).or_insert(value);
            }
            return;
        }
        settle(self.exhibit, &line.place(), line.bytes, sink, |sink| {
            self.session(&line.place(), text, sink)
        });
    }

    fn session(&self, place: &Place, line: &str, sink: &mut dyn Sink) -> Result<(), Flaw> {
        if self.columns.is_empty() {
            let detail = "neither a label nor a row of the table of sessions";
            return Err((RejectReason::Syntax, detail.to_owned()));
        }
        let cells: Vec<&str> = cells(line).collect();
        if cells.len() != self.columns.len() {
            let detail = format!("{} cells under {} headers", cells.len(), self.columns.len());
            return Err((RejectReason::Syntax, detail));
        }
        let cell = |name: &str| {
            self.columns
                .iter()
                .zip(&cells)
                .find_map(|(column, cell)| column.starts_with(name).then_some((&column[..], *cell)))
        };
        let (column, time) = cell("Session Start").unwrap_or_default();
        let stamp = self.stamp(column, time)?;
        let missing = || (RejectReason::MissingField, "`IP Address` is missing".to_owned());
        let (_, ip) = cell("IP Address").ok_or_else(missing)?;
        let declared = self.declared(place, self.account.as_ref());
        let mut row = declared.connection(0, ip, stamp, "session start")?;
        if let Some(port) = cell("Port").and_then(|(_, text)| port(text)) {
            row.port = Maybe::Known(i64::from(port));
        }
        sink.connections(vec![row]);
        Ok(())
    }

    /// A time whose zone its label says.
    fn stamp(&self, label: &str, time: &str) -> Result<Stamp, Flaw> {
        let Some(time) = said(time) else { return Ok(Stamp::missing(Absent::NotRecorded)) };
        let at = if label.ends_with("(UTC)") {
            settled(&format!("{time} UTC"), None)
        } else {
            settled(time, self.zone.as_ref())
        };
        let unread = || {
            let shown = faisceau_model::excerpt(time, 40);
            (RejectReason::Time, format!("`{label}` is no time: `{shown}`"))
        };
        Ok(Stamp { at: Maybe::Known(at.ok_or_else(unread)?), raw: Maybe::Known(time.to_owned()) })
    }

    fn declared<'d>(&self, place: &'d Place, account: Option<&'d AccountKey>) -> Declared<'d> {
        Declared { exhibit: self.exhibit, place, service: PLATFORM, account }
    }

    /// Hands over what the labels of a block say.
    fn end_of_labels(&mut self, sink: &mut dyn Sink) {
        const KNOWN: [&str; 12] = [
            "User ID",
            "Username",
            "Email",
            "Phone",
            "Phone Number",
            "Registration IP",
            "Registration Time (UTC)",
            "Registration Time",
            "Last Seen IP",
            "Last Seen Time (UTC)",
            "Last Seen Time",
            "Display Name",
        ];
        let Some(start) = self.start.take() else { return };
        let labels = std::mem::take(&mut self.labels);
        for (label, (place, _)) in &labels {
            if !KNOWN.contains(&&label[..]) {
                self.fields.note("", label, 1, place);
            }
        }
        let block = Block { reader: self, labels: &labels };
        if let Some(id) = block.get("User ID") {
            self.account = Some(AccountKey::by_id(PLATFORM, id));
        }
        let block = Block { reader: self, labels: &labels };
        settle(self.exhibit, &start, b"", sink, |sink| block.identity(&start, sink));
        block.address("Registration", "registration", sink);
        block.address("Last Seen", "last seen", sink);
    }
}

/// The labels of one account.
struct Block<'b> {
    reader: &'b Reader,
    labels: &'b BTreeMap<String, (Place, String)>,
}

impl Block<'_> {
    fn get(&self, label: &str) -> Option<&str> {
        said(&self.labels.get(label)?.1)
    }

    /// A label with or without its zone, and its value.
    fn time(&self, label: &str) -> (String, &str) {
        let zoned = format!("{label} (UTC)");
        match self.get(&zoned) {
            Some(value) => (zoned, value),
            None => (label.to_owned(), self.get(label).unwrap_or_default()),
        }
    }

    fn identity(&self, place: &Place, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let missing = || (RejectReason::MissingField, "`User ID` is missing".to_owned());
        let id = self.get("User ID").ok_or_else(missing)?;
        let account = AccountKey::by_id(PLATFORM, id);
        let (label, time) = self.time("Registration Time");
        let created = self.reader.stamp(&label, time).unwrap_or_else(|_| Stamp {
            at: Maybe::Missing(Absent::Unreadable),
            raw: Maybe::Known(time.to_owned()),
        });
        let text =
            |label| Maybe::or_absent(self.get(label).map(str::to_owned), Absent::NotExported);
        let handle = text("Username");
        sink.account(Account {
            native_id: Maybe::Known(id.to_owned()),
            handle: handle.map(|name| name.strip_suffix("#0").unwrap_or(&name).to_owned()),
            display_name: text("Display Name"),
            created: created.at,
            created_raw: created.raw,
            ..Account::new(self.reader.exhibit, place, 0, account.clone())
        });
        let declared = self.reader.declared(place, Some(&account));
        let data = [
            (SubscriberCategory::Email, "Email"),
            (SubscriberCategory::Phone, "Phone"),
            (SubscriberCategory::Phone, "Phone Number"),
        ];
        for (part, (category, label)) in (0..).zip(data) {
            if let Some(value) = self.get(label) {
                sink.subscriber(declared.subscriber(part, category, label, value));
            }
        }
        Ok(())
    }

    /// The address and the time of one event, at the place of the address.
    fn address(&self, event: &str, request: &str, sink: &mut dyn Sink) {
        let Some((place, ip)) = self.labels.get(&format!("{event} IP")) else { return };
        let Some(ip) = said(ip) else { return };
        settle(self.reader.exhibit, place, ip.as_bytes(), sink, |sink| {
            let (label, time) = self.time(&format!("{event} Time"));
            let stamp = self.reader.stamp(&label, time)?;
            let declared = self.reader.declared(place, self.reader.account.as_ref());
            sink.connections(vec![declared.connection(0, ip, stamp, request)?]);
            Ok(())
        });
    }
}

/// A label and its value. A time or an address has no label of letters before its colon.
fn label(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let words = label.starts_with(|c: char| c.is_ascii_alphabetic())
        && label.len() <= LABEL
        && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '(' | ')' | '_'));
    let spaced = value.is_empty() || value.starts_with([' ', '\t']);
    (words && spaced).then(|| (label.trim(), value.trim()))
}

/// The cells of a line, two spaces or a tab apart.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split('\t').flat_map(|part| part.split("  ")).map(str::trim).filter(|c| !c.is_empty())
}

#[cfg(test)]
mod tests;
