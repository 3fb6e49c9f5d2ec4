//! Access logs: all columns of real lines, other tools' expected values, hostile logs.

mod reading;

use std::io::{self, Read};

use faisceau_import::ImportSettings;
use faisceau_model::{Absent, Collected, Maybe, RejectReason};
use proptest::prelude::*;
use reading::{print, read, read_from, settled};

const PLASO: &[u8] = include_bytes!("fixtures/access_log/plaso_apache_access.log");
const APACHE: &[u8] = include_bytes!("fixtures/access_log/crowdsec_apache2.log");
const NGINX: &[u8] = include_bytes!("fixtures/access_log/crowdsec_nginx.log");
const ELASTIC: &[u8] = include_bytes!("fixtures/access_log/elastic_combined.log");

const LINE: &str =
    r#"192.0.2.7 - - [01/Mar/2026:14:05:12 +0100] "GET / HTTP/1.1" 200 5 "-" "agent""#;

fn rows(bytes: &[u8]) -> Collected {
    let (imported, sink) = read(bytes, &ImportSettings::default());
    assert_eq!(imported.name(), Some("access-log"));
    assert_eq!(imported.problem, None);
    assert!(settled(&sink), "{:?}", sink.tally);
    assert_eq!(sink.tally.read, sink.connections.len() as u64);
    sink
}

fn reasons(sink: &Collected) -> Vec<RejectReason> {
    sink.rejects.iter().map(|reject| reject.reason).collect()
}

#[test]
fn all_columns_of_real_lines() {
    let sink = rows(PLASO);
    assert_eq!(sink.tally.records, 15);
    insta::assert_snapshot!(print(&sink.connections));
}

#[test]
fn a_line_that_ends_inside_the_agent_is_kept() {
    let sink = rows(PLASO);
    let row = &sink.connections[7];
    let agent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html";
    assert_eq!(row.user_agent, Maybe::Known(agent.to_owned()));
    assert_eq!(row.ip, "46.118.127.106");
}

#[test]
fn agrees_with_the_expected_parse_of_crowdsec() {
    let found = |bytes: &[u8]| -> Vec<(String, String)> {
        let sink = rows(bytes);
        let status = |s: &Maybe<i64>| s.known().map_or_else(String::new, ToString::to_string);
        sink.connections.iter().map(|row| (row.ip.clone(), status(&row.status))).collect()
    };
    let pair = |(ip, status): (&str, &str)| (ip.to_owned(), status.to_owned());
    let apache = [
        ("93.43.209.58", "500"),
        ("164.68.112.178", "500"),
        ("195.54.160.135", "500"),
        ("1.2.3.4", "500"),
        ("93.43.209.58", "500"),
        ("116.203.1.1", "200"),
        ("1.2.3.4", "403"),
    ];
    let statuses = ["404", "500", "500", "500", "500", "301", "200", "200"];
    assert_eq!(found(APACHE), apache.map(pair));
    assert_eq!(found(NGINX), statuses.map(|status| pair(("192.168.1.1", status))));
    // What is left are lines of the error log.
    assert_eq!(reasons(&rows(APACHE)), [RejectReason::Syntax; 2]);
    assert_eq!(reasons(&rows(NGINX)), [RejectReason::Syntax]);
    let user = &rows(NGINX).connections[6].account;
    assert_eq!(user.known().unwrap().as_str(), "site:@user123");
}

#[test]
fn every_line_of_the_elastic_sample_is_read() {
    let sink = rows(ELASTIC);
    assert_eq!((sink.tally.records, sink.tally.read), (30, 30));
    assert!(sink.connections.iter().all(|row| row.user_agent.known().is_some()));
}

#[test]
fn ports_come_from_either_place() {
    let with = |client: &str, tail: &str| LINE.replace("192.0.2.7", client) + tail + "\n";
    let port = |line: String| rows(line.as_bytes()).connections[0].port;
    assert_eq!(port(with("192.0.2.7", "")), Maybe::Missing(Absent::NotRecorded));
    assert_eq!(port(with("192.0.2.7", " 51234")), Maybe::Known(51_234));
    assert_eq!(port(with("192.0.2.7", " \"203.0.113.5, 10.0.0.1\" 51234")), Maybe::Known(51_234));
    assert_eq!(port(with("192.0.2.7:4711", "")), Maybe::Known(4711));
    assert_eq!(port(with("[2001:db8::1]:4711", " 51234")), Maybe::Known(4711));
    assert_eq!(port(with("192.0.2.7", " 0.003")), Maybe::Missing(Absent::NotRecorded));
    assert_eq!(port(with("192.0.2.7", " 12")), Maybe::Missing(Absent::NotRecorded));
}

#[test]
fn an_address_that_may_hide_a_port_is_kept_without_one() {
    let log = LINE.replace("192.0.2.7", "192.0.2.7:4711")
        + "\n"
        + &LINE.replace("192.0.2.7", "2001:db8::1:443");
    let row = &rows(log.as_bytes()).connections[1];
    assert_eq!(
        (row.ip.as_str(), row.port),
        ("2001:db8::1:443", Maybe::Missing(Absent::Unreadable))
    );
    // Where no port follows the addresses, the same text is an address.
    let log = LINE.to_owned() + "\n" + &LINE.replace("192.0.2.7", "2001:db8::1:443");
    assert_eq!(rows(log.as_bytes()).connections[1].ip, "2001:db8::1:443");
}

#[test]
fn the_forwarded_chain_is_kept_only_if_it_is_one() {
    let forwarded =
        |tail: &str| rows((LINE.to_owned() + tail).as_bytes()).connections[0].forwarded.clone();
    assert_eq!(forwarded(""), Maybe::Missing(Absent::NotRecorded));
    assert_eq!(forwarded(" \"-\""), Maybe::Missing(Absent::NotExported));
    assert_eq!(forwarded(" \"a=b; c\""), Maybe::Missing(Absent::Unreadable));
    let chain = "unknown, 203.0.113.5";
    assert_eq!(forwarded(&format!(" \"{chain}\"")), Maybe::Known(chain.to_owned()));
}

#[test]
fn an_address_before_the_client_is_kept_as_forwarded() {
    let row = |head: &str, tail: &str| {
        let row = rows((LINE.replace("192.0.2.7", head) + tail).as_bytes()).connections.remove(0);
        (row.ip, row.forwarded.into_known().unwrap_or_default())
    };
    let pair = |ip: &str, forwarded: &str| (ip.to_owned(), forwarded.to_owned());
    assert_eq!(row("1.2.3.4, 5.6.7.8", ""), pair("5.6.7.8", "1.2.3.4,"));
    assert_eq!(row("1.2.3.4, 5.6.7.8, 9.9.9.9", ""), pair("9.9.9.9", "1.2.3.4, 5.6.7.8,"));
    assert_eq!(row("192.0.2.7 8.8.8.8", ""), pair("8.8.8.8", "192.0.2.7"));
    assert_eq!(row("192.0.2.7 8.8.8.8", " \"1.1.1.1\""), pair("8.8.8.8", "192.0.2.7 1.1.1.1"));
    assert_eq!(row("192.0.2.7 8.8.8.8", " \"a=b\""), pair("8.8.8.8", "192.0.2.7"));
    assert_eq!(row("www.example.org 8.8.8.8", ""), pair("8.8.8.8", ""));
}

#[test]
fn a_time_before_1970_is_refused() {
    let at = |time: &str| LINE.replace("01/Mar/2026:14:05:12 +0100", time) + "\n";
    let log = at("01/Mar/0000:14:05:12 +0100")
        + &at("31/Dec/1969:19:00:00 -0500")
        + &at("01/Jan/1970:00:59:59 +0100")
        + &at("01/Jan/1970:01:00:00 +0100");
    let sink = rows(log.as_bytes());
    assert_eq!((sink.connections.len(), reasons(&sink)), (1, vec![RejectReason::Time; 3]));
}

#[test]
fn a_refused_login_names_no_account() {
    let line = LINE.replace("- - [", "- ann [");
    assert_eq!(rows(line.as_bytes()).connections[0].account.known().unwrap().as_str(), "site:@ann");
    let refused = line.replace("\" 200 ", "\" 401 ");
    let account = &rows(refused.as_bytes()).connections[0].account;
    assert_eq!(*account, Maybe::Missing(Absent::NotApplicable));
}

#[test]
fn hostile_lines_are_text_or_rejects() {
    let mut log = Vec::new();
    for line in [
        LINE.replace("agent", "\u{1b}[31m\u{202e}red\\x1b").into_bytes(),
        LINE.replace("agent", "nul\0nul").into_bytes(),
        [LINE.as_bytes(), b" \xff\xfe\xe9"].concat(),
        LINE.replace("192.0.2.7", "host.example.org").into_bytes(),
        LINE.replace("01/Mar", "31/Feb").into_bytes(),
        LINE.replace("agent", &"x".repeat(70_000)).into_bytes(),
        b"192.0.2.7 - - [01/Mar/2026:14:05:12 +0100] \"GET /".to_vec(),
        b"\0\0\0\0".to_vec(),
        LINE.as_bytes().to_vec(),
    ] {
        log.extend(line);
        log.extend(b"\r\n\r\n");
    }
    let sink = rows(&log);
    assert_eq!(sink.connections.len(), 4);
    assert_eq!(sink.connections[0].user_agent.known().unwrap(), "\u{1b}[31m\u{202e}red\\x1b");
    assert_eq!(sink.connections[1].user_agent.known().unwrap(), "nul\0nul");
    assert_eq!(sink.connections[3].id.as_str().split('@').next(), Some("con:5:l17"));
    let expected = [
        RejectReason::Address,
        RejectReason::Time,
        RejectReason::Limit,
        RejectReason::Truncated,
        RejectReason::Syntax,
    ];
    assert_eq!(reasons(&sink), expected);
    assert!(sink.rejects.iter().all(|reject| reject.excerpt.chars().count() <= 121));
}

#[test]
fn a_line_of_fifty_megabytes_is_one_reject() {
    let long = 50 * 1024 * 1024;
    let (imported, sink) = read_from(long, &ImportSettings::default(), || {
        let first = io::Cursor::new(format!("{LINE}\n{}", &LINE[..60]));
        let after = io::Cursor::new(format!("\n{LINE}"));
        Ok(Box::new(first.chain(io::repeat(b'x').take(long)).chain(after)))
    });
    assert_eq!(imported.problem, None);
    assert!(settled(&sink));
    assert_eq!((sink.connections.len(), reasons(&sink)), (2, vec![RejectReason::Limit]));
    let last = format!("con:5:l3@{}", LINE.len() + 1 + 60 + long as usize + 1);
    assert_eq!(sink.connections[1].id.as_str(), last);
}

#[test]
fn a_read_error_keeps_the_rows_before_it() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    // More than the head that the format is told by, so that the error comes while parsing.
    let log = format!("{LINE}\n").repeat(2000) + "192.0.2.7 - - [";
    let (imported, sink) = read_from(log.len() as u64, &ImportSettings::default(), || {
        Ok(Box::new(io::Cursor::new(log.clone()).chain(Fails)))
    });
    assert_eq!(imported.name(), Some("access-log"));
    assert!(imported.problem.unwrap().contains("the disk is gone"));
    assert!(settled(&sink));
    assert_eq!((sink.connections.len(), reasons(&sink)), (2000, vec![RejectReason::Truncated]));
    assert_eq!(sink.rejects[0].place.to_string(), format!("l2001@{}", 2000 * (LINE.len() + 1)));
}

#[test]
fn bytes_that_are_no_log_give_nothing() {
    for bytes in [&b""[..], b"\n\n", b"hello\nworld\n", b"\xff\xd8", b"a,b\n1,2\n"] {
        let (imported, sink) = read(bytes, &ImportSettings::default());
        assert_eq!((imported.name(), imported.problem), (None, None));
        assert_eq!(sink.tally.records, 0);
    }
}

/// One of the real lines with some of its bytes replaced, removed or added.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let lines: Vec<Vec<u8>> = [PLASO, APACHE, NGINX, ELASTIC]
        .iter()
        .flat_map(|log| log.split(|&b| b == b'\n').map(<[u8]>::to_vec))
        .filter(|line| !line.is_empty())
        .collect();
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"\"\\[] -:\n\r0/".to_vec()),];
    let edit = (any::<prop::sample::Index>(), 0..3_u8, byte);
    (prop::sample::select(lines), prop::collection::vec(edit, 0..6)).prop_map(
        |(mut line, edits)| {
            for (at, how, byte) in edits {
                let at = at.index(line.len().max(1));
                match how {
                    0 if at < line.len() => line[at] = byte,
                    1 if at < line.len() => drop(line.remove(at)),
                    _ => line.insert(at.min(line.len()), byte),
                }
            }
            line
        },
    )
}

proptest! {
    #[test]
    fn every_record_is_a_row_or_a_reject(lines in prop::collection::vec(mutated(), 1..8)) {
        // An edit may break a line in two, six times: eight whole lines outvote that.
        let whole = [LINE.as_bytes().to_vec(), LINE.as_bytes().to_vec()].into_iter();
        let log = whole.cycle().take(8 * lines.len()).chain(lines).collect::<Vec<_>>().join(&b'\n');
        let records = log
            .split(|&b| b == b'\n')
            .filter(|line| !line.iter().all(u8::is_ascii_whitespace))
            .count();
        let (imported, sink) = read(&log, &ImportSettings::default());
        prop_assert_eq!(imported.name(), Some("access-log"));
        prop_assert!(settled(&sink));
        prop_assert_eq!(sink.connections.len() + sink.rejects.len(), records);
    }

    #[test]
    fn any_bytes_are_settled(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let (imported, sink) = read(&bytes, &ImportSettings::default());
        prop_assert!(settled(&sink));
        prop_assert!(imported.format.is_some() || sink.tally.records == 0);
    }
}
