//! The accounts that an act is about: how each is designated.
//!
//! In: keys of accounts. Out: a table, one row an account: key, handle at capture, immutable id, a
//! blank for the exact address of the profile, messages in the case, exhibits.

use std::collections::BTreeSet;

use faisceau_model::{AccountKey, ExhibitNo};

use super::drafting::Drafting;
use super::pieces::cite;
use super::targets::is_mailbox;
use crate::french::{count, counted};
use crate::index::{NAME, cut};
use crate::language::Language;
use crate::model::Block;
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Accounts designated in one act.
pub(super) const ACCOUNTS: usize = 2000;

/// The table of the accounts, the first [`ACCOUNTS`] of them.
pub(super) fn table(d: &Drafting<'_>, keys: &[&AccountKey], w: &mut Writer) -> Block {
    let columns = vec![
        column("Compte", 7),
        column("Pseudonyme à la capture", 7),
        column("Identifiant immuable", 6),
        column("Adresse du profil", 6),
        numbers("Messages", 3),
        column("Pièces", 5),
    ];
    let rows = keys.iter().map(|key| {
        let known = d.index.accounts.get(key);
        let id = known.and_then(|known| known.native_id);
        let cells = vec![
            Text::new().code(cut(key.as_str())),
            handles(d, key),
            id.map_or_else(|| Text::new().strong("inconnu"), |id| Text::new().code(cut(id))),
            profile(key),
            count(d.posts_of(key).len()).into(),
            cite(&exhibits_of(d, &[*key])),
        ];
        (cells, d.index.account_support(key))
    });
    let all = keys.iter().map(|key| crate::index::of_account("accounts", key));
    let limit = Limit::listed(
        ACCOUNTS,
        ["compte", "comptes"],
        crate::sentence::Support::every(all, "accounts"),
    );
    w.table("Comptes désignés", columns, rows, keys.len(), limit)
}

/// The exact address of the profile, which no table holds; a mailbox has none.
fn profile(key: &AccountKey) -> Text {
    if is_mailbox(key) {
        "boîte de courrier".into()
    } else {
        Text::new().blank("URL exacte du profil de chaque compte")
    }
}

/// The handles at capture, in a cell.
pub(super) fn handles(d: &Drafting<'_>, key: &AccountKey) -> Text {
    let names: Vec<&str> = d
        .index
        .accounts
        .get(key)
        .map(|known| known.names().iter().copied().collect())
        .unwrap_or_default();
    if names.is_empty() {
        return "inconnu".into();
    }
    let text = Text::join(
        names.iter().take(3).map(|name| Text::new().quoted(Language::French, name, NAME)),
        ", ",
    );
    match names.len().saturating_sub(3) {
        0 => text,
        n => text.plain(format!(" et {}", counted(n, "autre", "autres"))),
    }
}

/// The exhibits that show accounts or hold their messages.
pub(super) fn exhibits_of(d: &Drafting<'_>, keys: &[&AccountKey]) -> BTreeSet<ExhibitNo> {
    let asked: BTreeSet<&AccountKey> = keys.iter().copied().collect();
    let rows = d.input.note.accounts.iter().filter(|row| asked.contains(&row.account));
    let posts = keys.iter().flat_map(|key| d.posts_of(key)).map(|post| post.exhibit);
    rows.map(|row| row.exhibit).chain(posts).collect()
}
