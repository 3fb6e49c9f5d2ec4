//! `same_client`, `popular_client`: the declared client is one that many use.
//!
//! Speaks for it: one other account in twenty with a declared client has one that both use.
//! Against: none has, of twenty or more.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::AccountKey;
use faisceau_model::rows::Post;

use super::found::Found;
use super::pair::Pair;

/// Other accounts with a declared client from which a client that none has is rare.
const LEAST_ACCOUNTS: usize = 20;

pub(super) const COUNTS: &[&str] = &["clients", "others", "accounts"];

/// The accounts by client.
#[derive(Debug)]
pub(super) struct Clients<'a> {
    users: BTreeMap<&'a str, BTreeSet<&'a AccountKey>>,
    accounts: usize,
}

impl<'a> Clients<'a> {
    pub(super) fn of(posts: &'a [Post]) -> Self {
        let mut users = BTreeMap::<&str, BTreeSet<&AccountKey>>::new();
        for post in posts {
            if let Some(client) = post.client.known() {
                users.entry(client).or_default().insert(&post.account);
            }
        }
        let accounts = users.values().flatten().collect::<BTreeSet<_>>().len();
        Self { users, accounts }
    }
}

pub(super) fn look(pair: &Pair<'_>, code: &str) -> Option<Found> {
    if !pair.raises(code) {
        return None;
    }
    let all = &pair.case.clients;
    let common: Vec<&str> = pair
        .a
        .clients
        .keys()
        .filter(|client| pair.b.clients.contains_key(**client))
        .copied()
        .collect();
    let users = |client: &&str| all.users.get(client).map_or(0, BTreeSet::len);
    // The rarest of the common clients is the one that sets the pair apart.
    let others = common.iter().map(users).min().unwrap_or(0).saturating_sub(2);
    let accounts = all.accounts.saturating_sub(2);
    let mut found = Found::new();
    found.count("clients", common.len());
    found.count("others", others);
    found.count("accounts", accounts);
    let shared = !common.is_empty();
    found.judge(
        shared && others > 0 && others * 20 >= accounts,
        shared && others == 0 && accounts >= LEAST_ACCOUNTS,
    );
    found.rest_on(pair.posts_of_both());
    Some(found)
}
