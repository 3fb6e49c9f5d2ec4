//! Who was seen on which address, when, by what port and with what user agent.
//!
//! In: addresses bound to an account, their verdicts and connections. Out: for a comparison of a
//! shared address, the uses of both accounts and the number of others. Left out: addresses that a
//! sender only claims, and those that lead to no operator.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv6Addr};

use faisceau_model::rows::{Address, AddressVerdict, Comparison};
use faisceau_model::{AccountKey, Listing, Maybe, Precision, Question, RowId};

use super::input::ExplanationInput;
use super::pair::Pair;

/// Seconds on each side of the uses of a pair in which other accounts count.
const WINDOW_S: i64 = 30 * 86_400;
/// Other accounts looked at on one address: where there are more, all count whatever their time.
const MOST_OTHERS: usize = 500;

/// One use of an address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use<'a> {
    /// Second of the use.
    pub(super) at: Option<i64>,
    /// Its minute, where the time is precise to it and its zone is not assumed.
    pub(super) minute: Option<i64>,
    /// User agent or device.
    pub(super) agent: Option<&'a str>,
    /// Part of the ports that the operator gives one line, as the verdict writes it.
    pub(super) share: Option<&'a str>,
    /// The row.
    pub(super) address: &'a Address,
}

type Uses<'a> = BTreeMap<&'a AccountKey, Vec<Use<'a>>>;

/// All uses, by address (IPv6: by /64 network), then by account, in order of time.
pub(super) struct Lines<'a>(BTreeMap<String, Uses<'a>>);

/// One address that both accounts of a link were seen on.
pub(super) struct Line<'a> {
    pub(super) by_a: &'a [Use<'a>],
    pub(super) by_b: &'a [Use<'a>],
    /// Accounts of neither's group that used it in the same period.
    pub(super) others: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(input: &ExplanationInput<'a>) -> Self {
        let agents: BTreeMap<&str, &str> = input
            .connections
            .iter()
            .filter_map(|row| Some((row.id.as_str(), row.user_agent.known()?.as_str())))
            .collect();
        let shares: BTreeMap<&str, &str> = input.verdicts.iter().filter_map(share).collect();
        let mut lines = BTreeMap::<String, Uses<'a>>::new();
        for row in input.addresses {
            let Maybe::Known(account) = &row.account else { continue };
            if row.declared || !row.leads_somewhere() {
                continue;
            }
            let Some(value) = value(&row.ip) else { continue };
            let at = row.at.known();
            let minutes = at.filter(|at| at.precision() <= Precision::Minute && at.feeds_timing());
            let used = Use {
                at: at.map(|at| at.at_s()),
                minute: minutes.map(|at| at.at_s().div_euclid(60)),
                agent: agents.get(row.connection.as_str()).copied(),
                share: shares.get(row.id.as_str()).copied(),
                address: row,
            };
            lines.entry(value).or_default().entry(account).or_default().push(used);
        }
        for uses in lines.values_mut().flat_map(BTreeMap::values_mut) {
            uses.sort_by_key(|used| (used.at, &used.address.id));
        }
        Self(lines)
    }

    /// The addresses that comparisons of a link speak of.
    pub(super) fn shared<'s>(&'s self, pair: &Pair<'_>, raised: &[&Comparison]) -> Vec<Line<'s>> {
        let values: BTreeSet<&String> = raised.iter().filter_map(|c| c.shared.known()).collect();
        let line = |value: &String| {
            let uses = self.0.get(value)?;
            let (by_a, by_b) = (uses.get(&pair.link.a)?, uses.get(&pair.link.b)?);
            Some(Line { by_a, by_b, others: others(pair, uses, by_a, by_b) })
        };
        values.into_iter().filter_map(line).collect()
    }
}

/// The connections whose user agents explanations need: those behind addresses that two accounts
/// share. The others may be left out of [`ExplanationInput::connections`].
pub fn needed_connections<'a>(
    comparisons: &[Comparison],
    addresses: &'a [Address],
) -> BTreeSet<&'a RowId> {
    let shared: BTreeSet<&str> = comparisons
        .iter()
        .filter(|c| c.access.known().is_some())
        .filter_map(|c| c.shared.known().map(String::as_str))
        .collect();
    let needed = |row: &&Address| value(&row.ip).is_some_and(|ip| shared.contains(ip.as_str()));
    addresses.iter().filter(needed).map(|row| &row.connection).collect()
}

fn share(row: &AddressVerdict) -> Option<(&str, &str)> {
    let told = row.question == Question::PortShare && row.listing == Listing::Listed;
    told.then(|| Some((row.address.as_str(), row.value.known()?.as_str()))).flatten()
}

/// The text that the signal `shared_address` compares.
fn value(ip: &str) -> Option<String> {
    match ip.parse::<IpAddr>().ok()?.to_canonical() {
        IpAddr::V4(v4) => Some(v4.to_string()),
        IpAddr::V6(v6) => Some(format!("{}/64", Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64))),
    }
}

fn others(pair: &Pair<'_>, uses: &Uses<'_>, by_a: &[Use<'_>], by_b: &[Use<'_>]) -> usize {
    let (a, b) = (&pair.link.a, &pair.link.b);
    let stranger = |key: &AccountKey| {
        key != a && key != b && !pair.case.same_group(key, a) && !pair.case.same_group(key, b)
    };
    let times = || by_a.iter().chain(by_b).filter_map(|used| used.at);
    let window = times().min().zip(times().max());
    let window = window.map(|(from, to)| (from - WINDOW_S, to + WINDOW_S));
    let (Some((from, to)), true) = (window, uses.len() <= MOST_OTHERS) else {
        return uses.keys().filter(|key| stranger(key)).count();
    };
    let inside = |uses: &[Use<'_>]| {
        // Uses without time come first: they may be of any.
        let after = uses.partition_point(|used| used.at.is_some_and(|at| at < from));
        let undated = uses.first().is_some_and(|used| used.at.is_none());
        undated || uses.get(after).is_some_and(|used| used.at.is_none_or(|at| at <= to))
    };
    uses.iter().filter(|(key, uses)| stranger(key) && inside(uses)).count()
}

impl Line<'_> {
    /// Minutes in which both accounts were seen, and those of them in which all user agents are
    /// known and none is common.
    pub(super) fn same_minutes(&self) -> (usize, usize) {
        let minutes = |uses: &[Use<'_>]| {
            let mut minutes = BTreeMap::<i64, BTreeSet<Option<String>>>::new();
            for used in uses {
                if let Some(minute) = used.minute {
                    let agent = used.agent.map(str::to_owned);
                    minutes.entry(minute).or_default().insert(agent);
                }
            }
            minutes
        };
        let (a, b) = (minutes(self.by_a), minutes(self.by_b));
        let both: Vec<_> =
            a.iter().filter_map(|(minute, own)| Some((own, b.get(minute)?))).collect();
        let apart = both.iter().filter(|(own, other)| {
            let unknown = own.contains(&None) || other.contains(&None);
            !unknown && own.is_disjoint(other)
        });
        let apart = apart.count();
        (both.len(), apart)
    }

    /// Whether both were seen with one same user agent; `None` where one side has none known.
    pub(super) fn common_agent(&self) -> Option<bool> {
        let agents = |uses: &[Use<'_>]| -> BTreeSet<String> {
            uses.iter().filter_map(|used| used.agent.map(str::to_owned)).collect()
        };
        let (a, b) = (agents(self.by_a), agents(self.by_b));
        (!a.is_empty() && !b.is_empty()).then(|| !a.is_disjoint(&b))
    }

    /// Seconds between the nearest uses, and how often the account seen changes in order of time.
    pub(super) fn nearest_and_changes(&self) -> (Option<i64>, usize) {
        let mut seen: Vec<(i64, bool)> = Vec::new();
        for (uses, first) in [(self.by_a, true), (self.by_b, false)] {
            seen.extend(uses.iter().filter_map(|used| Some((used.at?, first))));
        }
        seen.sort_unstable();
        let (mut nearest, mut changes) = (None::<i64>, 0);
        for (before, after) in seen.iter().zip(seen.iter().skip(1)) {
            if before.1 != after.1 {
                changes += 1;
                let gap = after.0 - before.0;
                nearest = Some(nearest.map_or(gap, |least| least.min(gap)));
            }
        }
        (nearest, changes)
    }

    /// Row ids of both accounts, some of each.
    pub(super) fn rows(&self) -> impl Iterator<Item = String> + '_ {
        let some = |uses: &[Use<'_>]| -> Vec<String> {
            uses.iter().take(3).map(|used| used.address.id.to_string()).collect()
        };
        some(self.by_a).into_iter().chain(some(self.by_b))
    }
}

/// Figures of all lines together.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) uses_a: usize,
    pub(super) uses_b: usize,
    pub(super) ports_a: usize,
    pub(super) ports_b: usize,
    /// Most other accounts on one of them.
    pub(super) others: usize,
}

/// The comparisons of a pair that raise a code, the lines that both used in them, and their counts.
/// `None` where none raises it.
pub(super) fn on_lines<'a>(
    pair: &Pair<'a>,
    code: &str,
) -> Option<(Vec<&'a Comparison>, Vec<Line<'a>>, Tally)> {
    let raised = pair.raising(code);
    if raised.is_empty() {
        return None;
    }
    let lines = pair.case.lines.shared(pair, &raised);
    let sum = tally(&lines);
    Some((raised, lines, sum))
}

/// Counts uses, ports and other accounts.
fn tally(lines: &[Line<'_>]) -> Tally {
    let ported = |uses: &[Use<'_>]| {
        uses.iter().filter(|used| matches!(used.address.port, Maybe::Known(_))).count()
    };
    lines.iter().fold(Tally::default(), |sum, line| Tally {
        uses_a: sum.uses_a + line.by_a.len(),
        uses_b: sum.uses_b + line.by_b.len(),
        ports_a: sum.ports_a + ported(line.by_a),
        ports_b: sum.ports_b + ported(line.by_b),
        others: sum.others.max(line.others),
    })
}
