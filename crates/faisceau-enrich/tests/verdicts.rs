//! What the sources say side by side of known addresses.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use faisceau_datasets::Bundle;
use faisceau_enrich::{Answer, Asked, Knowledge, Overlay, answers};
use faisceau_model::{Absent, Listing, Maybe, Moment, Question};

fn asked(ip: &str, port: Option<u16>, at: &str) -> Vec<Answer> {
    let at = Maybe::or_absent(Moment::from_rfc3339(at), Absent::Unreadable);
    let overlay = Overlay::empty();
    let bundle = Bundle::embedded().unwrap();
    let knowledge = Knowledge { bundle, overlay: &overlay, names: &[], tor: None };
    answers(&Asked { ip: ip.parse().unwrap(), port, at }, &knowledge)
}

/// The answers to one question: listing, value, source, notes.
fn to(question: Question, all: &[Answer]) -> Vec<String> {
    let text = |answer: &Answer| {
        let value = answer.value.known().map_or("-", String::as_str);
        let thumb = if answer.heuristic { " (rule of thumb)" } else { "" };
        format!("{} {value} {}{thumb} {}", answer.listing, answer.source, answer.notes.join("+"))
    };
    all.iter().filter(|answer| answer.question == question).map(text).collect()
}

const WHEN: &str = "2026-08-22T12:00:00Z";

#[test]
fn a_line_of_free_with_and_without_its_port() {
    let with = |port| to(Question::PortShare, &asked("82.64.10.10", port, WHEN));
    assert_eq!(
        with(Some(20_000)),
        [
            "listed 16384-32767 operators@2026-06 AS12322 (rule of thumb) not_every_address_is_shared"
        ]
    );
    assert_eq!(
        with(None),
        ["no_data - operators@2026-06 AS12322 (rule of thumb) \
          not_every_address_is_shared+no_port_up_to_4_lines"]
    );
    let v6 = asked("2a01:e0a::1", Some(20_000), WHEN);
    assert_eq!(to(Question::PortShare, &v6), [""; 0], "IPv6 is not shared so");
    assert_eq!(to(Question::Cgnat, &asked("82.64.10.10", None, WHEN)), [""; 0]);
}

#[test]
fn a_mobile_address_is_that_of_many() {
    let all = asked("37.165.12.41", None, WHEN);
    let basis = "operators@2026-06 AS51207 (rule of thumb)";
    assert_eq!(to(Question::Cgnat, &all), [format!("listed - {basis} kind_of_whole_network")]);
    assert_eq!(to(Question::Mobile, &all), [format!("listed - {basis} kind_of_whole_network")]);
    assert_eq!(
        to(Question::PortShare, &all),
        [format!("no_data - {basis} not_every_address_is_shared+no_port_thousands")]
    );
    let with_port = asked("37.165.12.41", Some(1), WHEN);
    assert_eq!(to(Question::PortShare, &with_port), [""; 0]);
}

#[test]
fn a_vpn_range_that_came_between_two_dates_answers_twice() {
    // 2.26.157.0/24 stands in the list of 2026-08-22, not in that of 2026-01-01.
    let vpn = to(Question::Vpn, &asked("2.26.157.9", None, "2026-03-01T00:00:00Z"));
    assert_eq!(
        vpn,
        [
            "not_listed - vpn@2026-01-01 changed_between_dates",
            "listed - vpn@2026-08-22 range_rented_by_vpn+changed_between_dates",
            "not_listed - protonvpn@2026-08-22 ",
        ]
    );
    let after = to(Question::Vpn, &asked("2.26.157.9", None, WHEN));
    assert_eq!(after[0], "listed - vpn@2026-08-22 range_rented_by_vpn");
    assert_eq!(after.len(), 2);
}

#[test]
fn edges_clouds_relays_and_satellites_are_told_apart() {
    let edge = asked("104.16.1.1", None, WHEN);
    assert_eq!(
        to(Question::Cdn, &edge),
        [
            "listed - operators@2026-06 AS13335 (rule of thumb) kind_of_whole_network",
            "listed - cdn@2026-08-22 edge_before_the_site",
        ]
    );
    let cloud = to(Question::Hosting, &asked("34.64.0.1", None, WHEN));
    assert!(
        cloud.contains(&"listed - cloud@2026-08-22 owner_services_too".to_owned()),
        "{cloud:?}"
    );
    let relay = to(Question::Relay, &asked("104.28.28.1", None, WHEN));
    assert_eq!(relay, ["listed - relay@2026-08-22 region_of_user"]);
    let line = asked("82.64.10.10", None, WHEN);
    for question in [Question::Cdn, Question::Relay, Question::Hosting, Question::TorExit] {
        assert!(to(question, &line).iter().all(|text| text.starts_with("not_listed")));
    }
    assert_eq!(to(Question::Bogon, &line), [""; 0]);
}

#[test]
fn an_address_that_nobody_announced_is_a_dated_rule_of_thumb() {
    // The AS data of that day have no network for 48.80.0.0/12.
    let bogon = to(Question::Bogon, &asked("48.80.0.1", None, WHEN));
    assert_eq!(
        bogon,
        ["listed unannounced asn@2026-06-17 (rule of thumb) announced_by_nobody_that_day"]
    );
    assert_eq!(
        to(Question::Bogon, &asked("192.168.1.1", None, WHEN)),
        ["listed private RFC 6890 "]
    );
}

#[test]
fn every_answer_of_a_list_is_dated() {
    for answer in asked("51.15.0.1", None, "2020-01-01T00:00:00Z") {
        if answer.listing != Listing::NoData && !answer.source.starts_with("operators") {
            assert!(answer.dated.known().is_some() && answer.days.known().is_some(), "{answer:?}");
        }
    }
}
