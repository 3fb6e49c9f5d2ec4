//! The signal `similar_handle`.
//!
//! In: handles and display names. Out: one score for each pair of accounts of which two names have
//! one stem, or stems that are one letter apart.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Account, Post};
use faisceau_model::{AccountKey, Family, Maybe, inert, selection};

use super::handle::{is_common, keys, near, stem};
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::frequency::rarity;
use crate::holdings::MOST_HOLDERS;

/// Most rows of one account listed.
const MOST_ROWS: usize = 20;

/// The card.
pub const CARD: Card = Card {
    name: "similar_handle",
    family: Family::Identifiers,
    measures: "Whether two accounts have handles or display names with one stem: lower case, \
        without accents, separators, digits at the ends, digits that stand for letters; from 8 \
        letters on, one letter may differ. The score is the least of two: -log10 of the frequency \
        of such a stem among the other accounts, (k + 1/2) / (N + 1) for k of N accounts, and the \
        mean of the same over the sequences of three letters that both stems have.",
    source: "accounts (handle, display name), and account keys that are handles",
    needs: "a stem of 5 letters in a name of at most 40 characters. A stem that more than 50 \
        accounts have is common and gives no comparison",
    innocent: &["common_name", "impersonation"],
    depends_on: "Mail addresses made of the handle: the strongest of the family is kept, they are \
        never multiplied.",
    validation: "None by error rates: the corpora at hand hold pseudonyms. The rates are \
        conventions, written with their grounds in discrete.toml and capped low, for a handle is \
        copied at will.",
    reference: "Perito, Castelluccia, Kaafar and Manils, PETS 2011 (how unique usernames are); Li \
        et al., Information Sciences 2018 (how many people keep one display name); \
        Damerau, CACM 1964; Fellegi and Sunter, JASA 1969",
};

/// The names of an account: each stem with a name that has it, and rows.
#[derive(Debug, Default)]
struct Names<'a> {
    stems: BTreeMap<String, &'a str>,
    rows: BTreeSet<String>,
}

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    (profiles, posts): (&[Account], &[Post]),
) -> Vec<Finding> {
    let names = names(profiles, posts);
    let mut buckets = BTreeMap::<String, BTreeSet<(&AccountKey, &str)>>::new();
    let mut thirds = BTreeMap::<[char; 3], BTreeSet<&AccountKey>>::new();
    for (&account, own) in &names {
        for stem in own.stems.keys() {
            for key in keys(stem) {
                buckets.entry(key).or_default().insert((account, stem));
            }
            for third in sequences(stem) {
                thirds.entry(third).or_default().insert(account);
            }
        }
    }
    let mut pairs = BTreeMap::<(&AccountKey, &AccountKey), BTreeSet<(&str, &str)>>::new();
    for holding in buckets.values().filter(|holding| holding.len() <= MOST_HOLDERS) {
        let examined: Vec<_> =
            holding.iter().filter(|(key, _)| accounts.binary_search(key).is_ok()).collect();
        for (at, (a, of_a)) in examined.iter().enumerate() {
            for (b, of_b) in examined.iter().skip(at + 1).filter(|(b, _)| b != a) {
                if near(of_a, of_b) {
                    pairs.entry((a, b)).or_default().insert((of_a, of_b));
                }
            }
        }
    }
    let population = names.len().saturating_sub(2);
    let asked: BTreeSet<&str> = pairs.values().flatten().flat_map(|(a, b)| [*a, *b]).collect();
    let alike = |stem: &str| -> BTreeSet<&AccountKey> {
        let all = keys(stem).into_iter().filter_map(|key| buckets.get(&key)).flatten();
        all.filter(|(_, other)| near(stem, other)).map(|(account, _)| *account).collect()
    };
    let alike: BTreeMap<&str, BTreeSet<&AccountKey>> =
        asked.into_iter().map(|stem| (stem, alike(stem))).collect();
    let mut findings = Vec::new();
    for ((a, b), stems) in &pairs {
        let scored = stems.iter().map(|&(of_a, of_b)| {
            let of = |stem: &str| alike.get(stem).into_iter().flatten().copied();
            let others: BTreeSet<&AccountKey> = of(of_a).chain(of(of_b)).collect();
            let others = others.into_iter().filter(|key| *key != *a && *key != *b).count();
            let whole = rarity(others, population.max(others));
            (whole.min(by_sequences((of_a, of_b), &thirds, population)), of_a, of_b)
        });
        // The rarest of their names; among equals the first in order.
        let best = scored.reduce(|best, one| if one.0 > best.0 { one } else { best });
        let (Some((score, of_a, of_b)), Some(one), Some(other)) =
            (best, names.get(a), names.get(b))
        else {
            continue;
        };
        let mut innocent = BTreeSet::from(["impersonation"]);
        if is_common(of_a) || is_common(of_b) {
            innocent.insert("common_name");
        }
        let shown =
            |names: &Names<'_>, stem: &str| names.stems.get(stem).map_or("", |n| *n).to_owned();
        let shared = format!("{} ~ {}", shown(one, of_a), shown(other, of_b));
        let rows: [Vec<String>; 2] =
            [one, other].map(|names| names.rows.iter().take(MOST_ROWS).cloned().collect());
        findings.push(Finding {
            shared: Maybe::Known(inert(&shared).into_owned()),
            innocent,
            rows: rows.concat(),
            ..Finding::new(&CARD, a, b, score, (population, population), Unit::Accounts)
        });
    }
    findings
}

/// The names of all accounts: of their profiles, and keys that are handles.
fn names<'a>(profiles: &'a [Account], posts: &'a [Post]) -> BTreeMap<&'a AccountKey, Names<'a>> {
    let mut names = BTreeMap::<&AccountKey, Names<'_>>::new();
    for row in profiles {
        for name in [&row.handle, &row.display_name].into_iter().filter_map(|name| name.known()) {
            note(&mut names, &row.account, name, || row.id.to_string());
        }
    }
    let keys: BTreeSet<&AccountKey> =
        profiles.iter().map(|row| &row.account).chain(posts.iter().map(|p| &p.account)).collect();
    for key in keys {
        if let Some(handle) = key.native().strip_prefix('@') {
            note(&mut names, key, handle, || selection("accounts", &[("account", key.as_str())]));
        }
    }
    names
}

fn note<'a>(
    names: &mut BTreeMap<&'a AccountKey, Names<'a>>,
    account: &'a AccountKey,
    name: &'a str,
    row: impl Fn() -> String,
) {
    let Some(stem) = stem(name) else { return };
    let own = names.entry(account).or_default();
    let shown = own.stems.entry(stem).or_insert(name);
    *shown = name.min(*shown);
    own.rows.insert(row());
}

fn sequences(stem: &str) -> BTreeSet<[char; 3]> {
    let chars: Vec<char> = stem.chars().collect();
    chars.windows(3).filter_map(|three| three.try_into().ok()).collect()
}

/// The mean rarity of the sequences that both stems have.
fn by_sequences(
    (of_a, of_b): (&str, &str),
    thirds: &BTreeMap<[char; 3], BTreeSet<&AccountKey>>,
    population: usize,
) -> f64 {
    let (one, other) = (sequences(of_a), sequences(of_b));
    let common: Vec<&[char; 3]> = one.intersection(&other).collect();
    let of = |third: &&[char; 3]| {
        let holders = thirds.get(*third).map_or(0, BTreeSet::len).saturating_sub(2);
        rarity(holders, population.max(holders))
    };
    common.iter().map(of).sum::<f64>() / common.len().max(1) as f64
}
