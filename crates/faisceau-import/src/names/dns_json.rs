//! DNS messages in JSON (RFC 8427).
//!
//! Producer: `kdig +json` of Knot DNS 3; any other that follows the RFC. Names from the RFC,
//! sections 2.1 to 2.5, and from real output of kdig 3.2.6. Sample: `names/kdig.json`.
//!
//! In: objects with `QNAME` and `RCODE`, one after the other or one a line; an object with
//! `responseMessage` holds one. Out: a row for each of `answerRRs`, or for the question. Refused:
//! RDATA in hexadecimal alone.
//!
//! Traps: `dateString` of kdig writes the offset without colon; `dateSeconds` is read first.

use faisceau_model::{Absent, Maybe, RejectReason, Sink};
use serde_json::Value;

use super::reply::Reply;
use super::{clock, kinds, objects, record};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{Flaw, Object, field, integer, required};
use crate::settings::ImportSettings;
use crate::time::stamp::Stamp;

const KNOWN: [&str; 26] = [
    "dateString",
    "dateSeconds",
    "msgLength",
    "ID",
    "QR",
    "Opcode",
    "AA",
    "TC",
    "RD",
    "RA",
    "AD",
    "CD",
    "RCODE",
    "QDCOUNT",
    "ANCOUNT",
    "NSCOUNT",
    "ARCOUNT",
    "QNAME",
    "QTYPE",
    "QTYPEname",
    "QCLASS",
    "QCLASSname",
    "answerRRs",
    "authorityRRs",
    "additionalRRs",
    "responseMessage",
];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "dns-json",
    title: "DNS messages in JSON (RFC 8427, kdig +json)",
    group: Group::Names,
    gives: &["names"],
    versions: "RFC 8427, kdig 3.2",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/kdig.json",
    origin: Origin::Real,
    rank: Rank::Structure,
    sniff: |head| {
        objects::has_keys(head, &["QNAME", "RCODE"])
            || objects::has_keys(head, &["responseMessage.QNAME", "responseMessage.RCODE"])
    },
    parse,
    owner: None,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    objects::replies(source, sink, &KNOWN, &|object, reply| {
        let inner = object.get("responseMessage").and_then(Value::as_object);
        fill(inner.unwrap_or(object), reply)
    })
}

fn fill(object: &Object, reply: &mut Reply) -> Result<(), Flaw> {
    reply.asks(record::owner(&required(object, "QNAME")?)?, kind(object, "QTYPEname", "QTYPE")?);
    reply.status =
        Maybe::or_absent(number(object, "RCODE").map(kinds::code_name), Absent::NotExported);
    reply.authenticated =
        Maybe::or_absent(integer(object, "AD").map(|bit| bit == 1), Absent::NotExported);
    reply.asked = asked(object);
    let answers = object.get("answerRRs").and_then(Value::as_array);
    for (index, answer) in answers.into_iter().flatten().enumerate() {
        reply.add_value("answerRRs", index, answer, of_answer);
    }
    Ok(())
}

fn of_answer(answer: &Object) -> Result<record::Record, Flaw> {
    let kind = kind(answer, "TYPEname", "TYPE")?;
    let data = field(answer, &format!("rdata{kind}"));
    let data = data.ok_or_else(|| {
        (RejectReason::MissingField, format!("`rdata{kind}` is missing or no text"))
    })?;
    record::Record::new(&required(answer, "NAME")?, &kind, integer(answer, "TTL"), &data)
}

fn kind(object: &Object, name: &str, code: &str) -> Result<String, Flaw> {
    match (field(object, name), number(object, code)) {
        (Some(name), _) => record::type_of(&name),
        (None, Some(code)) => Ok(kinds::type_name(code)),
        (None, None) => Err((RejectReason::MissingField, format!("`{name}` is missing"))),
    }
}

fn number(object: &Object, key: &str) -> Option<u64> {
    u64::try_from(integer(object, key)?).ok()
}

fn asked(object: &Object) -> Stamp {
    let (seconds, text) = (field(object, "dateSeconds"), field(object, "dateString"));
    match seconds.as_deref().and_then(clock::counted) {
        Some(at) => Stamp {
            at: Maybe::Known(at),
            raw: Maybe::or_absent(text.or(seconds), Absent::NotExported),
        },
        None => {
            text.map_or(Stamp::missing(Absent::NotExported), |text| clock::written(&text, None))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;

    format_tests!("dns-json", "../../tests/fixtures/names/kdig.json");
}
