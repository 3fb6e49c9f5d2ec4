//! The log of fail2ban, `fail2ban.log`.
//!
//! Producer: fail2ban 0.8 to 1.1. Layout from its documentation, and from real lines that its
//! users publish:
//!
//! ```text
//! 2023-07-22 03:39:17,614 fail2ban.filter  [45906]: INFO    [sshd] Found 192.0.2.7 - 2023-07-22 03:39:17
//! 2023-07-22 03:39:18,011 fail2ban.actions [45906]: NOTICE  [sshd] Ban 192.0.2.7
//! ```
//!
//! In: lines. Out: one connection for each `Found`, `Ban` and `already banned`: an address that did
//! something on the service of that name just before. Set aside: `Unban` and `Restore Ban`, which
//! happen long after anybody used the address, and messages without address.
//!
//! Traps:
//! - Times are local, without offset: assumed in the zone of the case.
//! - The address is what fail2ban read in another log. That log, if it is in the case, says more:
//!   port and user.

use faisceau_model::rows::Connection;
use faisceau_model::{Maybe, RejectReason, Sink};
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

/// Messages after which an address was just used.
const USES: [&str; 4] = [
    "[{word}] Found {ip} - {rest}",
    "[{word}] Found {ip}",
    "[{word}] Ban {ip}",
    "[{word}] {ip} already banned",
];

/// Messages about an address that nobody used then.
const OTHERS: [&str; 3] =
    ["[{word}] Unban {ip}", "[{word}] Restore Ban {ip}", "[{word}] Ignore {ip} by {rest}"];

/// Lines of the head that decide.
const SNIFF_LINES: usize = 50;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "fail2ban-log",
    title: "fail2ban log",
    group: Group::Logs,
    gives: &["connections"],
    versions: "0.8 to 1.1",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/fail2ban.log",
    origin: Origin::Synthetic,
    rank: Rank::Lines,
    sniff: |head| {
        let mut lines = Chunk::head(head.bytes).lines().take(SNIFF_LINES);
        lines.any(|line| message(&decode(line.bytes)).is_some())
    },
    parse,
    owner: None,
};

/// Time as written, its parts, and what follows the level.
fn message(line: &str) -> Option<(&str, stamp::Stamp, &str)> {
    let (time, stamp, rest) = stamp::leading(line)?;
    let rest = rest.trim_start().strip_prefix("fail2ban.")?;
    let (_, rest) = rest.split_once(": ")?;
    let (level, rest) = rest.trim_start().split_once(' ')?;
    level.bytes().all(|b| b.is_ascii_uppercase()).then_some((time, stamp, rest.trim()))
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = stamp::zone(settings)?;
    let log = Log {
        zone: zone.as_ref(),
        uses: USES.map(Pattern::of).to_vec(),
        others: OTHERS.map(Pattern::of).to_vec(),
    };
    line_records::read(source, sink, &|line, _, sink| {
        let row = log.row(line, source, &settings.service)?;
        sink.connections(vec![row]);
        Ok(())
    })
}

struct Log<'z> {
    zone: Option<&'z TimeZone>,
    uses: Vec<Pattern>,
    others: Vec<Pattern>,
}

impl Log<'_> {
    fn row(&self, line: &Line<'_>, source: &Source<'_>, service: &str) -> Result<Connection, Flaw> {
        let text = line_text(line)?;
        let (raw, stamp, message) = message(&text).ok_or_else(|| {
            (RejectReason::Syntax, "not a line of fail2ban: `time fail2ban.…: LEVEL`".to_owned())
        })?;
        let address = self.address(message)?;
        let (ip, _) = endpoint(address).ok_or_else(|| {
            (RejectReason::Address, "the client is not written as an address".to_owned())
        })?;
        let at = stamp
            .moment(None, self.zone)
            .ok_or_else(|| (RejectReason::Time, "the time does not exist".to_owned()))?;
        Ok(Connection {
            at: Maybe::Known(at),
            at_raw: Maybe::Known(raw.to_owned()),
            ip_raw: differing(address, ip),
            request: Maybe::Known(format!("fail2ban: {message}")),
            ..Connection::new(source.exhibit, &line.place(), 0, ip.to_string(), service)
        })
    }

    fn address<'l>(&self, message: &'l str) -> Result<&'l str, Flaw> {
        for pattern in &self.uses {
            match pattern.read(message) {
                Ok(found) => {
                    return found.get(Slot::Address).ok_or_else(|| aside("no address"));
                }
                Err(Mismatch::Other) => {}
                Err(mismatch) => return Err(mismatch.flaw("")),
            }
        }
        if self.others.iter().any(|pattern| pattern.read(message).is_ok()) {
            return Err(aside("what fail2ban does with an address that nobody used then"));
        }
        Err(aside("a message that names no client"))
    }
}

fn aside(detail: &str) -> Flaw {
    (RejectReason::SetAside, detail.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/logs/fail2ban.log");

    #[test]
    fn all_columns_of_the_sample() {
        let (imported, sink) = read_as("x", SAMPLE, &in_paris());
        assert_eq!(imported.name(), Some("fail2ban-log"));
        insta::assert_snapshot!("fail2ban", dump(&sink.connections));
        insta::assert_snapshot!("fail2ban_rejects", reasons(&sink).join("\n"));
    }

    #[test]
    fn without_a_zone_the_day_alone_is_known() {
        let (_, sink) = read(SAMPLE);
        assert_eq!(sink.connections[0].at.known().unwrap().to_string(), "2023-07-22");
    }

    #[test]
    fn hostile_lines_are_rows_or_rejects() {
        let line = "2023-07-22 03:39:18,011 fail2ban.actions [1]: NOTICE  [sshd] Ban 192.0.2.7\n";
        let log = line.repeat(2)
            + &line.replace("192.0.2.7", "\u{1b}[31m\u{202e}=1+1")
            + &line.replace("192.0.2.7", &"9".repeat(70_000))
            + &line.replace("07-22", "02-30")
            + &line.replace("[sshd]", "[ssh d] Ban 10.0.0.1 [x]")
            + "2023-07-22 03:39:18,011 fail2ban.act";
        let (_, sink) = read(log.as_bytes());
        assert_eq!(sink.connections.len(), 2, "{:?}", reasons(&sink));
        assert_eq!(sink.rejects.len(), 5);
    }

    proptest! {
        #[test]
        fn every_record_is_settled(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
