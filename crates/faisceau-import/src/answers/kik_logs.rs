//! Kik's answer to a request: the logs of an account, `bind.txt`, `chat_sent.txt` and the like.
//!
//! Producer: Kik Interactive / `MediaLab`, returns up to 2024. Columns after the producer's
//! "Production Order Result Legend" as public readers quote it (RLEAPP `kikReturns` and others),
//! read on 2026-11-21:
//!
//! - bind: time, user, address, port, date, country;
//! - chat sent or received: time, sender, recipient, number of messages, address, date;
//! - the same with media: time, sender, recipient, kind, media id, address, date;
//! - in a group: the group's id stands before the recipient;
//! - friend added, user blocked: time, user, other user, date.
//!
//! In: tab-separated lines without header. Out: a connection for each line with an address, and a
//! private post without text for each message. Refused: lines of none of these shapes.
//!
//! Traps of the format:
//! - There is no header: a line is known by the number of its cells and by what each looks like.
//! - The time is in milliseconds; the date beside it is the same in a zone that is not named.
//! - The address of received messages is masked: `REDACTED`.
//! - A message to a group has a line for each member: lines that repeat it are set aside.
//! - A line stands for several messages where the number says so; none of them has its text.

use std::collections::BTreeSet;

use faisceau_model::rows::{Connection, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, RejectReason, Sink,
};

use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::records::settle;
use crate::rows::declared::{Declared, said};
use crate::settings::ImportSettings;
use crate::text::address::{endpoint, port};
use crate::text::decode::decode;
use crate::text::lines::{self, Chunk, Line};
use crate::time::stamp::Stamp;

/// The name of the platform in account keys and rows.
pub(super) const PLATFORM: &str = "kik";
/// Lines that the format is told by, at most.
const LOOKED: usize = 20;
/// Most messages of one instant that are told from each other.
const SAME_TIME: usize = 10_000;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "kik-logs",
    title: "Kik's answer: bind.txt, chat_sent.txt and the other logs",
    group: Group::Answers,
    gives: &["connections", "posts"],
    versions: "returns up to 2024, logs without header",
    checked: "2026-11-21",
    sample: "tests/fixtures/kik/bind.txt",
    origin: Origin::Synthetic,
    rank: Rank::Lines,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether three lines in four have one and the same shape.
fn sniff(head: &[u8]) -> bool {
    let (mut looked, mut shapes) = (0, Vec::new());
    for line in Chunk::head(head).lines().take(LOOKED) {
        looked += 1;
        shapes.extend(Shape::of(&decode(line.bytes).split('\t').collect::<Vec<_>>()));
    }
    let Some(first) = shapes.first().copied() else { return false };
    shapes.iter().filter(|shape| **shape == first).count() * 4 >= looked * 3
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Bind,
    Chat,
    Media,
    Group,
    GroupMedia,
    Relation,
}

impl Shape {
    /// The shape of a line, by the number and the looks of its cells.
    fn of(cells: &[&str]) -> Option<Self> {
        let time = |text: &str| text.len() == 13 && text.bytes().all(|b| b.is_ascii_digit());
        let date = |text: &str| {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            digits >= 8 && text.contains([':', '-', '/'])
        };
        // A port of 0, or none, stands for one that was not kept.
        let number = |text: &str| text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
        let count = |text: &str| text.len() < 10 && text.parse::<u32>().is_ok();
        let from = |text: &str| text.eq_ignore_ascii_case("redacted") || endpoint(text).is_some();
        let group = |text: &str| text.ends_with("_g");
        match cells {
            [at, ..] if !time(at) => None,
            [_, _, ip, source, when, _] if endpoint(ip).is_some() && number(source) => {
                date(when).then_some(Self::Bind)
            }
            [_, _, _, many, ip, when] if count(many) && from(ip) && date(when) => Some(Self::Chat),
            [_, _, room, _, many, ip, when] if group(room) && count(many) => {
                (from(ip) && date(when)).then_some(Self::Group)
            }
            [_, _, _, _, _, ip, when] if from(ip) && date(when) => Some(Self::Media),
            [_, _, room, _, _, _, ip, when] if group(room) && from(ip) && date(when) => {
                Some(Self::GroupMedia)
            }
            [_, _, _, when] if date(when) => Some(Self::Relation),
            _ => None,
        }
    }
}

/// Reads one log.
///
/// # Errors
/// When the source cannot be read further; the lines before that place are kept.
fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let mut reader = Reader { exhibit: source.exhibit, time: String::new(), sent: BTreeSet::new() };
    lines::each(source, sink, |line, sink| reader.line(line, sink))
}

struct Reader {
    exhibit: ExhibitNo,
    /// The instant of the line before.
    time: String,
    /// Messages to groups at that instant.
    sent: BTreeSet<String>,
}

impl Reader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
        let (text, place) = (decode(line.bytes), line.place());
        settle(self.exhibit, &place, line.bytes, sink, |sink| {
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            let shape = Shape::of(&cells)
                .ok_or_else(|| (RejectReason::Syntax, "the line is of no known log".to_owned()))?;
            let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
            let entry = match shape {
                Shape::Bind => return self.bind(&place, &cells, sink),
                Shape::Relation => {
                    let detail = "somebody added or blocked: the log does not say which";
                    return Err((RejectReason::SetAside, detail.to_owned()));
                }
                Shape::Chat => Entry { to: cell(2), ip: cell(4), ..Entry::default() },
                Shape::Media => Entry { to: cell(2), media: cell(4), ip: cell(5), group: "" },
                Shape::Group => Entry { group: cell(2), to: cell(2), ip: cell(5), media: "" },
                Shape::GroupMedia => {
                    Entry { group: cell(2), to: cell(2), media: cell(5), ip: cell(6) }
                }
            };
            self.message(&place, (cell(0), cell(1)), &entry, sink)
        });
    }

    fn bind(&self, place: &Place, cells: &[&str], sink: &mut dyn Sink) -> Result<(), Flaw> {
        let [time, user, ip, source, ..] = cells else {
            return Err((RejectReason::Syntax, "the line is too short".to_owned()));
        };
        let account = author(user)?;
        let mut row = self.connection(place, &account, time, ip, "bind")?;
        row.port = Maybe::or_absent(port(source).map(i64::from), Absent::NotExported);
        sink.connections(vec![row]);
        Ok(())
    }

    fn message(
        &mut self,
        place: &Place,
        (time, sender): (&str, &str),
        entry: &Entry<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let account = author(sender)?;
        if !entry.group.is_empty() && self.repeats(time, sender, entry) {
            let detail = "the same message, to another member of the group";
            return Err((RejectReason::SetAside, detail.to_owned()));
        }
        let request =
            if entry.group.is_empty() { "message sent" } else { "message sent to a group" };
        let row = match said(entry.ip) {
            Some(ip) => Some(self.connection(place, &account, time, ip, request)?),
            None => None,
        };
        let stamp = stamp(time)?;
        let text = |text: &str| Maybe::text(text, Absent::NotApplicable);
        sink.post(Post {
            at: stamp.at,
            at_raw: stamp.raw,
            kind: PostKind::Private,
            text: Maybe::Missing(Absent::NotExported),
            target: text(entry.to),
            thread: text(entry.group),
            content_id: Maybe::text(entry.media, Absent::NotExported),
            media: said(entry.media).map(str::to_owned).into_iter().collect(),
            ..Post::new(self.exhibit, place, 0, account)
        });
        if let Some(row) = row {
            sink.connections(vec![row]);
        }
        Ok(())
    }

    fn connection(
        &self,
        place: &Place,
        account: &AccountKey,
        time: &str,
        ip: &str,
        request: &str,
    ) -> Result<Connection, Flaw> {
        let declared =
            Declared { exhibit: self.exhibit, place, service: PLATFORM, account: Some(account) };
        declared.connection(0, ip, stamp(time)?, request)
    }

    /// Whether a message to a group had a line before. Its lines have the same instant.
    fn repeats(&mut self, time: &str, sender: &str, entry: &Entry<'_>) -> bool {
        if self.time != time || self.sent.len() > SAME_TIME {
            time.clone_into(&mut self.time);
            self.sent.clear();
        }
        !self.sent.insert(format!("{sender}\t{}\t{}", entry.group, entry.media))
    }
}

/// What a line says of a message.
#[derive(Default)]
struct Entry<'e> {
    group: &'e str,
    to: &'e str,
    media: &'e str,
    ip: &'e str,
}

/// The account that a user name stands for.
pub(super) fn author(name: &str) -> Result<AccountKey, Flaw> {
    let missing = || (RejectReason::MissingField, "the record names no sender".to_owned());
    Ok(AccountKey::by_handle(PLATFORM, said(name).ok_or_else(missing)?))
}

/// Milliseconds since the Unix epoch.
pub(super) fn stamp(millis: &str) -> Result<Stamp, Flaw> {
    let read = || (RejectReason::Time, "the time is no count of milliseconds".to_owned());
    let count: i64 = millis.trim().trim_end_matches(".0").parse().map_err(|_| read())?;
    let at = Moment::from_unix_millis(count).ok_or_else(read)?;
    Ok(Stamp { at: Maybe::Known(at), raw: Maybe::Known(millis.to_owned()) })
}

#[cfg(test)]
mod tests;
