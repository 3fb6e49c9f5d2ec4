//! A record of Traefik's access log.

use faisceau_model::Place;

use super::Values;
use crate::fields::Fields;
use crate::json::{self, Object};
use crate::logs::pattern::Slot;

/// Keys of a record, but for the headers.
const KNOWN: [&str; 42] = [
    "ClientAddr",
    "ClientHost",
    "ClientPort",
    "ClientUsername",
    "DownstreamContentSize",
    "DownstreamStatus",
    "DownstreamStatusLine",
    "Duration",
    "FrontendName",
    "BackendAddr",
    "BackendName",
    "BackendURL",
    "GzipRatio",
    "OriginContentSize",
    "OriginDuration",
    "OriginStatus",
    "OriginStatusLine",
    "Overhead",
    "RequestAddr",
    "RequestContentSize",
    "RequestCount",
    "RequestHost",
    "RequestLine",
    "RequestMethod",
    "RequestPath",
    "RequestPort",
    "RequestProtocol",
    "RequestScheme",
    "RetryAttempts",
    "RouterName",
    "ServiceAddr",
    "ServiceName",
    "ServiceURL",
    "SpanId",
    "StartLocal",
    "StartUTC",
    "TLSCipher",
    "TLSClientSubject",
    "TLSVersion",
    "TraceId",
    "entryPointName",
    "level",
];

/// Keys that every line of Traefik's logger has.
const FRAME: [&str; 2] = ["msg", "time"];

pub(super) fn is(object: &Object) -> bool {
    let has = |key: &str| object.contains_key(key);
    (has("ClientHost") || has("ClientAddr"))
        && (has("RequestPath") || has("RequestMethod") || has("DownstreamStatus"))
}

pub(super) fn values(object: &Object, place: &Place, fields: &mut Fields) -> Values {
    for key in object.keys() {
        let header = ["request_", "downstream_", "origin_"].iter().any(|of| key.starts_with(of));
        if !header && !KNOWN.contains(&key.as_str()) && !FRAME.contains(&key.as_str()) {
            fields.note("", key, 1, place);
        }
    }
    let time = ["StartUTC", "StartLocal", "time"].iter().find_map(|key| json::field(object, key));
    let mut values = Values { time, ..Values::default() };
    if object.contains_key("ClientHost") {
        values.keep(Slot::Address, object, "ClientHost");
        // The address of the connection, which differs behind a trusted proxy.
        let peer = json::field(object, "ClientAddr")
            .and_then(|peer| crate::text::address::endpoint(&peer).map(|(ip, _)| ip.to_string()));
        values.values.extend(peer.map(|peer| (Slot::Peer, peer)));
        values.keep(Slot::PeerPort, object, "ClientPort");
    } else {
        values.keep(Slot::Address, object, "ClientAddr");
    }
    values.keep(Slot::User, object, "ClientUsername");
    values.keep(Slot::Status, object, "DownstreamStatus");
    values.keep(Slot::Bytes, object, "DownstreamContentSize");
    values.keep(Slot::Method, object, "RequestMethod");
    values.keep(Slot::Uri, object, "RequestPath");
    values.keep(Slot::Protocol, object, "RequestProtocol");
    values.keep(Slot::Agent, object, "request_User-Agent");
    values.keep(Slot::Referer, object, "request_Referer");
    values.keep(Slot::Forwarded, object, "request_X-Forwarded-For");
    values.keep(Slot::NamedClient, object, "request_Cf-Connecting-Ip");
    values
}
