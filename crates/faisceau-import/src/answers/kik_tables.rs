//! Kik's answer to a request in tables with a header: `data-text.csv`, `data-media.csv`, the logs
//! of deliveries and of binds.
//!
//! Producer: Kik / `MediaLab`, returns since 2025. Names of columns as public readers of these
//! returns look them up, RLEAPP (`kikReturns`) for the order of `data-text.csv`; read on
//! 2026-11-21. Unlike the older logs they hold the text of messages.
//!
//! In: a CSV with a header. Out: private posts, and a connection for each record with an address.
//! Refused: records without sender, address or time where they must have one.
//!
//! Traps of the format:
//! - Several names for one column, by file and by version: all known ones are tried.
//! - Times are counts of milliseconds, at times with `.0`.
//! - The logs of deliveries repeat what `data-media.csv` has, once for each recipient: only their
//!   addresses are read.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, PostKind, RejectReason, Sink};

use super::kik_logs::{PLATFORM, stamp};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::records::settle;
use crate::rows::declared::{Declared, said};
use crate::settings::ImportSettings;
use crate::tables::csv::{Record, Table, header, names};
use crate::text::address::port;

const SENDER: &[&str] = &["sender_id", "sender_jid", "user_jid", "sender", "user"];
const RECEIVER: &[&str] =
    &["receiver_id", "receiver_jid", "friend_user_jid", "friend_jid", "receiver"];
const GROUP: &[&str] = &["group_jid", "group_id"];
const TEXT: &[&str] = &["message", "msg", "body"];
const MEDIA: &[&str] = &["filename", "file_name"];
const CONTENT: &[&str] = &["content_id", "cid"];
const ID: &[&str] = &["id", "msg_id"];
const ADDRESS: &[&str] = &["ip", "sender_ip", "user_ip"];
const PORT: &[&str] = &["port", "sender_port", "user_port"];
const TIME: &[&str] = &["sent_at_ts", "ts", "timestamp"];
/// Known and of no use: the same time as text, the kind of media, the country.
const IGNORED: &[&str] = &["sent_at", "datetime", "app_name", "media_type", "country"];
const DEVICE: &[&str] = &["device", "user_agent", "device_type"];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "kik-tables",
    title: "Kik's answer: data-text.csv, data-media.csv, logs with a header",
    group: Group::Answers,
    gives: &["posts", "connections"],
    versions: "returns since 2025",
    checked: "2026-11-21",
    sample: "tests/fixtures/kik/data-text.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether the header has columns that only Kik puts together.
fn sniff(head: &[u8]) -> bool {
    let Some((_, names)) = header(head, &[] as &[&str], Some(b',')) else { return false };
    let table = Columns(lower(&names));
    let has = |names: &[&str]| table.at(names).is_some();
    let content = has(&["sent_at_ts"])
        && has(&["sender_id", "sender_jid"])
        && (has(TEXT) || has(CONTENT) || has(MEDIA));
    let delivery = has(&["ts", "sent_at_ts"])
        && (has(&["user_jid"]) && has(&["friend_user_jid", "cid", "ip"])
            || has(&["group_jid"]) && has(&["cid"]) && has(&["sender"]));
    content || delivery
}

fn lower(names: &[String]) -> Vec<String> {
    names.iter().map(|name| name.to_lowercase()).collect()
}

/// Reads one table.
///
/// # Errors
/// When the source cannot be read further; the records before that place are kept.
fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let mut table = Table::new((source.open)()?, b',');
    let Some(Record { fields: Ok(first), place, .. }) = table.next()? else {
        let detail = "the table has no header".to_owned();
        return Err(ImportError::Broken { place: Place::Whole, detail });
    };
    let columns = Columns(lower(&names(&first)));
    let mut fields = Fields::default();
    let known: Vec<&str> =
        [SENDER, RECEIVER, GROUP, TEXT, MEDIA, CONTENT, ID, ADDRESS, PORT, TIME, IGNORED, DEVICE]
            .concat();
    fields.headers(columns.0.iter().map(String::as_str), &known, &place);
    fields.finish(source.exhibit, sink);
    while let Some(Record { place, fields, head, .. }) = table.next()? {
        settle(source.exhibit, &place, &head, sink, |sink| {
            let cells = fields.map_err(|(reason, detail)| (reason, detail.to_owned()))?;
            if cells.len() != columns.0.len() {
                let detail = format!("{} cells under a header of {}", cells.len(), columns.0.len());
                return Err((RejectReason::Syntax, detail));
            }
            Row { exhibit: source.exhibit, place: &place, columns: &columns, cells: &cells }
                .read(sink)
        });
    }
    Ok(())
}

/// The header, in lower case.
struct Columns(Vec<String>);

impl Columns {
    /// The first column that has one of these names, in their order.
    fn at(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|have| have == name))
    }
}

struct Row<'r> {
    exhibit: ExhibitNo,
    place: &'r Place,
    columns: &'r Columns,
    cells: &'r [String],
}

impl Row<'_> {
    fn get(&self, names: &[&str]) -> Option<&str> {
        said(self.cells.get(self.columns.at(names)?)?)
    }

    fn read(&self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let missing =
            |what: &str| (RejectReason::MissingField, format!("the record has no {what}"));
        let sender = self.get(SENDER).ok_or_else(|| missing("sender"))?;
        let account = AccountKey::by_id(PLATFORM, sender);
        let stamp = stamp(self.get(TIME).ok_or_else(|| missing("time"))?)?;
        let declared = Declared {
            exhibit: self.exhibit,
            place: self.place,
            service: PLATFORM,
            account: Some(&account),
        };
        // A table of messages has a text or a file; the others are logs.
        let content = self.columns.at(TEXT).or(self.columns.at(MEDIA)).is_some();
        let bind = self.columns.at(RECEIVER).or(self.columns.at(GROUP)).is_none();
        let request = if bind { "bind" } else { "message sent" };
        let mut row = None;
        if let Some(ip) = self.get(ADDRESS) {
            let mut found = declared.connection(0, ip, stamp.clone(), request)?;
            if let Some(port) = self.get(PORT).and_then(port) {
                found.port = Maybe::Known(i64::from(port));
            }
            let device = self.get(DEVICE).map(str::to_owned);
            found.user_agent = Maybe::or_absent(device, Absent::NotRecorded);
            row = Some(found);
        }
        if content {
            let text = |names: &[&str]| {
                let column = self.columns.at(names).is_some();
                let reason = if column { Absent::NotExported } else { Absent::NotRecorded };
                Maybe::or_absent(self.get(names).map(str::to_owned), reason)
            };
            let written = self.columns.at(TEXT).and_then(|at| self.cells.get(at));
            sink.post(Post {
                at: stamp.at,
                at_raw: stamp.raw,
                kind: PostKind::Private,
                text: Maybe::text(written.map_or("", String::as_str), Absent::NotExported),
                target: if self.get(RECEIVER).is_some() { text(RECEIVER) } else { text(GROUP) },
                thread: text(GROUP),
                content_id: if self.get(ID).is_some() { text(ID) } else { text(CONTENT) },
                media: self.get(MEDIA).map(str::to_owned).into_iter().collect(),
                ..Post::new(self.exhibit, self.place, 0, account)
            });
        } else if row.is_none() {
            let detail = "a delivery without an address".to_owned();
            return Err((RejectReason::SetAside, detail));
        }
        if let Some(row) = row {
            sink.connections(vec![row]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
