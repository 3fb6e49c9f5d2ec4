//! Shared addresses.

use super::*;

#[test]
fn two_devices_in_one_minute_speak_for_a_household() {
    let mut case = network(AccessKind::AccessLine, &["same_household"]);
    case.used(1, "x:a", "2026-05-02T20:00:10Z", None, "Firefox/126 Linux");
    case.used(2, "x:b", "2026-05-02T20:00:40Z", None, "Safari iPhone");
    let found = case.found("same_household");
    assert_eq!(found.standing, Standing::Supported);
    assert!(found.counted.contains(&"apart_minutes=1".to_owned()), "{:?}", found.counted);
    assert_eq!(found.explains, ["cmp:1"]);
    // The same device on both: nothing is said by two uses.
    let mut case = network(AccessKind::AccessLine, &["same_household"]);
    case.used(1, "x:a", "2026-05-02T20:00:10Z", None, "Firefox/126 Linux");
    case.used(2, "x:b", "2026-05-02T20:00:40Z", None, "Firefox/126 Linux");
    assert_eq!(case.standing("same_household"), Standing::Open);
}

#[test]
fn one_device_never_in_one_minute_speaks_against_a_household() {
    let mut case = network(AccessKind::AccessLine, &["same_household"]);
    for n in 0..6 {
        case.used(n, "x:a", &format!("2026-05-0{}T20:00:10Z", n + 1), None, "Firefox/126 Linux");
        case.used(
            n + 9,
            "x:b",
            &format!("2026-05-0{}T20:15:10Z", n + 1),
            None,
            "Firefox/126 Linux",
        );
    }
    assert_eq!(case.standing("same_household"), Standing::Contradicted);
    // Somebody else on the line speaks for it all the same, unless one hand may hold all three.
    case.used(30, "x:c", "2026-05-03T20:00:10Z", None, "Opera");
    assert_eq!(case.standing("same_household"), Standing::Supported);
    case.identities = vec![identity(&["x:a", "x:b", "x:c"])];
    assert_eq!(case.standing("same_household"), Standing::Contradicted);
}

fn port_share(address: &Address, ports: &str) -> AddressVerdict {
    AddressVerdict {
        id: address.id.with_prefix("vdt"),
        exhibit: address.exhibit,
        place: address.place.clone(),
        address: address.id.clone(),
        account: address.account.clone(),
        ip: address.ip.clone(),
        port: address.port,
        at: address.at,
        question: Question::PortShare,
        listing: Listing::Listed,
        value: Maybe::Known(ports.to_owned()),
        source: "planted".to_owned(),
        dated: Maybe::Missing(Absent::NoData),
        days: Maybe::Missing(Absent::NoData),
        heuristic: true,
        notes: Vec::new(),
    }
}

#[test]
fn ports_decide_behind_a_shared_address() {
    let mut case = network(AccessKind::Cgnat, &["carrier_nat"]);
    let a = case.used(1, "x:a", "2026-05-02T20:00:10Z", Some(20_000), "").clone();
    let b = case.used(2, "x:b", "2026-05-02T21:00:40Z", Some(50_000), "").clone();
    assert_eq!(case.standing("carrier_nat"), Standing::Open);
    case.verdicts = vec![port_share(&a, "16384-32767"), port_share(&b, "49152-65535")];
    assert_eq!(case.standing("carrier_nat"), Standing::Supported);
    case.verdicts = vec![port_share(&a, "16384-32767"), port_share(&b, "16384-32767")];
    assert_eq!(case.standing("carrier_nat"), Standing::Contradicted);
    // The same port in the same minute is one subscriber's.
    case.verdicts.clear();
    case.used(3, "x:b", "2026-05-02T20:00:40Z", Some(20_000), "");
    assert_eq!(case.standing("carrier_nat"), Standing::Contradicted);
    case.used(4, "x:c", "2026-05-02T20:00:40Z", Some(20_001), "");
    assert_eq!(case.standing("carrier_nat"), Standing::Supported);
}

#[test]
fn a_common_home_line_makes_a_vpn_unneeded() {
    let mut case = network(AccessKind::Vpn, &["vpn_exit"]);
    case.used(1, "x:a", "2026-05-02T20:00:10Z", None, "").vpn = Listing::Listed;
    case.used(2, "x:b", "2026-05-02T21:00:10Z", None, "").vpn = Listing::NoData;
    let found = case.found("vpn_exit");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(found.counted[2..4], ["listed=1", "not_covered=1"]);
    let mut home = comparison(2, Family::Network, "shared_address", &["same_household"]);
    home.access = Maybe::Known(AccessKind::AccessLine);
    home.shared = Maybe::Known("192.0.2.9".to_owned());
    case.links[0].rows.push("cmp:2".to_owned());
    case.comparisons.push(home);
    assert_eq!(case.standing("vpn_exit"), Standing::Contradicted);
}

#[test]
fn turns_on_an_address_speak_against_a_change_of_subscriber() {
    let mut case = network(AccessKind::AccessLine, &["reassigned_address"]);
    case.used(1, "x:a", "2026-01-02T20:00:10Z", None, "");
    case.used(2, "x:b", "2026-05-02T20:00:10Z", None, "");
    let found = case.found("reassigned_address");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(found.counted, ["addresses=1", "undated=0", "gap_days=120", "changes=1"]);
    case.used(3, "x:a", "2026-05-12T20:00:10Z", None, "");
    assert_eq!(case.standing("reassigned_address"), Standing::Open);
    case.used(4, "x:b", "2026-05-22T20:00:10Z", None, "");
    assert_eq!(case.standing("reassigned_address"), Standing::Contradicted);
}

#[test]
fn only_connections_on_shared_addresses_are_needed() {
    let mut case = network(AccessKind::AccessLine, &["same_household"]);
    case.used(1, "x:a", "2026-05-02T20:00:10Z", None, "Firefox");
    case.used(2, "x:b", "2026-05-02T20:00:40Z", None, "Safari");
    case.used(3, "x:b", "2026-05-02T20:00:40Z", None, "Safari").ip = "192.0.2.99".into();
    let needed = crate::explanations::needed_connections(&case.comparisons, &case.addresses);
    let needed: Vec<String> = needed.into_iter().map(ToString::to_string).collect();
    assert_eq!(needed, ["con:1:l1@100", "con:1:l2@200"]);
}
