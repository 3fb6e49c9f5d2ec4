//! The sentences of `host`.
//!
//! Producer: host of BIND 9. Wording from real output. Sample: `names/host.txt`, real.
//!
//! In: lines. Out: a row for each sentence that says a record, or that there is none. Set aside:
//! the lines that name the server. `host -v` is read as `dig-text`.
//!
//! Traps: nothing says when it was asked; a name that is not found is not said to be of any type,
//! so that it stands as `PTR` for a reverse name and as `A` otherwise.

use faisceau_model::{Absent, Maybe, RejectReason, Sink};

use super::record::{self, Record};
use super::reply::Reply;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::records::{set_aside, settle};
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::lines::{self, Chunk, Line};

/// Sentences that say a record: what stands between name and data, and its type.
const SENTENCES: [(&str, &str); 7] = [
    (" domain name pointer ", "PTR"),
    (" has address ", "A"),
    (" has IPv6 address ", "AAAA"),
    (" is an alias for ", "CNAME"),
    (" mail is handled by ", "MX"),
    (" descriptive text ", "TXT"),
    (" name server ", "NS"),
];

/// Lines that name the server.
const OF_SERVER: [&str; 4] = ["Using domain server:", "Name: ", "Address: ", "Aliases:"];

/// Lines of the head that decide.
const SNIFF_LINES: usize = 20;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "host-text",
    title: "output of host",
    group: Group::Names,
    gives: &["names"],
    versions: "host 9.18",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/host.txt",
    origin: Origin::Real,
    rank: Rank::Lines,
    sniff: |head| {
        let mut lines =
            Chunk::head(head.bytes).lines().take(SNIFF_LINES).map(|line| decode(line.bytes));
        lines.find(|line| !is_of_server(line)).is_some_and(|line| {
            let words = line.trim_end();
            read(words).is_ok() || nothing(words).is_some()
        })
    },
    parse,
    owner: None,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let mut server = None;
    lines::each(source, sink, |line, sink| {
        let text = decode(line.bytes);
        if let Some(address) = text.strip_prefix("Address: ") {
            server = Some(address.trim().to_owned());
        }
        if is_of_server(&text) {
            set_aside(source.exhibit, &line.place(), line.bytes, "names the server", sink);
        } else {
            sentence(text.trim_end(), server.as_deref(), &line, source, sink);
        }
    })
}

fn is_of_server(line: &str) -> bool {
    OF_SERVER.iter().any(|words| line.starts_with(words))
}

fn sentence(
    text: &str,
    server: Option<&str>,
    line: &Line<'_>,
    source: &Source<'_>,
    sink: &mut dyn Sink,
) {
    let mut reply = Reply::at(line.place(), line.bytes);
    reply.resolver = Maybe::or_absent(server.map(str::to_owned), Absent::NotRecorded);
    if let Some((name, kind, status)) = nothing(text) {
        reply.status = Maybe::Known(status);
        reply.asks(name, kind);
        reply.settle(source.exhibit, sink);
        return;
    }
    match read(text) {
        Ok(record) => {
            reply.status = Maybe::Known("NOERROR".to_owned());
            reply.add((line.place(), 0), line.bytes, Ok(record));
            reply.settle(source.exhibit, sink);
        }
        Err(flaw) => settle(source.exhibit, &line.place(), line.bytes, sink, |_| Err(flaw)),
    }
}

fn read(text: &str) -> Result<Record, Flaw> {
    for (words, kind) in SENTENCES {
        if let Some((name, data)) = text.split_once(words) {
            return Record::new(name, kind, None, data);
        }
    }
    Err((RejectReason::Syntax, "not a sentence of `host`".to_owned()))
}

/// `Host NAME not found: 3(NXDOMAIN)`, `NAME has no PTR record`.
fn nothing(text: &str) -> Option<(String, String, String)> {
    if let Some((name, code)) =
        text.strip_prefix("Host ").and_then(|rest| rest.split_once(" not found: "))
    {
        let status = code.split_once('(')?.1.strip_suffix(')')?;
        let name = record::owner(name).ok()?;
        let kind = record::usual_type(&name).to_owned();
        return Some((name, kind, record::type_of(status).ok()?));
    }
    let (name, rest) = text.split_once(" has no ")?;
    let kind = record::type_of(rest.strip_suffix(" record")?).ok()?;
    Some((record::owner(name).ok()?, kind, "NOERROR".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;
    use crate::testing::{read, reasons};

    format_tests!("host-text", "../../tests/fixtures/names/host.txt");

    #[test]
    fn hostile_lines_are_rejects() {
        let text = "a.example has address 192.0.2.7\na.example has address \u{1b}[2J\n\
            Host \u{202e} x not found: 3(NXDOMAIN)\nb.example has no AAAA record\nprose\n";
        let (_, sink) = read(text.as_bytes());
        assert_eq!((sink.names.len(), sink.rejects.len()), (2, 3), "{:?}", reasons(&sink));
    }
}
