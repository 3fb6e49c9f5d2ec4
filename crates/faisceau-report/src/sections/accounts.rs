//! Section 3: the accounts examined.

use faisceau_model::{AccountKey, Moment, Role};

use crate::index::{Index, Known, NAME, cut, of_account};
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 40;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
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
        let text = said!(
            lang,
            "{}{}, sans être examiné ni nommé ici.",
            "{}{}, neither examined nor named here.",
            lang.counted(
                third,
                ["compte de tiers apparaît", "comptes de tiers apparaissent"],
                ["account of a third party appears", "accounts of third parties appear"]
            ),
            index.rows_of(Role::ThirdParty, third)
        );
        paragraph.push(w.say(text, Support::one("accounts?role=third_party")));
    }
    if !unnamed.is_empty() {
        let text = said!(
            lang,
            "{} que par des messages.",
            "{} only through messages.",
            lang.counted(
                unnamed.len(),
                ["autre compte n'apparaît", "autres comptes n'apparaissent"],
                ["other account appears", "other accounts appear"]
            )
        );
        let posts = unnamed.iter().map(|key| of_account("posts", key));
        paragraph.push(w.say(text, Support::every(posts, "posts")));
    }
    vec![Block::Paragraph(paragraph), table(index, w)]
}

fn table(index: &Index<'_>, w: &mut Writer) -> Block {
    let lang = index.lang;
    let shown: Vec<(&AccountKey, &Known<'_>)> =
        index.of_role(Role::Examined).chain(index.of_role(Role::Claimant)).collect();
    let columns = vec![
        column(
            lang.pick(
                "Compte (service : identifiant immuable)",
                "Account (service: immutable identifier)",
            ),
            10,
        ),
        column(lang.pick("Pseudonyme à la capture", "Handle at capture"), 9),
        column(lang.pick("Qualité", "Role"), 3),
        column(lang.pick("Période des messages datés", "Period of dated messages"), 8),
        numbers("Messages", 3),
    ];
    let total = shown.len();
    let cells = shown.into_iter().map(|(key, known)| {
        let role = if known.role == Some(Role::Claimant) {
            lang.pick("partie", "party")
        } else {
            lang.pick("examiné", "examined")
        };
        let cells = vec![
            identified(lang, key, known),
            handles(lang, known),
            role.into(),
            period(lang, known.first, known.last),
            lang.count(known.posts).into(),
        ];
        (cells, index.account_support(key))
    });
    let of_roles = Support::one("accounts?role=examined").and("accounts?role=claimant");
    let nouns = lang.pick(["compte", "comptes"], ["account", "accounts"]);
    let limit = Limit::of(SHOWN, nouns, "accounts").resting_on(of_roles);
    let caption = lang.pick(
        "Comptes examinés et comptes de la partie",
        "Accounts under examination and accounts of the party",
    );
    w.table(caption, columns, cells, total, limit)
}

/// The key, which holds the immutable id where there is one; the id beside it where it does not.
fn identified(lang: Language, key: &AccountKey, known: &Known<'_>) -> Text {
    let text = Text::new().code(cut(key.as_str()));
    match known.native_id {
        Some(id) if key.as_str().ends_with(id) => text,
        Some(id) => text.plain(lang.pick(" ; ", "; ")).code(cut(id)),
        None => text
            .plain(lang.pick(" ; identifiant immuable inconnu", "; immutable identifier unknown")),
    }
}

fn handles(lang: Language, known: &Known<'_>) -> Text {
    let names = known.names();
    if names.is_empty() {
        return lang.pick("inconnu", "unknown").into();
    }
    let shown = names.iter().take(3).map(|name| Text::new().quoted(lang, name, NAME));
    let text = Text::join(shown, ", ");
    match names.len().saturating_sub(3) {
        0 => text,
        n => text.plain(said!(lang, " et {}", " and {}", lang.others(n))),
    }
}

fn period(lang: Language, first: Option<Moment>, last: Option<Moment>) -> Text {
    match first.zip(last) {
        Some((first, last)) if first.day_utc() == last.day_utc() => first.day_utc().into(),
        Some((first, last)) => {
            said!(lang, "{} au {}", "{} to {}", first.day_utc(), last.day_utc()).into()
        }
        None => lang.pick("aucun message daté", "no dated message").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_of_one_day_is_one_day() {
        let at = |text| Moment::from_rfc3339(text);
        let one =
            |lang| period(lang, at("2026-03-01T01:00:00Z"), at("2026-03-01T23:00:00Z")).to_plain();
        assert_eq!(Language::ALL.map(one), ["2026-03-01", "2026-03-01"]);
        let two =
            |lang| period(lang, at("2026-03-01T01:00:00Z"), at("2026-03-04T01:00:00Z")).to_plain();
        assert_eq!(
            Language::ALL.map(two),
            ["2026-03-01 au 2026-03-04", "2026-03-01 to 2026-03-04"]
        );
        let none = |lang| period(lang, None, None).to_plain();
        assert_eq!(Language::ALL.map(none), ["aucun message daté", "no dated message"]);
    }
}
