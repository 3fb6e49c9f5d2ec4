//! The accounts under examination and when each was active.

use std::collections::BTreeMap;

use faisceau_model::rows::{Account, Address};
use faisceau_model::{AccountKey, Role, RowId};

use super::activity::Active;
use super::input::RequestInput;

/// An account under examination.
#[derive(Debug, Default)]
pub(super) struct Examined<'a> {
    /// Its rows in `accounts`, in order.
    pub(super) rows: Vec<&'a RowId>,
    /// Whether any row gives its immutable id.
    pub(super) has_id: bool,
    /// Whether it has connections.
    pub(super) connections: bool,
    /// When it was active.
    pub(super) active: Active,
}

/// Accounts under examination, by key.
pub(super) type Accounts<'a> = BTreeMap<&'a AccountKey, Examined<'a>>;

pub(super) fn examined<'a>(input: &RequestInput<'a>) -> Accounts<'a> {
    let mut all: Accounts<'a> = BTreeMap::new();
    for row in input.accounts.iter().filter(|row| row.role == Role::Examined) {
        all.entry(&row.account).or_default();
    }
    for row in input.accounts {
        if let Some(account) = all.get_mut(&row.account) {
            account.rows.push(&row.id);
            account.has_id |= has_id(row);
        }
    }
    let mut uses: BTreeMap<&AccountKey, Vec<&Address>> = BTreeMap::new();
    for row in input.addresses {
        if let Some(key) = row.account.known().filter(|key| all.contains_key(key)) {
            uses.entry(key).or_default().push(row);
        }
    }
    for (key, account) in &mut all {
        let uses = uses.get(key).map_or(&[][..], Vec::as_slice);
        account.connections = !uses.is_empty();
        account.active = input.activity.with(key, uses.iter().copied());
    }
    for account in all.values_mut() {
        account.rows.sort_unstable();
        account.rows.dedup();
    }
    all
}

fn has_id(row: &Account) -> bool {
    row.native_id.known().is_some() || !row.account.native().starts_with('@')
}
