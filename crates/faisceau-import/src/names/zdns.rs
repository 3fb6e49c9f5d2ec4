//! The JSON lines of zdns.
//!
//! Producer: zdns 1 (`data` at the top) and 2 (`results`, by module). Names from its documentation
//! (`README.md`, checked 2026-11-28). Sample: `names/zdns.ndjson`, synthetic.
//!
//! In: an object a line, for one name. Out: a row for each of `answers` of each module, or for the
//! question. Refused: nothing but what is no record.
//!
//! Traps:
//! - A line can hold the answers of several modules; each is a reply of its own.
//! - Version 1 does not say what was asked of a name without answer: `PTR` of a reverse name, `A`
//!   of another.
//! - A module such as `MXLOOKUP` has no `answers`: it gives the row of its question alone.

use faisceau_model::{Absent, Maybe, RejectReason, Sink};
use serde_json::Value;

use super::record::Record;
use super::reply::Reply;
use super::{objects, record};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{self, Flaw, Object, field, integer, ndjson, required};
use crate::records::settle;
use crate::settings::ImportSettings;
use crate::time::stamp::Stamp;

const KNOWN: [&str; 9] = [
    "name",
    "altered_name",
    "class",
    "data",
    "results",
    "status",
    "timestamp",
    "duration",
    "error",
];

/// Answers of one module keep to numbers of their own on a line.
const PART: u32 = 10_000;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "zdns-json",
    title: "zdns answers (JSON lines)",
    group: Group::Names,
    gives: &["names"],
    versions: "1, 2",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/zdns.ndjson",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| {
        let old = ["name", "status", "timestamp", "data.answers", "data.protocol"];
        objects::has_keys(head, &old)
            || (objects::has_keys(head, &["name", "results"]) && is_of_modules(head))
    },
    parse,
    owner: None,
};

/// Whether an object of `results` has a status, a time and how long it took.
fn is_of_modules(head: &crate::head::Head<'_>) -> bool {
    head.key_paths().iter().any(|path| {
        path.strip_suffix(".duration").is_some_and(|module| {
            let path = |key: &str| format!("{module}.{key}");
            let inside = module.split_once("results.").is_some_and(|(_, name)| !name.contains('.'));
            inside && head.has_keys(&[&path("status"), &path("timestamp")])
        })
    })
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    objects::read(source, sink, &|line, fields, sink| {
        let read = ndjson::text(line.raw).and_then(json::object).and_then(|object| {
            fields.object("", &object, &KNOWN, &line.place);
            let name = record::owner(&required(&object, "name")?)?;
            modules(&object, &name, line)
        });
        match read {
            Ok(replies) => replies.into_iter().for_each(|reply| reply.settle(source.exhibit, sink)),
            Err(flaw) => settle(source.exhibit, &line.place, line.raw, sink, |_| Err(flaw)),
        }
    })
}

/// One reply for each module.
fn modules(
    object: &Object,
    name: &str,
    line: &json::records::Record<'_>,
) -> Result<Vec<Reply>, Flaw> {
    let Some(results) = object.get("results").and_then(Value::as_object) else {
        return Ok(vec![reply(object, None, name, line, 0)]);
    };
    let replies: Vec<_> = (0_u32..)
        .zip(results)
        .filter_map(|(number, (module, result))| {
            Some(reply(result.as_object()?, Some(module), name, line, number.saturating_mul(PART)))
        })
        .collect();
    if replies.is_empty() {
        return Err((RejectReason::MissingField, "`results` has no module".to_owned()));
    }
    Ok(replies)
}

fn reply(
    result: &Object,
    module: Option<&String>,
    name: &str,
    line: &json::records::Record<'_>,
    first: u32,
) -> Reply {
    let data = result.get("data").and_then(Value::as_object);
    let mut reply = Reply::at_part(line.place.clone(), first, line.raw);
    let answers: Vec<_> =
        data.and_then(|data| data.get("answers")?.as_array()).into_iter().flatten().collect();
    let told = answers.first().and_then(|answer| field(answer.as_object()?, "type"));
    let kind = module.cloned().or(told).and_then(|kind| record::type_of(&kind).ok());
    reply.asks(name.to_owned(), kind.unwrap_or_else(|| record::usual_type(name).to_owned()));
    reply.status = Maybe::or_absent(field(result, "status"), Absent::NotExported);
    reply.resolver =
        Maybe::or_absent(data.and_then(|data| field(data, "resolver")), Absent::NotExported);
    let flag = |data: &Object| data.get("flags")?.get("authenticated")?.as_bool();
    reply.authenticated = Maybe::or_absent(data.and_then(flag), Absent::NotExported);
    reply.asked = Stamp::lenient(field(result, "timestamp").as_deref(), None);
    for (index, answer) in answers.into_iter().enumerate() {
        let key = module.map_or("data/answers".to_owned(), |module| {
            format!("results/{}/data/answers", json::pointer_step(module))
        });
        reply.add_value(&key, index, answer, |answer| {
            let (name, kind) = (required(answer, "name")?, required(answer, "type")?);
            Record::new(&name, &kind, integer(answer, "ttl"), &required(answer, "answer")?)
        });
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;

    format_tests!("zdns-json", "../../tests/fixtures/names/zdns.ndjson");
}
