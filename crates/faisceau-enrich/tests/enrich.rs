//! Known connections, and the promises about order and threads.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use faisceau_datasets::Bundle;
use faisceau_enrich::{Enrichment, Overlay, Proxies, enrich};
use faisceau_model::rows::{Address, Connection};
use faisceau_model::{Absent, AccessKind, AddressScope, ExhibitNo, Listing, Maybe, Moment, Place};
use proptest::prelude::*;

const OVERLAY: &str = "\
prefix,from,to,access,operator,country,asn,source
192.0.2.0/25,,,access_line,Orange,FR,3215,\"réponse de l'opérateur, pièce 12\"
82.64.10.10,2026-03-01,2026-03-31,shared_site,,,,attestation du lycée
10.0.0.0/8,,,shared_site,Lycée Hugo,FR,,attestation du lycée
198.51.100.0/24,,,,,,51207,pièce 13
";

fn connection(row: u64, ip: &str, at: Maybe<Moment>) -> Connection {
    let place = Place::Line { number: row, byte: row * 80 };
    let exhibit = ExhibitNo::top(3);
    let blank = Connection::new(exhibit, &place, 0, ip.to_owned(), "forum");
    Connection { at, port: Maybe::Known(50_000), ..blank }
}

fn at(text: &str) -> Maybe<Moment> {
    Maybe::or_absent(Moment::from_rfc3339(text), Absent::Unreadable)
}

fn looked_up(connections: Vec<Connection>, overlay: &Overlay) -> Vec<Address> {
    let bundle = Bundle::embedded().unwrap();
    let with = Enrichment { bundle, overlay, proxies: &Proxies::default(), tor: None };
    enrich(&[connections], &with).into_iter().flatten().collect()
}

fn one(ip: &str, when: &str, overlay: &Overlay) -> Address {
    let rows = looked_up(vec![connection(7, ip, at(when))], overlay);
    let [row] = <[Address; 1]>::try_from(rows).unwrap();
    row
}

#[test]
fn a_claim_stays_a_claim() {
    let seen = connection(7, "192.0.2.1", at("2026-03-01T10:00:00Z"));
    let claimed = Connection { declared: true, ..seen.clone() };
    let rows = looked_up(vec![seen, claimed], &Overlay::empty());
    let mut declared: Vec<bool> = rows.iter().map(|row| row.declared).collect();
    declared.sort_unstable();
    assert_eq!(declared, [false, true]);
}

/// What a reader sees first, in one line.
fn line(row: &Address) -> String {
    let text = |value: &Maybe<std::sync::Arc<str>>| match value {
        Maybe::Known(text) => text.to_string(),
        Maybe::Missing(reason) => format!("-{reason}"),
    };
    let number = |value: &Maybe<i64>| match value {
        Maybe::Known(number) => number.to_string(),
        Maybe::Missing(reason) => format!("-{reason}"),
    };
    format!(
        "{} | {} {} {} | {} {} {} {} | tor {} {} | vpn {} {} | hosting {} | relay {} | {} <- {}",
        row.scope,
        text(&row.country),
        text(&row.country_source),
        number(&row.country_days),
        number(&row.asn),
        text(&row.operator),
        text(&row.operator_source),
        number(&row.operator_days),
        row.tor,
        number(&row.tor_days),
        row.vpn,
        text(&row.vpn_source),
        row.hosting,
        row.relay,
        row.access,
        row.access_basis,
    )
}

#[test]
fn access_lines_of_french_operators() {
    let none = Overlay::empty();
    assert_eq!(
        line(&one("82.64.10.10", "2026-06-19T12:00:00Z", &none)),
        "global | FR country@2026-06-17 2 | 12322 Free SAS asn@2026-06-17 2 | tor not_listed 0 \
         | vpn not_listed vpn@2026-01-01 | hosting not_listed | relay not_listed \
         | access_line <- operators@2026-06 AS12322"
    );
    assert_eq!(
        line(&one("37.165.12.41", "2026-06-17T12:00:00Z", &none)),
        "global | FR country@2026-06-17 0 | 51207 Free Mobile SAS asn@2026-06-17 0 \
         | tor not_listed 0 | vpn not_listed vpn@2026-01-01 | hosting not_listed \
         | relay not_listed | mobile <- operators@2026-06 AS51207"
    );
    let orange = one("::ffff:90.89.10.1", "2026-06-17T12:00:00Z", &none);
    assert_eq!((orange.asn, orange.access), (Maybe::Known(3_215), AccessKind::AccessLine));
    assert_eq!(orange.ip, "::ffff:90.89.10.1");
    let server = one("51.15.0.1", "2026-06-17T12:00:00Z", &none);
    assert_eq!((server.access, &*server.access_basis), (AccessKind::Hosting, "hosting@2026-08-22"));
}

#[test]
fn a_tor_exit_is_one_only_while_it_is_listed() {
    let exit = |when: &str| one("185.220.101.1", when, &Overlay::empty());
    let then = exit("2018-04-01T00:00:00Z");
    assert_eq!((then.tor, then.access), (Listing::Listed, AccessKind::TorExit));
    assert_eq!(&*then.access_basis, "tor-exits@2026-08-22");
    let between = exit("2018-05-21T22:15:00Z");
    assert_eq!(between.tor, Listing::NotListed);
    assert_ne!(between.access, AccessKind::TorExit);
    let gap = exit("2019-06-30T00:00:00Z");
    assert_eq!((gap.tor, gap.tor_days), (Listing::NoData, Maybe::Known(40)));
    assert_ne!(gap.access, AccessKind::TorExit);
}

#[test]
fn relay_before_vpn_and_vpn_before_hosting() {
    let none = Overlay::empty();
    // The newest VPN list holds Apple's relay ranges.
    let relay = one("104.28.28.1", "2026-08-22T12:00:00Z", &none);
    assert_eq!((relay.access, &*relay.access_basis), (AccessKind::Relay, "relay@2026-08-22"));
    let vpn = one("2.56.16.9", "2024-07-01T12:00:00Z", &none);
    assert_eq!((vpn.access, &*vpn.access_basis), (AccessKind::Vpn, "vpn@2024-06-30"));
    assert_eq!(vpn.vpn_days, Maybe::Known(1));
}

#[test]
fn edges_clouds_and_satellites_have_kinds_of_their_own() {
    let access = |ip: &str| {
        let row = one(ip, "2026-08-22T00:00:00Z", &Overlay::empty());
        (row.access, row.access_basis.to_string())
    };
    assert_eq!(access("104.16.1.1"), (AccessKind::Cdn, "cdn@2026-08-22".to_owned()));
    assert_eq!(access("34.64.0.1"), (AccessKind::Hosting, "cloud@2026-08-22".to_owned()));
    let satellite = (AccessKind::Satellite, "operators@2026-06 AS14593".to_owned());
    assert_eq!(access("14.1.64.0"), satellite);
}

#[test]
fn what_is_not_routed_is_not_looked_up() {
    let none = Overlay::empty();
    let nothing = "-not_applicable -not_applicable -not_applicable | -not_applicable \
                   -not_applicable -not_applicable -not_applicable | tor no_data -not_applicable \
                   | vpn no_data -not_applicable | hosting no_data | relay no_data";
    for (ip, scope, access) in [
        ("192.0.2.9", "documentation", "unknown <- none"),
        ("192.168.1.1", "private", "unknown <- none"),
        ("100.64.3.4", "shared", "cgnat <- RFC 6598"),
        ("fe80::1", "link_local", "unknown <- none"),
        ("not an address", "reserved", "unknown <- none"),
    ] {
        let row = one(ip, "2026-06-19T12:00:00Z", &none);
        assert_eq!(line(&row), format!("{scope} | {nothing} | {access}"), "{ip}");
    }
}

#[test]
fn the_overlay_wins_and_is_cited_by_its_line() {
    let overlay = Overlay::parse(OVERLAY).unwrap();
    assert_eq!(
        line(&one("192.0.2.9", "2026-06-19T12:00:00Z", &overlay)),
        "documentation | FR overlay:2 0 | 3215 Orange overlay:2 0 | tor no_data -not_applicable \
         | vpn no_data -not_applicable | hosting no_data | relay no_data \
         | access_line <- overlay:2 (réponse de l'opérateur, pièce 12)"
    );
    assert_eq!(
        line(&one("82.64.10.10", "2026-03-31T23:59:59Z", &overlay)),
        "global | FR country@2026-06-17 78 | 12322 Free SAS asn@2026-06-17 78 \
         | tor not_listed 0 | vpn not_listed vpn@2026-01-01 | hosting not_listed \
         | relay not_listed | shared_site <- overlay:3 (attestation du lycée)"
    );
    let later = one("82.64.10.10", "2026-04-01T00:00:00Z", &overlay);
    assert_eq!(later.access, AccessKind::AccessLine, "the attestation ends on 31 March");
    let school = one("10.1.2.3", "?", &overlay);
    assert_eq!((school.scope, school.access), (AddressScope::Private, AccessKind::SharedSite));
    assert_eq!(school.operator, Maybe::Known("Lycée Hugo".into()));
    assert_eq!(school.operator_days, Maybe::Missing(Absent::Unreadable));
    assert_eq!(school.asn, Maybe::Missing(Absent::NotRecorded));
    // A line that names only the AS lets the operator table speak of it.
    let named = one("198.51.100.4", "2026-04-01T00:00:00Z", &overlay);
    assert_eq!(named.access, AccessKind::Mobile);
    assert_eq!(&*named.access_basis, "operators@2026-06 AS51207");
    assert_eq!(named.operator_source, Maybe::Known("overlay:5".into()));
}

#[test]
fn without_a_time_the_newest_data_answer_and_tor_does_not() {
    assert_eq!(
        line(&one("82.64.10.10", "yesterday", &Overlay::empty())),
        "global | FR country@2026-06-17 -unreadable | 12322 Free SAS asn@2026-06-17 -unreadable \
         | tor no_data -unreadable | vpn not_listed vpn@2026-08-22 | hosting not_listed \
         | relay not_listed | access_line <- operators@2026-06 AS12322"
    );
}

#[test]
fn a_row_points_back_to_its_connection() {
    let row = one("82.64.10.10", "2026-06-19T12:00:00Z", &Overlay::empty());
    assert_eq!((row.id.as_str(), row.connection.as_str()), ("adr:3:l7@560", "con:3:l7@560"));
    assert_eq!(row.id.locus(), Some((row.exhibit, row.place.clone())));
    assert_eq!(row.port, Maybe::Known(50_000));
}

fn threads(count: usize, connections: &[Connection], overlay: &Overlay) -> Vec<Address> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap();
    let batches: Vec<Vec<Connection>> = connections.chunks(1_000).map(<[_]>::to_vec).collect();
    let bundle = Bundle::embedded().unwrap();
    let with = Enrichment { bundle, overlay, proxies: &Proxies::default(), tor: None };
    pool.install(|| enrich(&batches, &with)).into_iter().flatten().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_number_of_threads_changes_nothing(
        rows in prop::collection::vec((any::<u32>(), any::<bool>(), 0..2_000_000_000i64), 0..20_000),
    ) {
        let overlay = Overlay::parse(OVERLAY).unwrap();
        let connections: Vec<Connection> = rows
            .iter()
            .zip(1..)
            .map(|((bits, v6, seconds), row)| {
                let v4 = std::net::Ipv4Addr::from_bits(*bits);
                let v6_bits = 0x2a01_0e0a << 96 | u128::from(*bits) << 64;
                let v6_text = std::net::Ipv6Addr::from_bits(v6_bits).to_string();
                let ip = if *v6 { v6_text } else { v4.to_string() };
                let at = Moment::from_unix_seconds(*seconds);
                connection(row, &ip, Maybe::or_absent(at, Absent::NotRecorded))
            })
            .collect();
        let single: Vec<Address> = connections
            .iter()
            .flat_map(|c| threads(1, std::slice::from_ref(c), &overlay))
            .take(50)
            .collect();
        let sequential = threads(1, &connections, &overlay);
        prop_assert_eq!(&sequential, &threads(4, &connections, &overlay));
        prop_assert_eq!(&single[..], &sequential[..single.len()]);
        let order: Vec<_> = sequential.iter().map(|row| &row.connection).collect();
        prop_assert_eq!(order, connections.iter().map(|c| &c.id).collect::<Vec<_>>());
    }
}
