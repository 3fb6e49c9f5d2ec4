//! A record of Caddy's access log.

use faisceau_model::Place;
use serde_json::Value;

use super::Values;
use crate::fields::Fields;
use crate::json::{self, Object};
use crate::logs::pattern::Slot;

/// Keys of a record.
const KNOWN: [&str; 15] = [
    "level",
    "ts",
    "logger",
    "msg",
    "request",
    "bytes_read",
    "user_id",
    "duration",
    "size",
    "status",
    "resp_headers",
    "common_log",
    "error",
    "err_id",
    "err_trace",
];

/// Keys of the request in it.
const KNOWN_REQUEST: [&str; 10] = [
    "remote_ip",
    "remote_port",
    "remote_addr",
    "client_ip",
    "proto",
    "method",
    "host",
    "uri",
    "headers",
    "tls",
];

pub(super) fn is(object: &Object) -> bool {
    object.contains_key("ts")
        && request(object).is_some_and(|request| {
            ["remote_ip", "remote_addr"].iter().any(|key| request.contains_key(*key))
                && request.contains_key("method")
        })
}

fn request(object: &Object) -> Option<&Object> {
    object.get("request")?.as_object()
}

pub(super) fn values(object: &Object, place: &Place, fields: &mut Fields) -> Values {
    let mut values = Values { time: json::field(object, "ts"), ..Values::default() };
    fields.object("", object, &KNOWN, place);
    values.keep(Slot::User, object, "user_id");
    values.keep(Slot::Status, object, "status");
    values.keep(Slot::Bytes, object, "size");
    let Some(request) = request(object) else { return values };
    fields.object("request.", request, &KNOWN_REQUEST, place);
    // Before 2.5 one key held `address:port`.
    let peer = if request.contains_key("remote_ip") { "remote_ip" } else { "remote_addr" };
    if request.contains_key("client_ip") {
        values.keep(Slot::Address, request, "client_ip");
        values.keep(Slot::Peer, request, peer);
        values.keep(Slot::PeerPort, request, "remote_port");
    } else {
        values.keep(Slot::Address, request, peer);
        values.keep(Slot::Port, request, "remote_port");
    }
    values.keep(Slot::Method, request, "method");
    values.keep(Slot::Uri, request, "uri");
    values.keep(Slot::Protocol, request, "proto");
    for (slot, name) in [
        (Slot::Agent, "User-Agent"),
        (Slot::Referer, "Referer"),
        (Slot::Forwarded, "X-Forwarded-For"),
        (Slot::NamedClient, "Cf-Connecting-Ip"),
    ] {
        if let Some(text) = header(request, name) {
            values.values.push((slot, text));
        }
    }
    values
}

/// A header; several of one name are joined, as HTTP has it.
fn header(request: &Object, name: &str) -> Option<String> {
    let headers = request.get("headers")?.as_object()?;
    let (_, value) = headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(texts) => {
            let texts: Vec<&str> = texts.iter().filter_map(Value::as_str).collect();
            Some(texts.join(", "))
        }
        _ => None,
    }
}
