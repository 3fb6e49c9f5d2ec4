//! Requests on a small planted case.

use faisceau_model::rows::{Account, Address, AddressVerdict, Identity, Post, Request};
use faisceau_model::{
    Absent, AccessKind, Head, Listing, Maybe, Moment, Precision, Question, Role, RowId, ZoneSource,
};
use proptest::prelude::*;

use super::planted::{account, address, post, shuffle};
use super::{Activity, EXPECTED_CODES, MISSING_CODES, RequestInput, RequestSettings, requests};
use crate::law::parsed::law;
use crate::law::{CaseFacts, Fact};

struct Case {
    accounts: Vec<Account>,
    posts: Vec<Post>,
    addresses: Vec<Address>,
    verdicts: Vec<AddressVerdict>,
    identities: Vec<Identity>,
    facts: CaseFacts,
    settings: RequestSettings,
}

impl Case {
    fn requests(&self) -> Vec<Request> {
        let mut activity = Activity::new(law(), self.settings);
        self.posts.iter().for_each(|post| activity.add(post));
        requests(&RequestInput {
            answers: &[],
            accounts: &self.accounts,
            activity: &activity,
            addresses: &self.addresses,
            verdicts: &self.verdicts,
            identities: &self.identities,
            law: law(),
            facts: &self.facts,
            settings: self.settings,
        })
    }
}

fn facts(stated: &[Fact]) -> CaseFacts {
    CaseFacts { stated: stated.iter().copied().collect(), itt_days: None }
}

fn identity(members: &[&str]) -> Identity {
    Identity {
        id: RowId::derived("idt", 1),
        members: members.iter().map(ToString::to_string).collect(),
        weakest_link: RowId::derived("lnk", 1),
        weakest: 3.0,
        cohesion: 3.0,
        would_split: Vec::new(),
        would_join: Vec::new(),
        rows: Vec::new(),
    }
}

/// Five examined accounts. x:1 and forum:@b are one identity with a home line; discord:3 has only
/// Tor and a VPN; a mailbox has nothing; instagram:@e has a shared address without a port.
fn planted() -> Case {
    use AccessKind::{AccessLine, Cgnat, TorExit, Vpn};
    Case {
        accounts: vec![
            account(1, "x:1", Role::Examined),
            account(2, "forum:@b", Role::Examined),
            account(3, "discord:3", Role::Examined),
            account(4, "mail:qui@laposte.net", Role::Examined),
            account(5, "instagram:@e", Role::Examined),
            account(6, "x:victim", Role::Claimant),
        ],
        posts: vec![
            post(10, "x:1", "2025-10-01T08:00:00Z"),
            post(11, "x:1", "2025-12-24T23:30:00Z"),
            post(12, "x:1", "2026-06-10T21:04:05Z"),
            post(13, "discord:3", "2025-03-01T10:00:00Z"),
            post(14, "mail:qui@laposte.net", "2099-01-01T00:00:00Z"),
            post(15, "mail:qui@laposte.net", "2026-02-28T09:00:00Z"),
            post(16, "x:victim", "2026-06-11T10:00:00Z"),
        ],
        addresses: vec![
            address(
                20,
                Some("forum:@b"),
                "203.0.113.7",
                Some(40_001),
                "2026-05-02T20:00:00Z",
                AccessLine,
            ),
            address(21, Some("forum:@b"), "203.0.113.7", None, "2026-06-12T20:00:00Z", AccessLine),
            address(22, Some("discord:3"), "198.51.100.1", None, "2026-06-01T01:00:00Z", TorExit),
            address(23, Some("discord:3"), "198.51.100.2", None, "2026-06-02T01:00:00Z", TorExit),
            address(24, Some("discord:3"), "198.51.100.9", None, "2026-06-03T01:00:00Z", Vpn),
            address(25, Some("instagram:@e"), "203.0.113.99", None, "2026-06-04T01:00:00Z", Cgnat),
            address(
                26,
                Some("x:victim"),
                "203.0.113.200",
                None,
                "2026-06-04T01:00:00Z",
                AccessLine,
            ),
            address(27, None, "203.0.113.201", None, "2026-06-04T01:00:00Z", AccessLine),
        ],
        verdicts: Vec::new(),
        identities: vec![identity(&["forum:@b", "x:1"])],
        facts: facts(&[Fact::Repeated, Fact::Online, Fact::Minor]),
        settings: RequestSettings {
            as_of: Some(jiff::civil::date(2026, 11, 21)),
            ..RequestSettings::default()
        },
    }
}

fn line(r: &Request) -> String {
    let or = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let at = or(r.at.known().map(ToString::to_string));
    let place =
        or(r.ip.known().map(|ip| format!("{ip}:{}", or(r.port.known().map(ToString::to_string)))));
    format!(
        "{}{} {} hop {} {} | {} | {} | {place} | {at} | {} {} | {} | {} | {}",
        r.id,
        if r.minimal { "*" } else { "" },
        or(r.last_day.known().cloned()),
        r.hop,
        r.head,
        r.addressee,
        or(r.account.known().map(ToString::to_string)),
        or(r.ground.known().cloned()),
        or(r.max_penalty.known().map(ToString::to_string)),
        r.expected,
        r.missing.join(","),
        r.rows.join(" "),
    )
}

#[test]
fn the_planted_case_gives_these_requests() {
    let lines: Vec<String> = planted().requests().iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_code_is_in_the_vocabulary() {
    for request in planted().requests() {
        assert!(EXPECTED_CODES.contains(&request.expected.as_str()), "{}", request.expected);
        let unknown = request.missing.iter().find(|code| !MISSING_CODES.contains(&code.as_str()));
        assert_eq!(unknown, None);
    }
}

#[test]
fn the_plan_reaches_every_identity_once_and_never_through_tor() {
    let case = planted();
    let all = case.requests();
    let plan: Vec<&Request> = all.iter().filter(|r| r.minimal).collect();
    let line = plan.iter().find(|r| r.hop == 2).unwrap();
    assert_eq!(line.port, Maybe::Known(40_001), "the use with a port, though it is older");
    assert!(plan.iter().all(|r| r.expected != "dead_end_tor" && r.expected != "vpn_provider"));
    let mut reached: Vec<&str> = plan
        .iter()
        .filter_map(|r| r.account.known())
        .map(faisceau_model::AccountKey::as_str)
        .collect();
    reached.dedup();
    reached.sort_unstable();
    reached.dedup();
    assert_eq!(reached, ["discord:3", "forum:@b", "instagram:@e", "mail:qui@laposte.net"]);
}

/// What a source says of shared ports stands in the place of the bare lack of one.
#[test]
fn the_lack_of_a_port_says_what_it_costs() {
    let mut case = planted();
    let row = case.addresses.iter().find(|row| row.ip == "203.0.113.99").unwrap().clone();
    case.verdicts.push(AddressVerdict {
        id: row.id.with_prefix("vdt").with_part(0),
        exhibit: row.exhibit,
        place: row.place.clone(),
        address: row.id.clone(),
        account: row.account.clone(),
        ip: row.ip.clone(),
        port: row.port,
        at: row.at,
        question: Question::PortShare,
        listing: Listing::Listed,
        value: Maybe::Missing(Absent::NotRecorded),
        source: "operators@2026-06 AS51207".to_owned(),
        dated: Maybe::Missing(Absent::NotApplicable),
        days: Maybe::Missing(Absent::NotApplicable),
        heuristic: true,
        notes: vec!["no_port_thousands".to_owned()],
    });
    let asked = case.requests();
    let of = |ip: &str| asked.iter().find(|r| r.ip == Maybe::Known(ip.to_owned())).unwrap();
    assert!(of("203.0.113.99").missing.iter().any(|code| code == "no_port_thousands"));
    assert!(!of("203.0.113.99").missing.iter().any(|code| code == "no_port"));
    assert!(!of("203.0.113.99").minimal, "an address of thousands leads nowhere");
}

#[test]
fn below_two_years_no_connection_data_are_asked() {
    let heads = |stated: &[Fact]| {
        let case = Case { facts: facts(stated), ..planted() };
        let all = case.requests();
        let arguable = all.iter().any(|r| r.missing.iter().any(|m| m == "c3_arguable"));
        (all.iter().any(|r| r.head == Head::C3), arguable)
    };
    assert_eq!(heads(&[]), (false, false));
    assert_eq!(heads(&[Fact::MaliciousMessages]), (false, false));
    assert_eq!(heads(&[Fact::Repeated, Fact::Online]), (true, true));
    assert_eq!(heads(&[Fact::Repeated, Fact::Online, Fact::Minor]), (true, false));
}

#[test]
fn a_case_that_states_nothing_says_so() {
    let case = Case { facts: CaseFacts::default(), ..planted() };
    for request in case.requests() {
        assert!(request.ground.known().is_none() && request.max_penalty.known().is_none());
        assert!(request.missing.contains(&"no_ground".to_owned()));
    }
}

#[test]
fn without_a_day_nothing_is_called_past() {
    let settings = RequestSettings { as_of: None, ..planted().settings };
    let case = Case { settings, ..planted() };
    let late = ["expired", "kept_partly", "future_time"];
    assert!(case.requests().iter().flat_map(|r| &r.missing).all(|m| !late.contains(&m.as_str())));
}

#[test]
fn many_uses_of_one_address_become_a_few() {
    let mut case = planted();
    case.addresses = (0..500)
        .map(|n| {
            let when = format!("2026-06-{:02}T10:{:02}:00Z", 1 + n % 28, n % 60);
            let ip = format!("203.0.113.{}", n % 20);
            address(n, Some("x:1"), &ip, Some(n as i64), &when, AccessKind::Mobile)
        })
        .collect();
    let second: Vec<Request> = case.requests().into_iter().filter(|r| r.hop == 2).collect();
    assert_eq!(second.len(), 10 * 5);
    assert!(
        second
            .iter()
            .all(|r| r.missing.ends_with(&["more_instants".into(), "more_addresses".into()]))
    );
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
fn a_forged_header_is_no_part_of_the_plan_and_hides_no_real_use() {
    let line = AccessKind::AccessLine;
    let mut case = Case {
        accounts: vec![
            account(1, "mail:@a@b.fr", Role::Examined),
            account(2, "x:2", Role::Examined),
        ],
        posts: Vec::new(),
        addresses: vec![
            address(1, Some("mail:@a@b.fr"), "203.0.113.7", Some(7), "2026-06-01T10:00:00Z", line),
            address(2, Some("x:2"), "203.0.113.7", Some(7), "2026-06-01T10:00:00Z", line),
            address(3, Some("x:2"), "203.0.113.7", Some(7), "2026-06-02T10:00:00Z", line),
        ],
        verdicts: Vec::new(),
        identities: Vec::new(),
        ..planted()
    };
    let second = |case: &Case| -> Vec<Request> {
        case.requests().into_iter().filter(|r| r.hop == 2).collect()
    };
    let code = "sender_unauthenticated".to_owned();
    assert!(second(&case).iter().any(|r| r.minimal));
    assert!(second(&case).iter().all(|r| !r.missing.contains(&code)));
    // The mail names the line of somebody else, and a later use by x:2 is but a claim.
    case.addresses[0].declared = true;
    case.addresses[2].declared = true;
    let all = second(&case);
    assert_eq!(all.len(), 2);
    let mail = Maybe::Known(case.accounts[0].account.clone());
    let (forged, real) =
        if all[0].account == mail { (&all[0], &all[1]) } else { (&all[1], &all[0]) };
    assert!(!forged.minimal && forged.missing.contains(&code));
    assert!(real.minimal && !real.missing.contains(&code));
    assert_eq!(real.rows[0], "adr:1:l2@200");
    // The mailbox is still reached, by its provider: one disclosure does not cover both.
    assert!(case.requests().iter().any(|r| r.minimal && r.hop == 1 && r.account == mail));
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

#[test]
fn the_key_of_an_account_cannot_add_a_column() {
    let mut case = planted();
    let hostile = faisceau_model::AccountKey::by_handle("x", "a&ip=1%");
    case.accounts = vec![account(1, "x:1", Role::Examined)];
    case.accounts[0].account = hostile.clone();
    case.posts.truncate(1);
    case.posts[0].account = hostile.clone();
    let line = AccessKind::TorExit;
    case.addresses = (1..3)
        .map(|n| address(n, None, "203.0.113.7", None, "2026-06-01T10:00:00Z", line))
        .collect();
    for row in &mut case.addresses {
        row.account = Maybe::Known(hostile.clone());
    }
    let rows: Vec<String> = case.requests().into_iter().flat_map(|r| r.rows).collect();
    assert!(rows.contains(&"posts?account=x:@a%26ip=1%25".to_owned()), "{rows:?}");
    assert!(rows.contains(&"addresses?account=x:@a%26ip=1%25".to_owned()), "{rows:?}");
    assert!(rows.iter().all(|row| !row.contains("&ip")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_order_of_the_rows_does_not_matter(seed in any::<u64>()) {
        let mut case = planted();
        shuffle(&mut case.accounts, seed);
        shuffle(&mut case.posts, seed ^ 1);
        shuffle(&mut case.addresses, seed ^ 2);
        prop_assert_eq!(case.requests(), planted().requests());
    }

    #[test]
    fn requests_come_sorted_by_last_day_and_numbered(
        uses in prop::collection::vec((0u64..4, 0u8..6, 0i64..3, 1_700_000_000i64..1_790_000_000, 0usize..9), 0..60)
    ) {
        let mut case = planted();
        case.identities.clear();
        case.addresses = uses
            .iter()
            .enumerate()
            .map(|(n, &(who, ip, port, at, access))| {
                let account = ["x:1", "forum:@b", "discord:3", "instagram:@e"][who as usize];
                let when = Moment::from_unix_seconds(at).unwrap().to_string().replace(" UTC", "Z").replace(' ', "T");
                let port = (port > 0).then_some(port);
                address(n as u64, Some(account), &format!("203.0.113.{ip}"), port, &when, AccessKind::ALL[access])
            })
            .collect();
        let all = case.requests();
        let days: Vec<Option<&String>> = all.iter().map(|r| r.last_day.known()).collect();
        prop_assert!(days.is_sorted_by_key(|day| (day.is_none(), *day)));
        for (n, request) in all.iter().enumerate() {
            let id = format!("req:{}", n + 1);
            prop_assert_eq!(request.id.as_str(), id.as_str());
            let expired = request.missing.iter().any(|m| m == "expired");
            let past = request.last_day.known().is_some_and(|day| day.as_str() < "2026-11-21");
            prop_assert_eq!(expired, past);
            prop_assert!(!(expired && request.minimal));
        }
        // Every examined account is alone here: the plan reaches each, directly or by its line.
        prop_assert!(all.iter().filter(|r| r.minimal).count() >= 1);
    }
}
