//! Error logs of nginx and Apache, as far as a line names the client.
//!
//! Producers: nginx 1.x and Apache httpd 2.2 and 2.4, in their default layouts, seen in real
//! lines. Apache writes the port of the client beside its address, which its access log leaves
//! out unless it is asked for.
//!
//! ```text
//! 2022/01/24 16:33:06 [error] 334#334: *338 user "toto": password mismatch, client: 192.0.2.7,
//!     server: example.org, request: "GET / HTTP/1.1", host: "example.org"
//! [Thu Oct 13 12:24:49.880562 2022] [auth_basic:error] [pid 10:tid 1] [client 192.0.2.7:50229] …
//! ```
//!
//! In: lines. Out: one connection for each line with a client; its request is the message. Set
//! aside: lines without client. Refused: a line of nginx that can be read in two ways.
//!
//! Traps:
//! - Times are local, without offset: assumed in the zone of the case.
//! - What an error names as user did not log in: no account is recorded.
//! - nginx escapes nothing here: a path can hold `, client: 10.0.0.1, server: x`.

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, Maybe, Moment, RejectReason, Sink};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::pattern::{Mismatch, Pattern, Slot, line_text};
use super::stamp;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::settings::ImportSettings;
use crate::text::address::{differing, endpoint};
use crate::text::decode::decode;
use crate::text::line_records;
use crate::text::lines::{Chunk, Line};
use crate::time::civil;

/// The line of nginx after its time.
const NGINX: [&str; 3] = [
    " [{word}] {word}: *{n} {text}, client: {ip}, server: {text}, request: \"{rest}",
    " [{word}] {word}: *{n} {text}, client: {ip}, server: {rest}",
    " [{word}] {word}: *{n} {text} client: {ip}, server: {rest}",
];

/// Lines of the head that decide.
const SNIFF_LINES: usize = 50;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "web-error-log",
    title: "nginx or Apache error log",
    group: Group::Logs,
    gives: &["connections"],
    versions: "nginx 1.x, Apache 2.2 and 2.4",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/crowdsec/web_errors.log",
    origin: Origin::Real,
    rank: Rank::Lines,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether at least half of the first lines start as an error log's do.
fn sniff(head: &[u8]) -> bool {
    let (mut lines, mut fit) = (0, 0);
    for line in Chunk::head(head).lines().take(SNIFF_LINES) {
        lines += 1;
        fit += usize::from(Entry::of(&decode(line.bytes)).is_some());
    }
    fit > 0 && fit * 2 >= lines
}

/// A line, by who wrote it.
enum Entry<'l> {
    Nginx { time: &'l str, stamp: stamp::Stamp, rest: &'l str },
    Apache { time: &'l str, rest: &'l str },
}

impl<'l> Entry<'l> {
    fn of(line: &'l str) -> Option<Self> {
        if let Some(inside) = line.strip_prefix('[') {
            let (time, rest) = inside.split_once("] [")?;
            apache_time(time)?;
            return Some(Self::Apache { time, rest });
        }
        let (time, stamp, rest) = stamp::leading(line)?;
        let slashes = time.as_bytes().get(4) == Some(&b'/');
        let level = rest.strip_prefix(" [")?.split_once("] ")?.0;
        let known =
            ["debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"].contains(&level);
        (slashes && known).then_some(Self::Nginx { time, stamp, rest })
    }
}

/// `Thu Oct 13 12:24:49.880562 2022`, with a fraction or without.
fn apache_time(text: &str) -> Option<(jiff::civil::DateTime, faisceau_model::Precision)> {
    use faisceau_model::Precision;
    let mut words = text.split_ascii_whitespace().skip(1);
    let month = stamp::month(words.next()?)?;
    let day: i8 = words.next()?.parse().ok()?;
    let clock = words.next()?;
    let year: i16 = words.next()?.parse().ok().filter(|year| *year >= 1970)?;
    let time: Time = Some(clock).filter(|clock| clock.len() >= 8)?.parse().ok()?;
    let precision = if clock.contains('.') { Precision::Micro } else { Precision::Second };
    words.next().is_none().then_some(())?;
    Some((Date::new(year, month, day).ok()?.to_datetime(time), precision))
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = stamp::zone(settings)?;
    let patterns = NGINX.map(Pattern::of);
    line_records::read(source, sink, &|line, _, sink| {
        let row = row(line, &patterns, zone.as_ref(), source, &settings.service)?;
        sink.connections(vec![row]);
        Ok(())
    })
}

fn row(
    line: &Line<'_>,
    patterns: &[Pattern],
    zone: Option<&TimeZone>,
    source: &Source<'_>,
    service: &str,
) -> Result<Connection, Flaw> {
    let text = line_text(line)?;
    let entry = Entry::of(&text)
        .ok_or_else(|| (RejectReason::Syntax, "not a line of an error log".to_owned()))?;
    let (raw, at, client, message) = match entry {
        Entry::Nginx { time, stamp, rest } => {
            let client = nginx_client(rest, patterns)?;
            let message = rest.split_once("] ").map_or(rest, |(_, message)| message);
            (time, stamp.moment(None, zone), client, after_ids(message))
        }
        Entry::Apache { time, rest } => {
            let (client, message) = apache_client(rest)?;
            (time, apache_at(time, zone), client, message)
        }
    };
    let at = at.ok_or_else(|| (RejectReason::Time, "the time does not exist".to_owned()))?;
    let (ip, port) = endpoint(client).ok_or_else(|| {
        (RejectReason::Address, "the client is not written as an address".to_owned())
    })?;
    Ok(Connection {
        account: Maybe::Missing(Absent::NotApplicable),
        at: Maybe::Known(at),
        at_raw: Maybe::Known(raw.to_owned()),
        ip_raw: differing(client, ip),
        port: Maybe::or_absent(port.map(i64::from), Absent::NotRecorded),
        request: Maybe::text(&message, Absent::NotExported),
        ..Connection::new(source.exhibit, &line.place(), 0, ip.to_string(), service)
    })
}

fn apache_at(time: &str, zone: Option<&TimeZone>) -> Option<Moment> {
    let (civil, precision) = apache_time(time)?;
    civil::assumed(civil, precision, zone)
}

fn nginx_client<'l>(rest: &'l str, patterns: &[Pattern]) -> Result<&'l str, Flaw> {
    for pattern in patterns {
        match pattern.read(rest) {
            Ok(found) => {
                if let Some(ip) = found.get(Slot::Address) {
                    return Ok(ip);
                }
            }
            Err(Mismatch::Other) => {}
            Err(mismatch) => return Err(mismatch.flaw("")),
        }
    }
    Err((RejectReason::SetAside, "a message that names no client".to_owned()))
}

/// The message after `334#334: *338 `.
fn after_ids(message: &str) -> String {
    let message = message.split_once(": ").map_or(message, |(_, message)| message);
    let after = message.strip_prefix('*').and_then(|rest| rest.split_once(' '));
    after.map_or(message, |(_, message)| message).to_owned()
}

/// `address:port`, and the message without the bracket around it. The brackets stand before all
/// that a visitor can choose.
fn apache_client(rest: &str) -> Result<(&str, String), Flaw> {
    let aside = || (RejectReason::SetAside, "a message that names no client".to_owned());
    let (before, after) = rest.split_once("[client ").ok_or_else(aside)?;
    // Between the other brackets and this one an error of the system may stand, but no request.
    let (_, system) = before.rsplit_once("] ").ok_or_else(aside)?;
    let (client, message) = after.split_once("] ").ok_or_else(aside)?;
    Ok((client, format!("{system}{message}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/logs/crowdsec/web_errors.log");

    #[test]
    fn all_columns_of_the_sample() {
        let (imported, sink) = read_as("x", SAMPLE, &in_paris());
        assert_eq!(imported.name(), Some("web-error-log"));
        insta::assert_snapshot!("web_errors", dump(&sink.connections));
        assert_eq!(reasons(&sink), Vec::<String>::new());
    }

    #[test]
    fn a_path_that_names_another_client_costs_the_line() {
        let line = "2022/01/24 16:33:06 [error] 1#1: *3 open() \"/a, client: 10.0.0.1, server: x, \
                    request: \"GET\" failed, client: 192.0.2.9, server: b, request: \"GET /a HTTP/1.1\"\n";
        let (_, sink) = read(line.as_bytes());
        assert_eq!(sink.connections.len(), 0);
        assert!(reasons(&sink)[0].contains("two ways"));
        let line = "2022/01/24 16:33:06 [notice] 1#1: signal process started\n";
        assert!(reasons(&read(line.as_bytes()).1)[0].contains("set_aside"));
    }

    #[test]
    fn hostile_lines_are_rows_or_rejects() {
        let line = "[Thu Oct 13 12:24:49.880562 2022] [core:error] [pid 1] [client 192.0.2.7:50229] AH1: x\n";
        let log = line.repeat(3)
            + &line.replace("AH1: x", "\u{1b}[31m\u{202e}=1+1 [client 10.0.0.1:1] y")
            + &line.replace("AH1: x", &"x".repeat(70_000))
            + &line.replace("50229", "99999")
            + &line.replace("Oct 13", "Feb 30")
            + "[Thu Oct 13 12:24:49.880562 2022] [core:error] [pid 1] [client 192.0";
        let (_, sink) = read(log.as_bytes());
        assert_eq!(sink.connections.len(), 4, "{:?}", reasons(&sink));
        assert!(sink.connections.iter().all(|row| row.ip == "192.0.2.7"));
        assert_eq!(sink.rejects.len(), 4);
    }

    proptest! {
        #[test]
        fn every_record_is_settled(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
