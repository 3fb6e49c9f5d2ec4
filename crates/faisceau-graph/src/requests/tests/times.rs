//! Requests and time: what lapsed, what is not dated, what is near enough.

use faisceau_model::rows::Request;
use faisceau_model::{AccessKind, Head, Maybe, Moment, Precision, Role, ZoneSource};

use super::super::planted::{account, address, post};
use super::{Case, RequestSettings, planted};

#[test]
fn without_a_day_nothing_is_called_past() {
    let settings = RequestSettings { as_of: None, ..planted().settings };
    let case = Case { settings, ..planted() };
    let late = ["expired", "kept_partly", "future_time"];
    assert!(case.requests().iter().flat_map(|r| &r.missing).all(|m| !late.contains(&m.as_str())));
}

#[test]
fn one_household_line_reaches_two_identities_within_the_hour() {
    let line = AccessKind::AccessLine;
    let plan = |second: &str| {
        let case = Case {
            accounts: vec![account(1, "x:1", Role::Examined), account(2, "x:2", Role::Examined)],
            posts: Vec::new(),
            addresses: vec![
                address(1, Some("x:1"), "203.0.113.7", Some(1), "2026-06-01T10:00:00Z", line),
                address(2, Some("x:2"), "203.0.113.7", Some(2), second, line),
            ],
            identities: Vec::new(),
            ..planted()
        };
        case.requests().iter().filter(|r| r.minimal).count()
    };
    assert_eq!(plan("2026-06-01T10:59:00Z"), 1);
    assert_eq!(plan("2026-06-01T11:01:00Z"), 2);
}

#[test]
fn a_use_that_is_not_dated_or_only_coarsely_says_so() {
    let mut case = planted();
    let mut coarse = case.addresses[0].clone();
    let day = Moment::new(1_780_000_000_000_000, Precision::Day, ZoneSource::Assumed);
    coarse.at = Maybe::or_absent(day, faisceau_model::Absent::NotExported);
    let mut undated = coarse.clone();
    undated.ip = "203.0.113.8".to_owned();
    undated.at = Maybe::Missing(faisceau_model::Absent::NotExported);
    case.addresses = vec![coarse, undated];
    let second: Vec<Request> = case.requests().into_iter().filter(|r| r.hop == 2).collect();
    assert_eq!(second[0].missing, ["coarse_time", "zone_assumed"].map(String::from));
    assert_eq!(second[1].missing, ["no_instant"].map(String::from));
    assert!(second[0].minimal && !second[1].minimal);
}

#[test]
fn what_lapsed_is_no_part_of_the_plan() {
    let mut case = planted();
    case.addresses.clear();
    case.identities.clear();
    case.accounts.truncate(1);
    case.posts.truncate(1);
    case.posts[0] = post(10, "x:1", "2024-01-01T08:00:00Z");
    let all = case.requests();
    let heads = |minimal| -> Vec<Head> {
        all.iter().filter(|r| r.minimal == minimal).map(|r| r.head).collect()
    };
    assert_eq!((heads(true), heads(false)), (vec![Head::C1, Head::C2], vec![Head::C3]));
}

#[test]
fn a_coarse_time_lapses_with_its_latest_instant() {
    let expired = |precision, today: &str| {
        let start = planted().posts[0].at.known().unwrap().at_us();
        let mut case = planted();
        case.settings.as_of = Some(today.parse().unwrap());
        case.accounts.truncate(1);
        case.posts.truncate(1);
        case.identities.clear();
        case.posts[0].at = Maybe::Known(Moment::new(start, precision, ZoneSource::Unix).unwrap());
        case.addresses =
            vec![address(1, Some("x:1"), "203.0.113.7", None, "", AccessKind::AccessLine)];
        case.addresses[0].at = case.posts[0].at;
        let all = case.requests();
        let dated = all.iter().filter(|r| r.last_day.known().is_some());
        let codes: Vec<bool> = dated.map(|r| r.missing.contains(&"expired".to_owned())).collect();
        assert!(codes.len() == 2 && codes[0] == codes[1], "{codes:?}");
        codes[0]
    };
    // 2025-10-01T08:00:00Z.
    assert!(!expired(Precision::Second, "2026-09-30") && expired(Precision::Second, "2026-10-01"));
    assert!(!expired(Precision::Day, "2026-10-01") && expired(Precision::Day, "2026-10-02"));
    assert!(!expired(Precision::Month, "2026-10-20") && expired(Precision::Month, "2026-11-20"));
    assert!(!expired(Precision::Year, "2027-09-20") && expired(Precision::Year, "2027-10-20"));
    assert!(!expired(Precision::Interval, "2050-01-01"));
}
