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
pub(crate) struct Common<'a> {
    pub(crate) a: &'a AccountKey,
    pub(crate) b: &'a AccountKey,
    pub(crate) value: String,
    pub(crate) score: f64,
    /// Accounts that could have shown it.
    pub(crate) population: usize,
    pub(crate) innocent: BTreeSet<&'static str>,
    pub(crate) rows: Vec<String>,
}

/// The findings, in the order of the pairs.
pub(crate) fn strongest(card: &'static Card, all: Vec<Common<'_>>) -> Vec<Finding> {
    let mut pairs = BTreeMap::<(&AccountKey, &AccountKey), Vec<Common<'_>>>::new();
    for common in all {
        pairs.entry((common.a, common.b)).or_default().push(common);
    }
    let mut findings = Vec::with_capacity(pairs.len());
    for ((a, b), mut values) in pairs {
        values.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| x.value.cmp(&y.value)));
        let listed = values.iter().take(MOST_VALUES).flat_map(|value| &value.rows);
        let mut seen = BTreeSet::new();
        let rows =
            listed.filter(|row| seen.insert(row.as_str())).take(MOST_ROWS).cloned().collect();
        let Some(best) = values.first() else { continue };
        findings.push(Finding {
            shared: Maybe::Known(inert(&best.value).into_owned()),
            innocent: best.innocent.clone(),
            rows,
            ..Finding::new(
                card,
                a,
                b,
                best.score,
                (best.population, best.population),
                Unit::Accounts,
            )
        });
    }
    findings
}
