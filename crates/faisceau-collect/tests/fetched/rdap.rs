//! Registration data.

use faisceau_collect::dns::CollectError;
use faisceau_collect::rdap::{RdapPlan, Registered, Source};
use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use crate::Table;

const IPV4: &str = r#"{"version":"1.0","publication":"2026-11-01T00:00:00Z","description":"invented",
 "services":[[["9.0.0.0/8"],["https://rdap.one.example.net/registry/"]],
 [["8.0.0.0/8"],["http://rdap.two.example.net","https://rdap.two.example.net"]]]}"#;
const DNS: &str =
    r#"{"version":"1.0","services":[[["net"],["https://rdap.nic.example.org/v1/"]]]}"#;
const NETWORK: &str = r#"{
  "rdapConformance": ["rdap_level_0"],
  "objectClassName": "ip network",
  "handle": "NET-9-9-9-0-1",
  "startAddress": "9.9.9.0",
  "endAddress": "9.9.9.255",
  "ipVersion": "v4",
  "name": "INVENTED-NET",
  "type": "DIRECT ALLOCATION",
  "country": "FR",
  "entities": [{"objectClassName": "entity", "handle": "ORG1", "roles": ["registrant"],
    "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Inventée SA"],
    ["kind", {}, "text", "org"]]]}],
  "events": [{"eventAction": "last changed", "eventDate": "2024-05-01T10:00:00Z"}],
  "links": [{"rel": "self", "href": "https://rdap.one.example.net/registry/ip/9.9.9.0/24"}],
  "port43": "whois.one.example.net"
}"#;
const WIDE: &str = r#"{"objectClassName":"ip network","handle":"NET-8","startAddress":"8.0.0.0","endAddress":"8.255.255.255"}"#;
const DOMAIN: &str = r#"{"objectClassName":"domain","handle":"D1","ldhName":"example.net","status":["active"],"nameservers":[{"objectClassName":"nameserver","ldhName":"ns.example.net"}]}"#;
const MISSING: &str =
    r#"{"errorCode":404,"title":"Not Found","description":["nothing of this name"]}"#;

const LISTS: &str = "https://lists.example.net/rdap/";

fn table() -> Table {
    let one = "https://rdap.one.example.net/registry";
    let mut table = Table::default()
        .with("https://lists.example.net/rdap/ipv4.json", 200, IPV4)
        .with("https://lists.example.net/rdap/dns.json", 200, DNS)
        .with("https://lists.example.net/rdap/asn.json", 404, "")
        .with(&format!("{one}/ip/9.9.9.9"), 200, NETWORK)
        .with(&format!("{one}/ip/9.8.0.0/16"), 404, MISSING)
        .with(&format!("{one}/ip/9.7.0.1"), 200, "<html>")
        .with("https://rdap.two.example.net/ip/8.8.8.8", 200, WIDE)
        .with("https://rdap.two.example.net/ip/8.8.4.4", 429, "")
        .with("https://rdap.registrar.example.org/domain/example.net", 200, DOMAIN);
    table.redirections.insert(
        "https://rdap.nic.example.org/v1/domain/example.net".to_owned(),
        "https://rdap.registrar.example.org/domain/example.net".to_owned(),
    );
    table
}

fn plan(source: Source, targets: &[&str]) -> RdapPlan {
    let mut plan = RdapPlan::new(source);
    for target in targets {
        plan.add(target.parse().unwrap());
    }
    plan
}

fn lists() -> Source {
    Source::Bootstrap(Url::parse(LISTS).unwrap())
}

fn run(plan: &RdapPlan, table: &mut Table) -> Registered {
    plan.run(table, None, &Timestamp::now, &mut |_, _| {}).unwrap()
}

fn lines(registered: &Registered) -> Vec<Value> {
    let text = std::str::from_utf8(&registered.bytes).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_registry_that_is_listed_is_asked() {
    let plan = plan(
        lists(),
        &["9.9.9.9", "9.9.9.10", "9.8.0.0/16", "9.7.0.1", "9.6.0.1", "example.net", "10.0.0.1"],
    );
    let mut table = table();
    let result = run(&plan, &mut table);
    assert_eq!((result.targets, result.answered, result.unknown), (6, 2, 1));
    let failed: Vec<&str> = result.failed.iter().map(|failed| failed.what.as_str()).collect();
    assert_eq!(failed, ["9.7.0.1", "9.6.0.1"]);
    assert_eq!((result.covered.len(), result.left_out.len(), result.sent), (1, 1, 7));
    assert_eq!(result.covered[0].by.to_string(), "9.9.9.9");
    assert!(!result.is_complete());
    let lines = lines(&result);
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0]["faisceau"], "rdap/1");
    assert_eq!(lines[0]["body"], serde_json::from_str::<Value>(NETWORK).unwrap());
    assert_eq!((&lines[1]["status"], &lines[1]["body"]["errorCode"]), (&404.into(), &404.into()));
    assert!(lines[2].get("body").is_none() && lines[3].get("status").is_none());
    assert_eq!(lines[4]["url"], "https://rdap.registrar.example.org/domain/example.net");
    assert_eq!(table.asked.iter().filter(|url| url.starts_with(LISTS)).count(), 2);
}

#[test]
fn wide_networks_speak_for_nobody_and_429_is_heard() {
    let plan = plan(lists(), &["8.8.8.8", "8.8.4.4", "8.8.8.9", "AS19281", "7.7.7.7"]);
    let mut table = table();
    let result = run(&plan, &mut table);
    assert_eq!((result.answered, result.covered.len(), result.failed.len()), (1, 0, 1));
    let why: Vec<&str> = result.left_out.iter().map(|out| out.why.as_str()).collect();
    assert_eq!(why.len(), 3);
    assert!(why[0].contains("too often") && why[1].contains("status 404"), "{why:?}");
    assert!(why[2].contains("no registry"), "{why:?}");
}

#[test]
fn a_server_that_is_named_is_asked_everything_and_no_list_is() {
    let server = Source::Server(Url::parse("https://rdap.one.example.net/registry").unwrap());
    let plan = plan(server, &["9.9.9.9"]);
    let tells = plan.tells();
    assert_eq!((tells.len(), tells[0].who.as_str()), (1, "rdap.one.example.net"));
    let mut table = table();
    let result = run(&plan, &mut table);
    assert!(result.is_complete());
    assert_eq!(table.asked, ["https://rdap.one.example.net/registry/ip/9.9.9.9"]);
}

#[test]
fn nothing_is_asked_after_an_answer_that_cannot_be_kept() {
    let plan = plan(lists(), &["9.9.9.9", "9.7.0.1", "8.8.8.8"]);
    let mut table = table();
    table.full.push("https://rdap.one.example.net/registry/ip/9.9.9.9".to_owned());
    let result = run(&plan, &mut table);
    assert_eq!((table.asked.len(), result.failed.len(), result.left_out.len()), (2, 1, 2));
    let nothing = RdapPlan::new(lists());
    let result = nothing.run(&mut table, None, &Timestamp::now, &mut |_, _| {});
    assert!(matches!(result, Err(CollectError::NothingToAsk)) && nothing.tells().is_empty());
}

#[test]
fn an_answer_about_something_else_speaks_for_nobody() {
    let plan = plan(lists(), &["9.1.1.1", "9.9.9.9"]);
    let mut table = table().with("https://rdap.one.example.net/registry/ip/9.1.1.1", 200, NETWORK);
    let result = run(&plan, &mut table);
    assert_eq!((result.answered, result.covered.len()), (2, 0));
}

#[test]
fn a_plan_says_who_learns_what() {
    let tells = plan(lists(), &["9.9.9.9", "example.net"]).tells();
    let shown: Vec<String> = tells.iter().map(ToString::to_string).collect();
    assert_eq!(shown[0], "lists.example.net: that you read ipv4.json, dns.json; your address");
    assert_eq!(shown.len(), 3);
}
