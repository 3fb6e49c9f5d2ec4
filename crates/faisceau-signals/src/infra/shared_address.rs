//! The signal `shared_address`.
//!
//! In: addresses with their account and the kind of access at that instant. Out: one score for
//! each pair of accounts and address that both used.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use faisceau_model::rows::Address;
use faisceau_model::{AccessKind, AccountKey, Family, Maybe, RowId, selection};

use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::frequency::rarity;

/// Days on each side of the shared use in which other accounts count as the population.
const WINDOW_DAYS: i64 = 30;
/// Days after which an address may have been given to another subscriber.
const REASSIGNED_DAYS: i64 = 7;
/// Most row ids listed one by one.
const MOST_ROWS: usize = 40;
const DAY_US: i64 = 86_400_000_000;

/// The card.
pub const CARD: Card = Card {
    name: "shared_address",
    family: Family::Network,
    measures: "Whether two accounts were used from the same Internet address (IPv4 exact, IPv6 \
        by its /64 network). The score is -log10 of the frequency of this very address among \
        the other accounts whose addresses are known in the same period, 30 days around; the \
        frequency is (k + 1/2) / (N + 1) for k of N accounts.",
    source: "addresses, with the account and the kind of access at that instant; global \
        addresses only. An address that the sender's side only claims (X-Originating-IP of a \
        mail) is left out: anyone can write it, and a forged one would bind a stranger",
    needs: "one common address; its weight depends on the kind of access",
    innocent: &[
        "carrier_nat",
        "hosting_exit",
        "reassigned_address",
        "relay_exit",
        "same_household",
        "shared_site",
        "tor_exit",
        "unknown_access",
        "vpn_exit",
    ],
    depends_on: "Devices, mail headers and every other trace of the network: the strongest is \
        kept, they are never multiplied.",
    validation: "None by error rates: the rates of agreement and of error of each kind of access \
        are conventions, written with their grounds in discrete.toml and capped low.",
    reference: "Fellegi and Sunter, JASA 1969; term frequency adjustment as in Splink",
};

/// One use of an address.
#[derive(Debug, Clone, Copy)]
struct Use<'a> {
    at: Option<i64>,
    access: AccessKind,
    row: &'a RowId,
    ip: &'a str,
}

type Uses<'a> = BTreeMap<&'a AccountKey, Vec<Use<'a>>>;

/// Compares the accounts.
pub(crate) fn findings(accounts: &[AccountKey], addresses: &[Address]) -> Vec<Finding> {
    let mut values = BTreeMap::<String, Uses<'_>>::new();
    let mut periods = BTreeMap::<&AccountKey, Vec<Option<i64>>>::new();
    for address in addresses {
        let Maybe::Known(account) = &address.account else { continue };
        if address.declared || !address.leads_somewhere() {
            continue;
        }
        let Some(value) = compared_form(&address.ip) else { continue };
        let at = address.at.known().map(|at| at.at_us());
        let used = Use { at, access: address.access, row: &address.id, ip: &address.ip };
        values.entry(value).or_default().entry(account).or_default().push(used);
        periods.entry(account).or_default().push(at);
    }
    let mut findings = Vec::new();
    for (value, uses) in &values {
        let examined: Vec<&AccountKey> =
            uses.keys().copied().filter(|key| accounts.binary_search(key).is_ok()).collect();
        for (at, &a) in examined.iter().enumerate() {
            for &b in &examined[at + 1..] {
                findings.push(finding(value, a, b, uses, &periods));
            }
        }
    }
    findings
}

/// The text that is compared: the address, or the /64 network of an IPv6 address.
fn compared_form(ip: &str) -> Option<String> {
    match ip.parse::<IpAddr>().ok()?.to_canonical() {
        IpAddr::V4(v4) => Some(v4.to_string()),
        IpAddr::V6(v6) => {
            let network = v6.to_bits() >> 64 << 64;
            Some(format!("{}/64", std::net::Ipv6Addr::from_bits(network)))
        }
    }
}

fn finding(
    value: &str,
    a: &AccountKey,
    b: &AccountKey,
    uses: &Uses<'_>,
    periods: &BTreeMap<&AccountKey, Vec<Option<i64>>>,
) -> Finding {
    let (by_a, by_b) = (&uses[a], &uses[b]);
    let window = window(by_a.iter().chain(by_b));
    let inside = |at: Option<i64>| match (at, window) {
        (Some(at), Some((from, to))) => (from..=to).contains(&at),
        // A use without time counts: leaving it out would make the address look rarer.
        _ => true,
    };
    let other = |key: &AccountKey| key != a && key != b;
    let population = periods
        .iter()
        .filter(|(key, times)| other(key) && times.iter().any(|&at| inside(at)))
        .count();
    let holders = uses
        .iter()
        .filter(|(key, uses)| other(key) && uses.iter().any(|used| inside(used.at)))
        .count();
    let (apart, kind) = nearest(by_a, by_b);
    let mut innocent = BTreeSet::from([explanation(kind)]);
    if apart.is_none_or(|apart| apart > REASSIGNED_DAYS * DAY_US) {
        innocent.insert("reassigned_address");
    }
    Finding {
        access: Maybe::Known(kind),
        shared: Maybe::Known(value.to_owned()),
        innocent,
        rows: rows(a, b, by_a, by_b),
        ..Finding::new(
            &CARD,
            a,
            b,
            rarity(holders, population),
            (population, population),
            Unit::Accounts,
        )
    }
}

/// The period of the shared use, widened; `None` when no time is known.
fn window<'a>(uses: impl Iterator<Item = &'a Use<'a>> + Clone) -> Option<(i64, i64)> {
    let times = uses.filter_map(|used| used.at);
    let from = times.clone().min()?;
    Some((from - WINDOW_DAYS * DAY_US, times.max()? + WINDOW_DAYS * DAY_US))
}

/// The shortest time between a use by one and a use by the other, and the weaker of their kinds
/// of access. Without any time, the weakest kind of all uses.
fn nearest(by_a: &[Use<'_>], by_b: &[Use<'_>]) -> (Option<i64>, AccessKind) {
    let mut times: Vec<(i64, bool, AccessKind)> = Vec::new();
    for (uses, first) in [(by_a, true), (by_b, false)] {
        times.extend(uses.iter().filter_map(|used| Some((used.at?, first, used.access))));
    }
    times.sort_unstable();
    let mut last: [Option<(i64, AccessKind)>; 2] = [None; 2];
    let mut best: Option<(i64, AccessKind)> = None;
    for (at, first, access) in times {
        if let Some((before, other)) = last[usize::from(first)] {
            let gap = (at - before, weaker(access, other));
            let nearer = best.is_none_or(|(apart, kind)| {
                gap.0 < apart || (gap.0 == apart && strength(gap.1) < strength(kind))
            });
            if nearer {
                best = Some(gap);
            }
        }
        last[usize::from(!first)] = Some((at, access));
    }
    if let Some((apart, kind)) = best {
        return (Some(apart), kind);
    }
    let all = by_a.iter().chain(by_b).map(|used| used.access);
    (None, all.reduce(weaker).unwrap_or(AccessKind::Unknown))
}

fn weaker(one: AccessKind, other: AccessKind) -> AccessKind {
    if strength(one) <= strength(other) { one } else { other }
}

/// How few people an access of this kind serves, from many to few.
const fn strength(kind: AccessKind) -> u8 {
    match kind {
        AccessKind::TorExit => 0,
        AccessKind::Vpn => 1,
        AccessKind::Relay => 2,
        AccessKind::Cgnat => 3,
        AccessKind::Mobile => 4,
        AccessKind::Satellite => 5,
        AccessKind::Cdn => 6,
        AccessKind::Hosting => 7,
        AccessKind::SharedSite => 8,
        AccessKind::Unknown => 9,
        AccessKind::AccessLine => 10,
    }
}

const fn explanation(kind: AccessKind) -> &'static str {
    match kind {
        AccessKind::AccessLine => "same_household",
        AccessKind::Mobile | AccessKind::Cgnat | AccessKind::Satellite => "carrier_nat",
        AccessKind::SharedSite => "shared_site",
        AccessKind::Hosting | AccessKind::Cdn => "hosting_exit",
        AccessKind::Vpn => "vpn_exit",
        AccessKind::Relay => "relay_exit",
        AccessKind::TorExit => "tor_exit",
        AccessKind::Unknown => "unknown_access",
    }
}

/// The rows of both accounts, at most [`MOST_ROWS`], then selections that hold them all.
fn rows(a: &AccountKey, b: &AccountKey, by_a: &[Use<'_>], by_b: &[Use<'_>]) -> Vec<String> {
    let mut rows = Vec::new();
    for uses in [by_a, by_b] {
        let mut uses: Vec<(Option<i64>, &RowId)> =
            uses.iter().map(|used| (used.at, used.row)).collect();
        uses.sort_unstable();
        rows.extend(uses.iter().take(MOST_ROWS / 2).map(|(_, row)| row.to_string()));
    }
    for (key, uses) in [(a, by_a), (b, by_b)] {
        let ips: BTreeSet<&str> = uses.iter().map(|used| used.ip).collect();
        for ip in ips.into_iter().take(MOST_ROWS / 2) {
            rows.push(selection("addresses", &[("account", key.as_str()), ("ip", ip)]));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_network_is_one_value() {
        assert_eq!(compared_form("2001:db8:1:2:3:4:5:6").unwrap(), "2001:db8:1:2::/64");
        assert_eq!(compared_form("::ffff:192.0.2.1").unwrap(), "192.0.2.1");
        assert_eq!(compared_form("nonsense"), None);
    }

    #[test]
    fn the_nearest_uses_and_the_weaker_kind_decide() {
        let row: RowId = "adr:1:whole".parse().unwrap();
        let used = |at, access| Use { at, access, row: &row, ip: "192.0.2.1" };
        let a = [used(Some(0), AccessKind::AccessLine), used(Some(900), AccessKind::AccessLine)];
        let b = [used(Some(1000), AccessKind::Cgnat), used(None, AccessKind::TorExit)];
        assert_eq!(nearest(&a, &b), (Some(100), AccessKind::Cgnat));
        assert_eq!(nearest(&a, &b[1..]), (None, AccessKind::TorExit));
        assert_eq!(nearest(&a[..1], &a[..1]), (Some(0), AccessKind::AccessLine));
    }
}
