//! Which accounts are compared.

use std::collections::BTreeSet;

use faisceau_model::rows::Account;
use faisceau_model::{AccountKey, Role};

use crate::case::Case;
use crate::ingest::Ingested;

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
    pub(crate) fn examined(&self, ingested: &Ingested) -> Examined {
        let mut keys: BTreeSet<&AccountKey> = ingested.writers.keys().collect();
        keys.extend(ingested.accounts.iter().map(|account| &account.account));
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
            let count = |key: &AccountKey| ingested.posts_of(key);
            compared.sort_by(|a, b| count(b).cmp(&count(a)).then_with(|| a.cmp(b)));
            compared.truncate(most);
            compared.sort();
        }
        Examined { compared, left_out }
    }
}
