//! Rates of the sign-in verdicts against the planted truth, and the page that gives them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod sign_ins_world;

use faisceau_model::SignInVerdict::{Foreign, Undecided, Unusual, Usual};
use sign_ins_world::{SEEDS, measure, table};

const PAGE: &str = include_str!("../../../docs/sign-ins.md");

#[test]
fn rates_hold_against_the_truth() {
    let rates = measure();
    for kind in ["one night", "a fortnight", "by Tor", "rented server"] {
        let found = rates[format!("intruder, {kind}").as_str()];
        assert_eq!(u64::from(found.worlds), SEEDS);
        assert!(found.worlds_foreign * 100 >= found.worlds * 95, "{kind}");
        assert!(found.share(Foreign) >= 0.95, "{kind}: {}", found.share(Foreign));
    }
    // What no habit tells apart is remarked, and not called foreign.
    for kind in ["same sort of device", "in the house", "three months"] {
        let found = rates[format!("intruder, {kind}").as_str()];
        assert!(found.share(Unusual) >= 0.95 && found.worlds_remarked == found.worlds, "{kind}");
    }
    assert!(rates["intruder, in the first months"].share(Undecided) >= 0.95);
    for kind in ["home", "mobile", "work", "VPN", "new line", "new telephone", "mail server"] {
        assert!(rates[kind].share(Foreign) <= 0.001, "{kind}: {}", rates[kind].share(Foreign));
        assert!(rates[kind].share(Usual) >= 0.95, "{kind}: {}", rates[kind].share(Usual));
    }
    assert!(rates["journey"].share(Foreign) <= 0.01);
}

#[test]
fn the_page_gives_the_rates_that_are_measured() {
    let said = PAGE.split_once("<!-- rates -->\n").unwrap().1;
    assert!(said.starts_with(&table()), "run the command that the page names");
}
