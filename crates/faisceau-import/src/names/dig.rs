//! The text that dig prints, and what resembles it: kdig, `host -v`, drill.
//!
//! Producers: dig of BIND 9.9 to 9.20, kdig of Knot DNS 3, `host -v`. Layout from their manuals and
//! from real output. Sample: `names/dig.txt`, real.
//!
//! In: lines. A reply starts at `->>HEADER<<-` and ends at the next one. Out: a row for each record
//! of the answer section, or for the question (no such name, no such record). Records between
//! replies, as `+noall +answer` leaves them, are rows without code, server and time. Set aside: a
//! query that no server answered.
//!
//! Traps:
//! - The time is local, with an abbreviation: see [`super::clock`]; dig 9.9 writes none.
//! - `ad` among the flags is what the resolver says it checked; nobody checked it here.
//! - Records of the sections AUTHORITY and ADDITIONAL were not asked for and give no rows; name
//!   servers in AUTHORITY beside no answer are a referral, which denies nothing.
//! - kdig writes its question after two semicolons, and `;` where dig writes `,`.

use faisceau_model::{Absent, Maybe, RejectReason, Sink};
use jiff::tz::TimeZone;

use super::clock;
use super::record::{Record, question_of_line};
use super::reply::Reply;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::records::settle;
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::lines::{self, Line};

/// What starts a reply.
const HEADER: &str = "->>HEADER<<-";
/// What `host -v` prints around a reply.
const OF_HOST: [&str; 6] =
    ["Trying \"", "Using domain server:", "Name: ", "Address: ", "Aliases:", "Received "];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "dig-text",
    title: "output of dig, kdig, host -v",
    group: Group::Names,
    gives: &["names"],
    versions: "dig 9.9 to 9.20, kdig 3.2",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/dig.txt",
    origin: Origin::Real,
    rank: Rank::Signature,
    sniff: |head| {
        let mut lines = head.text().lines();
        lines.any(|line| line.starts_with(";; ->>HEADER<<- opcode: "))
    },
    parse,
    owner: None,
};

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = clock::zone(settings)?;
    let mut reader = Reader { source, zone: zone.as_ref(), reply: None, section: Section::Other };
    let outcome = lines::each(source, sink, |line, sink| reader.line(&line, sink));
    reader.end(sink);
    outcome
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Question,
    Answer,
    Authority,
    Other,
}

struct Reader<'r> {
    source: &'r Source<'r>,
    zone: Option<&'r TimeZone>,
    reply: Option<Reply>,
    section: Section,
}

impl Reader<'_> {
    fn line(&mut self, line: &Line<'_>, sink: &mut dyn Sink) {
        let text = decode(line.bytes);
        let text = text.trim();
        if text.contains(HEADER) && text.starts_with(';') {
            self.end(sink);
            let mut reply = Reply::at(line.place(), line.bytes);
            reply.status = Maybe::or_absent(after(text, "status: "), Absent::NotExported);
            self.reply = Some(reply);
        } else if text.starts_with("; <<>>") {
            self.end(sink);
        } else if let Some(comment) = text.strip_prefix(';') {
            self.comment(comment, line, sink);
        } else {
            self.record(text, line, sink);
        }
    }

    fn end(&mut self, sink: &mut dyn Sink) {
        self.section = Section::Other;
        if let Some(reply) = self.reply.take() {
            reply.settle(self.source.exhibit, sink);
        }
    }

    fn comment(&mut self, comment: &str, line: &Line<'_>, sink: &mut dyn Sink) {
        let words = comment.trim_start_matches(';').trim();
        if let Some(section) = section(words) {
            self.section = section;
            return;
        }
        let failed = ["connection timed out", "no servers could be reached"];
        if failed.iter().any(|failure| words.contains(failure)) {
            self.end(sink);
            settle(self.source.exhibit, &line.place(), line.bytes, sink, |_| {
                Err((RejectReason::SetAside, "no server answered".to_owned()))
            });
            return;
        }
        let Some(reply) = &mut self.reply else { return };
        if self.section == Section::Question && reply.question.is_none() {
            let asked = question_of_line(words);
            reply.question = asked.map(|(name, kind)| (name, kind, line.place()));
        }
        note(reply, words, self.zone);
    }

    fn record(&mut self, text: &str, line: &Line<'_>, sink: &mut dyn Sink) {
        if self.section == Section::Answer
            && let Some(reply) = &mut self.reply
            && !text.starts_with("Received ")
        {
            reply.add((line.place(), 0), line.bytes, Record::of_line(text));
            return;
        }
        if let Some(server) = text.strip_prefix("Received ").and_then(|rest| after(rest, "from ")) {
            self.reply.iter_mut().for_each(|reply| reply.resolver = Maybe::Known(server.clone()));
        }
        let of_host = OF_HOST.iter().any(|words| text.starts_with(words));
        // Records of the other sections belong to the reply.
        let record = Record::of_line(text);
        if let (Some(reply), Ok(record)) = (&mut self.reply, &record) {
            reply.is_referral |= self.section == Section::Authority && record.kind == "NS";
            return;
        }
        if of_host {
            return;
        }
        let mut alone = Reply::at(line.place(), line.bytes);
        match record {
            Ok(record) => {
                alone.add((line.place(), 0), line.bytes, Ok(record));
                alone.settle(self.source.exhibit, sink);
            }
            Err(flaw) => {
                settle(self.source.exhibit, &line.place(), line.bytes, sink, |_| Err(flaw));
            }
        }
    }
}

fn section(words: &str) -> Option<Section> {
    let name = words.strip_suffix(':').unwrap_or(words);
    match name {
        "QUESTION SECTION" => Some(Section::Question),
        "ANSWER SECTION" => Some(Section::Answer),
        "AUTHORITY SECTION" => Some(Section::Authority),
        _ if name.ends_with(" SECTION") || name.ends_with(" PSEUDOSECTION") => Some(Section::Other),
        _ => None,
    }
}

/// Flags, server and time.
fn note(reply: &mut Reply, words: &str, zone: Option<&TimeZone>) {
    let lower = words.get(..6).map(str::to_ascii_lowercase).unwrap_or_default();
    if lower == "flags:" && matches!(reply.authenticated, Maybe::Missing(_)) {
        let flags = words[6..].split(';').next().unwrap_or_default();
        reply.authenticated = Maybe::Known(flags.split_ascii_whitespace().any(|flag| flag == "ad"));
    } else if let Some(server) = words.strip_prefix("SERVER: ").or(words.strip_prefix("From ")) {
        let server = server.split([' ', '(']).next().unwrap_or_default();
        reply.resolver = Maybe::text(server, Absent::NotExported);
    } else if let Some(time) = words.strip_prefix("WHEN: ").or(words.strip_prefix("Time ")) {
        reply.asked = clock::written(time, zone);
    }
}

/// The word after a mark.
fn after(text: &str, mark: &str) -> Option<String> {
    let (_, rest) = text.split_once(mark)?;
    let word = rest.split([' ', ',', ';']).next().filter(|word| !word.is_empty())?;
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use faisceau_model::{Absent, Maybe};

    use super::super::reply::format_tests;
    use crate::testing::{read, reasons};

    format_tests!("dig-text", "../../tests/fixtures/names/dig.txt");

    #[test]
    fn kdig_and_host_say_the_same() {
        let kdig = include_bytes!("../../tests/fixtures/names/kdig.txt");
        let host = include_bytes!("../../tests/fixtures/names/host_v.txt");
        let (kdig, host) = (read(kdig).1, read(host).1);
        assert_eq!((kdig.names.len(), host.names.len()), (3, 1), "{:?}", reasons(&kdig));
        let row = &kdig.names[0];
        assert_eq!(row.asked.known().unwrap().to_string(), "2026-11-28 15:57:26 UTC");
        assert_eq!(row.resolver.known().unwrap(), "127.0.0.1@5399");
        assert_eq!(host.names[0].value, row.value);
        assert_eq!(host.names[0].resolver.known().unwrap(), "127.0.0.1#5399");
        assert!(kdig.rejects.is_empty() && host.rejects.is_empty());
    }

    #[test]
    fn real_output_of_other_versions_is_read() {
        let text: &[&[u8]] = &[
            include_bytes!("../../tests/fixtures/names/jc_dig_x.txt"),
            include_bytes!("../../tests/fixtures/names/jc_dig_additional.txt"),
        ];
        let (_, sink) = read(&text.concat());
        assert!(sink.rejects.is_empty(), "{:?}", reasons(&sink));
        let values: Vec<_> = sink.names.iter().map(|row| row.value.known()).collect();
        assert_eq!(values, [Some(&"one.one.one.one".to_owned()), None]);
        assert_eq!(sink.names[1].value, Maybe::Missing(Absent::NotApplicable));
    }

    #[test]
    fn hostile_lines_are_rows_or_rejects() {
        let head = ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; ANSWER SECTION:\n";
        let text = head.to_owned()
            + "a.example. 5 IN A \u{1b}[31m\u{202e}=1+1\n"
            + &format!("{}. 5 IN A 192.0.2.7\n", "a".repeat(70_000))
            + "a.example. 99999999999 IN A 192.0.2.7\n"
            + ";; WHEN: Sat Feb 30 99:99:99 XX 2026\n"
            + ";; connection timed out; no servers could be reached\n";
        let (_, sink) = read(text.as_bytes());
        assert!(sink.names.is_empty());
        // The reply without question, its three answers, and the query that nobody answered.
        assert_eq!(sink.rejects.len(), 5, "{:?}", reasons(&sink));
    }

    #[test]
    fn a_reply_has_no_more_answers_than_a_message() {
        let head = ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; ANSWER SECTION:\n";
        let text = head.to_owned() + &"a.example. 5 IN A 192.0.2.7\n".repeat(7000);
        let (_, sink) = read(text.as_bytes());
        assert_eq!((sink.names.len(), sink.rejects.len()), (6000, 1000));
    }
}
