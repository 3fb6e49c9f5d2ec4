//! Lists that are sound, dead and lying.

use faisceau_collect::dns::blocklist::{BlocklistPlan, Blocklisted};
use faisceau_collect::dns::{CollectError, Resolver, Ways};
use jiff::Timestamp;

use crate::programs::{Program, is_missing, nsd};

const HEAD: &str = "$TTL 300\n@ SOA ns root 1 60 60 60 60\n@ NS ns\nns A 127.0.0.1\n";

fn server() -> Program {
    let mapped = |last| format!("{last}.0.0.0.0.0.f.7.f.f.f.f{}", ".0".repeat(20));
    let test = "2.0.0.127 A 127.0.0.2\n";
    nsd(&[
        (
            "bl.example.net",
            format!(
                "{HEAD}{test}{} A 127.0.0.2\n10.9.9.9 A 127.0.0.4\n10.9.9.9 A 127.0.0.11\n10.9.9.9 TXT \
                 \"Ask \\\"us\\\"\"\n",
                mapped(2)
            ),
        ),
        ("dead.example.net", HEAD.to_owned()),
        ("all.example.net", format!("{HEAD}* A 127.0.0.2\n")),
        ("refuses.example.net", format!("{HEAD}2.0.0.127 A 127.255.255.254\n")),
        ("parked.example.net", format!("{HEAD}* A 203.0.113.9\n")),
        ("dnsel.torproject.org", format!("{HEAD}10.9.9.9 A 127.0.0.2\n")),
    ])
}

fn asked(server: &Program, zones: &[&str]) -> Blocklisted {
    let mut plan = BlocklistPlan::new(zones.iter().copied()).unwrap();
    for ip in ["9.9.9.10", "9.9.9.11", "2620:fe::fe", "10.0.0.1"] {
        plan.add(ip.parse().unwrap());
    }
    let resolvers = [Resolver::from(server.address)];
    plan.run(&resolvers, &crate::settings(), &mut Ways::default(), &Timestamp::now, &mut |_, _| {})
        .unwrap()
}

#[test]
fn lists_are_believed_after_their_test_entries_alone() {
    if is_missing("nsd") {
        return;
    }
    let server = server();
    let zones = ["bl", "dead", "all", "refuses", "parked", "gone"];
    let zones: Vec<String> = zones.iter().map(|zone| format!("{zone}.example.net")).collect();
    let zones: Vec<&str> = zones.iter().map(String::as_str).collect();
    let result = asked(&server, &zones);
    let why: Vec<(&str, bool, &str)> = result
        .lists
        .iter()
        .map(|list| (list.zone.as_str(), list.is_ipv4, list.why_not.as_deref().unwrap_or("sound")))
        .collect();
    let dead = "it does not hold its test entry";
    let lying = "it holds 127.0.0.1, which no list may hold";
    let other = "its answer is outside of 127.0.0.0/8: somebody else made it";
    assert_eq!(
        why,
        [
            ("bl.example.net.", true, "sound"),
            ("bl.example.net.", false, "sound"),
            ("dead.example.net.", true, dead),
            ("dead.example.net.", false, dead),
            ("all.example.net.", true, lying),
            ("all.example.net.", false, lying),
            ("refuses.example.net.", true, "it refuses the question: 127.255.255.254"),
            ("refuses.example.net.", false, dead),
            ("parked.example.net.", true, other),
            ("parked.example.net.", false, other),
            ("gone.example.net.", true, "it answers REFUSED"),
            ("gone.example.net.", false, "it answers REFUSED"),
        ]
    );
    let [listing] = result.listings.as_slice() else { panic!("{:?}", result.listings) };
    assert_eq!(
        (listing.address.to_string(), &*listing.list),
        ("9.9.9.10".into(), "bl.example.net.")
    );
    let codes: Vec<String> = listing.codes.iter().map(ToString::to_string).collect();
    assert_eq!(codes, ["127.0.0.4", "127.0.0.11"]);
    assert_eq!(listing.texts, [r#""Ask \"us\"""#]);
    assert_eq!((result.not_listed, result.undecided.len(), result.left_out.len()), (2, 0, 1));
    let lines = result.bytes.split_inclusive(|byte| *byte == b'\n').count() as u64;
    assert_eq!((lines, result.sent), (24 + 3 + 1, 24 + 3 + 1));
}

#[test]
fn the_list_of_tor_exits_is_asked_when_it_is_named() {
    if is_missing("nsd") {
        return;
    }
    let result = asked(&server(), &[faisceau_collect::dns::blocklist::TOR_EXITS]);
    assert_eq!((result.listings.len(), result.not_listed, result.sent), (1, 1, 4));
    let nobody = BlocklistPlan::new([]).unwrap();
    let result = nobody.run(
        &["127.0.0.1:9".parse().unwrap()],
        &crate::settings(),
        &mut Ways::default(),
        &Timestamp::now,
        &mut |_, _| {},
    );
    assert!(matches!(result, Err(CollectError::NothingToAsk)));
}
