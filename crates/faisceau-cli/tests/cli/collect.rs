//! Collecting over the network, from a server on loopback that the test names.

use std::fs;
use std::sync::atomic::Ordering;

use faisceau_model::Maybe;
use faisceau_model::rows::Name;
use faisceau_tables::read;
use serde_json::Value;

use crate::dns_server::{Server, Trick, a, ptr};
use crate::support::{opened, run};

fn server(trick: Trick) -> Server {
    let records = [
        ("9.9.9.9.in-addr.arpa.", ptr("dns.quad.example.net.")),
        ("8.8.8.8.in-addr.arpa.", ptr("liar.example.org.")),
        ("dns.quad.example.net.", a("9.9.9.9")),
        ("liar.example.org.", a("192.0.2.1")),
    ];
    Server::start(&records, trick)
}

fn values(rows: &[Name], name: &str) -> Vec<String> {
    let of = rows.iter().filter(|row| row.name == name);
    of.filter_map(|row| match &row.value {
        Maybe::Known(value) => Some(value.clone()),
        Maybe::Missing(_) => None,
    })
    .collect()
}

#[test]
fn what_was_asked_becomes_an_exhibit_and_rows_and_two_acts() {
    let server = server(Trick::None);
    let resolver = server.address.to_string();
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let asked = ["collect", "dns", "9.9.9.9", "8.8.8.8", "10.0.0.1", "--confirm", "--resolver"];
    let ran = run(&case, &[asked.as_slice(), &[&resolver, "--json"]].concat()).code(0);
    let said = ran.json();
    assert_eq!((&said["questions"], &said["confirmations"]), (&Value::from(2), &Value::from(2)));
    assert_eq!(said["name"], "collected/dns-2026-11-20T100000Z.jsonl");
    assert_eq!(said["left_out"][0]["what"], "10.0.0.1");
    assert_eq!(server.seen.load(Ordering::SeqCst), 4);

    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    let acts: Vec<Value> = journal.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let names: Vec<&str> = acts.iter().map(|act| act["act"].as_str().unwrap()).collect();
    assert_eq!(names, ["case_opened", "collection_begun", "exhibit_added", "collected"]);
    assert_eq!(acts[1]["resolvers"][0], resolver.as_str());
    assert_eq!((&acts[3]["exhibits"][0], &acts[3]["sent"]), (&Value::from("1"), &Value::from(4)));

    let _ = run(&case, &["run"]).code(0);
    let rows: Vec<Name> = read(&case.join("tables")).unwrap();
    assert_eq!(rows.len(), 4);
    assert_eq!(values(&rows, "9.9.9.9.in-addr.arpa"), ["dns.quad.example.net"]);
    assert_eq!(values(&rows, "dns.quad.example.net"), ["9.9.9.9"]);
    assert_eq!(values(&rows, "liar.example.org"), ["192.0.2.1"]);
    let _ = run(&case, &["verify"]).code(0);
}

#[test]
fn addresses_of_the_case_are_asked_about_without_the_private_ones() {
    let server = server(Trick::None);
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let line =
        |ip: &str| format!("{ip} - - [01/Mar/2026:10:00:00 +0100] \"GET / HTTP/1.1\" 200 5\n");
    let log: String = ["8.8.8.8", "9.9.9.9", "192.168.1.4", "8.8.8.8"].map(line).concat();
    fs::write(work.path().join("access.log"), log).unwrap();
    let _ = run(&case, &["add", "../access.log"]).code(0);
    let _ = run(&case, &["run"]).code(0);
    let resolver = server.address.to_string();
    let dry = ["collect", "dns", "--addresses-of-case", "--dry-run", "--resolver", &resolver];
    let shown = run(&case, &dry).code(0);
    let lines: Vec<&str> = shown.out.lines().collect();
    assert_eq!(
        lines,
        [
            format!("PTR 8.8.8.8.in-addr.arpa. -> {resolver}"),
            format!("PTR 9.9.9.9.in-addr.arpa. -> {resolver}")
        ]
    );
    assert!(shown.err.contains("2 questions would go to"), "{}", shown.err);
    assert_eq!(server.seen.load(Ordering::SeqCst), 0);
    let _ = run(&case, &["collect", "dns", "--addresses-of-case", "--resolver", &resolver]).code(0);
    assert_eq!(server.seen.load(Ordering::SeqCst), 2);
}

#[test]
fn nothing_is_asked_of_nobody_or_about_nothing() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let none = run(&case, &["collect", "dns", "9.9.9.9"]).code(2);
    assert!(
        none.err.contains("no resolver was named") && none.err.contains("learns"),
        "{}",
        none.err
    );
    let private = ["collect", "dns", "10.0.0.1", "--resolver", "127.0.0.1:1"];
    let private = run(&case, &private).code(2);
    assert!(private.err.contains("not a public address: private"), "{}", private.err);
    let named = run(&case, &["collect", "dns", "9.9.9.9", "--resolver", "dns.example.net"]).code(2);
    assert!(named.err.contains("names no resolver: an address was expected"), "{}", named.err);
    let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    assert_eq!(journal.lines().count(), 1);
}

#[test]
fn silence_is_kept_and_told() {
    let server = server(Trick::Silent);
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let resolver = server.address.to_string();
    let quick = ["--timeout", "50", "--retries", "1", "--resolver", &resolver];
    let ran = run(&case, &[["collect", "dns", "9.9.9.9"].as_slice(), &quick].concat()).code(1);
    assert!(ran.err.contains("1 questions without an answer"), "{}", ran.err);
    let _ = run(&case, &["run"]).code(0);
    let rows: Vec<Name> = read(&case.join("tables")).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].status, Maybe::Known("TIMEOUT".to_owned()));
}
