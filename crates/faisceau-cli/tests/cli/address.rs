//! What an address was at an instant, without and within a case.

use std::fs;

use serde_json::Value;

use crate::support::{opened, run};

/// Listings by question of one answer to `faisceau address`.
fn listings(answer: &Value, question: &str) -> Vec<String> {
    let answers = answer["answers"].as_array().unwrap().iter();
    let of = answers.filter(|a| a["question"] == question);
    of.map(|a| a["listing"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_instant_decides_and_a_gap_is_no_denial() {
    let work = tempfile::tempdir().unwrap();
    let ask = |at: &str| {
        let words = ["--json", "address", "2.58.56.43", "--at", at, "--port", "40123"];
        run(work.path(), &words).code(0).json()
    };
    let listed = ask("2024-06-01T12:00:00+02:00");
    assert_eq!(listings(&listed, "tor_exit"), ["listed"]);
    assert_eq!(listed["port"], 40_123);
    assert_eq!(listed["at"], "2024-06-01 10:00:00 UTC");
    assert_eq!(listings(&ask("2020-10-01"), "tor_exit"), ["not_listed"]);
    assert_eq!(listings(&ask("2024-03-15T00:00:00Z"), "tor_exit"), ["no_data"]);
    for answer in listed["answers"].as_array().unwrap() {
        assert!(answer["source"].as_str().is_some_and(|source| !source.is_empty()), "{answer}");
    }
}

#[test]
fn a_case_adds_what_it_knows() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let settings = fs::read_to_string(case.join("case.toml")).unwrap();
    let with = settings.replace("# overlay = \"overlay.csv\"", "overlay = \"overlay.csv\"");
    fs::write(case.join("case.toml"), with).unwrap();
    let overlay = "prefix,from,to,access,operator,country,asn,source\n\
                   82.64.10.0/24,,,shared_site,Lycée Hugo,FR,,attestation\n";
    fs::write(case.join("overlay.csv"), overlay).unwrap();
    let said = run(&case, &["address", "82.64.10.10", "--at", "2026-03-01"]).code(0);
    assert!(said.out.contains("Lycée Hugo  <- overlay:2"), "{}", said.out);
    assert!(said.out.contains("AS12322"), "the datasets still answer: {}", said.out);
}

#[test]
fn what_is_no_address_or_no_instant_is_wrong_use() {
    let work = tempfile::tempdir().unwrap();
    let bad = run(work.path(), &["address", "example.org"]).code(2);
    assert!(bad.err.contains("example.org"), "{}", bad.err);
    let bad = run(work.path(), &["address", "192.0.2.1", "--at", "hier"]).code(2);
    assert!(bad.err.contains("2026-03-01T14:05:12+01:00"), "{}", bad.err);
    let private = run(work.path(), &["--json", "address", "10.1.2.3"]).code(0).json();
    assert_eq!(listings(&private, "bogon"), ["listed"]);
    assert_eq!(listings(&private, "tor_exit"), Vec::<String>::new(), "nothing is looked up");
}

/// The chain of a trusted proxy names the client; that of anybody else is a claim.
#[test]
fn a_forwarded_chain_is_believed_only_behind_a_trusted_proxy() {
    let work = tempfile::tempdir().unwrap();
    let case = opened(work.path());
    let log = "10.0.0.7 - - [01/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\" \
               \"9.9.9.9, 82.64.10.10\"\n\
               82.64.10.11 - - [01/Mar/2026:10:00:01 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\" \
               \"9.9.9.9\"\n";
    fs::write(work.path().join("access.log"), log).unwrap();
    let _ = run(&case, &["add", "../access.log"]).code(0);
    let seen = |expected: [(&str, Option<&str>); 2]| {
        let _ = run(&case, &["run"]).code(0);
        for (line, (ip, via)) in ["adr:1:l1@0", "adr:1:l2@96"].into_iter().zip(expected) {
            let why = run(&case, &["--json", "why", line]).code(0).json();
            let facts = why["facts"].as_array().unwrap();
            let fact = |name: &str| {
                let of = facts.iter().find(|fact| fact[0] == name);
                of.and_then(|fact| fact[1].as_str().map(str::to_owned))
            };
            assert_eq!(fact("ip").as_deref(), Some(ip), "{line}");
            let said = fact("via").unwrap_or_default();
            match via {
                Some(via) => assert_eq!(said, via, "{line}"),
                None => assert!(!said.contains("10.0.0.7"), "{line}: {said}"),
            }
        }
    };
    seen([("10.0.0.7", None), ("82.64.10.11", None)]);
    let settings = fs::read_to_string(case.join("case.toml")).unwrap();
    let with = settings.replace("# trusted_proxies", "trusted_proxies");
    fs::write(case.join("case.toml"), with).unwrap();
    seen([("82.64.10.10", Some("10.0.0.7")), ("82.64.10.11", None)]);
}
