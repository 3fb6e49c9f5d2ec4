//! Requests on a small planted case.

mod order;
mod times;

use faisceau_model::rows::{Account, Address, AddressVerdict, Identity, Post, Request};
use faisceau_model::{Absent, AccessKind, Head, Listing, Maybe, Question, Role, RowId};

use super::planted::{account, address, post};
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
