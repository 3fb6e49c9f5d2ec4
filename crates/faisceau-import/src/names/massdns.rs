//! The JSON lines of massdns, `-o J`.
//!
//! Producer: massdns 1.0 and 1.1. Names from the source of its output (`src/main.c`, checked
//! 2026-11-28). Sample: `names/massdns.ndjson`, synthetic.
//!
//! In: an object a line. Out: a row for each of `data.answers`, or for the question. A name that
//! massdns gave up on has `error` and is a row without value whose status says so.
//!
//! Traps: `rx_ts` counts nanoseconds; its plain text output, `-o S`, is read as `record-lines`.

use faisceau_model::{Absent, Maybe, Sink};
use serde_json::Value;

use super::record::Record;
use super::reply::Reply;
use super::{clock, objects, record};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{Flaw, Object, field, integer, required};
use crate::settings::ImportSettings;
use crate::time::stamp::Stamp;

const KNOWN: [&str; 10] =
    ["name", "type", "class", "status", "rx_ts", "data", "flags", "resolver", "proto", "error"];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "massdns-json",
    title: "massdns answers (JSON lines)",
    group: Group::Names,
    gives: &["names"],
    versions: "1.0, 1.1",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/massdns.ndjson",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| {
        objects::has_keys(head, &["name", "type", "class", "status", "rx_ts", "resolver"])
    },
    parse,
    owner: None,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    objects::replies(source, sink, &KNOWN, &fill)
}

fn fill(object: &Object, reply: &mut Reply) -> Result<(), Flaw> {
    let kind = record::type_of(&required(object, "type")?)?;
    reply.asks(record::owner(&required(object, "name")?)?, kind);
    let status = field(object, "status").or_else(|| field(object, "error"));
    reply.status = Maybe::or_absent(status, Absent::NotExported);
    reply.resolver = Maybe::or_absent(field(object, "resolver"), Absent::NotExported);
    let flags = object.get("flags").and_then(Value::as_array);
    let checked = flags.map(|flags| flags.iter().any(|flag| flag == "ad"));
    reply.authenticated = Maybe::or_absent(checked, Absent::NotExported);
    if let Some(count) = field(object, "rx_ts") {
        reply.asked = Stamp {
            at: Maybe::or_absent(clock::counted(&count), Absent::Unreadable),
            raw: Maybe::Known(count),
        };
    }
    let answers = object.get("data").and_then(|data| data.get("answers")?.as_array());
    for (index, answer) in answers.into_iter().flatten().enumerate() {
        reply.add_value("data/answers", index, answer, |answer| {
            let (name, kind) = (required(answer, "name")?, required(answer, "type")?);
            Record::new(&name, &kind, integer(answer, "ttl"), &required(answer, "data")?)
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;

    format_tests!("massdns-json", "../../tests/fixtures/names/massdns.ndjson");
}
