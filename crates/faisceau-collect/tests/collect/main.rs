//! Collecting from a server on loopback that misbehaves.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and is a front end with a clock"
)]

mod server;

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use faisceau_collect::dns::{CollectError, Collected, Kind, Plan, Settings, collect};
use hickory_proto::rr::RData;
use jiff::Timestamp;
use serde_json::Value;
use server::{Server, Trick, a, ptr, txt};

fn settings() -> Settings {
    Settings { timeout: Duration::from_millis(400), ..Settings::default() }
}

fn plan(targets: &[&str], confirm: bool) -> Plan {
    let mut plan = Plan::new(confirm);
    for target in targets {
        plan.add(target, &[]).unwrap();
    }
    plan
}

fn collected(plan: &Plan, resolvers: &[SocketAddr]) -> Collected {
    collect(plan, resolvers, &settings(), &Timestamp::now, &mut |_, _| {}).unwrap()
}

fn lines(collected: &Collected) -> Vec<Value> {
    let text = std::str::from_utf8(&collected.bytes).unwrap();
    assert!(text.starts_with("{\"faisceau\":\"dns/1\""), "{text}");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn world() -> Vec<(&'static str, RData)> {
    vec![
        ("9.9.9.9.in-addr.arpa.", ptr("dns.example.net.")),
        ("8.8.8.8.in-addr.arpa.", ptr("liar.example.org.")),
        ("dns.example.net.", a("9.9.9.9")),
        ("liar.example.org.", a("192.0.2.1")),
    ]
}

#[test]
fn names_are_confirmed_in_the_order_of_the_questions() {
    let server = Server::start(&world(), Trick::None);
    let result = collected(&plan(&["8.8.8.8", "9.9.9.9", "1.1.1.1"], true), &[server.address]);
    assert!(result.is_complete());
    assert_eq!((result.questions, result.confirmations, result.sent), (3, 2, 5));
    let lines = lines(&result);
    let names: Vec<&str> = lines.iter().map(|l| l["question"]["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "8.8.8.8.in-addr.arpa.",
            "9.9.9.9.in-addr.arpa.",
            "1.1.1.1.in-addr.arpa.",
            "liar.example.org.",
            "dns.example.net."
        ]
    );
    assert_eq!(lines[2]["status"], "NXDOMAIN");
    assert_eq!(lines[4]["answers"][0]["data"], "9.9.9.9");
    assert_eq!(lines[0]["resolver"], server.address.to_string());
}

#[test]
fn lost_questions_are_asked_again_and_counted() {
    let server = Server::start(&world(), Trick::DropFirst(2));
    let result = collected(&plan(&["9.9.9.9", "8.8.8.8"], false), &[server.address]);
    assert!(result.is_complete());
    assert_eq!((result.sent, result.again), (6, 4));
}

#[test]
fn silence_is_a_line() {
    let server = Server::start(&world(), Trick::Silent);
    let result = collected(&plan(&["9.9.9.9", "8.8.8.8"], true), &[server.address]);
    assert_eq!((result.silent, result.answered, result.confirmations), (2, 0, 0));
    let lines = lines(&result);
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line["status"] == "TIMEOUT" && line.get("ad").is_none()));
}

#[test]
fn the_second_resolver_hears_only_what_the_first_did_not_answer() {
    let silent = Server::start(&world(), Trick::Silent);
    let good = Server::start(&world(), Trick::None);
    let spare = Server::start(&world(), Trick::None);
    let addresses = [silent.address, good.address, spare.address];
    let result = collected(&plan(&["9.9.9.9"], false), &addresses);
    assert!(result.is_complete());
    assert_eq!(lines(&result)[0]["resolver"], good.address.to_string());
    assert_eq!(spare.seen.load(Ordering::SeqCst), 0);
}

#[test]
fn a_resolver_that_never_answers_is_left_alone() {
    let mut many = Plan::new(false);
    for n in 0..2000_u32 {
        many.add_address((0x0900_0000 + n).to_be_bytes().into());
    }
    let silent = Server::start(&[], Trick::Silent);
    let good = Server::start(&[], Trick::None);
    let hasty = Settings { timeout: Duration::from_millis(60), retries: 0, ..settings() };
    let ask = |resolvers: &[SocketAddr]| {
        collect(&many, resolvers, &hasty, &Timestamp::now, &mut |_, _| {}).unwrap()
    };
    let alone = ask(&[silent.address]);
    assert!((256..400).contains(&alone.silent) && !alone.is_complete(), "{}", alone.silent);
    assert_eq!(lines(&alone).len() + alone.left_out.len(), 2000);
    assert!(alone.left_out[0].why.contains("answered none"), "{:?}", alone.left_out[0]);
    let helped = ask(&[silent.address, good.address]);
    assert_eq!((lines(&helped).len(), helped.left_out.len()), (2000, 0));
}

#[test]
fn forged_answers_change_nothing() {
    let server = Server::start(&world(), Trick::Forge);
    let result = collected(&plan(&["9.9.9.9", "8.8.8.8"], false), &[server.address]);
    assert!(result.is_complete());
    assert_eq!((result.sent, result.foreign), (2, 8));
    assert_eq!(lines(&result)[0]["answers"][0]["data"], "dns.example.net.");
}

#[test]
fn cut_answers_are_asked_over_tcp() {
    let long = "x".repeat(250);
    let records: Vec<_> = (0..40).map(|_| ("big.example.net.", txt(&long))).collect();
    let server = Server::start(&records, Trick::Cut);
    let mut plan = Plan::new(false);
    plan.add("big.example.net", &[Kind::Txt]).unwrap();
    let result = collected(&plan, &[server.address]);
    assert!(result.is_complete());
    assert_eq!(result.over_tcp, 1);
    assert_eq!(lines(&result)[0]["answers"].as_array().unwrap().len(), 40);
}

#[test]
fn a_server_that_hangs_over_tcp_is_a_line_too() {
    let server = Server::start(&world(), Trick::CutAndHang);
    let start = Instant::now();
    let result = collected(&plan(&["9.9.9.9"], false), &[server.address]);
    assert_eq!(result.silent, 1);
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(lines(&result)[0]["status"], "TIMEOUT");
}

#[test]
fn many_questions_all_end_and_the_pace_is_kept() {
    let server = Server::start(&[], Trick::None);
    let mut all = Plan::new(false);
    for n in 0..3000_u32 {
        all.add_address((0x0900_0000 + n * 7).to_be_bytes().into());
    }
    let result = collected(&all, &[server.address]);
    assert!(result.is_complete());
    assert_eq!(lines(&result).len(), 3000);
    let mut few = Plan::new(false);
    for n in 0..30_u32 {
        few.add_address((0x0900_0000 + n).to_be_bytes().into());
    }
    let slow = Settings { rate: Some(100), ..settings() };
    let start = Instant::now();
    collect(&few, &[server.address], &slow, &Timestamp::now, &mut |_, _| {}).unwrap();
    assert!(start.elapsed() >= Duration::from_millis(230), "{:?}", start.elapsed());
}

#[test]
fn names_that_a_stranger_wrote_are_asked_about_with_care() {
    let mut records: Vec<(&str, RData)> = Vec::new();
    let names: Vec<String> = (0..30).map(|n| format!("n{n}.example.net.")).collect();
    records.push(("9.9.9.9.in-addr.arpa.", ptr("localhost.")));
    records.push(("9.9.9.9.in-addr.arpa.", ptr("abc.onion.")));
    records.extend(names.iter().map(|name| ("9.9.9.9.in-addr.arpa.", ptr(name))));
    let server = Server::start(&records, Trick::None);
    let result = collected(&plan(&["9.9.9.9"], true), &[server.address]);
    assert_eq!(result.confirmations, 14);
    assert_eq!(result.left_out.len(), 18);
}

#[test]
fn nobody_is_asked_who_was_not_named() {
    let plan = plan(&["9.9.9.9"], false);
    let result = collect(&plan, &[], &settings(), &Timestamp::now, &mut |_, _| {});
    assert!(matches!(result, Err(CollectError::NoResolver)));
    let private = Plan::new(false);
    let somebody = ["127.0.0.1:53".parse().unwrap()];
    let result = collect(&private, &somebody, &settings(), &Timestamp::now, &mut |_, _| {});
    assert!(matches!(result, Err(CollectError::NothingToAsk)));
}
