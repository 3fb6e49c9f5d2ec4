//! Section 3 bis: the messages of the examined accounts in the order of time, a row a message.
//!
//! In: the rows of `posts` whose account is examined. Out: a figure, and in the body the first and
//! the last message of each account and those of raids and of requests; [`annex`] gives the first
//! 400 rows, and says where all are. What a message amounts to in law is not said.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, ClockVerdict, Maybe, Role, RowId, ZoneSource, selection};

use super::figures::timeline;
use crate::french::paris;
use crate::index::{Index, cut, of_account};
use crate::language::{Language, said};
use crate::model::{Block, TableColumn};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

/// Rows of the body.
const CHOSEN: usize = 40;
/// Rows of the annex.
const LISTED: usize = 400;
/// Messages of one raid that stand in the body.
const OF_RAID: usize = 6;
/// Characters of a message that stand in the body.
const WORDS: usize = 110;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let posts = in_order(index);
    let mut blocks = vec![Block::Paragraph(overview(&posts, w))];
    if posts.is_empty() {
        return blocks;
    }
    blocks.push(Block::Paragraph(prose(&index.words.prose.chronology)));
    blocks.extend(timeline::block(index, &posts, w));
    blocks.push(chosen_table(index, &posts, w));
    blocks
}

/// The messages of the examined accounts, those without a date at the end.
pub(super) fn in_order<'a>(index: &Index<'a>) -> Vec<&'a Post> {
    let rows: &'a [Post] = index.input.posts;
    let mut posts: Vec<&Post> =
        rows.iter().filter(|post| index.role(&post.account) == Some(Role::Examined)).collect();
    posts.sort_by_cached_key(|post| {
        let at = post.at.known().map(|at| at.at_us());
        (at.is_none(), at, post.account.clone(), post.id.clone())
    });
    posts
}

fn overview(posts: &[&Post], w: &mut Writer) -> Vec<Statement> {
    let lang = w.lang;
    let accounts: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
    let all = || Support::every(accounts.iter().map(|key| of_account("posts", key)), "posts");
    if posts.is_empty() {
        let text = lang.pick(
            "Aucun message d'un compte examiné ne figure dans les pièces.",
            "No message of an account under examination appears in the exhibits.",
        );
        return vec![w.say(text, all())];
    }
    let text = said!(
        lang,
        "{} dans les pièces.",
        "{} in the exhibits.",
        lang.counted(
            posts.len(),
            ["message d'un compte examiné figure", "messages de comptes examinés figurent"],
            [
                "message of an account under examination appears",
                "messages of accounts under examination appear"
            ]
        )
    );
    let mut out = vec![w.say(text, all())];
    let mut dated = posts.iter().filter_map(|post| Some((post.at.known()?, &post.id)));
    if let Some((first, one)) = dated.next() {
        let (last, other) = dated.next_back().unwrap_or((first, one));
        let text = said!(
            lang,
            "Le premier message daté est du {first}, le dernier du {last}.",
            "The first dated message is from {first}, the last from {last}."
        );
        out.push(w.say(text, Support::one(one).and(other)));
    }
    let undated = posts.iter().filter(|post| post.at.known().is_none());
    let without: BTreeSet<&AccountKey> = undated.clone().map(|post| &post.account).collect();
    if !without.is_empty() {
        let undated = lang.counted(
            undated.count(),
            ["d'entre eux n'a pas de date", "d'entre eux n'ont pas de date"],
            ["of them has no date", "of them have no date"],
        );
        let text = said!(
            lang,
            "{undated} : ils viennent à la fin des tableaux.",
            "{undated}; messages without a date come at the end of the tables."
        );
        let each =
            without.iter().map(|key| selection("posts", &[("account", key.as_str()), ("at", "")]));
        out.push(w.say(text, Support::every(each, "posts?at=")));
    }
    out
}

/// Why a message stands in the body, the strongest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    First,
    Last,
    OfRaid,
    OfRequest,
}

impl Reason {
    fn words(self, lang: Language) -> &'static str {
        match self {
            Self::First => lang.pick("premier", "first"),
            Self::Last => lang.pick("dernier", "last"),
            Self::OfRaid => "raid",
            Self::OfRequest => lang.pick("demande", "request"),
        }
    }
}

/// The messages of the body with their reasons, at most [`CHOSEN`].
fn chosen<'a>(index: &Index<'_>, posts: &[&'a Post]) -> BTreeMap<&'a RowId, BTreeSet<Reason>> {
    let by_id: BTreeMap<&str, &RowId> =
        posts.iter().map(|post| (post.id.as_str(), &post.id)).collect();
    let dated = || posts.iter().filter(|post| post.at.known().is_some());
    let mut ends: BTreeMap<&AccountKey, (&RowId, &RowId)> = BTreeMap::new();
    for post in dated() {
        ends.entry(&post.account).or_insert((&post.id, &post.id)).1 = &post.id;
    }
    let mut wanted: Vec<(&RowId, Reason)> = Vec::new();
    wanted.extend(dated().next().map(|post| (&post.id, Reason::First)));
    if let Some(post) = dated().next_back() {
        wanted.push((&post.id, Reason::Last));
    }
    let of_raids = index.input.raids.iter().flat_map(|raid| {
        let rows = raid.rows.iter().filter_map(|id| by_id.get(id.as_str()));
        rows.take(OF_RAID).map(|id| (*id, Reason::OfRaid))
    });
    wanted.extend(of_raids);
    wanted.extend(ends.values().flat_map(|(a, b)| [(*a, Reason::First), (*b, Reason::Last)]));
    let of_requests = index.input.requests.iter().filter(|row| row.minimal);
    let of_requests = of_requests.flat_map(|row| &row.rows);
    wanted.extend(of_requests.filter_map(|id| Some((*by_id.get(id.as_str())?, Reason::OfRequest))));
    let mut chosen: BTreeMap<&RowId, BTreeSet<Reason>> = BTreeMap::new();
    for (id, reason) in wanted {
        if chosen.len() < CHOSEN || chosen.contains_key(id) {
            chosen.entry(id).or_default().insert(reason);
        }
    }
    // The first message of the case is the first of its account.
    for post in posts {
        if let (Some(reasons), Some((first, last))) =
            (chosen.get_mut(&post.id), ends.get(&post.account))
        {
            if **first != post.id {
                reasons.remove(&Reason::First);
            }
            if **last != post.id {
                reasons.remove(&Reason::Last);
            }
        }
    }
    chosen
}

fn columns(lang: Language) -> Vec<TableColumn> {
    let account = lang.pick(
        "Compte : pseudonyme à la capture, identifiant",
        "Account: handle at capture, identifier",
    );
    let content =
        lang.pick("Contenu : identifiant, adresse publique", "Content: identifier, public address");
    vec![
        column(lang.pick("Instant, UTC puis Paris", "Instant, UTC then Paris"), 9),
        column(lang.pick("Précision ; origine de l'heure", "Precision; origin of the time"), 6),
        column(account, 8),
        column(content, 14),
        numbers(lang.pick("Pièce", "Exh."), 2),
    ]
}

/// The messages whose declared time a second clock contradicts (section 10).
type Contradicted<'a> = BTreeSet<&'a RowId>;

fn contradicted<'a>(index: &Index<'a>) -> Contradicted<'a> {
    let clocks = index.input.clocks.iter();
    clocks.filter(|row| row.verdict == ClockVerdict::Disagrees).map(|row| &row.row).collect()
}

/// What both tables give of a message.
fn cells(index: &Index<'_>, post: &Post, contradicted: &Contradicted<'_>) -> Vec<Text> {
    vec![
        when(index, post),
        precision(index, post, contradicted),
        index.name_and_key(&post.account),
        content(index.lang, post),
        post.exhibit.to_string().into(),
    ]
}

/// What stands between two values of a cell.
fn separator(lang: Language) -> &'static str {
    lang.pick(" ; ", "; ")
}

fn when(index: &Index<'_>, post: &Post) -> Text {
    match &post.at {
        Maybe::Known(at) => {
            let and = separator(index.lang);
            let local = paris(*at).map_or_else(String::new, |local| format!("{and}{local}"));
            format!("{at}{local}").into()
        }
        Maybe::Missing(reason) => index.words.absent(reason.as_str()).into(),
    }
}

/// The precision, where the zone comes from, and what speaks against the time.
fn precision(index: &Index<'_>, post: &Post, contradicted: &Contradicted<'_>) -> Text {
    let lang = index.lang;
    let text = declared(index, post);
    let text = match post.stamped.known() {
        Some(at) => text.plain(said!(
            lang,
            " ; reçu par le serveur : {at}",
            "; received by the server: {at}"
        )),
        None => text,
    };
    if contradicted.contains(&post.id) {
        let against =
            lang.pick("contredite par une seconde horloge", "contradicted by a second clock");
        return text.plain(separator(lang)).strong(against);
    }
    text
}

fn declared(index: &Index<'_>, post: &Post) -> Text {
    let Some(at) = post.at.known() else { return "–".into() };
    let text = Text::from(index.words.precision(at.precision().as_str()));
    let text = text.plain(separator(index.lang));
    let zone = index.words.zone(at.zone().as_str());
    match at.zone() {
        ZoneSource::Explicit | ZoneSource::Unix => text.plain(zone),
        ZoneSource::Inferred | ZoneSource::Assumed => text.strong(zone),
    }
}

fn content(lang: Language, post: &Post) -> Text {
    let id = match post.content_id.known() {
        Some(id) => Text::new().code(cut(id)),
        None => lang.pick("sans identifiant", "without identifier").into(),
    };
    match post.permalink.known() {
        Some(link) => id.plain(separator(lang)).code(link),
        None => id.plain(lang.pick(" ; sans adresse publique", "; without public address")),
    }
}

fn chosen_table(index: &Index<'_>, posts: &[&Post], w: &mut Writer) -> Block {
    let lang = index.lang;
    let contradicted = contradicted(index);
    let chosen = chosen(index, posts);
    let mut columns = columns(lang);
    columns.push(column(lang.pick("Pourquoi ici", "Why here"), 3));
    let shown = posts.iter().filter_map(|post| Some((post, chosen.get(&post.id)?)));
    let rows = shown.map(|(post, reasons)| {
        let mut cells = cells(index, post, &contradicted);
        if let (Some(cell), Some(text)) = (cells.get_mut(3), post.text.known()) {
            let words = super::links::masked(&faisceau_model::excerpt(text, 4 * WORDS));
            *cell = std::mem::take(cell).plain(separator(lang)).quoted(lang, &words, WORDS);
        }
        let why: Vec<&str> = reasons.iter().map(|reason| reason.words(lang)).collect();
        cells.push(if why.is_empty() { "–".into() } else { why.join(", ").into() });
        (cells, Support::one(&post.id))
    });
    let rest = posts.len().saturating_sub(chosen.len());
    let limit = Limit::of(CHOSEN, ["message", "messages"], "posts")
        .amounting_to(match rest.min(LISTED) {
            0 => String::new(),
            _ => said!(
                lang,
                " ; l'annexe E en donne {}",
                "; annex E gives {}",
                lang.count(posts.len().min(LISTED))
            ),
        })
        .resting_on(whole(posts));
    let caption = lang.pick(
        "Premiers et derniers messages de chaque compte, messages de raids et messages que visent les demandes",
        "First and last messages of each account, messages of raids and messages that the requests concern",
    );
    w.table(caption, columns, rows, posts.len(), limit)
}

/// All messages of the examined accounts.
fn whole(posts: &[&Post]) -> Support {
    let accounts: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
    Support::every(accounts.iter().map(|key| of_account("posts", key)), "posts")
}

/// Annex E: the same, message by message.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let posts = in_order(index);
    let contradicted = contradicted(index);
    let rows = posts.iter().map(|post| (cells(index, post, &contradicted), Support::one(&post.id)));
    let limit = Limit::of(LISTED, ["message", "messages"], "posts").resting_on(whole(&posts));
    let caption =
        lang.pick("Messages des comptes examinés", "Messages of the accounts under examination");
    vec![w.table(caption, columns(lang), rows, posts.len(), limit)]
}

#[cfg(test)]
mod tests;
