//! What explanations are looked for in, and the order in which they come out.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Comparison, Connection, Explanation, Identity, Link, Media,
    Post,
};
use faisceau_model::{AccountKey, RowId};

use super::codes::{self, Explainer};
use super::common_name::Names;
use super::events::Events;
use super::found::Found;
use super::history::{History, histories};
use super::lines::Lines;
use super::pair::Pair;
use super::passages::Passages;
use super::pictures::Pictures;
use super::rank::Ranks;
use super::same_client::Clients;

/// The rows, in any order.
///
/// Other accounts are counted among the rows given: the more of the case they hold, the better an
/// address or a thread that everybody uses is told from one that two accounts share.
#[derive(Debug, Clone, Copy)]
pub struct ExplanationInput<'a> {
    /// The links.
    pub links: &'a [Link],
    /// The comparisons behind them.
    pub comparisons: &'a [Comparison],
    /// The posts: at least those of the accounts compared.
    pub posts: &'a [Post],
    /// The uses of addresses that an account is bound to.
    pub addresses: &'a [Address],
    /// What each source says of those addresses.
    pub verdicts: &'a [AddressVerdict],
    /// The connections behind those addresses, for their user agents. May be left out: then
    /// nothing is said of devices.
    pub connections: &'a [Connection],
    /// The accounts.
    pub accounts: &'a [Account],
    /// The images.
    pub media: &'a [Media],
    /// The groups.
    pub identities: &'a [Identity],
}

/// The rows, arranged.
pub(super) struct Case<'a> {
    pub(super) lines: Lines<'a>,
    pub(super) passages: Passages<'a>,
    pub(super) pictures: Pictures<'a>,
    pub(super) ranks: Ranks<'a>,
    pub(super) events: Events<'a>,
    pub(super) clients: Clients<'a>,
    pub(super) names: Names<'a>,
    groups: BTreeMap<&'a str, usize>,
}

impl Case<'_> {
    /// Whether two accounts stand in one group: such an account is no stranger.
    pub(super) fn same_group(&self, one: &AccountKey, other: &AccountKey) -> bool {
        match (self.groups.get(one.as_str()), self.groups.get(other.as_str())) {
            (Some(x), Some(y)) => x == y,
            _ => false,
        }
    }
}

fn groups(identities: &[Identity]) -> BTreeMap<&str, usize> {
    let members = identities.iter().enumerate();
    members.flat_map(|(n, group)| group.members.iter().map(move |m| (m.as_str(), n))).collect()
}

/// The innocent explanations of the links, in the order of accounts and relation, then of codes.
pub fn explanations(input: &ExplanationInput<'_>) -> Vec<Explanation> {
    let groups = groups(input.identities);
    let together = |link: &Link| {
        let group = |key: &AccountKey| groups.get(key.as_str());
        group(&link.a).is_some() && group(&link.a) == group(&link.b)
    };
    let mut links: Vec<&Link> = input
        .links
        .iter()
        .filter(|link| link.a != link.b && (link.favours.known().is_some() || together(link)))
        .collect();
    links.sort_by(|x, y| (&x.a, &x.b, x.relation, &x.id).cmp(&(&y.a, &y.b, y.relation, &y.id)));
    let wanted: BTreeSet<&AccountKey> = links.iter().flat_map(|link| [&link.a, &link.b]).collect();
    let histories = histories(&wanted, input.posts, input.accounts);
    let by_id: BTreeMap<&str, &Comparison> =
        input.comparisons.iter().map(|c| (c.id.as_str(), c)).collect();
    let case = Case {
        lines: Lines::of(input),
        passages: Passages::of(&histories),
        pictures: Pictures::of(input),
        ranks: Ranks::of(input.comparisons, &groups),
        events: Events::of(input.posts),
        clients: Clients::of(input.posts),
        names: Names::of(input.accounts),
        groups,
    };
    let mut rows = Vec::new();
    for link in links {
        let (Some(a), Some(b)) = (histories.get(&link.a), histories.get(&link.b)) else { continue };
        rows.extend(of_link(&case, link, (a, b), &by_id));
    }
    for (number, row) in rows.iter_mut().enumerate() {
        row.id = RowId::derived("exp", number + 1);
    }
    rows
}

fn of_link<'a>(
    case: &'a Case<'a>,
    link: &'a Link,
    (a, b): (&'a History<'a>, &'a History<'a>),
    by_id: &BTreeMap<&str, &'a Comparison>,
) -> Vec<Explanation> {
    let comparisons = link.rows.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect();
    let pair = Pair { link, comparisons, a, b, case };
    let mut found: BTreeMap<&str, (Found, Vec<&Comparison>)> = BTreeMap::new();
    for explainer in codes::EXPLAINERS {
        if let Some(outcome) = (explainer.look)(&pair, explainer.code) {
            found.insert(explainer.code, (outcome, explained(&pair, explainer)));
        }
    }
    // A code that no file here looks into stays open: it is never lost.
    let raised = pair.comparisons.iter().flat_map(|c| &c.innocent).chain(&link.innocent);
    let raised: BTreeSet<&str> = raised.map(String::as_str).collect();
    for code in raised {
        found.entry(code).or_insert_with(|| (Found::new(), pair.raising(code)));
    }
    let row = |(code, (found, explains)): (&str, (Found, Vec<&Comparison>))| Explanation {
        id: RowId::derived("exp", 0),
        link: link.id.clone(),
        a: link.a.clone(),
        b: link.b.clone(),
        code: code.to_owned(),
        standing: found.standing,
        counted: found.counted,
        explains: explains.iter().map(|c| c.id.to_string()).collect(),
        rows: found.rows,
    };
    found.into_iter().map(row).collect()
}

/// The comparisons that carry the code; where none does, those of the families it could explain.
fn explained<'a>(pair: &Pair<'a>, explainer: &Explainer) -> Vec<&'a Comparison> {
    let raising = pair.raising(explainer.code);
    if raising.is_empty() { pair.of_families(explainer.families) } else { raising }
}
