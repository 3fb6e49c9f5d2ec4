//! Acts counted by sort, by account and by day.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, PostKind, Precision};

use crate::french::{count, counted, iso_day};
use crate::index::{Index, of_account};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Accounts shown.
const ACCOUNTS: usize = 60;
/// Days shown.
const DAYS: usize = 20;

/// Ids of the messages that are addressed to an account of the claimant, or name one.
type Aimed<'a> = BTreeSet<&'a str>;

pub(super) fn overview(
    posts: &[&Post],
    aimed: Option<&Aimed<'_>>,
    w: &mut Writer,
) -> Vec<Statement> {
    let of = |kind: PostKind| posts.iter().filter(|post| post.kind == kind).count();
    let accounts: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
    let text = format!(
        "{} de {} : {} publics, {} privés, {} courriels, {} repris d'un autre.",
        counted(posts.len(), "message", "messages"),
        counted(accounts.len(), "compte examiné", "comptes examinés"),
        count(of(PostKind::Public)),
        count(of(PostKind::Private)),
        count(of(PostKind::Mail)),
        count(of(PostKind::Forwarded)),
    );
    let rows = Support::every(accounts.iter().map(|key| of_account("posts", key)), "posts");
    let mut out = vec![w.say(text, rows)];
    let Some(aimed) = aimed else {
        let text = "Aucun compte n'est déclaré comme celui de la personne demanderesse : ce qui s'adresse à elle n'est pas compté.";
        out.push(w.say(text, Support::one("accounts?role=claimant")));
        return out;
    };
    let text = match aimed.len() {
        0 => {
            "Aucun ne s'adresse à un compte de la personne demanderesse ni ne le nomme.".to_owned()
        }
        n => format!(
            "{} à un compte de la personne demanderesse, ou le {}.",
            counted(n, "s'adresse", "s'adressent"),
            if n < 2 { "nomme" } else { "nomment" },
        ),
    };
    out.push(w.say(text, Support::every(aimed, "posts")));
    out
}

/// How many of these messages are addressed to the claimant.
fn to_claimant(posts: &[&Post], aimed: Option<&Aimed<'_>>) -> Text {
    let Some(aimed) = aimed else { return "–".into() };
    count(posts.iter().filter(|post| aimed.contains(post.id.as_str())).count()).into()
}

pub(super) fn by_account(
    index: &Index<'_>,
    posts: &[&Post],
    aimed: Option<&Aimed<'_>>,
    w: &mut Writer,
) -> Block {
    let mut of: BTreeMap<&AccountKey, Vec<&Post>> = BTreeMap::new();
    for post in posts {
        of.entry(&post.account).or_default().push(post);
    }
    let mut rows: Vec<(&AccountKey, Vec<&Post>)> = of.into_iter().collect();
    rows.sort_by(|(a, x), (b, y)| y.len().cmp(&x.len()).then_with(|| a.cmp(b)));
    let columns = vec![
        column("Compte", 9),
        numbers("Messages", 3),
        numbers("Publics", 3),
        numbers("Privés, courriels", 3),
        numbers("Repris", 2),
        numbers("Jours", 2),
        numbers("Vers la partie demande\u{ad}resse", 4),
        column("Premier et dernier jours", 7),
    ];
    let total = rows.len();
    let keys: BTreeSet<&AccountKey> = rows.iter().map(|(key, _)| *key).collect();
    let cells = rows.into_iter().map(|(key, posts)| {
        let of = |kind: PostKind| posts.iter().filter(|post| post.kind == kind).count();
        let days: BTreeSet<String> = posts.iter().filter_map(|post| day_of(post)).collect();
        let times = || posts.iter().filter_map(|post| post.at.known().copied());
        let span = match (times().min(), times().max()) {
            (Some(first), Some(last)) => {
                format!("{} ; {}", iso_day(&first.day_utc()), iso_day(&last.day_utc()))
            }
            _ => "aucun message daté".to_owned(),
        };
        let cells = vec![
            index.name_and_key(key),
            count(posts.len()).into(),
            count(of(PostKind::Public)).into(),
            count(of(PostKind::Private) + of(PostKind::Mail)).into(),
            count(of(PostKind::Forwarded)).into(),
            count(days.len()).into(),
            to_claimant(&posts, aimed),
            span.into(),
        ];
        (cells, Support::one(of_account("posts", key)))
    });
    let shown: Vec<_> = index.accounts.iter().filter(|(key, _)| keys.contains(*key)).collect();
    let all = Support::every(shown.iter().flat_map(|(_, known)| &known.rows), "accounts");
    let limit = Limit::listed(ACCOUNTS, ["compte", "comptes"], all);
    let caption = "Actes par compte examiné, le plus actif d'abord ; jours du temps universel";
    w.table(caption, columns, cells, total, limit)
}

/// The days with the most messages. Nothing without a day.
pub(super) fn by_day(posts: &[&Post], aimed: Option<&Aimed<'_>>, w: &mut Writer) -> Option<Block> {
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
        column("Jour (temps universel)", 6),
        numbers("Messages", 3),
        numbers("Comptes", 3),
        numbers("Vers la partie demande\u{ad}resse", 4),
    ];
    let cells = rows.into_iter().take(DAYS).map(|(day, posts)| {
        let accounts: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
        let cells = vec![
            iso_day(&day).into(),
            count(posts.len()).into(),
            count(accounts.len()).into(),
            to_claimant(&posts, aimed),
        ];
        (cells, Support::every(posts.iter().map(|post| &post.id), "posts"))
    });
    let limit = Limit::listed(DAYS, ["jour", "jours"], all);
    Some(w.table(
        "Actes par jour, les jours les plus chargés d'abord",
        columns,
        cells,
        dated,
        limit,
    ))
}

/// The day of a message in UTC, where its time says one.
fn day_of(post: &Post) -> Option<String> {
    let at = post.at.known()?;
    (at.precision() <= Precision::Day).then(|| at.day_utc())
}
