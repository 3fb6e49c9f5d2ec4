//! Acts counted by sort, by account and by day.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, PostKind, Precision};

use crate::index::{Index, of_account};
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Accounts shown.
const ACCOUNTS: usize = 60;
/// Days shown.
const DAYS: usize = 20;

/// The head of a column, in French and in English.
const TO_CLAIMANT: [&str; 2] = ["Vers la partie demande\u{ad}resse", "To the claimant"];

/// Ids of the messages that are addressed to an account of the claimant, or name one.
type Aimed<'a> = BTreeSet<&'a str>;

pub(super) fn overview(
    posts: &[&Post],
    aimed: Option<&Aimed<'_>>,
    w: &mut Writer,
) -> Vec<Statement> {
    let lang = w.lang;
    let of = |kind: PostKind| lang.count(posts.iter().filter(|post| post.kind == kind).count());
    let accounts: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
    let text = said!(
        lang,
        "{} de {} : {} publics, {} privés, {} courriels, {} repris d'un autre.",
        "{} of {}: {} public, {} private, {} by email, {} forwarded from another.",
        lang.agreed(posts.len(), ["message", "messages"]),
        lang.counted(
            accounts.len(),
            ["compte examiné", "comptes examinés"],
            ["account under examination", "accounts under examination"]
        ),
        of(PostKind::Public),
        of(PostKind::Private),
        of(PostKind::Mail),
        of(PostKind::Forwarded),
    );
    let rows = Support::every(accounts.iter().map(|key| of_account("posts", key)), "posts");
    let mut out = vec![w.say(text, rows)];
    let Some(aimed) = aimed else {
        let text = lang.pick(
            "Aucun compte n'est déclaré comme celui de la personne demanderesse : ce qui s'adresse à elle n'est pas compté.",
            "No account is declared as that of the claimant: what is addressed to the claimant is not counted.",
        );
        out.push(w.say(text, Support::one("accounts?role=claimant")));
        return out;
    };
    let text = match aimed.len() {
        0 => lang
            .pick(
                "Aucun ne s'adresse à un compte de la personne demanderesse ni ne le nomme.",
                "None is addressed to, or names, an account of the claimant.",
            )
            .to_owned(),
        n => said!(
            lang,
            "{} à un compte de la personne demanderesse, ou le {}.",
            "{} to an account of the claimant, or {} one.",
            lang.counted(n, ["s'adresse", "s'adressent"], ["is addressed", "are addressed"]),
            if n < 2 { lang.pick("nomme", "names") } else { lang.pick("nomment", "name") },
        ),
    };
    out.push(w.say(text, Support::every(aimed, "posts")));
    out
}

/// How many of these messages are addressed to the claimant.
fn to_claimant(lang: Language, posts: &[&Post], aimed: Option<&Aimed<'_>>) -> Text {
    let Some(aimed) = aimed else { return "–".into() };
    lang.count(posts.iter().filter(|post| aimed.contains(post.id.as_str())).count()).into()
}

pub(super) fn by_account(
    index: &Index<'_>,
    posts: &[&Post],
    aimed: Option<&Aimed<'_>>,
    w: &mut Writer,
) -> Block {
    let lang = index.lang;
    let mut of: BTreeMap<&AccountKey, Vec<&Post>> = BTreeMap::new();
    for post in posts {
        of.entry(&post.account).or_default().push(post);
    }
    let mut rows: Vec<(&AccountKey, Vec<&Post>)> = of.into_iter().collect();
    rows.sort_by(|(a, x), (b, y)| y.len().cmp(&x.len()).then_with(|| a.cmp(b)));
    let columns = vec![
        column(lang.pick("Compte", "Account"), 9),
        numbers("Messages", 3),
        numbers(lang.pick("Publics", "Public"), 3),
        numbers(lang.pick("Privés, courriels", "Private, emails"), 3),
        numbers(lang.pick("Repris", "Forwarded"), 4),
        numbers(lang.pick("Jours", "Days"), 2),
        numbers(lang.pick(TO_CLAIMANT[0], TO_CLAIMANT[1]), 4),
        column(lang.pick("Premier et dernier jours", "First and last days"), 7),
    ];
    let total = rows.len();
    let keys: BTreeSet<&AccountKey> = rows.iter().map(|(key, _)| *key).collect();
    let cells = rows.into_iter().map(|(key, posts)| {
        let of = |kind: PostKind| posts.iter().filter(|post| post.kind == kind).count();
        let days: BTreeSet<String> = posts.iter().filter_map(|post| day_of(post)).collect();
        let times = || posts.iter().filter_map(|post| post.at.known().copied());
        let span = match (times().min(), times().max()) {
            (Some(first), Some(last)) => said!(
                lang,
                "{} ; {}",
                "{}; {}",
                lang.iso_day(&first.day_utc()),
                lang.iso_day(&last.day_utc())
            ),
            _ => lang.pick("aucun message daté", "no dated message").to_owned(),
        };
        let cells = vec![
            index.name_and_key(key),
            lang.count(posts.len()).into(),
            lang.count(of(PostKind::Public)).into(),
            lang.count(of(PostKind::Private) + of(PostKind::Mail)).into(),
            lang.count(of(PostKind::Forwarded)).into(),
            lang.count(days.len()).into(),
            to_claimant(lang, &posts, aimed),
            span.into(),
        ];
        (cells, Support::one(of_account("posts", key)))
    });
    let shown: Vec<_> = index.accounts.iter().filter(|(key, _)| keys.contains(*key)).collect();
    let all = Support::every(shown.iter().flat_map(|(_, known)| &known.rows), "accounts");
    let nouns = lang.pick(["compte", "comptes"], ["account", "accounts"]);
    let limit = Limit::listed(ACCOUNTS, nouns, all);
    let caption = lang.pick(
        "Actes par compte examiné, le plus actif d'abord ; jours du temps universel",
        "Acts by account under examination, the most active first; days of universal time",
    );
    w.table(caption, columns, cells, total, limit)
}

/// The days with the most messages. Nothing without a day.
pub(super) fn by_day(posts: &[&Post], aimed: Option<&Aimed<'_>>, w: &mut Writer) -> Option<Block> {
    let lang = w.lang;
    let mut of: BTreeMap<String, Vec<&Post>> = BTreeMap::new();
    for post in posts {
        if let Some(day) = day_of(post) {
            of.entry(day).or_default().push(post);
        }
    }
    if of.is_empty() {
        return None;
    }
    let mut rows: Vec<(String, Vec<&Post>)> = of.into_iter().collect();
    rows.sort_by(|(a, x), (b, y)| y.len().cmp(&x.len()).then_with(|| a.cmp(b)));
    let dated = rows.len();
    let all =
        Support::every(rows.iter().flat_map(|(_, posts)| posts).map(|post| &post.id), "posts");
    let columns = vec![
        column(lang.pick("Jour (temps universel)", "Day (universal time)"), 6),
        numbers("Messages", 3),
        numbers(lang.pick("Comptes", "Accounts"), 3),
        numbers(lang.pick(TO_CLAIMANT[0], TO_CLAIMANT[1]), 4),
    ];
    let cells = rows.into_iter().take(DAYS).map(|(day, posts)| {
        let accounts: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
        let cells = vec![
            lang.iso_day(&day).into(),
            lang.count(posts.len()).into(),
            lang.count(accounts.len()).into(),
            to_claimant(lang, &posts, aimed),
        ];
        (cells, Support::every(posts.iter().map(|post| &post.id), "posts"))
    });
    let limit = Limit::listed(DAYS, lang.pick(["jour", "jours"], ["day", "days"]), all);
    let caption = lang.pick(
        "Actes par jour, les jours les plus chargés d'abord",
        "Acts by day, the days with the most acts first",
    );
    Some(w.table(caption, columns, cells, dated, limit))
}

/// The day of a message in UTC, where its time says one.
fn day_of(post: &Post) -> Option<String> {
    let at = post.at.known()?;
    (at.precision() <= Precision::Day).then(|| at.day_utc())
}
