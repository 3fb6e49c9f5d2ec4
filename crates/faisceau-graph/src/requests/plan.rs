//! The minimal plan: the fewest disclosures that reach every identity.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Address, Request};
use faisceau_model::{AccessKind, AccountKey, Head, Maybe};

use super::accounts::Accounts;
use super::input::RequestInput;

/// Uses of one access line this near to each other are taken for one subscriber's.
const SAME_SUBSCRIBER_US: i64 = 3_600_000_000;

/// What is to be reached: an identity, or an examined account that belongs to none.
type Unit = usize;

/// One thing to obtain: the requests that ask for it, and the units that it reaches.
struct Disclosure {
    requests: Vec<usize>,
    reaches: BTreeSet<Unit>,
    /// How far it leads; lower is further.
    rank: u8,
    /// Flaws of the designation, fewer is better.
    flaws: usize,
    /// Later is better: it leaves more time.
    last_day: Option<String>,
}

/// Marks the requests of the plan. `requests` are in their final order.
pub(super) fn mark(requests: &mut [Request], input: &RequestInput<'_>, examined: &Accounts<'_>) {
    let units = units(input, examined);
    let mut disclosures = platform_disclosures(requests, &units);
    disclosures.extend(operator_disclosures(requests, input, &units));
    let mut open: BTreeSet<Unit> = units.values().copied().collect();
    while !open.is_empty() {
        let best = disclosures
            .iter()
            .map(|d| (d.reaches.intersection(&open).count(), d))
            .filter(|(reached, _)| *reached > 0)
            .min_by(|(n, x), (m, y)| m.cmp(n).then_with(|| x.cmp_worth(y)));
        let Some((_, best)) = best else { break };
        for &n in &best.requests {
            requests[n].minimal = true;
        }
        open = open.difference(&best.reaches).copied().collect();
    }
}

impl Disclosure {
    /// The one that leads further first; the requests it holds make the order total.
    fn cmp_worth(&self, other: &Self) -> std::cmp::Ordering {
        (self.rank, self.flaws)
            .cmp(&(other.rank, other.flaws))
            .then_with(|| other.last_day.cmp(&self.last_day))
            .then_with(|| self.requests.cmp(&other.requests))
    }
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
        if let (Some(ip), Some(at)) = (request.ip.known(), request.at.known()) {
            let near =
                |(us, _): &&(i64, Unit)| us.abs_diff(at.at_us()) <= SAME_SUBSCRIBER_US as u64;
            let uses = lines.get(ip.as_str()).into_iter().flatten();
            reaches.extend(uses.filter(near).map(|(_, unit)| *unit));
        }
        Some(Disclosure {
            requests: vec![n],
            reaches,
            rank,
            flaws: flaws(request),
            last_day: request.last_day.known().cloned(),
        })
    };
    requests.iter().enumerate().filter(|(_, r)| r.hop == 2).filter_map(of).collect()
}

/// Dated uses of the access lines that are asked about.
fn lines<'a>(
    requests: &'a [Request],
    input: &RequestInput<'a>,
    units: &BTreeMap<&AccountKey, Unit>,
) -> BTreeMap<&'a str, BTreeSet<(i64, Unit)>> {
    let line = |r: &&Request| r.hop == 2 && r.access == Maybe::Known(AccessKind::AccessLine);
    let ips = requests.iter().filter(line).filter_map(|r| r.ip.known());
    let mut uses: BTreeMap<&str, BTreeSet<(i64, Unit)>> =
        ips.map(|ip| (ip.as_str(), BTreeSet::new())).collect();
    let seen = |row: &&Address| row.access == AccessKind::AccessLine && !row.declared;
    for row in input.addresses.iter().filter(seen) {
        let unit = row.account.known().and_then(|account| units.get(account));
        if let (Some(unit), Some(at)) = (unit, row.at.known())
            && let Some(slot) = uses.get_mut(row.ip.as_str())
        {
            slot.insert((at.at_us(), *unit));
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
