//! Tests of the hops: the oracle is the corpus of the parser's own authors.

use faisceau_model::{ExhibitNo, Maybe, Moment, Place, Precision};
use mail_parser::MessageParser;
use serde_json::Value;

use super::*;

const CASES: &str = include_str!("../../../tests/fixtures/mail/received_cases.json");

const CORRECTED: [(&str, &str); 3] = [
    ("Wed, 12 Feb 2003 14:22:21 PST", "2003-02-12T14:22:21-08:00"),
    ("Fri Feb 07 10:18:12 2003 -0800", "2003-02-07T10:18:12-08:00"),
    ("Wed, 26 Mar 03 20:43:24 -0600", "2003-03-26T20:43:24-06:00"),
];

fn hop_of(line: &str) -> MailHop {
    let raw = format!("Received: {}\r\nFrom: a@example.org\r\n\r\n", line.trim_end());
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    let id = Maybe::Known("m".to_owned());
    let of = Of { exhibit: ExhibitNo::top(1), place: &Place::Whole, message: &id, zone: None };
    hops(&of, message.headers(), raw.as_bytes()).remove(0)
}

fn host(value: &Value) -> Option<String> {
    let text = value.get("Name").or_else(|| value.get("IpAddr"))?.as_str()?;
    Some(text.to_owned())
}

/// What the authors expect and a hop does not keep apart: it all stands in `raw`.
const NOT_KEPT: [&str; 9] = [
    "with",
    "id",
    "for_",
    "ident",
    "via",
    "tls_version",
    "tls_cipher",
    "from_iprev",
    // The name given with HELO is kept where there is no other: see `from`.
    "helo_cmd",
];
/// What they expect and a hop keeps.
const KEPT: [&str; 5] = ["from", "helo", "by", "from_ip", "date"];

/// What the authors keep no word for: the source port, with the number of the case.
const PORTS: [(usize, i64); 6] =
    [(26, 23198), (27, 23198), (28, 33672), (29, 32923), (30, 49601), (41, 52313)];

/// The address that the authors expect: that of the connection, else that given as a name.
fn expected_ip(expected: &Value) -> Option<String> {
    let written = expected["from_ip"].as_str().or_else(|| expected["from"]["IpAddr"].as_str())?;
    Some(written.parse::<IpAddr>().unwrap().to_canonical().to_string())
}

/// The time that the authors expect, with the three of them that are wrong put right.
fn expected_time(header: &str, date: &Value) -> Option<Moment> {
    date.as_object()?;
    let number = |key: &str| date[key].as_i64().unwrap();
    let text = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}",
        number("year"),
        number("month"),
        number("day"),
        number("hour"),
        number("minute"),
        number("second"),
        if date["tz_before_gmt"] == true { '-' } else { '+' },
        number("tz_hour"),
        number("tz_minute"),
    );
    let corrected = CORRECTED.iter().find(|(end, _)| header.trim_end().ends_with(end));
    Moment::from_rfc3339(corrected.map_or(text.as_str(), |(_, corrected)| corrected))
}

#[test]
fn ninety_headers_read_as_their_authors_expect() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert_eq!(cases.len(), 90);
    let (mut more, mut ports) = (Vec::new(), Vec::new());
    for (number, case) in cases.iter().enumerate() {
        let header = case["header"].as_str().unwrap();
        let expected = &case["expected"];
        for field in expected.as_object().unwrap().keys() {
            assert!(KEPT.iter().chain(&NOT_KEPT).any(|known| known == field), "{field}");
        }
        let hop = hop_of(header);
        let from = host(&expected["from"]).or_else(|| host(&expected["helo"]));
        assert_eq!(hop.from.known(), from.as_ref(), "from of {header}");
        assert_eq!(hop.by.known(), host(&expected["by"]).as_ref(), "by of {header}");
        let time = expected_time(header, &expected["date"]);
        assert_eq!(hop.at.into_known(), time, "time of {header}");
        match (hop.ip.known(), expected_ip(expected)) {
            (Some(found), None) => more.push(found.clone()),
            (found, wanted) => assert_eq!(found, wanted.as_ref(), "ip of {header}"),
        }
        ports.extend(hop.port.known().map(|port| (number, *port)));
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&hop.raw), words(header), "the line itself");
    }
    // Addresses between brackets that the authors' parser leaves in its comments.
    assert_eq!(more, ["?"; 0]);
    assert_eq!(ports, PORTS);
}

#[test]
fn an_address_that_only_the_brackets_show_is_found() {
    assert_eq!(bracketed("from x ([ 192.0.2.1 ])"), "192.0.2.1".parse().ok());
    assert_eq!(bracketed("from [x] [IPv6:2001:db8::1]"), "2001:db8::1".parse().ok());
    assert_eq!(bracketed("from [192.0.2"), None);
    assert_eq!(
        tagged_endpoint(" [203.0.113.7]:5123 ").map(|(_, port)| port),
        None,
        "only IPv6 takes a port after brackets"
    );
    assert_eq!(tagged_endpoint("[::ffff:192.0.2.1]").unwrap().0.to_string(), "192.0.2.1");
}

#[test]
fn the_source_port_is_that_beside_the_address() {
    for (line, expected) in [
        ("from x ([80.14.139.3]:12228 helo=y) by mx with esmtp", Some(12228)),
        ("from [80.14.139.3]:12228 (helo=y) by mx with esmtp", Some(12228)),
        ("from x ([80.14.139.3]:41018 \"EHLO x\" rhost-flags-OK) by vger.kernel.org", Some(41018)),
        ("from x (x [80.14.139.3] (port=50111)) by mx", Some(50111)),
        ("from x ([IPv6:2001:db8::1]:4000) by mx", Some(4000)),
        ("from x ([80.14.139.3]) by mx ([192.0.2.1]:25)", None),
        ("from [80.14.139.3:99] ([80.14.139.3]:4000) by mx", Some(4000)),
        ("from [80.14.139.3] ([80.14.139.3]:4000) by mx", Some(4000)),
        ("from x (80.14.139.3:4000) by mx", Some(4000)),
        ("from x ([80.14.139.4]:4000 [80.14.139.3]) by mx", None),
        ("from x ([80.14.139.3]:0) by mx", None),
        ("from x ([80.14.139.3]:99999) by mx", None),
    ] {
        assert_eq!(hop_of(line).port.into_known(), expected, "{line}");
    }
}

#[test]
fn time_that_runs_backwards_is_a_negative_skew() {
    let raw = "Received: from a by c; Tue, 12 Mar 2024 10:04:00 +0000\r\n\
               Received: from b by a; Tue, 12 Mar 2024 10:05:00 +0000\r\n\
               Received: from z by b; Tue, 12 Mar 2024 10:00:00\r\nFrom: a@example.org\r\n\r\n";
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    let id = Maybe::Known("m".to_owned());
    let of = Of { exhibit: ExhibitNo::top(1), place: &Place::Whole, message: &id, zone: None };
    let skews: Vec<_> =
        hops(&of, message.headers(), raw.as_bytes()).into_iter().map(|h| h.skew).collect();
    let missing = Maybe::Missing;
    assert_eq!(skews, [missing(Absent::NotApplicable), missing(Absent::NoData), Maybe::Known(-60)]);
}

#[test]
fn a_time_without_zone_is_no_explicit_time() {
    let hop = hop_of("from a by b; Tue, 12 Mar 2024 10:05:00");
    assert_eq!(hop.at.into_known().unwrap().precision(), Precision::Day);
}

#[test]
fn a_line_that_says_nothing_is_still_a_hop() {
    let hop = hop_of("(nonsense\u{1b}[31m");
    assert_eq!(hop.raw, "(nonsense\u{1b}[31m");
    assert_eq!(hop.ip, Maybe::Missing(Absent::Unreadable));
}
