//! The two passes: the first for the layout and the order of dates, the second for the messages.
//!
//! In: a source. Out: rows, in the order of the file. Refused: holding more than one message;
//! a message above 1 MiB is rejected and passed over.

use std::collections::BTreeMap;

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, Precision, RejectReason, Sink,
};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::head::{Layout, head};
use super::order::{Evidence, Order, Verdict, in_name};
use super::{PLATFORM, body};
use crate::contract::{ImportError, Source};
use crate::json::Flaw;
use crate::records::{set_aside, settle};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::lines::{Blocks, Line, Piece};
use crate::time::civil;

/// Bytes of one message.
const MAX_MESSAGE: usize = 1024 * 1024;
/// Said once for a file whose dates can be read in two ways.
const OPEN: &str = "nothing in this file tells whether day or month comes first: \
                    each time is an interval that covers both readings";

/// What the first pass found.
#[derive(Debug)]
pub(super) struct Survey {
    layout: Option<Layout>,
    verdict: Verdict,
}

/// Reads all heads of lines: the layout of most is that of the file.
pub(super) fn survey(source: &Source<'_>) -> Result<Survey, ImportError> {
    let mut blocks = Blocks::new((source.open)()?);
    let mut layouts: BTreeMap<Layout, Evidence> = BTreeMap::new();
    // What cannot be read further is told by the second pass.
    while let Ok(Some(piece)) = blocks.next() {
        let Piece::Lines(block) = piece else { continue };
        for line in block.lines() {
            let text = decode(line.bytes);
            if let Some(found) = head(&text) {
                let evidence = layouts.entry(found.layout).or_default();
                evidence.note(found.numbers, found.widths, in_name(found.rest));
            }
        }
    }
    let most = layouts
        .into_iter()
        .max_by_key(|(layout, evidence)| (evidence.lines, std::cmp::Reverse(*layout)));
    Ok(match most {
        Some((layout, evidence)) => {
            Survey { layout: Some(layout), verdict: evidence.verdict(layout.date) }
        }
        None => Survey { layout: None, verdict: Verdict::Known(Order::Day) },
    })
}

/// Reads the messages.
pub(super) fn read(
    source: &Source<'_>,
    settings: &ImportSettings,
    survey: &Survey,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let mut reading = Reading {
        exhibit: source.exhibit,
        zone: settings.zone().ok().flatten(),
        survey,
        sink: &mut FirstAccounts::new(sink),
        open: None,
    };
    if survey.verdict == Verdict::Open {
        set_aside(source.exhibit, &Place::Whole, b"", OPEN, reading.sink);
    }
    let mut blocks = Blocks::new((source.open)()?);
    let outcome = loop {
        match blocks.next() {
            Ok(Some(Piece::Lines(block))) => block.lines().for_each(|line| reading.line(&line)),
            Ok(Some(Piece::TooLong { place, head })) => reading.too_long(place, &head),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    reading.close();
    outcome
}

/// The second pass.
struct Reading<'r> {
    exhibit: ExhibitNo,
    zone: Option<TimeZone>,
    survey: &'r Survey,
    sink: &'r mut dyn Sink,
    /// The message whose lines are being read.
    open: Option<Message>,
}

/// A message and its lines so far.
struct Message {
    place: Place,
    /// Date and time, unless the lines precede the first message.
    start: Option<Start>,
    /// What follows the time.
    text: String,
    /// The line that was added last.
    last: u64,
    /// Whether lines were left out.
    too_long: bool,
}

/// When a message was sent.
struct Start {
    /// Date and time as written.
    raw: String,
    /// The day in the one or two ways in which it can be read, the earliest first.
    dates: Vec<Date>,
    clock: Option<Time>,
    precision: Precision,
}

impl Start {
    /// The time; or the earliest and the latest, where the day can be read in two ways.
    fn moments(&self, zone: Option<&TimeZone>) -> Option<(Moment, Option<Moment>)> {
        let clock = self.clock?;
        let mut readings = self
            .dates
            .iter()
            .filter_map(|date| civil::assumed(date.to_datetime(clock), self.precision, zone));
        let first = readings.next()?;
        let Some(last) = readings.next() else { return Some((first, None)) };
        let first = Moment::new(first.at_us(), Precision::Interval, first.zone())?;
        Some((first, Some(last)))
    }
}

impl Reading<'_> {
    fn line(&mut self, line: &Line<'_>) {
        let text = decode(line.bytes);
        let start = head(&text).filter(|found| self.survey.layout == Some(found.layout));
        if let Some(found) = start {
            self.close();
            let date = |order: Order| order.date(found.numbers, found.widths);
            let mut dates: Vec<Date> = match self.survey.verdict {
                Verdict::Known(order) => date(order).into_iter().collect(),
                Verdict::Open => [Order::Day, Order::Month].into_iter().filter_map(date).collect(),
            };
            dates.sort();
            dates.dedup();
            let seconds = found.layout.seconds;
            let start = Start {
                raw: found.raw.to_owned(),
                dates,
                clock: found.clock,
                precision: if seconds { Precision::Second } else { Precision::Minute },
            };
            self.start(line, Some(start), found.rest);
        } else if let Some(open) = &mut self.open {
            open.add(line, &text);
        } else {
            self.start(line, None, &text);
        }
    }

    fn start(&mut self, line: &Line<'_>, start: Option<Start>, rest: &str) {
        let (place, last) = (line.place(), line.number);
        let mut message = Message { place, start, text: String::new(), last, too_long: false };
        message.add(line, rest);
        self.open = Some(message);
    }

    /// A line above 4 MiB: part of the message before it, else a record of its own.
    fn too_long(&mut self, place: Place, head: &[u8]) {
        let text = String::from_utf8_lossy(head).into_owned();
        let open = self.open.get_or_insert(Message {
            place,
            start: None,
            text,
            last: u64::MAX,
            too_long: true,
        });
        open.too_long = true;
    }

    fn close(&mut self) {
        let Some(message) = self.open.take() else { return };
        let Self { exhibit, zone, sink, .. } = self;
        let (place, raw) = (message.place.clone(), message.excerpt());
        settle(*exhibit, &place, raw.as_bytes(), *sink, |sink| {
            let (post, name) = post(*exhibit, zone.as_ref(), message)?;
            sink.account(Account {
                display_name: Maybe::Known(name),
                ..Account::new(*exhibit, &post.place, 0, post.account.clone())
            });
            sink.post(post);
            Ok(())
        });
    }
}

impl Message {
    fn add(&mut self, line: &Line<'_>, text: &str) {
        // Empty lines are not given: their number tells how many there were.
        let breaks = line.number.saturating_sub(self.last) as usize;
        if self.too_long || self.text.len() + breaks + text.len() > MAX_MESSAGE {
            self.too_long = true;
            return;
        }
        self.text.extend(std::iter::repeat_n('\n', breaks));
        self.text.push_str(text);
        self.last = line.number;
    }

    fn excerpt(&self) -> String {
        let start = self.start.as_ref().map_or("", |start| &start.raw);
        let shown: String = self.text.chars().take(200).collect();
        format!("{start} {shown}").trim_start().to_owned()
    }
}

/// The post that a message is, and the name of its sender.
fn post(
    exhibit: ExhibitNo,
    zone: Option<&TimeZone>,
    message: Message,
) -> Result<(Post, String), Flaw> {
    let Message { place, start, text, too_long, .. } = message;
    if too_long {
        let detail = format!("the message is longer than {MAX_MESSAGE} bytes");
        return Err((RejectReason::Limit, detail));
    }
    let Some(start) = start else {
        let detail = "these lines stand before the first date and time";
        return Err((RejectReason::Syntax, detail.to_owned()));
    };
    let notice = || (RejectReason::SetAside, "a notice of the application".to_owned());
    let (name, words) = body::sender(&text).ok_or_else(notice)?;
    if body::is_notice(words) {
        return Err(notice());
    }
    let (at, until) = start.moments(zone).ok_or_else(|| {
        (RejectReason::Time, format!("no time, or one that never was: {}", start.raw))
    })?;
    let account = AccountKey::by_handle(PLATFORM, &body::handle(&name));
    let body = body::read(words);
    let post = Post {
        at: Maybe::Known(at),
        at_raw: Maybe::Known(start.raw),
        until: Maybe::or_absent(until, Absent::NotApplicable),
        kind: PostKind::Private,
        text: body.text,
        text_raw: body.raw,
        media: body.media,
        ..Post::new(exhibit, &place, 0, account)
    };
    Ok((post, name))
}
