//! `common_name`: the name is one that many take.
//!
//! Speaks for it: another account of the case has it, digits and signs aside. Never against: most
//! holders of a name are not in the case.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::AccountKey;
use faisceau_model::rows::Account;

use super::found::Found;
use super::history::History;
use super::pair::Pair;

/// Letters of a name that are compared.
const MOST_OF_NAME: usize = 40;
/// Letters below which a name is nobody's.
const LEAST_LETTERS: usize = 3;

pub(super) const COUNTS: &[&str] = &["others", "accounts"];

/// The accounts by the letters of their names.
#[derive(Debug)]
pub(super) struct Names<'a> {
    holders: BTreeMap<String, BTreeSet<&'a AccountKey>>,
    accounts: usize,
}

impl<'a> Names<'a> {
    pub(super) fn of(accounts: &'a [Account]) -> Self {
        let mut holders = BTreeMap::<String, BTreeSet<&AccountKey>>::new();
        for row in accounts {
            for stem in stems(row) {
                holders.entry(stem).or_default().insert(&row.account);
            }
        }
        let accounts = holders.values().flatten().collect::<BTreeSet<_>>().len();
        Self { holders, accounts }
    }
}

/// The letters of the names of an account, in lower case.
fn stems(row: &Account) -> BTreeSet<String> {
    let names = [row.handle.known(), row.display_name.known()].into_iter().flatten();
    let letters = names.map(|name| -> String {
        let letters = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
        letters.take(MOST_OF_NAME).collect()
    });
    letters.filter(|stem| stem.chars().nth(LEAST_LETTERS - 1).is_some()).collect()
}

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    let raised = pair.raising(code);
    if raised.is_empty() {
        return None;
    }
    let names = &pair.case.names;
    let own = |history: &History<'_>| -> BTreeSet<String> {
        history.rows.iter().flat_map(|row| stems(row)).collect()
    };
    let (a, b) = (&pair.link.a, &pair.link.b);
    let both: BTreeSet<String> = own(pair.a).into_iter().chain(own(pair.b)).collect();
    let holders: BTreeSet<&AccountKey> =
        both.iter().filter_map(|stem| names.holders.get(stem)).flatten().copied().collect();
    let stranger = |key: &&&AccountKey| {
        **key != a && **key != b && !pair.case.same_group(key, a) && !pair.case.same_group(key, b)
    };
    let others = holders.iter().filter(stranger).count();
    let mut found = Found::new();
    found.count("others", others);
    found.count("accounts", names.accounts);
    found.judge(others > 0, false);
    found.rest_on(pair.a.rows.iter().take(3).chain(pair.b.rows.iter().take(3)).map(|row| &row.id));
    found.rest_on(raised.iter().map(|c| &c.id));
    Some(found)
}
