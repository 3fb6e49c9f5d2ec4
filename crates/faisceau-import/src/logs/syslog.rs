//! System logs: what OpenSSH, Postfix and Dovecot write through syslog.
//!
//! Producers: rsyslog, syslog-ng, BSD and systemd's `journalctl -o short[-iso]`, in the layout of
//! RFC 3164 (`Feb 12 14:10:21 host sshd[16378]: …`), the same with an ISO 8601 time, and RFC 5424
//! (`<38>1 2022-01-19T14:23:55+00:00 host sshd 44255 - [meta sequenceId="1"] …`). Messages from the
//! sources of OpenSSH 5 to 9 and Postfix 3, and from Dovecot's `login_log_format_elements`; most
//! were seen in real lines.
//!
//! In: lines. Out: one connection for each message that names a client: its address and port, what
//! happened and for which user, as the program wrote it. Set aside: messages of other programs and
//! messages that name no client. Refused: a message with an address whose wording is not known.
//!
//! Traps:
//! - RFC 3164 writes neither year nor zone. Without `[import] syslog_year`, the year of the last
//!   line, the row has no time but what the line says (`at_raw`). With it, the years before are
//!   counted back at each New Year that the log passes. The zone is that of the case, assumed.
//! - A failed log-in names somebody who did not log in: it binds no account. Neither does the end
//!   of a connection before authentication.
//! - The user name of a failed log-in is the visitor's own text and may hold an address and a
//!   port. A line that can be read in two ways is rejected; see `pattern`.
//! - Two programs share a file as often as not: each of the two formats reads the messages of
//!   both, and is told by those that are more frequent at the start.

mod dovecot;
mod event;
mod frame;
mod postfix;
mod sshd;
#[cfg(test)]
mod tests;

use faisceau_model::rows::Connection;
use faisceau_model::{ExhibitNo, Maybe, Place, RejectReason, Sink};
use jiff::tz::TimeZone;

use self::event::{Event, Programs};
use self::frame::Frame;
use super::pattern::line_text;
use super::stamp::{self, Stamp, Years};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::line_records;
use crate::text::lines::{Blocks, Chunk, Line, Piece};

/// Lines of the head that decide.
const SNIFF_LINES: usize = 400;

/// What the format of log-ins says of itself.
pub(crate) static AUTH: Format = Format {
    name: "syslog-auth",
    title: "System log of log-ins: OpenSSH (auth.log, secure)",
    group: Group::Logs,
    gives: &["connections"],
    versions: "RFC 3164, RFC 5424; OpenSSH 5 to 9",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/crowdsec/sshd-logs.log",
    origin: Origin::Real,
    rank: Rank::Lines,
    sniff: |head| told(head.bytes) == Some(Kind::Ssh),
    parse,
    owner: None,
};

/// What the format of mail says of itself.
pub(crate) static MAIL: Format = Format {
    name: "syslog-mail",
    title: "System log of mail: Postfix and Dovecot (mail.log, maillog)",
    group: Group::Logs,
    gives: &["connections"],
    versions: "RFC 3164, RFC 5424; Postfix 3, Dovecot 2",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/crowdsec/postfix-logs.log",
    origin: Origin::Real,
    rank: Rank::Lines,
    sniff: |head| told(head.bytes) == Some(Kind::Mail),
    parse,
    owner: None,
};

/// What a program is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ssh,
    Mail,
}

impl Kind {
    fn of(program: &str) -> Option<Self> {
        let name = program.rsplit('/').next().unwrap_or(program);
        if matches!(name, "sshd" | "sshd-session" | "sshd-auth") {
            return Some(Self::Ssh);
        }
        let mail = program.starts_with("postfix") || dovecot::is_program(program);
        mail.then_some(Self::Mail)
    }
}

/// Whose messages are more frequent among the first lines, if most of these are of a system log.
fn told(head: &[u8]) -> Option<Kind> {
    let (mut lines, mut framed, mut ssh, mut mail) = (0, 0, 0, 0);
    for line in Chunk::head(head).lines().take(SNIFF_LINES) {
        lines += 1;
        let text = decode(line.bytes);
        let Some(frame) = Frame::of(&text) else { continue };
        framed += 1;
        match Kind::of(frame.program) {
            Some(Kind::Ssh) => ssh += 1,
            Some(Kind::Mail) => mail += 1,
            None => {}
        }
    }
    if framed * 2 < lines || ssh + mail == 0 {
        return None;
    }
    Some(if mail > ssh { Kind::Mail } else { Kind::Ssh })
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let first_year = match settings.syslog_year {
        Some(last) => Some(last.saturating_sub(years_passed(source)?)),
        None => None,
    };
    let mut log = SystemLog {
        exhibit: source.exhibit,
        service: &settings.service,
        zone: stamp::zone(settings)?,
        programs: Programs::new(),
        years: Years::default(),
        first_year,
    };
    line_records::read_in_order(source, sink, &mut |line, _, sink| {
        let row = log.row(line)?;
        sink.connections(vec![row]);
        Ok(())
    })
}

/// The number of New Years between the first line and the last.
fn years_passed(source: &Source<'_>) -> Result<i16, ImportError> {
    let mut blocks = Blocks::new((source.open)()?);
    let (mut years, mut passed) = (Years::default(), 0);
    loop {
        match blocks.next() {
            Ok(Some(Piece::Lines(block))) => {
                for line in block.lines() {
                    let Ok(text) = line_text(&line) else { continue };
                    if let Some(frame) = Frame::of(&text) {
                        passed = years.pass(frame.stamp);
                    }
                }
            }
            Ok(Some(Piece::TooLong { .. })) => {}
            // The second pass meets the same error, after the lines that can be read.
            Ok(None) | Err(_) => return Ok(passed),
        }
    }
}

struct SystemLog<'s> {
    exhibit: ExhibitNo,
    service: &'s str,
    zone: Option<TimeZone>,
    programs: Programs,
    years: Years,
    first_year: Option<i16>,
}

impl SystemLog<'_> {
    fn row(&mut self, line: &Line<'_>) -> Result<Connection, Flaw> {
        let text = line_text(line)?;
        let frame = Frame::of(&text).ok_or_else(|| {
            (RejectReason::Syntax, "not a line of a system log: `time host program:`".to_owned())
        })?;
        // Each line counts for the years, whatever becomes of it.
        let passed = self.years.pass(frame.stamp);
        let year = self.first_year.map(|first| first.saturating_add(passed));
        let event = self.programs.event(frame.program, frame.message)?;
        let at = self.at(frame.stamp, year)?;
        Ok(self.connection(&frame, &event, at, &line.place()))
    }

    fn at(&self, stamp: Stamp, year: Option<i16>) -> Result<Maybe<faisceau_model::Moment>, Flaw> {
        if matches!(stamp, Stamp::NoYear { .. }) && year.is_none() {
            return Ok(Maybe::Missing(faisceau_model::Absent::NotRecorded));
        }
        stamp.moment(year, self.zone.as_ref()).map(Maybe::Known).ok_or_else(|| {
            let year = year.map_or_else(String::new, |year| format!(" in {year}"));
            (RejectReason::Time, format!("the time does not exist{year}"))
        })
    }

    fn connection(
        &self,
        frame: &Frame<'_>,
        event: &Event<'_>,
        at: Maybe<faisceau_model::Moment>,
        place: &Place,
    ) -> Connection {
        let request = format!("{}: {}", frame.program, frame.message.trim());
        Connection {
            account: event.account(self.service),
            at,
            at_raw: Maybe::Known(frame.time.to_owned()),
            ip_raw: crate::text::address::differing(event.written, event.ip),
            port: event.port,
            request: Maybe::Known(request),
            ..Connection::new(self.exhibit, place, 0, event.ip.to_string(), self.service)
        }
    }
}
