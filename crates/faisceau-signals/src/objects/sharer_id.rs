//! The signal `sharer_id`.
//!
//! In: posts. Out: one score for each pair of accounts whose links carry one code of the person, or
//! of the act, that shared: `igsh`, `si`, `fbclid`, a personal `ref`.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Family};

use super::link::links;
use super::strongest::{Common, strongest};
use crate::activity::Activity;
use crate::card::Card;
use crate::compare::Finding;
use crate::holdings::{Holdings, Shared};
use crate::identifiers::own_lines;

/// The card.
pub const CARD: Card = Card {
    name: "sharer_id",
    family: Family::Objects,
    measures: "Whether links that two accounts posted carry the same code that a platform puts \
        there for the person or the act that shares (igsh, si, fbclid, a code of referral). The \
        score is -log10 of the frequency of this very code among the other accounts active in the \
        same period, 30 days around, (k + 1/2) / (N + 1) for k of N accounts. The same code on \
        one page only is what copying the link leaves, and weighs less than the same code on \
        different pages.",
    source: "posts, without forwarded ones and quoted lines; a list of parameters by platform",
    needs: "one common code of 6 characters, letters and digits. A code that more than 50 \
        accounts posted is common and gives no comparison",
    innocent: &["copied_link", "shared_identifier"],
    depends_on: "The link that carries it, images and phrases of the same posts: of what was \
        posted the strongest counts, they are never multiplied.",
    validation: "None by error rates: no corpus with such codes could be had, and platforms do \
        not publish what theirs stand for. The rates are conventions, written with their grounds \
        in discrete.toml.",
    reference: "Fellegi and Sunter, JASA 1969; term frequency adjustment as in Splink",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    posts: &[Post],
    activity: &Activity,
) -> Vec<Finding> {
    let mut codes = Holdings::default();
    let mut pages = BTreeMap::<(String, &AccountKey), BTreeSet<String>>::new();
    for line in own_lines(posts) {
        for link in links(line.text) {
            for code in link.codes {
                pages.entry((code.clone(), line.account)).or_default().insert(link.page.clone());
                codes.add(code, line.account, line.trace(String::new()));
            }
        }
    }
    let shared = codes.shared(accounts, activity);
    let scored = shared.iter().map(|shared| (shared.a, shared.b, shared.rarity()));
    strongest(&CARD, scored, |at| shared.get(at).map(|shared| common(shared, &pages)))
}

fn common(
    shared: &Shared<'_, '_>,
    pages: &BTreeMap<(String, &AccountKey), BTreeSet<String>>,
) -> Common {
    let of = |account| pages.get(&(shared.value.to_owned(), account));
    let copied = match (of(shared.a), of(shared.b)) {
        (Some(one), Some(other)) => !one.is_disjoint(other),
        _ => true,
    };
    let mut innocent = BTreeSet::from(["shared_identifier"]);
    if copied {
        innocent.insert("copied_link");
    }
    Common {
        value: shared.value.to_owned(),
        population: shared.population,
        innocent,
        rows: shared.rows(),
    }
}
