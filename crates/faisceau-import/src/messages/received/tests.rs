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

#[test]
fn ninety_headers_read_as_their_authors_expect() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert_eq!(cases.len(), 90);
    let (mut with_ip, mut with_time) = (0, 0);
    for case in &cases {
        let header = case["header"].as_str().unwrap();
        let expected = &case["expected"];
        let hop = hop_of(header);
        let from = host(&expected["from"]).or_else(|| host(&expected["helo"]));
        assert_eq!(hop.from.known(), from.as_ref(), "from of {header}");
        assert_eq!(hop.by.known(), host(&expected["by"]).as_ref(), "by of {header}");
        if let Some(ip) = expected["from_ip"].as_str() {
            with_ip += 1;
            let ip: IpAddr = ip.parse().unwrap();
            assert_eq!(hop.ip.known(), Some(&ip.to_canonical().to_string()), "ip of {header}");
        }
        if let Some(year) = expected["date"]["year"].as_i64() {
            with_time += 1;
            let number = |key: &str| expected["date"][key].as_i64().unwrap();
            let sign = if expected["date"]["tz_before_gmt"] == true { -1 } else { 1 };
            let text = format!(
                "{year:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}",
                number("month"),
                number("day"),
                number("hour"),
                number("minute"),
                number("second"),
                if sign < 0 { '-' } else { '+' },
                number("tz_hour"),
                number("tz_minute"),
            );
            // Three times that the authors read as UTC or in another century.
            let text = CORRECTED
                .iter()
                .find(|(end, _)| header.trim_end().ends_with(end))
                .map_or(text.as_str(), |(_, corrected)| corrected);
            let expected = Moment::from_rfc3339(text).unwrap();
            let at = hop.at.into_known().unwrap_or_else(|| panic!("time of {header}"));
            assert_eq!(at, expected, "time of {header}");
        }
    }
    assert!(with_ip > 40 && with_time > 70, "{with_ip} addresses, {with_time} times");
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
