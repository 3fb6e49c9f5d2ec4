//! Tests of logs in formats of their own.

use faisceau_model::RejectReason;
use proptest::prelude::*;

use super::{Template, check};
use crate::settings::{ImportSettings, LogFormat, SettingsError};
use crate::testing::{dump, mutated, read_as, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/logs/custom_nginx.log");
const FORMAT: &str = "$remote_addr:$remote_port - $remote_user [$time_iso8601] \"$request\" $status \
                      $body_bytes_sent \"$http_referer\" \"$http_user_agent\" \
                      \"$http_x_forwarded_for\" rt=$request_time uht=\"$upstream_header_tim\"";

fn settings(format: &str) -> ImportSettings {
    let log = LogFormat { format: format.to_owned(), service: None, contains: None };
    ImportSettings { logs: vec![log], ..ImportSettings::default() }
}

/// Address, port, time, user, status of the rows of one line, in a format.
fn one(format: &str, line: &str) -> String {
    let (imported, sink) = read_as("x", line.as_bytes(), &settings(format));
    if imported.name() != Some("custom-access-log") {
        return format!("{:?}", imported.name());
    }
    let Some(row) = sink.connections.first() else { return reasons(&sink).join(" ") };
    let port = row.port.known().map_or("-".to_owned(), ToString::to_string);
    let status = row.status.known().map_or("-".to_owned(), ToString::to_string);
    format!(
        "{} {port} {} {status} {}",
        row.ip,
        row.at.known().map_or("-".to_owned(), ToString::to_string),
        row.request.known().map_or("-", |request| request.as_str()),
    )
}

#[test]
fn all_columns_of_the_sample() {
    let (imported, sink) = read_as("x", SAMPLE, &settings(FORMAT));
    assert_eq!(imported.name(), Some("custom-access-log"));
    insta::assert_snapshot!("custom_nginx", dump(&sink.connections));
    insta::assert_snapshot!("custom_nginx_rejects", reasons(&sink).join("\n"));
    // A variable that nginx does not have.
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(unknown, ["$upstream_header_tim"]);
}

#[test]
fn formats_of_both_servers_are_read() {
    let apache = "192.0.2.7 - ann [01/Mar/2026:14:05:12 +0100] \"GET / HTTP/1.1\" 200 5";
    let expected = "192.0.2.7 - 2026-03-01 13:05:12 UTC 200 GET / HTTP/1.1";
    assert_eq!(one("%h %l %u %t \"%r\" %>s %b", apache), expected);
    assert_eq!(one("%h %l %u %t \\\"%r\\\" %>s %b", apache), expected);
    assert_eq!(
        one(
            "%v:%p %a:%{remote}p %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\" %D",
            "a.example:443 192.0.2.7:4711 - - [01/Mar/2026:14:05:12 +0100] \"GET / HTTP/1.1\" 200 5 \"-\" \"a \\\" b\" 17"
        ),
        "192.0.2.7 4711 2026-03-01 13:05:12 UTC 200 GET / HTTP/1.1"
    );
    // The port is the proxy's.
    assert_eq!(
        one(
            "%a %{c}a %{remote}p [%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t] \"%m %U%q %H\" %>s",
            "192.0.2.7 10.0.0.1 4711 [01/Mar/2026 14:05:12.250 +0100] \"GET /a?b=1 HTTP/1.1\" 200"
        ),
        "192.0.2.7 - 2026-03-01 13:05:12.250 UTC 200 GET /a?b=1 HTTP/1.1"
    );
    assert_eq!(
        one("$msec|$remote_addr|$status|$http_user_agent", "1772373912.250|2001:db8::1|404|a|b"),
        "2001:db8::1 - 2026-03-01 14:05:12.250 UTC 404 -"
    );
    assert_eq!(
        one(
            "{\"ip\":\"$remote_addr\",\"t\":\"$time_iso8601\",\"u\":\"$scheme://$host$request_uri\"}",
            "{\"ip\":\"192.0.2.7\",\"t\":\"2026-03-01T14:05:12Z\",\"u\":\"https://a.example/x\\\"y\"}"
        ),
        "192.0.2.7 - 2026-03-01 14:05:12 UTC - a.example/x\\\"y"
    );
}

#[test]
fn what_a_visitor_writes_cannot_move_the_address() {
    let format = "$http_user_agent $remote_addr [$time_local] $status";
    let time = "[01/Mar/2026:14:05:12 +0100]";
    let plain = format!("Mozilla/5.0 (X11) 192.0.2.7 {time} 200");
    assert!(one(format, &plain).starts_with("192.0.2.7 "));
    // The values stand at the end of the line, and nothing else can.
    let forged = format!("x 10.0.0.1 {time} 200 192.0.2.7 {time} 200");
    assert!(one(format, &forged).starts_with("192.0.2.7 "));
    let both = "$http_user_agent $remote_addr $http_referer [$time_local]";
    let log = format!("a 192.0.2.7 b {time}\nx 10.0.0.1 y 192.0.2.7 z {time}\n");
    let (_, sink) = read_as("x", log.as_bytes(), &settings(both));
    assert_eq!(sink.connections.len(), 1);
    assert!(sink.rejects[0].detail.contains("two ways"), "{}", sink.rejects[0].detail);
}

#[test]
fn a_format_without_address_or_time_is_refused_with_a_sentence() {
    for (format, problem) in [
        ("", "has no variable, neither of nginx (`$remote_addr`) nor of Apache (`%h`)"),
        ("$remote_addr $status", "gives no time"),
        ("[$time_local] $status", "gives no address"),
        ("%t \"%r\"", "gives no address"),
        ("%h %{%H:%M}t", "says no date"),
        ("%h %t %Z", "does not have: `%Z`"),
        ("%h %t %{x", "not closed"),
        ("$remote_addr$status [$time_local]", "next to each other"),
        ("$remote_addr [${time_local]", "not closed"),
        ("%h %{%Y-%m-%d}t %>s %{%T}t", "another variable between"),
    ] {
        let message = check(format).unwrap_err();
        assert!(message.contains(problem), "{format}: {message}");
    }
    let error = settings("$status").check().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the log format `$status` gives no address of the client: `$remote_addr`, `%a` or `%h` is missing"
    );
    let year = ImportSettings { syslog_year: Some(12), ..ImportSettings::default() };
    assert_eq!(year.check(), Err(SettingsError::Year { year: 12 }));
    assert_eq!(settings(FORMAT).check(), Ok(()));
}

#[test]
fn two_logs_of_one_format_are_told_apart_by_a_text() {
    let log = |service: &str| LogFormat {
        format: "$host $remote_addr [$time_local]".to_owned(),
        service: Some(service.to_owned()),
        contains: Some(service.to_owned()),
    };
    let logs = vec![log("a.example"), log("b.example")];
    let settings = ImportSettings { logs, ..ImportSettings::default() };
    let line = b"b.example 192.0.2.7 [01/Mar/2026:14:05:12 +0100]\n";
    assert_eq!(read_as("x", line, &settings).1.connections[0].service, "b.example");
    let line = b"c.example 192.0.2.7 [01/Mar/2026:14:05:12 +0100]\n";
    assert_eq!(read_as("x", line, &settings).0.name(), None);
}

#[test]
fn settings_are_read_from_the_case_file() {
    let text = "syslog_year = 2023\n[[log]]\nformat = '%h %t'\nservice = \"s\"\nmatch = \"x\"\n";
    let settings: ImportSettings = toml::from_str(text).unwrap();
    assert_eq!(settings.syslog_year, Some(2023));
    assert_eq!(settings.logs[0].contains.as_deref(), Some("x"));
    assert!(toml::from_str::<ImportSettings>("[[log]]\nformatt = '%h %t'\n").is_err());
}

#[test]
fn hostile_lines_are_rows_or_rejects() {
    let good = "192.0.2.7 [01/Mar/2026:14:05:12 +0100] \"agent\"\n";
    let log = good.repeat(6)
        + &good.replace("agent", "\u{1b}[31m\u{202e}=1+1")
        + &good.replace("01/Mar", "31/Feb")
        + &good.replace("192.0.2.7", "host.example.org")
        + &good.replace("agent", &"x".repeat(70_000))
        + &good.replace("2026", "0000")
        + "192.0.2.7 [01/Mar/2026:14:05";
    let (_, sink) =
        read_as("x", log.as_bytes(), &settings("$remote_addr [$time_local] \"$http_user_agent\""));
    assert_eq!(sink.connections.len(), 7);
    let found: Vec<_> = sink.rejects.iter().map(|reject| reject.reason).collect();
    let expected = [
        RejectReason::Syntax,
        RejectReason::Address,
        RejectReason::Limit,
        RejectReason::Time,
        RejectReason::Syntax,
    ];
    assert_eq!(found, expected, "{:?}", reasons(&sink));
}

proptest! {
    #[test]
    fn every_record_is_settled(bytes in mutated(SAMPLE)) {
        read_as("x", &bytes, &settings(FORMAT));
    }

    #[test]
    fn no_format_makes_it_fail(format in "([$%]\\{?(remote_addr|time_local|h|t|[a-zé^])\\}?|[ \"\\\\\\[<>{}])*") {
        if let Ok(template) = Template::compile(&format) {
            template.fits("192.0.2.7 [01/Mar/2026:14:05:12 +0100] \"é\"");
        }
    }
}
