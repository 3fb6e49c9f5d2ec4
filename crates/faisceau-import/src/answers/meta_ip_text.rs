//! Meta's addresses copied out of the page or the PDF: a label on one line, its value on the next.
//!
//! Producer: people who copy the section "IP Addresses" of Meta's answer. Labels are those of
//! `records.html`; the layout was checked against a sample on 2026-11-21.
//!
//! In: lines. Out: a connection for each address. Refused: an address that is none, an address
//! whose time cannot be read, a line that belongs to no label.
//!
//! Traps of the format:
//! - The value may stand on the line of its label, or on the next.
//! - Heads of printed pages stand between a label and its value.
//! - The text does not always say the service or the account: the settings may. Without them the
//!   service is `meta`.
//! - A text of `WhatsApp` has the time before the address: the label that comes first starts each
//!   record.

use faisceau_model::{AccountKey, ExhibitNo, Maybe, Place, RejectReason, Sink};
use jiff::tz::TimeZone;

use super::meta_records::{is_head, is_page, key, named};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::Flaw;
use crate::records::settle;
use crate::rows::declared::{Declared, joined, said};
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::lines::{self, Line};
use crate::time::stamp::Stamp;

/// Labels of a record.
const LABELS: [&str; 4] = ["IP Address", "Time", "Action", "Agent String"];
/// Labels of the request, before the records.
const HEAD: [&str; 3] = ["Service", "Target", "Account Identifier"];
/// Lines that the format is told by.
const LOOKED: usize = 200;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "meta-ip-text",
    title: "Meta's answer: addresses copied as text",
    group: Group::Answers,
    gives: &["connections"],
    versions: "texts of Business Records, with and without ports",
    checked: "2026-11-21",
    sample: "tests/fixtures/meta_records/meta_ip_addresses.txt",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Whether an address and a time follow their labels.
fn sniff(head: &Head<'_>) -> bool {
    let text = head.text();
    if text.trim_start().starts_with(['<', '{', '[']) {
        return false;
    }
    let mut label = "";
    let (mut addresses, mut times) = (0, 0);
    for line in text
        .lines()
        .map(str::trim)
        .filter(|l| !(l.is_empty() || is_head(l) || is_page(l)))
        .take(LOOKED)
    {
        let value = match split(line) {
            Some((found, value)) => {
                label = found;
                value
            }
            None => line,
        };
        if value.is_empty() {
            continue;
        }
        match label {
            "IP Address" if crate::text::address::endpoint(value).is_some() => addresses += 1,
            "Time" if crate::time::written::settled(value, None).is_some() => times += 1,
            _ => {}
        }
        label = "";
    }
    addresses > 0 && times > 0
}

/// The label at the start of a line, and what follows it.
fn split(line: &str) -> Option<(&'static str, &str)> {
    LABELS.into_iter().chain(HEAD).find_map(|label| {
        let rest = line.strip_prefix(label)?;
        let apart = rest.is_empty() || rest.starts_with([' ', '\t', ':']);
        apart.then(|| (label, rest.trim_start_matches(':').trim()))
    })
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
    let owner = ["instagram", "facebook", "whatsapp"]
        .into_iter()
        .find_map(|name| Some((name, settings.owners.get(source.exhibit, name)?.clone())));
    let mut reader = Reader {
        exhibit: source.exhibit,
        zone: settings.zone().ok().flatten(),
        service: owner.as_ref().map_or("meta", |(name, _)| name),
        account: owner.map(|(_, account)| account),
        first: None,
        label: None,
        open: Vec::new(),
    };
    let outcome = lines::each(source, sink, |line, sink| reader.line(line, sink));
    reader.end(sink);
    outcome
}

struct Reader {
    exhibit: ExhibitNo,
    zone: Option<TimeZone>,
    service: &'static str,
    account: Option<AccountKey>,
    /// The label that starts each record.
    first: Option<&'static str>,
    /// A label that waits for its value.
    label: Option<&'static str>,
    /// The record: labels, values and their places.
    open: Vec<(&'static str, String, Place)>,
}

impl Reader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
        let text = decode(line.bytes);
        let text = text.trim();
        if is_head(text) || is_page(text) {
            return;
        }
        let (label, value) = match (split(text), self.label) {
            (Some((label, value)), _) => (label, value),
            (None, Some(label)) => (label, text),
            (None, None) => {
                settle(self.exhibit, &line.place(), line.bytes, sink, |_| {
                    let detail = "the line belongs to no label that is known";
                    Err((RejectReason::SetAside, detail.to_owned()))
                });
                return;
            }
        };
        if value.is_empty() {
            self.label = Some(label);
            return;
        }
        self.label = None;
        self.value(label, value, line.place(), sink);
    }

    fn value(&mut self, label: &'static str, value: &str, place: Place, sink: &mut dyn Sink) {
        match label {
            "Service" => self.service = named(value).unwrap_or(self.service),
            "Target" => self.account = Some(key(self.service, value)),
            "Account Identifier" => {}
            _ => {
                if *self.first.get_or_insert(label) == label || self.open.len() > LABELS.len() {
                    self.end(sink);
                }
                self.open.push((label, value.to_owned(), place));
            }
        }
    }

    /// Settles the record that is open.
    fn end(&mut self, sink: &mut dyn Sink) {
        let open = std::mem::take(&mut self.open);
        let Some((_, raw, place)) = open.first() else { return };
        settle(self.exhibit, place, raw.as_bytes(), sink, |sink| self.row(place, &open, sink));
    }

    fn row(
        &self,
        place: &Place,
        open: &[(&'static str, String, Place)],
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let get = |label: &str| {
            open.iter().find(|(have, ..)| *have == label).and_then(|(_, value, _)| said(value))
        };
        let missing = || (RejectReason::MissingField, "`IP Address` is missing".to_owned());
        let ip = get("IP Address").ok_or_else(missing)?;
        let stamp = Stamp::read(get("Time"), "Time", self.zone.as_ref())?;
        let declared = Declared {
            exhibit: self.exhibit,
            place,
            service: self.service,
            account: self.account.as_ref(),
        };
        let mut row = declared.connection(0, ip, stamp, get("Action").unwrap_or_default())?;
        row.user_agent = joined([get("Agent String")]);
        if row.user_agent.known().is_none() {
            row.user_agent = Maybe::Missing(faisceau_model::Absent::NotRecorded);
        }
        sink.connections(vec![row]);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
