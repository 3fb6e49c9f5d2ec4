//! One finding a pair: the rarest of what two accounts have in common.
//!
//! In: the values that pairs share. Out: for each pair the rarest value, with its rows, then the
//! rows of the others. Several values of one pair have one cause as often as not (one subject, one
//! source): they are listed, never multiplied.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{AccountKey, Maybe, inert};

use crate::card::Card;
use crate::compare::{Finding, Unit};

/// Most values of one pair whose rows are listed.
const MOST_VALUES: usize = 10;
/// Most rows of one finding.
const MOST_ROWS: usize = 60;

/// A value that two accounts share.
#[derive(Debug, Clone)]
pub(crate) struct Common {
    pub(crate) value: String,
    /// Accounts that could have shown it.
    pub(crate) population: usize,
    pub(crate) innocent: BTreeSet<&'static str>,
    pub(crate) rows: Vec<String>,
}

/// The findings, in the order of the pairs: for each pair the values with their scores, of which the
/// rarest are made by `common`.
pub(crate) fn strongest<'a>(
    card: &'static Card,
    scored: impl Iterator<Item = (&'a AccountKey, &'a AccountKey, f64)>,
    common: impl Fn(usize) -> Option<Common>,
) -> Vec<Finding> {
    let mut pairs = BTreeMap::<(&AccountKey, &AccountKey), Vec<(f64, usize)>>::new();
    for (at, (a, b, score)) in scored.enumerate() {
        pairs.entry((a, b)).or_default().push((score, at));
    }
    let mut findings = Vec::with_capacity(pairs.len());
    for ((a, b), mut values) in pairs {
        // The values come in an order of their own, which decides among equals.
        values.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
        let some: Vec<Common> =
            values.iter().take(MOST_VALUES).filter_map(|(_, at)| common(*at)).collect();
        let mut seen = BTreeSet::new();
        let listed = some.iter().flat_map(|value| &value.rows);
        let rows =
            listed.filter(|row| seen.insert(row.as_str())).take(MOST_ROWS).cloned().collect();
        let (Some(best), Some((score, _))) = (some.first(), values.first()) else { continue };
        let material = (best.population, best.population);
        findings.push(Finding {
            shared: Maybe::Known(inert(&best.value).into_owned()),
            innocent: best.innocent.clone(),
            rows,
            ..Finding::new(card, a, b, *score, material, Unit::Accounts)
        });
    }
    findings
}
