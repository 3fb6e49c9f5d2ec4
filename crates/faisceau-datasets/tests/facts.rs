//! Known facts about known addresses.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::net::IpAddr;

use faisceau_datasets::Bundle;
use faisceau_model::{Absent, AccessKind, Listing, Maybe, Moment};

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn at(text: &str) -> Maybe<Moment> {
    Maybe::Known(Moment::from_rfc3339(text).unwrap())
}

const NEVER: Maybe<Moment> = Maybe::Missing(Absent::Unreadable);

#[test]
fn a_line_of_free_in_june_2026() {
    let bundle = Bundle::embedded().unwrap();
    let free = ip("82.64.10.10");
    let when = at("2026-06-19T12:00:00Z");
    let country = bundle.country(free, when);
    assert_eq!(country.value, Maybe::Known(&"FR".into()));
    assert_eq!((&**country.source, country.days), ("country@2026-06-17", Maybe::Known(2)));
    let asn = bundle.asn(free, when);
    assert_eq!(asn.value, Maybe::Known((12_322, &"Free SAS".into())));
    assert_eq!((&**asn.source, asn.days), ("asn@2026-06-17", Maybe::Known(2)));
    assert_eq!(bundle.operator_kind(12_322).unwrap().0, AccessKind::AccessLine);
    assert_eq!(&**bundle.operator_basis(12_322).unwrap(), "operators@2026-06 AS12322");
    for verdict in [
        bundle.tor(free, when),
        bundle.vpn(free, when),
        bundle.relay(free, when),
        bundle.hosting(free, Some(12_322), when),
    ] {
        assert_eq!(verdict.listing, Listing::NotListed, "{}", verdict.source);
    }
}

#[test]
fn the_operator_table_names_what_the_as_data_name() {
    let bundle = Bundle::embedded().unwrap();
    for (address, asn, kind) in [
        ("90.89.10.1", 3_215, AccessKind::AccessLine),
        ("37.165.12.41", 51_207, AccessKind::Mobile),
        ("51.15.0.1", 12_876, AccessKind::Hosting),
        ("51.254.0.1", 16_276, AccessKind::Hosting),
    ] {
        let found = bundle.asn(ip(address), NEVER).value.into_known().unwrap();
        assert_eq!(found.0, asn, "{address}");
        assert_eq!(bundle.operator_kind(asn).unwrap().0, kind);
    }
    assert_eq!(bundle.operator_kind(64_512), None);
}

#[test]
fn a_tor_exit_at_the_edges_of_its_stays() {
    let bundle = Bundle::embedded().unwrap();
    let exit = |when: &str| bundle.tor(ip("185.220.101.1"), at(when));
    // A stay from 2018-03-24T00:00Z to 2018-05-21T21:00Z, and the first of all from 03-13T10:00Z.
    assert_eq!(exit("2018-04-01T00:00:00Z").listing, Listing::Listed);
    assert_eq!(exit("2018-05-21T21:00:00Z").listing, Listing::Listed);
    assert_eq!(exit("2018-05-21T22:15:00Z").listing, Listing::NotListed);
    assert_eq!(exit("2018-05-21T23:00:00Z").listing, Listing::Listed);
    assert_eq!(exit("2018-03-13T10:00:00Z").listing, Listing::Listed);
    let verdict = exit("2018-04-01T00:00:00Z");
    assert_eq!((&**verdict.source, verdict.days), ("tor-exits@2026-08-22", Maybe::Known(0)));
}

#[test]
fn where_the_history_is_silent_the_answer_is_no_data() {
    let bundle = Bundle::embedded().unwrap();
    let exit = |when: &str| {
        let verdict = bundle.tor(ip("185.220.101.1"), at(when));
        (verdict.listing, verdict.days)
    };
    let none = |days| (Listing::NoData, Maybe::Known(days));
    assert_eq!(exit("2018-03-13T09:59:59Z"), none(0), "before the first snapshot");
    assert_eq!(exit("2017-03-13T10:00:00Z"), none(365));
    assert_eq!(exit("2019-06-30T00:00:00Z"), none(40), "declared gap, 05-16 to 08-09");
    assert_eq!(exit("2020-06-01T12:00:00Z"), none(1), "an empty snapshot");
    assert_eq!(exit("2021-08-15T00:00:00Z"), none(6), "the feed froze from 08-09 to 08-25");
    assert_eq!(exit("2026-08-30T00:00:00Z"), none(8), "after the last snapshot");
    let unknown = bundle.tor(ip("185.220.101.1"), NEVER);
    assert_eq!(unknown.listing, Listing::NoData);
    assert_eq!(unknown.days, Maybe::Missing(Absent::Unreadable));
}

#[test]
fn vpn_and_relay_lists_answer_for_their_day() {
    let bundle = Bundle::embedded().unwrap();
    let vpn = |address: &str, when: Maybe<Moment>| {
        let verdict = bundle.vpn(ip(address), when);
        (verdict.listing, verdict.source.to_string(), verdict.days)
    };
    // 2.56.16.0/22 stood in the list of 2024-06-30.
    let old = (Listing::Listed, "vpn@2024-06-30".to_owned(), Maybe::Known(1));
    assert_eq!(vpn("2.56.16.9", at("2024-07-01T00:00:00Z")), old);
    assert_eq!(vpn("2.56.16.9", at("2024-06-29T00:00:00Z")), old);
    // 2.26.157.0/24 came later.
    assert_eq!(vpn("2.26.157.9", at("2024-07-01T00:00:00Z")).0, Listing::NotListed);
    let new = "vpn@2026-08-22".to_owned();
    let unread = Maybe::Missing(Absent::Unreadable);
    assert_eq!(vpn("2.26.157.9", NEVER), (Listing::Listed, new, unread));
    assert_eq!(vpn("2001:550:1d05::1", at("2026-08-22T00:00:00Z")).0, Listing::Listed);
    let relay = |address: &str| bundle.relay(ip(address), at("2026-08-22T00:00:00Z")).listing;
    assert_eq!(relay("104.28.28.1"), Listing::Listed);
    assert_eq!(relay("82.64.10.10"), Listing::NotListed);
    assert_eq!(relay("2606:4700::1"), Listing::NoData);
}
