//! W3C extended logs: Internet Information Services, `CloudFront`, and others.
//!
//! Producers: IIS 6 to 10 (seen in real logs), Amazon `CloudFront` standard logs (fields from its
//! documentation). Grammar and the names of fields: W3C working draft WD-logfile-960323.
//!
//! ```text
//! #Fields: date time s-ip cs-method cs-uri-stem c-ip cs(User-Agent) sc-status
//! 2021-04-01 00:00:21 192.0.2.1 GET /a 198.51.100.7 Mozilla/5.0+(X11) 200
//! ```
//!
//! In: lines, columns by the last `#Fields:` above them. Out: one connection a line, in order. Set
//! aside: lines that start with `#`. Refused: lines with more or fewer columns than their header,
//! and logs without the address of the client.
//!
//! Traps:
//! - The header may change in the middle: IIS writes it anew at each start.
//! - Without a column `date`, the day is that of the last `#Date:`, and a time that goes back by
//!   more than half a day is one of the next day.
//! - IIS and `CloudFront` write UTC whatever the zone of the machine: their rule, taken as
//!   explicit. Other producers are supposed to; theirs is assumed.
//! - IIS writes `+` for a space in the user agent, and for a plus too; `CloudFront` writes `%20`.
//!   The agent is given with spaces, so that it can be compared with that of other logs.

mod columns;
#[cfg(test)]
mod tests;

use faisceau_model::{Moment, Precision, RejectReason, Sink, ZoneSource};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use self::columns::{Columns, split};
use super::pattern::{Found, line_text};
use super::web::{Log, When};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::settings::ImportSettings;
use crate::text::line_records;
use crate::text::lines::{Chunk, Line};

/// Lines of the head among which the header stands.
const SNIFF_LINES: usize = 20;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "w3c-extended-log",
    title: "IIS or other log in W3C extended format",
    group: Group::Logs,
    gives: &["connections"],
    versions: "IIS 6 to 10, CloudFront standard logs",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/plaso_iis6.log",
    origin: Origin::Real,
    rank: Rank::Structure,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether a header with address and time stands at the start.
fn sniff(head: &[u8]) -> bool {
    Chunk::head(head).lines().take(SNIFF_LINES).any(|line| {
        let text = crate::text::decode::decode(line.bytes);
        text.strip_prefix("#Fields:").is_some_and(|names| {
            let columns = Columns::of(names);
            columns.has("time") && columns.has("c-ip")
        })
    })
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let log = Log { exhibit: source.exhibit, service: &settings.service };
    let mut state = State::default();
    line_records::read_in_order(source, sink, &mut |line, fields, sink| {
        state.line(line, fields, &log, sink)
    })
}

/// What the lines above say.
#[derive(Default)]
struct State {
    columns: Option<Columns>,
    date: Option<Date>,
    last_time: Option<Time>,
    utc_by_rule: bool,
}

impl State {
    fn line(
        &mut self,
        line: &Line<'_>,
        fields: &mut Fields,
        log: &Log<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let text = line_text(line)?;
        if let Some(directive) = text.strip_prefix('#') {
            self.directive(directive);
            return Err((RejectReason::SetAside, "a header line of the log".to_owned()));
        }
        let columns = self.columns.as_ref().ok_or_else(|| {
            (RejectReason::Syntax, "no `#Fields:` above the line says what it holds".to_owned())
        })?;
        let cells = split(&text);
        if cells.len() != columns.len() {
            let detail = format!("{} columns, the header has {}", cells.len(), columns.len());
            return Err((RejectReason::Syntax, detail));
        }
        let place = line.place();
        columns.note_unknown(fields, &place);
        let tabs = text.contains('\t');
        let values = columns.values(&cells, tabs);
        let when = when(
            columns.cell(&cells, "date"),
            columns.cell(&cells, "time"),
            &mut self.date,
            &mut self.last_time,
            self.utc_by_rule,
        )?;
        let found = Found(values.iter().map(|(slot, text)| (*slot, text.as_ref())).collect());
        sink.connections(vec![log.connection(&found, when, &place)?]);
        Ok(())
    }

    fn directive(&mut self, text: &str) {
        let Some((name, value)) = text.split_once(':') else { return };
        let value = value.trim();
        match name {
            "Fields" => {
                let columns = Columns::of(value);
                self.utc_by_rule |= columns.has("x-edge-location");
                self.columns = Some(columns);
            }
            "Date" => {
                self.date = value.get(..10).and_then(|day| day.parse().ok());
                self.last_time = None;
            }
            "Software" => {
                self.utc_by_rule = value.contains("Internet Information Services");
            }
            _ => {}
        }
    }
}

fn when(
    date: Option<&str>,
    time: Option<&str>,
    day: &mut Option<Date>,
    last: &mut Option<Time>,
    utc_by_rule: bool,
) -> Result<When, Flaw> {
    let flaw = |detail: &str| (RejectReason::Time, detail.to_owned());
    let clock = time.ok_or_else(|| flaw("the line has no time"))?;
    let time: Time = clock.parse().map_err(|_| flaw("the time does not exist"))?;
    let date_of = if let Some(text) = date {
        text.parse().map_err(|_| flaw("the date does not exist"))?
    } else {
        let before = day.ok_or_else(|| flaw("no `#Date:` above the line says its day"))?;
        let next = last.is_some_and(|last| last.hour() - time.hour() > 12);
        let today = if next { before.tomorrow() } else { Ok(before) };
        let today = today.map_err(|_| flaw("the day does not exist"))?;
        (*day, *last) = (Some(today), Some(time));
        today
    };
    let precision = match clock.split_once('.').map_or(0, |(_, digits)| digits.len()) {
        0 => Precision::Second,
        1..=3 => Precision::Milli,
        _ => Precision::Micro,
    };
    let zone = if utc_by_rule { ZoneSource::Explicit } else { ZoneSource::Assumed };
    let at = Offset::UTC
        .to_timestamp(date_of.to_datetime(time))
        .ok()
        .and_then(|at| Moment::new(at.as_microsecond(), precision, zone))
        .filter(|at| at.at_us() >= 0)
        .ok_or_else(|| flaw("the time is before 1970"))?;
    let raw = date.map_or_else(|| clock.to_owned(), |date| format!("{date} {clock}"));
    Ok(When { at, raw })
}
