//! Our own collected form: `docs/names-format.md`.
//!
//! Producer: faisceau, versions `dns/1` and `rdap/1`. Sample: `names/collected.ndjson`, synthetic.
//!
//! In: an object a line, `faisceau` says which. Out: for `dns/1` a row for each answer, or for the
//! question; for `rdap/1` the row of its body, of what was asked, or of the address that got no
//! answer. What else a line of DNS says (AA flag, authority section, state of its signatures) stays in
//! the exhibit. Refused: versions that this program does not know; data of persons, as in
//! [`super::rdap`]. Rejects of `rdap/1` do not show the object.

use faisceau_model::{Absent, Maybe, RejectReason, Sink};
use serde_json::Value;

use super::record::Record;
use super::registration::Registration;
use super::reply::Reply;
use super::{objects, rdap, record};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::records::Record as Line;
use crate::json::{self, Flaw, Object, field, integer, ndjson, required};
use crate::records::settle;
use crate::settings::ImportSettings;
use crate::time::stamp::Stamp;

const OF_DNS: [&str; 10] = [
    "faisceau",
    "asked_at",
    "resolver",
    "question",
    "status",
    "ad",
    "aa",
    "answers",
    "authority",
    "dnssec",
];
const OF_RDAP: [&str; 5] = ["faisceau", "asked_at", "url", "status", "body"];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "faisceau-names",
    title: "DNS and registry answers that faisceau collected",
    group: Group::Names,
    gives: &["names"],
    versions: "dns/1, rdap/1",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/collected.ndjson",
    origin: Origin::Synthetic,
    rank: Rank::Signature,
    sniff: |head| {
        let text = head.text().trim_start();
        let first = text.strip_prefix("{\"faisceau\":\"").unwrap_or_default();
        first.starts_with("dns/") || first.starts_with("rdap/")
    },
    parse,
    owner: None,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    objects::read(source, sink, &|line, fields, sink| {
        match ndjson::text(line.raw).and_then(json::object) {
            Ok(object) => one(&object, line, source, fields, sink),
            // What cannot be read could be of a registry, and show a person.
            Err(flaw) => settle(source.exhibit, &line.place, b"", sink, |_| Err(flaw)),
        }
    })
}

fn one(
    object: &Object,
    line: &Line<'_>,
    source: &Source<'_>,
    fields: &mut Fields,
    sink: &mut dyn Sink,
) {
    match field(object, "faisceau").as_deref() {
        Some("dns/1") => {
            fields.object("", object, &OF_DNS, &line.place);
            match dns(object, line) {
                Ok(reply) => reply.settle(source.exhibit, sink),
                Err(flaw) => settle(source.exhibit, &line.place, line.raw, sink, |_| Err(flaw)),
            }
        }
        Some("rdap/1") => {
            fields.object("", object, &OF_RDAP, &line.place);
            settle(source.exhibit, &line.place, b"", sink, |sink| {
                sink.name(registry(object)?.row(source.exhibit, &line.place, 0));
                Ok(())
            });
        }
        _ => settle(source.exhibit, &line.place, b"", sink, |_| {
            Err((RejectReason::Syntax, "neither `dns/1` nor `rdap/1`".to_owned()))
        }),
    }
}

fn dns(object: &Object, line: &Line<'_>) -> Result<Reply, Flaw> {
    let missing = || (RejectReason::MissingField, "`question` is missing".to_owned());
    let question = object.get("question").and_then(Value::as_object).ok_or_else(missing)?;
    let mut reply = Reply::at(line.place.clone(), line.raw);
    let kind = record::type_of(&required(question, "type")?)?;
    reply.asks(record::owner(&required(question, "name")?)?, kind);
    reply.asked = Stamp::read(Some(&required(object, "asked_at")?), "asked_at", None)?;
    reply.status = Maybe::or_absent(field(object, "status"), Absent::NotExported);
    reply.resolver = Maybe::or_absent(field(object, "resolver"), Absent::NotExported);
    let checked = object.get("ad").and_then(Value::as_bool);
    reply.authenticated = Maybe::or_absent(checked, Absent::NotExported);
    let signatures = object.get("dnssec").and_then(Value::as_object);
    let state = signatures.and_then(|found| field(found, "state"));
    reply.dnssec = Maybe::or_absent(state, Absent::NotRecorded);
    let answers = object.get("answers").and_then(Value::as_array);
    for (index, answer) in answers.into_iter().flatten().enumerate() {
        reply.add_value("answers", index, answer, |answer| {
            let (name, kind) = (required(answer, "name")?, required(answer, "type")?);
            Record::new(&name, &kind, integer(answer, "ttl"), &required(answer, "data")?)
        });
    }
    Ok(reply)
}

fn registry(object: &Object) -> Result<Registration, Flaw> {
    let url = required(object, "url")?;
    let (asked_about, kind) = of_url(&url);
    let asked = Stamp::read(Some(&required(object, "asked_at")?), "asked_at", None)?;
    let status = field(object, "status");
    let body = object.get("body").and_then(Value::as_object);
    let found = match body.map(rdap::registration) {
        Some(Ok(found)) => found,
        Some(Err(flaw)) if status.as_deref() == Some("200") => return Err(flaw),
        _ => Registration { kind, ..Registration::default() },
    };
    let name = asked_about.map_or(found.name, str::to_owned);
    if name.is_empty() {
        let detail = "`url` does not say what was asked about".to_owned();
        return Err((RejectReason::MissingField, detail));
    }
    let server = url.split('/').nth(2).map(str::to_owned);
    Ok(Registration { name, server, status, asked: Some(asked), ..found })
}

/// What a URL of RDAP asks about (RFC 9082, section 3.1), and its kind.
fn of_url(url: &str) -> (Option<&str>, &'static str) {
    let path = |mark: &str| url.rsplit_once(mark).map(|(_, rest)| rest);
    let kinds = [("/ip/", "ip network"), ("/autnum/", "autnum"), ("/domain/", "domain")];
    let found = kinds.iter().find_map(|(mark, kind)| Some((path(mark)?, *kind)));
    found.map_or((None, "ip network"), |(rest, kind)| {
        (Some(rest.split('?').next().unwrap_or_default()).filter(|name| !name.is_empty()), kind)
    })
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;
    use crate::testing::{read, reasons};

    format_tests!("faisceau-names", "../../tests/fixtures/names/collected.ndjson");

    #[test]
    fn other_versions_and_hostile_lines_are_rejects() {
        let first = SAMPLE.split(|b| *b == b'\n').next().unwrap();
        let line = std::str::from_utf8(first).unwrap();
        let text = [
            line.replace("dns/1", "dns/2"),
            line.replace("dns/1", "rdap/1"),
            line.replace("\"question\"", "\"x\""),
            line.replace('T', "\\u001b"),
            "{\"faisceau\":\"dns/1\"".to_owned(),
        ];
        let (_, sink) = read(text.join("\n").as_bytes());
        assert_eq!((sink.names.len(), sink.rejects.len()), (0, 5), "{:?}", reasons(&sink));
    }

    fn line(question: (&str, &str), answers: &[(&str, &str, &str)]) -> String {
        let answers: Vec<String> = answers
            .iter()
            .map(|(name, kind, data)| {
                format!(r#"{{"name":"{name}","type":"{kind}","ttl":60,"data":"{data}"}}"#)
            })
            .collect();
        format!(
            r#"{{"faisceau":"dns/1","asked_at":"2026-03-01T12:00:00.000000Z","resolver":"192.0.2.53","question":{{"name":"{}","type":"{}"}},"status":"NOERROR","ad":false,"answers":[{}]}}"#,
            question.0,
            question.1,
            answers.join(",")
        )
    }

    #[test]
    fn an_answer_counts_for_what_was_asked_alone() {
        let pointer = line(
            ("9.9.9.9.in-addr.arpa.", "PTR"),
            &[
                ("9.9.9.9.in-addr.arpa.", "PTR", "a.example.net."),
                ("8.8.8.8.in-addr.arpa.", "PTR", "b.example.net."),
            ],
        );
        // Aliases lead on, in whatever order they stand; what they do not lead to is set aside.
        let aliases = line(
            ("A.example.net.", "A"),
            &[
                ("c.example.net.", "A", "192.0.2.7"),
                ("b.example.net.", "CNAME", "c.example.net."),
                ("a.example.net.", "CNAME", "b.example.net."),
                ("d.example.net.", "A", "192.0.2.8"),
            ],
        );
        // A question about a key that is answered by an address says nothing of the address.
        let key = line(("a.example.net.", "DS"), &[("a.example.net.", "A", "192.0.2.9")]);
        let (_, sink) = read([pointer, aliases, key].join("\n").as_bytes());
        let said = |row: &faisceau_model::rows::Name| {
            format!("{} {} {}", row.name, row.kind, row.value.known().map_or("-", String::as_str))
        };
        let rows: Vec<String> = sink.names.iter().map(said).collect();
        assert_eq!(
            rows,
            [
                "9.9.9.9.in-addr.arpa PTR a.example.net",
                "c.example.net A 192.0.2.7",
                "b.example.net CNAME c.example.net",
                "a.example.net CNAME b.example.net",
                "a.example.net DS -",
            ]
        );
        assert_eq!(sink.rejects.len(), 3, "{:?}", reasons(&sink));
    }
}
