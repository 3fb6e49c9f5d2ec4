//! Pairs that share an identifier, whole or masked.
//!
//! In: whole values and masked ones, each with its account and row. Out: findings. A masked value
//! is compared with whole ones by what is known of it, and with the same masked value.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use faisceau_model::{AccountKey, Maybe};

use super::fragment::Fragment;
use crate::activity::Activity;
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::holdings::{Holdings, Shared, Trace};

/// Most times that a masked value is tried on a whole one, in all.
const MOST_TRIED: usize = 2_000_000;

/// Where a value stands.
type Held<'a> = Vec<(&'a AccountKey, Trace<'a>)>;

/// What is shared, and where it stands.
#[derive(Debug)]
pub(crate) struct Identifiers<'a> {
    card: &'static Card,
    /// Codes of every pair.
    innocent: &'static [&'static str],
    /// Whole values under the form that is compared.
    whole: Holdings<'a>,
    /// Whole values in the order of reading a fragment, each with the accounts.
    ordered: BTreeMap<String, Held<'a>>,
    masked: BTreeMap<String, (Fragment, Held<'a>)>,
}

impl<'a> Identifiers<'a> {
    pub(crate) fn new(card: &'static Card, innocent: &'static [&'static str]) -> Self {
        let (whole, ordered, masked) = <_>::default();
        Self { card, innocent, whole, ordered, masked }
    }

    /// Adds a whole value. `compared` is the form under which values are one; `ordered` the value
    /// in the order in which a fragment of it is read.
    pub(crate) fn add_whole(
        &mut self,
        compared: String,
        ordered: String,
        account: &'a AccountKey,
        trace: Trace<'a>,
    ) {
        self.ordered.entry(ordered).or_default().push((account, trace.clone()));
        self.whole.add(compared, account, trace);
    }

    /// Adds a masked value; `prefix` is what is known of its start, in the order of reading.
    pub(crate) fn add_masked(
        &mut self,
        prefix: &str,
        fragment: Fragment,
        account: &'a AccountKey,
        trace: Trace<'a>,
    ) {
        // The prefix first, so that fragments of which more is known are tried together.
        let key = format!("{prefix}\u{0}{}", fragment.shape);
        self.masked.entry(key).or_insert((fragment, Vec::new())).1.push((account, trace));
    }

    /// The findings. `weaker` gives the codes of a value that is not a person's own.
    pub(crate) fn findings(
        mut self,
        accounts: &[AccountKey],
        activity: &Activity,
        fits: impl Fn(&Fragment, &str) -> bool,
        weaker: impl Fn(&Shared<'_, '_>) -> BTreeSet<&'static str>,
    ) -> Vec<Finding> {
        let (mut fitting, decades) = self.fitting(fits);
        let mut found = BTreeSet::new();
        let mut findings = Vec::new();
        for shared in self.whole.shared(accounts, activity) {
            found.insert((shared.a, shared.b));
            findings.push(finding(
                self.card,
                self.innocent,
                &shared,
                shared.rarity(),
                weaker(&shared),
            ));
        }
        for shared in fitting.shared(accounts, activity) {
            let masked = shared.by_a.iter().chain(shared.by_b).any(|t| t.form == shared.value);
            if !masked || found.contains(&(shared.a, shared.b)) {
                continue;
            }
            let known = decades.get(shared.value).copied().unwrap_or(0.0);
            let mut codes = weaker(&shared);
            codes.insert("masked_fragment");
            let score = shared.rarity().min(known);
            findings.push(finding(self.card, self.innocent, &shared, score, codes));
        }
        findings
    }

    /// For each fragment the accounts that show it, and those that show a whole value that fits;
    /// and how much is known of it.
    fn fitting(
        &self,
        fits: impl Fn(&Fragment, &str) -> bool,
    ) -> (Holdings<'a>, BTreeMap<String, f64>) {
        let mut fitting = Holdings::default();
        let mut decades = BTreeMap::new();
        let mut tried = 0;
        for (key, (fragment, holders)) in &self.masked {
            for (account, trace) in holders {
                fitting.add(fragment.shape.clone(), account, trace.clone());
            }
            decades.insert(fragment.shape.clone(), fragment.decades);
            let prefix = key.split('\u{0}').next().unwrap_or_default();
            let from = (Bound::Included(prefix.to_owned()), Bound::Unbounded);
            let candidates = self.ordered.range(from).take_while(|(v, _)| v.starts_with(prefix));
            for (_, holders) in candidates {
                if tried == MOST_TRIED {
                    break;
                }
                tried += 1;
                for (account, trace) in holders {
                    if fits(fragment, &trace.form) {
                        fitting.add(fragment.shape.clone(), account, trace.clone());
                    }
                }
            }
        }
        (fitting, decades)
    }
}

fn finding(
    card: &'static Card,
    innocent: &[&'static str],
    shared: &Shared<'_, '_>,
    score: f64,
    codes: BTreeSet<&'static str>,
) -> Finding {
    let mut all = codes;
    all.extend(innocent);
    if !shared.own() {
        all.insert("third_party_identifier");
    }
    Finding {
        shared: Maybe::Known(shared.value.to_owned()),
        innocent: all,
        rows: shared.rows(),
        ..Finding::new(
            card,
            shared.a,
            shared.b,
            score,
            (shared.population, shared.population),
            Unit::Accounts,
        )
    }
}
