//! Access logs of Nginx Proxy Manager: one file for each host that it serves.
//!
//! Producer: Nginx Proxy Manager 2.x. Layouts are its two `log_format`, `proxy` and `standard`, as
//! its `log-proxy.conf` writes them; its default host writes nginx's `combined`.
//!
//! ```text
//! [time] cache upstream-status status - method scheme host "uri" [Client ip] [Length n] [Gzip r]
//!     [Sent-to server] "agent" "referer"
//! [time] status - method scheme host "uri" [Client ip] [Length n] [Gzip r] "agent" "referer"
//! ```
//!
//! In: lines. Out: one connection a line, in order. Refused: lines of the error log, which is
//! another format.
//!
//! Traps: see `custom`, whose reader this is. No port is logged.

use faisceau_model::Sink;

use super::custom::{self, Template};
use super::stamp;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::lines::Chunk;

/// The layouts, most frequent first.
const LAYOUTS: [&str; 3] = [
    "[$time_local] $upstream_cache_status $upstream_status $status - $request_method $scheme $host \
     \"$request_uri\" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] \
     [Sent-to $server] \"$http_user_agent\" \"$http_referer\"",
    "[$time_local] $status - $request_method $scheme $host \"$request_uri\" [Client $remote_addr] \
     [Length $body_bytes_sent] [Gzip $gzip_ratio] \"$http_user_agent\" \"$http_referer\"",
    "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \
     \"$http_referer\" \"$http_user_agent\"",
];

/// What only these logs have.
const MARK: &str = "\" [Client ";

/// Lines of the head that decide.
const SNIFF_LINES: usize = 50;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "nginx-proxy-manager-log",
    title: "Nginx Proxy Manager access log",
    group: Group::Logs,
    gives: &["connections"],
    versions: "2.x: log formats `proxy` and `standard`",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/crowdsec/nginx-proxy-manager-logs.log",
    origin: Origin::Real,
    rank: Rank::Lines,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

fn sniff(head: &[u8]) -> bool {
    let marked = |bytes: &[u8]| {
        memchr::memmem::find(bytes, MARK.as_bytes()).is_some() && bytes.starts_with(b"[")
    };
    let mut lines = Chunk::head(head).lines().take(SNIFF_LINES).filter(|line| marked(line.bytes));
    let Some(line) = lines.next() else { return false };
    let text = decode(line.bytes);
    templates().iter().any(|template| template.fits(&text))
}

fn templates() -> Vec<Template> {
    LAYOUTS.iter().filter_map(|layout| Template::compile(layout).ok()).collect()
}

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let zone = stamp::zone(settings)?;
    custom::read(source, &settings.service, &templates(), zone.as_ref(), sink)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{dump, mutated, read, reasons};

    const SAMPLE: &[u8] =
        include_bytes!("../../tests/fixtures/logs/crowdsec/nginx-proxy-manager-logs.log");

    #[test]
    fn all_columns_of_the_sample() {
        assert_eq!(templates().len(), LAYOUTS.len());
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("nginx-proxy-manager-log"));
        insta::assert_snapshot!("nginx_proxy_manager", dump(&sink.connections));
        assert!(sink.unknown_fields.is_empty());
        // Two lines of the error log.
        assert_eq!(reasons(&sink).len(), 2);
    }

    #[test]
    fn a_path_that_looks_like_the_rest_of_the_line_moves_nothing() {
        let line = "[24/Jan/2022:16:51:02 +0000] - 404 404 - GET http a.example \"/x\\x22 [Client 10.0.0.1] \
                    [Length 1] [Gzip -] [Sent-to a] \\x22\" [Client 192.0.2.9] [Length 192] [Gzip 3.10] \
                    [Sent-to openresty] \"a [Client 10.0.0.2]\" \"-\"";
        let (_, sink) = read(line.as_bytes());
        assert_eq!(sink.connections[0].ip, "192.0.2.9");
        assert!(sink.connections[0].request.known().unwrap().contains("10.0.0.1"));
    }

    #[test]
    fn hostile_lines_are_rows_or_rejects() {
        let line = "[24/Jan/2022:16:51:02 +0000] 404 - GET http a.example \"/x\" [Client 192.0.2.9] \
                    [Length 1] [Gzip -] \"agent\" \"-\"\n";
        let log = line.repeat(2)
            + &line.replace("agent", "\u{1b}[31m\u{202e}=1+1")
            + &line.replace("agent", &"x".repeat(70_000))
            + &line.replace("24/Jan", "31/Feb")
            + &line.replace("192.0.2.9", "host.example.org")
            + "[24/Jan/2022:16:51:02 +0000] 404 - GET http a.ex";
        let (_, sink) = read(log.as_bytes());
        assert_eq!(sink.connections.len(), 3, "{:?}", reasons(&sink));
        assert_eq!(sink.rejects.len(), 4);
    }

    proptest! {
        #[test]
        fn every_record_is_settled(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
