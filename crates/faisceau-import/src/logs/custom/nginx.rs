//! The variables of nginx.
//!
//! In: the text of `log_format`. Out: its parts. Names from the documentation of the modules
//! `core`, `log`, `realip`, `proxy`, `upstream`, `ssl` and `gzip` of nginx 1.27.

use super::template::Part;
use crate::logs::pattern::{Shape, Slot};

/// Variables that are documented and not used here.
const IGNORED: [&str; 62] = [
    "args_names",
    "binary_remote_addr",
    "connection",
    "connection_requests",
    "connection_time",
    "connections_active",
    "content_length",
    "content_type",
    "document_root",
    "document_uri",
    "gzip_ratio",
    "host",
    "hostname",
    "http2",
    "http3",
    "https",
    "is_args",
    "is_request_port",
    "limit_rate",
    "nginx_version",
    "pid",
    "pipe",
    "proxy_host",
    "proxy_port",
    "proxy_protocol_server_addr",
    "proxy_protocol_server_port",
    "realpath_root",
    "request_body",
    "request_body_file",
    "request_completion",
    "request_filename",
    "request_id",
    "request_length",
    "request_port",
    "request_time",
    "scheme",
    "server",
    "server_addr",
    "server_name",
    "server_port",
    "server_protocol",
    "session_id",
    "ssl_cipher",
    "ssl_client_s_dn",
    "ssl_client_serial",
    "ssl_client_verify",
    "ssl_curve",
    "ssl_protocol",
    "ssl_server_name",
    "ssl_session_id",
    "ssl_session_reused",
    "tcpinfo_rtt",
    "upstream_addr",
    "upstream_bytes_received",
    "upstream_bytes_sent",
    "upstream_cache_status",
    "upstream_connect_time",
    "upstream_header_time",
    "upstream_response_length",
    "upstream_response_time",
    "upstream_status",
    "uri_path",
];

/// Those of them that never hold a space.
const WORDS: [&str; 12] = [
    "connection",
    "connection_requests",
    "gzip_ratio",
    "host",
    "pid",
    "pipe",
    "request_id",
    "request_length",
    "request_time",
    "scheme",
    "server_name",
    "server_protocol",
];

/// What a variable is and what it can be made of, for those that are used.
pub(crate) fn slot(name: &str) -> Option<(Slot, Shape)> {
    Some(match name {
        "remote_addr" => (Slot::Address, Shape::Host),
        "remote_port" => (Slot::Port, Shape::Digits),
        "realip_remote_addr" => (Slot::Peer, Shape::Host),
        "realip_remote_port" => (Slot::PeerPort, Shape::Digits),
        "proxy_protocol_addr" => (Slot::Proxy, Shape::Host),
        "proxy_protocol_port" => (Slot::ProxyPort, Shape::Digits),
        "http_x_forwarded_for" | "proxy_add_x_forwarded_for" | "http_forwarded" => {
            (Slot::Forwarded, Shape::Quoted)
        }
        "http_cf_connecting_ip"
        | "http_true_client_ip"
        | "http_x_real_ip"
        | "http_fastly_client_ip" => (Slot::NamedClient, Shape::Quoted),
        "remote_user" => (Slot::User, Shape::Quoted),
        "time_local" => (Slot::LocalTime, Shape::LocalTime),
        "time_iso8601" => (Slot::IsoTime, Shape::Word),
        "msec" => (Slot::UnixTime, Shape::Number),
        "request" => (Slot::Request, Shape::Quoted),
        "request_method" => (Slot::Method, Shape::Word),
        "request_uri" | "uri" => (Slot::Uri, Shape::Quoted),
        "args" | "query_string" => (Slot::Query, Shape::Quoted),
        "status" => (Slot::Status, Shape::Digits),
        "body_bytes_sent" | "bytes_sent" => (Slot::Bytes, Shape::Digits),
        "http_referer" => (Slot::Referer, Shape::Quoted),
        "http_user_agent" => (Slot::Agent, Shape::Quoted),
        _ => return None,
    })
}

/// Whether the documentation names a variable that is not used here.
pub(crate) fn is_ignored(name: &str) -> bool {
    IGNORED.contains(&name)
        || ["http_", "sent_http_", "cookie_", "arg_", "upstream_http_", "upstream_cookie_"]
            .iter()
            .any(|start| name.starts_with(start))
}

/// The parts of a format.
pub(super) fn parts(format: &str) -> Result<Vec<Part>, String> {
    let (mut parts, mut rest) = (Vec::new(), format);
    while let Some((text, after)) = rest.split_once('$') {
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        let (name, after) = if let Some(inside) = after.strip_prefix('{') {
            inside.split_once('}').ok_or_else(|| "has a `${` that is not closed".to_owned())?
        } else {
            let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
            after.split_at(after.bytes().position(|b| !word(b)).unwrap_or(after.len()))
        };
        if name.is_empty() {
            return Err("has a `$` without the name of a variable".to_owned());
        }
        parts.push(part(name));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

fn part(name: &str) -> Part {
    let written = format!("${name}");
    match slot(name) {
        Some((slot, shape)) => Part::Value(written, Some(slot), shape),
        None if WORDS.contains(&name) => Part::Value(written, None, Shape::Word),
        None if is_ignored(name) => Part::Value(written, None, Shape::Quoted),
        None => Part::Unknown(written),
    }
}
