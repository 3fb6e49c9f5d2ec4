//! Real lines and what another parser makes of them: the parser tests of `CrowdSec`'s hub.
//!
//! Each `.assert` file holds the values that its parser is expected to find in each line. Every
//! value that has a place in our tables is compared with ours; [`no_place`] lists those that have
//! none. A line that it does not read must give no row.

use std::collections::BTreeMap;

use faisceau_model::rows::Connection;
use faisceau_model::{Collected, Place, excerpt};

use crate::ImportSettings;
use crate::testing::read_as;

/// What is expected of one line: whether it is read, and its values.
#[derive(Debug, Default)]
struct Expected {
    read: bool,
    values: Vec<(String, String)>,
}

/// The expectations of a file, by line from 0.
fn expectations(text: &str) -> BTreeMap<usize, Expected> {
    let mut lines: BTreeMap<usize, Expected> = BTreeMap::new();
    for assertion in text.lines() {
        // `results["stage"]["parser"][3].Evt.Parsed["key"] == "value"`
        let Some((left, value)) =
            assertion.split_once(" == ").or_else(|| assertion.split_once(", "))
        else {
            continue;
        };
        let Some((index, field)) = left.split_once("results[").and_then(|(_, rest)| {
            rest.split_once("\"][")?.1.split_once("\"][")?.1.split_once("].")
        }) else {
            continue;
        };
        let line = lines.entry(index.parse().unwrap()).or_default();
        let value = value.trim_end_matches(')');
        let value = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned());
        match field {
            "Success" => line.read |= value == "true",
            field => line.values.push((field.replace("Evt.", ""), value)),
        }
    }
    lines
}

/// Values of the oracle that have no place in our tables: what the server is called, parts of the
/// line that are not split further, what its rules conclude.
fn no_place(key: &str) -> bool {
    const NONE: [&str; 55] = [
        "Meta[\"action\"]",
        "Meta[\"log_type\"]",
        "Meta[\"log_type_enh\"]",
        "Meta[\"machine\"]",
        "Meta[\"reason\"]",
        "Meta[\"source_hostname\"]",
        "Meta[\"sub_type\"]",
        "Meta[\"target_fqdn\"]",
        "Parsed[\"action\"]",
        "Parsed[\"cid\"]",
        "Parsed[\"command\"]",
        "Parsed[\"errorcode\"]",
        "Parsed[\"euid\"]",
        "Parsed[\"gzip_ratio\"]",
        "Parsed[\"helo\"]",
        "Parsed[\"ident\"]",
        "Parsed[\"kvItems\"]",
        "Parsed[\"loglevel\"]",
        "Parsed[\"logsource\"]",
        "Parsed[\"message_failure\"]",
        "Parsed[\"module\"]",
        "Parsed[\"pam_type\"]",
        "Parsed[\"pid\"]",
        // The port of the virtual host.
        "Parsed[\"port\"]",
        "Parsed[\"program\"]",
        "Parsed[\"proxy_errorcode\"]",
        "Parsed[\"proxy_errormessage\"]",
        "Parsed[\"reason\"]",
        "Parsed[\"remote_host\"]",
        "Parsed[\"scheme\"]",
        "Parsed[\"seq_id\"]",
        "Parsed[\"smtp_basic_status_code\"]",
        "Parsed[\"smtp_enhanced_status_code\"]",
        "Parsed[\"smtp_return_codes\"]",
        "Parsed[\"sshd_protocol\"]",
        "Parsed[\"syslog_priority\"]",
        "Parsed[\"syslog_version\"]",
        "Parsed[\"target_fqdn\"]",
        "Parsed[\"target_server\"]",
        "Parsed[\"tid\"]",
        "Parsed[\"uid\"]",
        "Parsed[\"upstream_cache_status\"]",
        "Parsed[\"upstream_status\"]",
        "Unmarshaled[\"caddy\"][\"bytes_read\"]",
        "Unmarshaled[\"caddy\"][\"duration\"]",
        "Unmarshaled[\"caddy\"][\"level\"]",
        "Unmarshaled[\"caddy\"][\"logger\"]",
        "Unmarshaled[\"caddy\"][\"msg\"]",
        "Unmarshaled[\"caddy\"][\"request\"][\"host\"]",
        "Unmarshaled[\"postfix\"][\"from\"]",
        "Unmarshaled[\"postfix\"][\"helo\"]",
        "Unmarshaled[\"postfix\"][\"proto\"]",
        "Unmarshaled[\"postfix\"][\"to\"]",
        // Times whose year is cut off, because the oracle's clock gave it.
        "Enriched[\"MarshaledTime\"][4:]",
        "Parsed[\"timestamp8601\"][4:]",
    ];
    NONE.contains(&key)
}

/// What a missing value says: the oracle writes the dash or nothing.
fn or_dash(value: Option<&String>) -> String {
    value.cloned().unwrap_or_else(|| "-".to_owned())
}

/// Whether a row says what the oracle says.
fn agrees(row: &Connection, key: &str, value: &str) -> bool {
    let request = or_dash(row.request.known());
    let number = |of: Option<&i64>| of.map_or("-".to_owned(), ToString::to_string);
    let forwarded = or_dash(row.forwarded.known());
    let time =
        row.at.known().map(|at| faisceau_model::Moment::display_in(*at, &jiff::tz::TimeZone::UTC));
    // The path without its query, and the reverse.
    let asked =
        |part: &str| request.split([' ', '?']).any(|word| word == part) || request.contains(part);
    match key {
        "Meta[\"source_ip\"]"
        | "Parsed[\"source_ip\"]"
        | "Parsed[\"clientip\"]"
        | "Parsed[\"client\"]"
        | "Parsed[\"remote_addr\"]"
        | "Parsed[\"remote_ip\"]"
        | "Parsed[\"sshd_client_ip\"]"
        | "Unmarshaled[\"caddy\"][\"request\"][\"client_ip\"]" => row.ip == value,
        "Unmarshaled[\"caddy\"][\"request\"][\"remote_ip\"]" => {
            row.ip == value || forwarded.contains(value)
        }
        "Unmarshaled[\"caddy\"][\"request\"][\"remote_port\"]" => {
            number(row.port.known()) == value || forwarded.ends_with(&format!(":{value}"))
        }
        "Parsed[\"clientport\"]" | "Parsed[\"sshd_port\"]" => number(row.port.known()) == value,
        "Parsed[\"timestamp\"]"
        | "Parsed[\"timestamp8601\"]"
        | "Parsed[\"time_local\"]"
        | "Parsed[\"time\"]" => or_dash(row.at_raw.known()) == value,
        "Unmarshaled[\"caddy\"][\"ts\"]" => {
            let (ours, theirs): (f64, f64) =
                (or_dash(row.at_raw.known()).parse().unwrap(), value.parse().unwrap());
            (ours - theirs).abs() < 1e-5
        }
        "Enriched[\"MarshaledTime\"]" => {
            let theirs: jiff::Timestamp = value.parse().unwrap();
            time.is_some() && row.at.known().unwrap().at_s() == theirs.as_second()
        }
        "Parsed[\"auth\"]" | "Parsed[\"remote_user\"]" | "Unmarshaled[\"caddy\"][\"user_id\"]" => {
            let ours = row
                .account
                .known()
                .map(|account| account.native().trim_start_matches('@').to_owned());
            ours.unwrap_or_default() == value.trim_matches('-')
        }
        "Meta[\"target_user\"]"
        | "Meta[\"username\"]"
        | "Parsed[\"target_user\"]"
        | "Parsed[\"username\"]"
        | "Parsed[\"sshd_invalid_user\"]" => {
            // A name that did not log in stands in the message alone.
            row.account.known().is_none() && request.contains(value)
        }
        "Meta[\"http_status\"]"
        | "Parsed[\"response\"]"
        | "Parsed[\"status\"]"
        | "Unmarshaled[\"caddy\"][\"status\"]" => number(row.status.known()) == value,
        "Parsed[\"bytes\"]"
        | "Parsed[\"body_bytes_sent\"]"
        | "Unmarshaled[\"caddy\"][\"size\"]" => number(row.bytes.known()) == value,
        "Meta[\"http_user_agent\"]" | "Parsed[\"http_user_agent\"]" => {
            or_dash(row.user_agent.known()) == value
        }
        "Parsed[\"referrer\"]" | "Parsed[\"http_referer\"]" => {
            or_dash(row.referer.known()) == value
        }
        "Meta[\"http_verb\"]"
        | "Parsed[\"verb\"]"
        | "Meta[\"http_path\"]"
        | "Parsed[\"request\"]"
        | "Parsed[\"http_args\"]"
        | "Parsed[\"target_uri\"]"
        | "Parsed[\"http_version\"]"
        | "Parsed[\"httpversion\"]"
        | "Unmarshaled[\"caddy\"][\"request\"][\"method\"]"
        | "Unmarshaled[\"caddy\"][\"request\"][\"proto\"]"
        | "Unmarshaled[\"caddy\"][\"request\"][\"uri\"]" => asked(value),
        "Meta[\"service\"]" => match value {
            // The program stands before its message.
            "ssh" => request.starts_with("ssh"),
            "postfix" => request.starts_with("postfix"),
            "http" | "nextcloud" => true,
            _ => false,
        },
        _ => panic!("the oracle has a value of a kind that nobody decided on: {key}"),
    }
}

/// Our rows of these lines, each line read as part of an exhibit of the format that it is of.
fn ours(log: &[u8], formats: &[&str], settings: &ImportSettings) -> BTreeMap<usize, Connection> {
    let lines: Vec<&[u8]> = log.split(|&b| b == b'\n').collect();
    let mut rows = BTreeMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let (imported, sink): (_, Collected) = read_as("x", line, settings);
        assert!(sink.connections.len() <= 1);
        let Some(row) = sink.connections.into_iter().next() else { continue };
        let name = imported.name().unwrap();
        assert!(formats.contains(&name), "line {at} was taken for {name}");
        assert!(matches!(row.place, Place::Line { number: 1, .. }));
        rows.insert(at, row);
    }
    rows
}

fn compare(name: &str, log: &[u8], oracle: &str, formats: &[&str], compared_at_least: usize) {
    // The oracle's own clock fills in years: ours come from the settings, and are compared with
    // those lines that say theirs.
    let settings = ImportSettings::default();
    let rows = ours(log, formats, &settings);
    let mut compared = 0;
    for (at, expected) in expectations(oracle) {
        let Some(row) = rows.get(&at) else {
            assert!(!expected.read, "{name}: line {at} gives no row");
            continue;
        };
        assert!(expected.read, "{name}: line {at} should give no row");
        for (key, value) in expected.values.iter().filter(|(key, _)| !no_place(key)) {
            let by_our_clock = key == "Enriched[\"MarshaledTime\"]";
            if by_our_clock && !row.at.known().is_some_and(|at| at.feeds_timing()) {
                continue;
            }
            assert!(
                agrees(row, key, value),
                "{name}, line {at}: {key} is {}, the row says {row:#?}",
                excerpt(value, 200)
            );
            compared += 1;
        }
    }
    assert!(compared >= compared_at_least, "{name}: {compared} values compared");
}

macro_rules! oracle {
    ($test:ident, $log:literal, $assert:literal, $formats:expr, $compared:literal) => {
        #[test]
        fn $test() {
            let log = include_bytes!(concat!("../../tests/fixtures/", $log));
            let oracle = include_str!(concat!("../../tests/fixtures/logs/crowdsec/", $assert));
            compare(stringify!($test), log, oracle, &$formats, $compared);
        }
    };
}

oracle!(
    apache,
    "access_log/crowdsec_apache2.log",
    "apache2-logs.assert",
    ["access-log", "web-error-log"],
    100
);
oracle!(
    nginx,
    "access_log/crowdsec_nginx.log",
    "nginx_http-logs.assert",
    ["access-log", "web-error-log"],
    100
);
oracle!(
    nginx_proxy_manager,
    "logs/crowdsec/nginx-proxy-manager-logs.log",
    "nginx-proxy-manager-logs.assert",
    ["nginx-proxy-manager-log", "access-log", "web-error-log"],
    100
);
oracle!(caddy, "logs/crowdsec/caddy-logs.log", "caddy-logs.assert", ["json-access-log"], 100);
oracle!(
    nextcloud,
    "logs/crowdsec/nextcloud-logs.log",
    "nextcloud-logs.assert",
    ["nextcloud-log"],
    20
);
oracle!(sshd, "logs/crowdsec/sshd-logs.log", "sshd-logs.assert", ["syslog-auth"], 100);
oracle!(opnsense, "logs/crowdsec/opnsense-sshd.log", "opnsense-sshd.assert", ["syslog-auth"], 50);
oracle!(postfix, "logs/crowdsec/postfix-logs.log", "postfix-logs.assert", ["syslog-mail"], 30);
