//! Lines of a zone file, an answer a line: `dig +noall +answer`, massdns `-o S`, zone files.
//!
//! Producers: dig, kdig, massdns, any name server. Layout from RFC 1035, section 5.1. Sample:
//! `names/answers.txt`, real.
//!
//! In: lines `name. [TTL] [class] type data`. Out: a row for each. Set aside: comments, `$TTL` and
//! `$ORIGIN`. Refused: names without final dot, which are relative to something that another line
//! says; records over several lines.
//!
//! Traps: nothing says when it was asked, nor of whom.

use faisceau_model::{RejectReason, Sink};

use super::record::Record;
use super::reply::Reply;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::records::settle;
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::line_records;
use crate::text::lines::Chunk;

/// Lines of the head that decide.
const SNIFF_LINES: usize = 20;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "record-lines",
    title: "DNS records in lines (dig +noall +answer, massdns -o S, zone files)",
    group: Group::Names,
    gives: &["names"],
    versions: "RFC 1035",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/answers.txt",
    origin: Origin::Real,
    rank: Rank::Lines,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether most lines that decide are records, the first of them too.
fn sniff(head: &[u8]) -> bool {
    let lines = Chunk::head(head).lines().map(|line| decode(line.bytes));
    let read: Vec<bool> = lines
        .filter(|line| !line.trim_start().starts_with([';', '$']))
        .take(SNIFF_LINES)
        .map(|line| record(&line).is_ok())
        .collect();
    let records = read.iter().filter(|is_record| **is_record).count();
    read.first() == Some(&true) && records * 2 > read.len()
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    line_records::read_each(source, sink, &|line, _, sink| {
        let mut reply = Reply::at(line.place(), line.bytes);
        match record(&decode(line.bytes)) {
            Ok(record) => {
                reply.add((line.place(), 0), line.bytes, Ok(record));
                reply.settle(source.exhibit, sink);
            }
            Err(flaw) => settle(source.exhibit, &line.place(), line.bytes, sink, |_| Err(flaw)),
        }
    })
}

fn record(line: &str) -> Result<Record, Flaw> {
    let aside = |detail: &str| Err((RejectReason::SetAside, detail.to_owned()));
    if line.trim_start().starts_with(';') {
        return aside("a comment");
    }
    if line.starts_with('$') {
        return aside("a directive of a zone file");
    }
    let name = line.split([' ', '\t']).next().unwrap_or_default();
    if !name.ends_with('.') {
        let detail = "the name does not end with a dot: it is relative, or this is no record";
        return Err((RejectReason::Syntax, detail.to_owned()));
    }
    Record::of_line(line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;
    use crate::testing::{read, reasons};

    format_tests!("record-lines", "../../tests/fixtures/names/answers.txt");

    #[test]
    fn massdns_and_zone_files_are_told_and_prose_is_not() {
        let massdns = b"www.example.net. CNAME web.example.net.\nweb.example.net. A 192.0.2.80\n";
        assert_eq!(read(massdns).1.names.len(), 2);
        let zone = b"$TTL 60\n; zone\nexample.net. IN NS ns.example.net.\nrelative A 192.0.2.1\n\
            a.example.net. AAAA 2001:db8::7\n";
        let (imported, sink) = read(zone);
        assert_eq!(imported.name(), Some("record-lines"));
        assert_eq!((sink.names.len(), sink.rejects.len()), (2, 3), "{:?}", reasons(&sink));
        assert_eq!(read(b"Bonjour. A bient\xf4t.\nA. A\n").0.name(), None);
    }

    #[test]
    fn hostile_lines_are_rejects() {
        let good = "a.example. A 192.0.2.7\n".repeat(3);
        let text =
            good + &format!("{}. A 192.0.2.7\n", "a".repeat(5000)) + "\u{1b}[2J. A \u{202e}\n";
        let (_, sink) = read(text.as_bytes());
        assert_eq!((sink.names.len(), sink.rejects.len()), (3, 2), "{:?}", reasons(&sink));
    }
}
