//! Tests of the importer of Meta's records.

use proptest::prelude::*;

use crate::testing::{dump, mutated, read, reasons};

const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/meta_records/records.html");
const OF_2021: &[u8] = include_bytes!("../../../tests/fixtures/meta_records/records_2021.html");
const OF_2024: &[u8] = include_bytes!("../../../tests/fixtures/meta_records/records_2024.html");
const WHATSAPP: &[u8] = include_bytes!("../../../tests/fixtures/meta_records/whatsapp.html");

#[test]
fn records_give_all_columns() {
    let (imported, sink) = read(SAMPLE);
    assert_eq!((imported.name(), imported.problem), (Some("meta-records"), None));
    insta::assert_snapshot!("accounts", dump(&sink.accounts));
    insta::assert_snapshot!("connections", dump(&sink.connections));
    insta::assert_snapshot!("posts", dump(&sink.posts));
    insta::assert_snapshot!("devices", dump(&sink.devices));
    insta::assert_snapshot!("subscribers", dump(&sink.subscribers));
    insta::assert_snapshot!("rejects", reasons(&sink).join("\n"));
    let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| &f.field[..]).collect();
    assert_eq!(unknown, ["ip_addresses.Colour"]);
}

#[test]
fn the_older_generations_of_markup_give_the_same() {
    for page in [OF_2021, OF_2024] {
        let (imported, sink) = read(page);
        assert_eq!(imported.name(), Some("meta-records"));
        assert_eq!(reasons(&sink), Vec::<String>::new());
        let shown: Vec<String> = sink
            .connections
            .iter()
            .map(|row| {
                let at = row.at.known().unwrap();
                format!("{} {at} {}", row.ip, row.request.known().unwrap())
            })
            .collect();
        assert_eq!(
            shown,
            [
                "198.51.100.90 2021-05-01 11:15:01 UTC Login",
                "198.51.100.91 2021-05-01 12:15:01 UTC Logout"
            ]
        );
        let post = &sink.posts[0];
        assert_eq!(post.account.as_str(), "facebook:100000000000001");
        assert_eq!(post.text.known().unwrap(), "bonjour");
        assert_eq!(post.thread.known().unwrap(), "12");
    }
}

#[test]
fn whatsapp_writes_the_time_before_its_address() {
    let (_, sink) = read(WHATSAPP);
    let shown: Vec<String> = sink
        .connections
        .iter()
        .map(|row| format!("{} {} {}", row.service, row.ip, row.at.known().unwrap()))
        .collect();
    assert_eq!(
        shown,
        [
            "whatsapp 198.51.100.95 2026-05-01 11:15:01 UTC",
            "whatsapp 198.51.100.96 2026-05-01 11:16:01 UTC"
        ]
    );
    assert_eq!(sink.accounts[0].account.as_str(), "whatsapp:+33199001122");
    assert_eq!(reasons(&sink), Vec::<String>::new());
}

#[test]
fn hostile_pages_are_refused_or_settled() {
    let start = "<html><body><div id=\"property-ip_addresses\">";
    let field = |label: &str, value: &str| {
        format!(
            "<div class=\"t o\"><div class=\"t i\">{label}<div class=\"m\">{value}</div></div></div>"
        )
    };
    let deep = format!("{start}{}", "<div class=\"t i\">".repeat(100_000));
    let (imported, sink) = read(deep.as_bytes());
    assert_eq!(imported.name(), Some("meta-records"));
    assert!(imported.problem.unwrap().contains("nests more than 512"));
    assert!(sink.rejects.len() < 3, "the section that is left, and the rest");
    let nested = "<div class=\"t i\">IP Address<div class=\"m\">".repeat(200);
    read(format!("{start}{nested}").as_bytes());
    let odd = format!(
        "{start}{}{}{}{}",
        field("IP Address", "=1+1\u{1b}[2J"),
        field("IP Address", "<script>192.0.2.1</script>192.0.2.2"),
        field("Time", "&#0;&lt;b&gt;"),
        field("IP Address", "192.0.2.3"),
    );
    let (_, sink) = read(odd.as_bytes());
    assert_eq!((sink.connections.len(), sink.rejects.len()), (1, 2));
    let quoted = format!(
        "{start}{}</div><div id=\"property-emails\">{}{}</div>",
        field("IP Address", "192.0.2.3"),
        field("Registered", "a@b.example"),
        field("a\u{1b}[31m\u{202e}b", ""),
    );
    let (_, sink) = read(quoted.as_bytes());
    assert!(reasons(&sink).iter().any(|r| r.ends_with("`a␛[31mb` is empty")), "{sink:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_record_is_settled(bytes in mutated(SAMPLE), older in mutated(OF_2024)) {
        read(&bytes);
        read(&older);
    }
}
