//! DNS answers in the JSON of Google and Cloudflare, « JSON API for DNS over HTTPS ».
//!
//! Producers: `dns.google/resolve`, `cloudflare-dns.com/dns-query?ct=application/dns-json`. Names
//! from both makers' documentation. Sample: `names/doh.json`, synthetic.
//!
//! In: objects with `Status` and `Question`, one a line, in a list, or one after the other. Out: a
//! row for each `Answer`, or for the question. Refused: nothing but what is no record.
//!
//! Traps:
//! - There is no time in it: who saved it knows when.
//! - Google writes `Comment` with the server that answered; it is no resolver and stays out.
//! - The strings of a TXT stand in quotes or not.

use faisceau_model::{Absent, Maybe, RejectReason, Sink};
use serde_json::Value;

use super::record::Record;
use super::reply::Reply;
use super::{kinds, objects, record};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{Flaw, Object, integer, required};
use crate::settings::ImportSettings;

const KNOWN: [&str; 13] = [
    "Status",
    "TC",
    "RD",
    "RA",
    "AD",
    "CD",
    "Question",
    "Answer",
    "Authority",
    "Additional",
    "Comment",
    "edns_client_subnet",
    "Extended_DNS_Errors",
];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "doh-json",
    title: "DNS over HTTPS answer in JSON (Google, Cloudflare)",
    group: Group::Names,
    gives: &["names"],
    versions: "dns.google/resolve, cloudflare-dns.com, 2026",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/doh.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| objects::has_keys(head, &["Status", "RD", "AD", "Question"]),
    parse,
    owner: None,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    objects::replies(source, sink, &KNOWN, &fill)
}

fn fill(object: &Object, reply: &mut Reply) -> Result<(), Flaw> {
    // Cloudflare once wrote one question as an object.
    let question = match object.get("Question") {
        Some(Value::Array(questions)) => questions.first(),
        question => question,
    };
    if let Some(question) = question.and_then(Value::as_object) {
        reply.asks(record::owner(&required(question, "name")?)?, kind(question)?);
    }
    let status = integer(object, "Status").and_then(|code| u64::try_from(code).ok());
    reply.status = Maybe::or_absent(status.map(kinds::code_name), Absent::NotExported);
    let checked = object.get("AD").and_then(Value::as_bool);
    reply.authenticated = Maybe::or_absent(checked, Absent::NotExported);
    let answers = object.get("Answer").and_then(Value::as_array);
    for (index, answer) in answers.into_iter().flatten().enumerate() {
        reply.add_value("Answer", index, answer, |answer| {
            let data = required(answer, "data")?;
            Record::new(&required(answer, "name")?, &kind(answer)?, integer(answer, "TTL"), &data)
        });
    }
    Ok(())
}

fn kind(object: &Object) -> Result<String, Flaw> {
    let number = integer(object, "type").and_then(|number| u64::try_from(number).ok());
    let missing = || (RejectReason::MissingField, "`type` is missing or no number".to_owned());
    number.map(kinds::type_name).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;

    format_tests!("doh-json", "../../tests/fixtures/names/doh.json");
}
