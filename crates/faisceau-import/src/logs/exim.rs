//! The main log of Exim, `mainlog`.
//!
//! Producer: Exim 4. Layout and fields from the chapter "Log files" of its specification, and from
//! real lines that its users publish:
//!
//! ```text
//! 2024-09-10 11:15:37 1Z6CcP-0002LU-3E <= ann@example.org H=host (helo) [192.0.2.7]:52477 P=esmtpsa
//!     X=… A=login:ann S=12345 id=…
//! 2024-09-10 11:16:02 login authenticator failed for (helo) [192.0.2.7]:2525: 535 … (set_id=ann)
//! ```
//!
//! In: lines. Out: one connection for each line that names the client of a connection. Set aside:
//! deliveries, queue runs, and whatever concerns no client. Refused: a line that can be read in
//! two ways.
//!
//! Traps:
//! - `A=method:user` of a message that came in is the user who was authenticated; a failed log-in
//!   binds nobody.
//! - HELO, sender and subject are the client's own text and can look like the fields around them.
//! - The port stands there only with the log selector `incoming_port`; the offset only with
//!   `timezone`. Without it the time is assumed in the zone of the case.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, Maybe, RejectReason, Sink};
use jiff::tz::TimeZone;

use super::access::account_of;
use super::pattern::{Mismatch, Pattern, Slot, line_text, of_brackets};
use super::stamp;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::settings::ImportSettings;
use crate::text::address::{self, differing, endpoint};
use crate::text::decode::decode;
use crate::text::line_records;
use crate::text::lines::{Chunk, Line};

/// What follows the time, and whether the user that it names was authenticated. From
/// `P=` on the fields follow each other, so that nothing in the subject can pass for them.
const WORDINGS: [(&str, bool); 14] = [
    ("{word} <= {text} H={text} {peer} P={word} X={word} CV={word} A={word}:{name} S={rest}", true),
    ("{word} <= {text} H={text} {peer} P={word} X={word} A={word}:{name} S={rest}", true),
    ("{word} <= {text} H={text} {peer} P={word} A={word}:{name} S={rest}", true),
    ("{word} <= {text} H={text} {peer} P={rest}", false),
    ("{word} authenticator failed for {text} {peer}: {rest}", false),
    ("{word} authenticator failed for {peer}: {rest}", false),
    ("{word} authenticator failed for {text} {peer} I={word} {rest}", false),
    ("SMTP connection from {text} {peer} {rest}", false),
    ("SMTP connection from {peer} {rest}", false),
    ("no host name found for IP address {ip}", false),
    ("TLS error on connection from {text} {peer} {rest}", false),
    ("H={text} {peer} F={rest}", false),
    ("H={text} {peer} X={word} F={rest}", false),
    ("H={text} {peer} rejected {rest}", false),
];

/// Lines of the head that decide.
const SNIFF_LINES: usize = 200;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "exim-log",
    title: "Exim main log",
    group: Group::Logs,
    gives: &["connections"],
    versions: "Exim 4",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/exim_mainlog",
    origin: Origin::Synthetic,
    rank: Rank::Lines,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Marks that only Exim writes after its time.
fn sniff(head: &[u8]) -> bool {
    let mut lines = Chunk::head(head).lines().take(SNIFF_LINES);
    lines.any(|line| {
        let text = decode(line.bytes);
        message(&text).is_some_and(|(_, _, message)| {
            let (id, rest) = message.split_once(' ').unwrap_or((message, ""));
            let queued = id.len() >= 16
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && id.matches('-').count() == 2;
            let arrow = ["<= ", "=> ", "-> ", "== ", "** ", "Completed"];
            (queued && arrow.iter().any(|mark| rest.starts_with(mark)))
                || message.contains(" authenticator failed for ")
        })
    })
}

/// Time as written, its parts, and what follows the process number.
fn message(line: &str) -> Option<(&str, stamp::Stamp, &str)> {
    let (time, stamp, rest) = stamp::leading(line)?;
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = rest.strip_prefix(' ')?;
    let rest = match rest.strip_prefix('[').and_then(|inside| inside.split_once("] ")) {
        Some((pid, after)) if pid.bytes().all(|b| b.is_ascii_digit()) => after,
        _ => rest,
    };
    Some((time, stamp, rest))
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = stamp::zone(settings)?;
    let wordings: Vec<_> =
        WORDINGS.iter().map(|(spec, known)| (Pattern::of(spec), *known)).collect();
    line_records::read(source, sink, &|line, _, sink| {
        let row = row(line, &wordings, zone.as_ref(), source, &settings.service)?;
        sink.connections(vec![row]);
        Ok(())
    })
}

fn row(
    line: &Line<'_>,
    wordings: &[(Pattern, bool)],
    zone: Option<&TimeZone>,
    source: &Source<'_>,
    service: &str,
) -> Result<Connection, Flaw> {
    let text = line_text(line)?;
    let (raw, stamp, message) = message(&text)
        .ok_or_else(|| (RejectReason::Syntax, "the line does not start with a time".to_owned()))?;
    for (pattern, authenticated) in wordings {
        let found = match pattern.read(message) {
            Ok(found) => found,
            Err(Mismatch::Other) => continue,
            Err(mismatch) => return Err(mismatch.flaw("")),
        };
        let bracketed = found.get(Slot::Bracketed).and_then(of_brackets);
        let (written, port) =
            bracketed.or(found.get(Slot::Address).map(|ip| (ip, None))).unwrap_or_default();
        let (ip, _) = endpoint(written).ok_or_else(|| {
            (RejectReason::Address, "the client is not written as an address".to_owned())
        })?;
        let at = stamp
            .moment(None, zone)
            .ok_or_else(|| (RejectReason::Time, "the time does not exist".to_owned()))?;
        let user = match found.get(Slot::User) {
            Some(user) if *authenticated => Maybe::Known(user),
            _ if message.contains("authenticator failed") => Maybe::Missing(Absent::NotApplicable),
            _ => Maybe::Missing(Absent::NotRecorded),
        };
        return Ok(Connection {
            account: account_of(service, user, ""),
            at: Maybe::Known(at),
            at_raw: Maybe::Known(raw.to_owned()),
            ip_raw: differing(written, ip),
            port: port.map_or(Maybe::Missing(Absent::NotRecorded), |port| {
                Maybe::or_absent(address::port(port).map(i64::from), Absent::Unreadable)
            }),
            request: Maybe::Known(format!("exim: {message}")),
            ..Connection::new(source.exhibit, &line.place(), 0, ip.to_string(), service)
        });
    }
    Err((RejectReason::SetAside, "a line that concerns no client".to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/logs/exim_mainlog");

    #[test]
    fn all_columns_of_the_sample() {
        let (imported, sink) = read_as("x", SAMPLE, &in_paris());
        assert_eq!(imported.name(), Some("exim-log"));
        insta::assert_snapshot!("exim", dump(&sink.connections));
        insta::assert_snapshot!("exim_rejects", reasons(&sink).join("\n"));
    }

    #[test]
    fn hostile_lines_are_rows_or_rejects() {
        let line = "2024-09-10 11:16:02 login authenticator failed for (User) [192.0.2.7]: 535 x (set_id=ann)\n";
        let log = line.repeat(2)
            + &line.replace("User", "\u{1b}[31m\u{202e}=1+1")
            + &line.replace("(User)", &"(a) [10.0.0.1]: ".repeat(500))
            + &line.replace("ann", &"x".repeat(70_000))
            + &line.replace("192.0.2.7", "192.0.2.777")
            + &line.replace("09-10", "02-30")
            + "2024-09-10 11:16:02 login authent";
        let (_, sink) = read(log.as_bytes());
        assert_eq!(sink.connections.len(), 3, "{:?}", reasons(&sink));
        assert!(sink.connections.iter().all(|row| row.ip == "192.0.2.7"));
        assert_eq!(sink.rejects.len(), 5);
    }

    proptest! {
        #[test]
        fn every_record_is_settled(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
