//! The minimal plan: the fewest disclosures that reach every identity.

mod cover;

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Address, Request};
use faisceau_model::{AccessKind, AccountKey, Head, Maybe};

use self::cover::{Cost, Set, cover};
use super::accounts::Accounts;
use super::input::RequestInput;

/// Uses of one access line this near to each other are taken for one subscriber's.
const SAME_SUBSCRIBER_US: i64 = 3_600_000_000;

/// What is to be reached: an identity, or an examined account that belongs to none.
type Unit = usize;

/// The plan in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Disclosures of the plan: all that is asked of a platform about one account, or one request
    /// to an operator.
    pub disclosures: usize,
    /// Requests that they are made of.
    pub requests: usize,
    /// Identities, and examined accounts of none, that it reaches.
    pub reached: usize,
    /// Accounts that nothing reaches any more, or that nobody could be asked about.
    pub unreached: Vec<String>,
    /// Accounts that are not examined and used the same lines within the hour.
    pub third_parties: usize,
    /// Whether no smaller choice reaches as much.
    pub exact: bool,
    /// Disclosures that any choice needs at least.
    pub at_least: usize,
}

/// One thing to obtain: the requests that ask for it, and the units that it reaches.
struct Disclosure {
    requests: Vec<usize>,
    reaches: BTreeSet<Unit>,
    /// Accounts that are not examined and that the answer would concern too.
    third_parties: usize,
    /// How far it leads; lower is further.
    rank: u8,
    /// Flaws of the designation, fewer is better.
    flaws: usize,
    /// Later is better: it leaves more time.
    last_day: Option<String>,
}

/// Marks the requests of the plan. `requests` are in their final order.
///
/// The fewest disclosures; of as few, those whose answers lead furthest, that touch the fewest
/// third parties, and that leave the most time.
pub(super) fn mark(
    requests: &mut [Request],
    input: &RequestInput<'_>,
    examined: &Accounts<'_>,
) -> Plan {
    let units = units(input, examined);
    let mut disclosures = platform_disclosures(requests, &units);
    disclosures.extend(operator_disclosures(requests, input, &units));
    disclosures.sort_by(|x, y| x.requests.cmp(&y.requests));
    let mut days: Vec<&Option<String>> = disclosures.iter().map(|d| &d.last_day).collect();
    days.sort_unstable();
    days.dedup();
    let sets: Vec<Set> = disclosures
        .iter()
        .map(|d| {
            let late = days.len() - days.binary_search(&&d.last_day).unwrap_or(0);
            let worth = u64::from(d.rank) * 16 + d.flaws as u64;
            let cost = Cost([1, worth, d.third_parties as u64, late as u64]);
            Set { covers: d.reaches.clone(), cost }
        })
        .collect();
    let found = cover(&sets);
    let mut reached: BTreeSet<Unit> = BTreeSet::new();
    let mut plan = Plan { exact: found.exact, at_least: found.at_least, ..Plan::default() };
    for disclosure in found.chosen.iter().map(|&n| &disclosures[n]) {
        plan.disclosures += 1;
        plan.third_parties += disclosure.third_parties;
        reached.extend(&disclosure.reaches);
        for &n in &disclosure.requests {
            requests[n].minimal = true;
        }
    }
    plan.requests = requests.iter().filter(|request| request.minimal).count();
    plan.reached = reached.len();
    let open = units.iter().filter(|(_, unit)| !reached.contains(unit));
    plan.unreached = open.map(|(account, _)| account.to_string()).collect();
    plan
}

fn units<'a>(input: &RequestInput<'_>, examined: &Accounts<'a>) -> BTreeMap<&'a AccountKey, Unit> {
    // Sorted by members: the numbers of identities are not needed to tell them apart.
    let mut groups: Vec<&Vec<String>> = input.identities.iter().map(|i| &i.members).collect();
    groups.sort();
    let of = |key: &AccountKey| groups.iter().position(|g| g.iter().any(|m| m == key.as_str()));
    let alone = groups.len();
    examined.keys().enumerate().map(|(n, key)| (*key, of(key).unwrap_or(alone + n))).collect()
}

/// All that is asked of a platform about one account is one disclosure.
fn platform_disclosures(
    requests: &[Request],
    units: &BTreeMap<&AccountKey, Unit>,
) -> Vec<Disclosure> {
    let mut by_account: BTreeMap<&AccountKey, Vec<usize>> = BTreeMap::new();
    for (n, request) in requests.iter().enumerate().filter(|(_, r)| r.hop == 1 && alive(r)) {
        if let Some(account) = request.account.known() {
            by_account.entry(account).or_default().push(n);
        }
    }
    let of = |(account, numbers): (&AccountKey, Vec<usize>)| {
        let c3 = numbers.iter().map(|&n| &requests[n]).find(|r| r.head == Head::C3);
        Some(Disclosure {
            reaches: BTreeSet::from([*units.get(account)?]),
            rank: if c3.is_some_and(|r| r.last_day.known().is_some()) { 4 } else { 6 },
            third_parties: 0,
            flaws: numbers.iter().map(|&n| flaws(&requests[n])).max().unwrap_or(0),
            last_day: c3.and_then(|r| r.last_day.known().cloned()),
            requests: numbers,
        })
    };
    by_account.into_iter().filter_map(of).collect()
}

fn operator_disclosures(
    requests: &[Request],
    input: &RequestInput<'_>,
    units: &BTreeMap<&AccountKey, Unit>,
) -> Vec<Disclosure> {
    let lines = lines(requests, input, units);
    let of = |(n, request): (usize, &Request)| {
        let rank = operator_rank(request)?;
        let mut reaches = BTreeSet::from([*units.get(request.account.known()?)?]);
        let mut others = BTreeSet::new();
        if let (Some(ip), Some(at)) = (request.ip.known(), request.at.known()) {
            let near = |use_: &&Use<'_>| use_.0.abs_diff(at.at_us()) <= SAME_SUBSCRIBER_US as u64;
            let uses = lines.get(ip.as_str()).into_iter().flatten();
            for (_, account, unit) in uses.filter(near) {
                match unit {
                    Some(unit) => drop(reaches.insert(*unit)),
                    None => drop(others.insert(*account)),
                }
            }
        }
        Some(Disclosure {
            requests: vec![n],
            reaches,
            third_parties: others.len(),
            rank,
            flaws: flaws(request),
            last_day: request.last_day.known().cloned(),
        })
    };
    requests.iter().enumerate().filter(|(_, r)| r.hop == 2).filter_map(of).collect()
}

/// A dated use of a line: microseconds, the account, and its unit if it is examined.
type Use<'a> = (i64, &'a AccountKey, Option<Unit>);

/// Dated uses of the access lines that are asked about.
fn lines<'a>(
    requests: &'a [Request],
    input: &RequestInput<'a>,
    units: &BTreeMap<&AccountKey, Unit>,
) -> BTreeMap<&'a str, BTreeSet<Use<'a>>> {
    let line = |r: &&Request| r.hop == 2 && r.access == Maybe::Known(AccessKind::AccessLine);
    let ips = requests.iter().filter(line).filter_map(|r| r.ip.known());
    let mut uses: BTreeMap<&str, BTreeSet<Use<'_>>> =
        ips.map(|ip| (ip.as_str(), BTreeSet::new())).collect();
    let seen = |row: &&Address| row.access == AccessKind::AccessLine && !row.declared;
    for row in input.addresses.iter().filter(seen) {
        if let (Some(account), Some(at)) = (row.account.known(), row.at.known())
            && let Some(slot) = uses.get_mut(row.ip.as_str())
        {
            slot.insert((at.at_us(), account, units.get(account).copied()));
        }
    }
    uses
}

/// How far an operator's answer leads. `None` for what cannot be answered or leads nowhere.
fn operator_rank(request: &Request) -> Option<u8> {
    let has = |code: &str| request.missing.iter().any(|m| m == code);
    // The claim of a sender may name the line of anyone.
    if !alive(request) || has("no_instant") || has("sender_unauthenticated") {
        return None;
    }
    let portless = request.missing.iter().any(|code| code.starts_with("no_port"));
    match request.access.known()? {
        AccessKind::AccessLine => Some(u8::from(portless)),
        AccessKind::Mobile | AccessKind::Cgnat | AccessKind::Satellite => (!portless).then_some(2),
        AccessKind::Unknown => Some(if portless { 5 } else { 3 }),
        AccessKind::SharedSite => Some(7),
        AccessKind::Hosting => Some(8),
        AccessKind::Vpn | AccessKind::Relay | AccessKind::TorExit | AccessKind::Cdn => None,
    }
}

fn alive(request: &Request) -> bool {
    request.missing.iter().all(|code| code != "expired")
}

/// Flaws that weaken the designation itself.
fn flaws(request: &Request) -> usize {
    const FLAWS: [&str; 5] = [
        "coarse_time",
        "zone_assumed",
        "handle_only",
        "addressee_unknown",
        "sender_unauthenticated",
    ];
    request.missing.iter().filter(|code| FLAWS.contains(&code.as_str())).count()
}
