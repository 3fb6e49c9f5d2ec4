//! The JSON lines of dnsx, `-json`.
//!
//! Producer: dnsx 1.1 and 1.2. Names from real lines that its users publish and from its
//! documentation, checked 2026-11-28. Sample: `names/dnsx.ndjson`, synthetic.
//!
//! In: an object a line, for one host: lists `a`, `aaaa`, `ptr`, `cname`, `txt`, `mx`, `ns`. Out:
//! a row for each text of these lists, of the host itself; or one for the host without answer.
//!
//! Traps:
//! - The lists do not say which name of a chain of aliases holds an address: it is given to the
//!   host, which leads there.
//! - What was asked of a host without answer is not said: `PTR` of an address, `A` of a name.
//! - The time is that of the line, with the offset of the machine.

use std::net::IpAddr;

use faisceau_model::{Absent, Maybe, Sink};
use serde_json::Value;

use super::record::Record;
use super::reply::Reply;
use super::{objects, record};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::json::{Flaw, Object, field, integer, required};
use crate::settings::ImportSettings;
use crate::time::stamp::Stamp;

/// Lists of texts, each the type that it is named after.
const LISTS: [&str; 7] = ["a", "aaaa", "cname", "mx", "ns", "ptr", "txt"];

const KNOWN: [&str; 22] = [
    "host",
    "ttl",
    "resolver",
    "a",
    "aaaa",
    "cname",
    "mx",
    "ns",
    "ptr",
    "txt",
    "soa",
    "srv",
    "caa",
    "any",
    "axfr",
    "all",
    "raw_resp",
    "has_internal_ips",
    "internal_ips",
    "status_code",
    "status_code_raw",
    "timestamp",
];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "dnsx-json",
    title: "dnsx answers (JSON lines)",
    group: Group::Names,
    gives: &["names"],
    versions: "1.1, 1.2",
    checked: "2026-11-28",
    sample: "tests/fixtures/names/dnsx.ndjson",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| objects::has_keys(head, &["host", "status_code", "resolver", "timestamp"]),
    parse,
    owner: None,
};

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    objects::replies(source, sink, &KNOWN, &fill)
}

fn fill(object: &Object, reply: &mut Reply) -> Result<(), Flaw> {
    let host = record::owner(&required(object, "host")?)?;
    let kind = if host.parse::<IpAddr>().is_ok() { "PTR" } else { "A" };
    reply.asks(host.clone(), kind.to_owned());
    reply.status = Maybe::or_absent(field(object, "status_code"), Absent::NotExported);
    let resolver = object.get("resolver").and_then(|servers| servers.get(0)?.as_str());
    reply.resolver = Maybe::or_absent(resolver.map(str::to_owned), Absent::NotExported);
    reply.asked = Stamp::lenient(field(object, "timestamp").as_deref(), None);
    let ttl = integer(object, "ttl");
    let mut number = 0;
    for list in LISTS {
        let texts = object.get(list).and_then(Value::as_array).into_iter().flatten();
        for (index, text) in texts.enumerate() {
            // Newer versions write `mx` as objects, of which the name alone is no record.
            let Some(text) = text.as_str() else { continue };
            reply.add_text(list, (index, number), text, Record::new(&host, list, ttl, text));
            number += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::reply::format_tests;

    format_tests!("dnsx-json", "../../tests/fixtures/names/dnsx.ndjson");
}
