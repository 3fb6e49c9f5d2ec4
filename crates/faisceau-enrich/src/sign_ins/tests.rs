use std::sync::Arc;

use faisceau_model::rows::{Address, Connection};
use faisceau_model::{AccessKind, AccountKey, AddressScope, ExhibitNo, Listing, Moment, Place};

use super::*;

const HOME: &str = "Mozilla/5.0 (Windows NT 10.0) Chrome/119.0 Safari/537.36";
const OTHER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const START: i64 = 1_700_000_000;

/// A use on a day, at an hour, from an address, with a device and an action.
fn used(n: u64, day: i64, ip: &str, agent: &str, action: &str) -> (Connection, Address) {
    let place = Place::Line { number: n, byte: n };
    let at = Moment::from_unix_seconds(START + day * 86_400).unwrap();
    let mut connection = Connection::new(ExhibitNo::top(1), &place, 0, ip.to_owned(), "google");
    connection.account = Maybe::Known(AccountKey::by_id("google", "1"));
    connection.at = Maybe::Known(at);
    connection.user_agent = Maybe::text(agent, Absent::NotRecorded);
    connection.request = Maybe::text(action, Absent::NotRecorded);
    let none = || Maybe::Missing(Absent::NoData);
    let days = Maybe::Missing(Absent::NoData);
    let far = ip.starts_with("203.");
    let address = Address {
        id: connection.id.with_prefix("adr"),
        exhibit: connection.exhibit,
        place,
        connection: connection.id.clone(),
        account: connection.account.clone(),
        ip: ip.to_owned(),
        port: Maybe::Missing(Absent::NotRecorded),
        via: Maybe::Missing(Absent::NotApplicable),
        at: connection.at,
        scope: if ip.starts_with("10.") { AddressScope::Private } else { AddressScope::Global },
        country: Maybe::Known(Arc::from(if far { "US" } else { "FR" })),
        country_source: none(),
        country_days: days,
        asn: Maybe::Known(if far { 64_500 } else { 64_496 }),
        operator: none(),
        operator_source: none(),
        operator_days: days,
        tor: Listing::NotListed,
        tor_source: none(),
        tor_days: days,
        vpn: Listing::NotListed,
        vpn_source: none(),
        vpn_days: days,
        hosting: Listing::NotListed,
        hosting_source: none(),
        hosting_days: days,
        relay: Listing::NotListed,
        relay_source: none(),
        relay_days: days,
        access: AccessKind::AccessLine,
        access_basis: Arc::from("rule"),
        declared: false,
    };
    (connection, address)
}

/// A hundred days at home, one session each.
fn home() -> Vec<(Connection, Address)> {
    (0..100).map(|day| used(day, day as i64, "192.0.2.7", HOME, "Login")).collect()
}

fn verdicts(uses: &[(Connection, Address)]) -> Vec<SignInVerdict> {
    sign_ins(uses, &TimeZone::UTC).iter().map(|row| row.verdict).collect()
}

#[test]
fn a_stranger_is_foreign_and_gets_an_episode_and_steps() {
    let mut uses = home();
    uses.push(used(900, 80, "203.0.113.9", OTHER, "Login"));
    uses.push(used(901, 80, "203.0.113.9", OTHER, "Password changed"));
    uses.push(used(902, 84, "203.0.113.9", OTHER, "Login"));
    let rows = sign_ins(&uses, &TimeZone::UTC);
    let foreign: Vec<&SignIn> =
        rows.iter().filter(|row| row.verdict == SignInVerdict::Foreign).collect();
    assert_eq!(foreign.len(), 3);
    let numbers: Vec<_> = foreign.iter().map(|row| row.episode.known().copied()).collect();
    assert_eq!(numbers, [Some(1), Some(1), Some(2)]);
    let changed = foreign.iter().find(|row| row.connection == uses[101].0.id).unwrap();
    for code in ["new_network", "new_device", "new_country", "security_action", "act_password"] {
        assert!(changed.reasons.iter().any(|r| r == code), "{code}: {:?}", changed.reasons);
    }
    assert!(changed.reasons.iter().any(|r| r == "may_be_travel"));
    assert_eq!(changed.steps.first().map(String::as_str), Some("preserve"));
    assert!(changed.steps.iter().any(|step| step == "forwarding"));
    assert!(rows.iter().filter(|row| row.ip == "192.0.2.7").all(|row| row.steps.is_empty()));
}

#[test]
fn what_differs_in_one_way_is_unusual() {
    let mut uses = home();
    uses.push(used(900, 80, "203.0.113.9", HOME, "Login"));
    uses.push(used(901, 85, "192.0.2.7", OTHER, "Login"));
    let mut all = verdicts(&uses);
    all.retain(|v| *v != SignInVerdict::Usual);
    assert_eq!(all, [SignInVerdict::Unusual; 2]);
}

#[test]
fn a_stay_does_not_vouch_for_itself() {
    let mut uses = home();
    let stay = (70..84).map(|day| used(900 + day as u64, day, "203.0.113.9", OTHER, "Login"));
    uses.extend(stay);
    let foreign = verdicts(&uses).iter().filter(|v| **v == SignInVerdict::Foreign).count();
    assert_eq!(foreign, 14);
}

#[test]
fn a_new_line_is_established_by_the_old_computer() {
    let mut uses = home();
    let moved = (100..160).map(|day| used(900 + day as u64, day, "203.0.113.9", HOME, "Login"));
    uses.extend(moved);
    assert_eq!(verdicts(&uses)[159], SignInVerdict::Usual);
    // And a new computer by the new line.
    let bought = (120..160).map(|day| used(2000 + day as u64, day, "203.0.113.9", OTHER, "Login"));
    uses.extend(bought);
    assert!(verdicts(&uses).iter().all(|v| *v != SignInVerdict::Foreign));
}

#[test]
fn little_is_undecided_and_so_is_what_has_no_network() {
    let few: Vec<_> = home().into_iter().take(9).collect();
    assert!(verdicts(&few).iter().all(|v| *v == SignInVerdict::Undecided));
    let mut uses = home();
    uses.push(used(900, 80, "10.1.2.3", OTHER, "Login"));
    let rows = sign_ins(&uses, &TimeZone::UTC);
    let row = rows.iter().find(|row| row.ip == "10.1.2.3").unwrap();
    assert_eq!(row.verdict, SignInVerdict::Undecided);
    assert_eq!(row.reasons.first().map(String::as_str), Some("not_routed"));
}

#[test]
fn two_countries_within_an_hour_are_remarked() {
    let mut uses = home();
    uses.push(used(900, 80, "203.0.113.9", OTHER, "Login"));
    let rows = sign_ins(&uses, &TimeZone::UTC);
    let fast: Vec<&str> = rows
        .iter()
        .filter(|row| row.reasons.iter().any(|r| r == "impossible_travel"))
        .map(|row| row.ip.as_str())
        .collect();
    assert_eq!(fast, ["203.0.113.9"]);
}

#[test]
fn the_order_of_the_exhibits_changes_nothing() {
    let mut uses = home();
    uses.push(used(900, 80, "203.0.113.9", OTHER, "Login"));
    let once = sign_ins(&uses, &TimeZone::UTC);
    uses.reverse();
    assert_eq!(once, sign_ins(&uses, &TimeZone::UTC));
}
