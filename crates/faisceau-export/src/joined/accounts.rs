//! What accounts call themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use faisceau_model::Moment;
use faisceau_model::rows::Account;
use faisceau_tables::{TableError, read};

/// An account, as the exhibits show it.
#[derive(Debug, Clone, Default)]
pub(crate) struct AccountCard {
    /// Handle in the first exhibit that has one.
    pub(crate) handle: Option<String>,
    /// Display name in the first exhibit that has one.
    pub(crate) display_name: Option<String>,
    /// When it was created.
    pub(crate) created: Option<Moment>,
    /// Handles and display names of other exhibits.
    pub(crate) other_names: BTreeSet<String>,
    /// Self-descriptions.
    pub(crate) bios: BTreeSet<String>,
}

/// The accounts by their keys.
pub(crate) fn account_cards(tables: &Path) -> Result<BTreeMap<String, AccountCard>, TableError> {
    let mut rows: Vec<Account> = read(tables)?;
    rows.sort_by(|x, y| (x.exhibit, &x.id).cmp(&(y.exhibit, &y.id)));
    let mut cards: BTreeMap<String, AccountCard> = BTreeMap::new();
    for row in rows {
        let card = cards.entry(row.account.as_str().to_owned()).or_default();
        let AccountCard { handle, display_name, other_names, .. } = &mut *card;
        for (first, next) in
            [(handle, row.handle.into_known()), (display_name, row.display_name.into_known())]
        {
            match (&first, next) {
                (None, next) => *first = next,
                (Some(first), Some(next)) if *first != next => {
                    other_names.insert(next);
                }
                (Some(_), _) => {}
            }
        }
        card.created = card.created.or(row.created.into_known());
        card.bios.extend(row.bio.into_known());
    }
    Ok(cards)
}
