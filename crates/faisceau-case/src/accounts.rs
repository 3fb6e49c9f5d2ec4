//! Accounts that no exhibit describes, and other names of the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Account;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, RowId};

use crate::case::Case;
use crate::ingest::Ingested;
use crate::media_join::Aliases;

/// Gives every account that only wrote or only connected a row of its own, at the place where it
/// is first seen: what has no row would be compared and asked about by nobody.
pub(crate) fn complete_accounts(ingested: &mut Ingested) {
    let known: BTreeSet<&AccountKey> = ingested.accounts.iter().map(|a| &a.account).collect();
    let mut first: BTreeMap<&AccountKey, (ExhibitNo, &Place, &RowId)> = BTreeMap::new();
    let posts = ingested.writers.iter().map(|(account, writing)| {
        let (exhibit, place, id) = &writing.first;
        (account, (*exhibit, place, id))
    });
    let uses = ingested
        .bound
        .iter()
        .filter_map(|a| Some((a.account.known()?, (a.exhibit, &a.place, &a.id))));
    for (account, seen) in posts.chain(uses).filter(|(account, _)| !known.contains(account)) {
        first.entry(account).or_insert(seen);
    }
    let rows: Vec<Account> = first
        .into_iter()
        .map(|(account, (exhibit, place, id))| Account {
            id: id.with_prefix("acc"),
            native_id: part(account, |native| !native.starts_with('@')),
            handle: part(account, |native| native.starts_with('@')),
            display_name: Maybe::Missing(Absent::NotExported),
            created: Maybe::Missing(Absent::NotExported),
            bio: Maybe::Missing(Absent::NotExported),
            ..Account::new(exhibit, place, 0, account.clone())
        })
        .collect();
    ingested.accounts.extend(rows);
}

fn part(account: &AccountKey, wanted: fn(&str) -> bool) -> Maybe<String> {
    let native = Some(account.native()).filter(|native| wanted(native));
    let text = native.map(|native| native.trim_start_matches('@').to_owned());
    Maybe::or_absent(text, Absent::NotExported)
}

impl Case {
    /// The names under which the case was given the same bytes again.
    pub(crate) fn aliases(&self) -> Aliases {
        let mut aliases = Aliases::new();
        for exhibit in self.store.exhibits() {
            if let Some(first) = exhibit.same_as {
                let alias = (exhibit.name.clone(), exhibit.parent);
                aliases.entry(first).or_default().push(alias);
            }
        }
        for (no, name) in self.added_again() {
            aliases.entry(no).or_default().push((name.to_owned(), None));
        }
        aliases
    }

    /// Exhibits whose bytes were added again, each with the name that they had then.
    pub(crate) fn added_again(&self) -> impl Iterator<Item = (ExhibitNo, &str)> {
        let again = self.store.journal().iter().filter(|entry| entry.act == "exhibit_again");
        again.filter_map(|entry| {
            let text = |field: &str| entry.fields.get(field).and_then(|v| v.as_str());
            Some((text("no")?.parse().ok()?, text("name")?))
        })
    }
}
