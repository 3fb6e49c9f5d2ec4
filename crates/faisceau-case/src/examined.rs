//! Which accounts are compared.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Account, Post};
use faisceau_model::{AccountKey, Role};

use crate::case::Case;

/// The accounts to compare, and how many were left out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Examined {
    /// Sorted.
    pub(crate) compared: Vec<AccountKey>,
    /// Accounts under examination that the limit of the settings leaves out.
    pub(crate) left_out: usize,
}

impl Case {
    /// Gives each account its role: what `case.toml` says; otherwise third party if the file names
    /// the accounts to examine, and examined if it names none.
    pub(crate) fn set_roles(&self, accounts: &mut [Account]) {
        let listed = self.settings().accounts.iter().any(|a| a.role == Role::Examined);
        let default = if listed { Role::ThirdParty } else { Role::Examined };
        for account in accounts {
            account.role = self.settings().role_of(&account.account).unwrap_or(default);
        }
    }

    /// The accounts under examination: those that the file names, or every account with messages
    /// or addresses that is not the claimant's or a third party's.
    pub(crate) fn examined(&self, accounts: &[Account], posts: &[Post]) -> Examined {
        let mut keys: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
        keys.extend(accounts.iter().map(|account| &account.account));
        let listed = self.settings().accounts.iter().any(|a| a.role == Role::Examined);
        let wanted = |key: &AccountKey| match self.settings().role_of(key) {
            Some(role) => role == Role::Examined,
            None => !listed,
        };
        let mut compared: Vec<AccountKey> =
            keys.into_iter().filter(|key| wanted(key)).cloned().collect();
        let most = self.settings().compare.max_accounts;
        let left_out = compared.len().saturating_sub(most);
        if left_out > 0 {
            let mut counts: BTreeMap<&AccountKey, usize> = BTreeMap::new();
            for post in posts {
                *counts.entry(&post.account).or_default() += 1;
            }
            let count = |key: &AccountKey| counts.get(key).copied().unwrap_or(0);
            compared.sort_by(|a, b| count(b).cmp(&count(a)).then_with(|| a.cmp(b)));
            compared.truncate(most);
            compared.sort();
        }
        Examined { compared, left_out }
    }
}
