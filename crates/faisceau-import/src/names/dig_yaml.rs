//! The YAML that dig prints with `+yaml`.
//!
//! Producer: dig of BIND 9.16 to 9.20. Layout from real output. Sample: `names/dig.yaml`, real.
//!
//! In: lines. A reply starts at `- type: MESSAGE`. Out: a row for each item of `ANSWER_SECTION`, or
//! for the question. Refused: YAML that dig does not write: no anchors, no blocks.
//!
//! Traps: dig 9.16 writes items bare, later ones in quotes with `''` for a quote.

use faisceau_model::{Absent, Maybe, Sink};

use super::clock;
use super::record::{Record, question_of_line};
use super::reply::Reply;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::records::set_aside;
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::lines::{self, Line};

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "dig-yaml",
    title: "output of dig +yaml",
    group: Group::Names,
    gives: &["names"],
    versions: "dig 9.16 to 9.20",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/dig.yaml",
    origin: Origin::Real,
    rank: Rank::Signature,
    sniff: |head| {
        let mut lines = head.text().lines().map(str::trim_end).skip_while(|line| line.is_empty());
        let first = lines.next().map(|line| line.trim_start_matches("- ").trim());
        first == Some("type: MESSAGE")
            && lines.take(30).any(|line| line.trim() == "response_message_data:")
    },
    parse,
    owner: None,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let mut reader = Reader { source, reply: None, list: String::new() };
    let outcome = lines::each(source, sink, |line, sink| reader.line(&line, sink));
    reader.end(sink);
    outcome
}

struct Reader<'r> {
    source: &'r Source<'r>,
    reply: Option<Reply>,
    list: String,
}

impl Reader<'_> {
    fn line(&mut self, line: &Line<'_>, sink: &mut dyn Sink) {
        let text = decode(line.bytes);
        let text = text.trim();
        if text.trim_start_matches("- ") == "type: MESSAGE" {
            self.end(sink);
            self.reply = Some(Reply::at(line.place(), line.bytes));
            return;
        }
        let Some(reply) = &mut self.reply else {
            let exhibit = self.source.exhibit;
            set_aside(exhibit, &line.place(), line.bytes, "a line before the first message", sink);
            return;
        };
        match (text.strip_prefix("- "), text.split_once(':')) {
            (Some(item), _) => add(reply, &self.list, &unquoted(item), line),
            (None, Some((key, ""))) => key.clone_into(&mut self.list),
            (None, Some((key, value))) => note(reply, key, value.trim()),
            (None, None) => {}
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.list.clear();
        if let Some(reply) = self.reply.take() {
            reply.settle(self.source.exhibit, sink);
        }
    }
}

fn add(reply: &mut Reply, list: &str, item: &str, line: &Line<'_>) {
    match list {
        "QUESTION_SECTION" => {
            let asked = question_of_line(item);
            reply.question = asked.map(|(name, kind)| (name, kind, line.place()));
        }
        "ANSWER_SECTION" => reply.add((line.place(), 0), line.bytes, Record::of_line(item)),
        "AUTHORITY_SECTION" => {
            reply.is_referral |= Record::of_line(item).is_ok_and(|record| record.kind == "NS");
        }
        _ => {}
    }
}

fn note(reply: &mut Reply, key: &str, value: &str) {
    match key {
        "status" => reply.status = Maybe::text(value, Absent::NotExported),
        // The extension EDNS has flags of its own, mostly none.
        "flags" if matches!(reply.authenticated, Maybe::Missing(_)) => {
            let checked = value.split_ascii_whitespace().any(|flag| flag == "ad");
            reply.authenticated = Maybe::Known(checked);
        }
        "response_time" => {
            reply.asked = clock::written(value.trim_start_matches("!!timestamp "), None);
        }
        "response_address" => {
            reply.resolver = Maybe::text(value.trim_matches('"'), Absent::NotExported);
        }
        _ => {}
    }
}

fn unquoted(item: &str) -> String {
    let inside = item.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    inside.map_or_else(|| item.to_owned(), |inside| inside.replace("''", "'"))
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;
    use crate::testing::{read, reasons};

    format_tests!("dig-yaml", "../../tests/fixtures/names/dig.yaml");

    #[test]
    fn hostile_items_are_rejects() {
        let sample = std::str::from_utf8(SAMPLE).unwrap();
        let text = sample.replace("A 192.0.2.80", "A \u{1b}[2J") + &"- x\n".repeat(3);
        let (_, sink) = read(text.as_bytes());
        assert_eq!(sink.rejects.len(), 4, "{:?}", reasons(&sink));
    }
}
