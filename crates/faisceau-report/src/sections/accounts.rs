//! Section 3: the accounts examined.

use faisceau_model::{AccountKey, Moment, Role};

use crate::french::{count, counted};
use crate::index::{Index, Known, NAME, cut, of_account};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 40;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut paragraph = prose(&index.words.prose.handles);
    let others = index.accounts.values().filter(|known| known.role == Some(Role::ThirdParty));
    let unnamed: Vec<&AccountKey> = index
        .accounts
        .iter()
        .filter(|(_, known)| known.role.is_none())
        .map(|(key, _)| *key)
        .collect();
    let third = others.count();
    if third > 0 {
        let text = format!(
            "{}{}, sans être examiné ni nommé ici.",
            counted(third, "compte de tiers apparaît", "comptes de tiers apparaissent"),
            index.rows_of(Role::ThirdParty, third)
        );
        paragraph.push(w.say(text, Support::one("accounts?role=third_party")));
    }
    if !unnamed.is_empty() {
        let text = format!(
            "{} que par des messages.",
            counted(unnamed.len(), "autre compte n'apparaît", "autres comptes n'apparaissent")
        );
        let posts = unnamed.iter().map(|key| of_account("posts", key));
        paragraph.push(w.say(text, Support::every(posts, "posts")));
    }
    vec![Block::Paragraph(paragraph), table(index, w)]
}

fn table(index: &Index<'_>, w: &mut Writer) -> Block {
    let shown: Vec<(&AccountKey, &Known<'_>)> =
        index.of_role(Role::Examined).chain(index.of_role(Role::Claimant)).collect();
    let columns = vec![
        column("Compte (service : identifiant immuable)", 10),
        column("Pseudonyme à la capture", 9),
        column("Qualité", 3),
        column("Période des messages datés", 8),
        numbers("Messages", 3),
    ];
    let total = shown.len();
    let cells = shown.into_iter().map(|(key, known)| {
        let cells = vec![
            identified(key, known),
            handles(known),
            if known.role == Some(Role::Claimant) { "partie" } else { "examiné" }.into(),
            period(known.first, known.last),
            count(known.posts).into(),
        ];
        (cells, index.account_support(key))
    });
    let of_roles = Support::one("accounts?role=examined").and("accounts?role=claimant");
    let limit = Limit::of(SHOWN, ["compte", "comptes"], "accounts").resting_on(of_roles);
    w.table("Comptes examinés et comptes de la partie", columns, cells, total, limit)
}

/// The key, which holds the immutable id where there is one; the id beside it where it does not.
fn identified(key: &AccountKey, known: &Known<'_>) -> Text {
    let text = Text::new().code(cut(key.as_str()));
    match known.native_id {
        Some(id) if key.as_str().ends_with(id) => text,
        Some(id) => text.plain(" ; ").code(cut(id)),
        None => text.plain(" ; identifiant immuable inconnu"),
    }
}

fn handles(known: &Known<'_>) -> Text {
    let names = known.names();
    if names.is_empty() {
        return "inconnu".into();
    }
    let shown = names.iter().take(3).map(|name| Text::new().quoted(name, NAME));
    let text = Text::join(shown, ", ");
    match names.len().saturating_sub(3) {
        0 => text,
        n => text.plain(format!(" et {}", counted(n, "autre", "autres"))),
    }
}

fn period(first: Option<Moment>, last: Option<Moment>) -> Text {
    match first.zip(last) {
        Some((first, last)) if first.day_utc() == last.day_utc() => first.day_utc().into(),
        Some((first, last)) => format!("{} au {}", first.day_utc(), last.day_utc()).into(),
        None => "aucun message daté".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_of_one_day_is_one_day() {
        let at = |text| Moment::from_rfc3339(text);
        let one = period(at("2026-03-01T01:00:00Z"), at("2026-03-01T23:00:00Z"));
        assert_eq!(one.to_plain(), "2026-03-01");
        assert_eq!(period(None, None).to_plain(), "aucun message daté");
    }
}
