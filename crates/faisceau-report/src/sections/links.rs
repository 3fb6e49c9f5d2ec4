//! Section 4: the links of one hand, family by family, with what else would explain them.
//!
//! The links of acting together answer another question: [`of`] writes them for their own section,
//! and neither side counts those of the other.

mod contributions;
mod detail;
mod explained;
mod parts;
mod reviewed;
mod shared;

use faisceau_model::rows::Link;
use faisceau_model::{Relation, excerpt, selection};

use super::figures::hours::Weeks;
use super::figures::network;
use crate::french::lower_first;
use crate::index::Index;
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

pub(crate) use shared::masked;

const DETAILED: usize = 12;
/// Links that favour H2 whose habits and words are shown.
const SHOWN_APART: usize = 6;
const LISTED: usize = 40;
/// The same in the body.
const IN_BODY: usize = 10;
const LISTED_TITLES: usize = 8;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(overview(index, Relation::SameHand, w))];
    if let Some(figure) = network::block(index, w) {
        blocks.push(figure);
        blocks.push(Block::Paragraph(prose(&index.words.prose.network)));
    }
    blocks.extend(reviewed::table(index, w));
    blocks.extend(of(index, Relation::SameHand, w));
    blocks
}

/// Annex F.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = Vec::new();
    if contributions::any(index) {
        blocks.push(Block::Paragraph(prose(&index.words.prose.contributions)));
    }
    blocks.extend(in_detail(index, Relation::SameHand, w));
    if blocks.is_empty() {
        let text =
            w.lang.pick("Aucun rapprochement ne soutient H1 ni H2.", "No link supports H1 or H2.");
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one(all(Relation::SameHand)))]));
    }
    blocks
}

/// The links of one pair of propositions, in short: the finding and the figures of those in favour
/// of H1, the first of the others.
pub(super) fn of(index: &Index<'_>, relation: Relation, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let (for_h1, for_h2) = sides(index, relation);
    let shown = for_h1.get(..DETAILED).unwrap_or(&for_h1);
    let weeks = Weeks::of(index.input.posts, shown);
    let mut blocks = Vec::new();
    for link in shown {
        blocks.extend(detail::brief(index, link, w));
        if relation == Relation::SameHand {
            blocks.extend(weeks.block(index, link, w));
        }
    }
    let rest = for_h1.get(DETAILED..).unwrap_or_default();
    let of = named(lang, relation);
    if !rest.is_empty() {
        let title = said!(
            lang,
            "Autres rapprochements en faveur de H1{of}",
            "Other links in favour of H1{of}"
        );
        blocks.push(short_table(index, &title, &chosen(relation, "H1"), rest, (IN_BODY, w)));
    }
    if !for_h2.is_empty() {
        let title = said!(
            lang,
            "Rapprochements les plus nets en faveur de H2{of}",
            "Clearest links in favour of H2{of}"
        );
        blocks.push(short_table(index, &title, &chosen(relation, "H2"), &for_h2, (IN_BODY, w)));
    }
    blocks
}

fn named(lang: Language, relation: Relation) -> &'static str {
    if relation == Relation::SameHand {
        ""
    } else {
        lang.pick(" (action concertée)", " (coordinated action)")
    }
}

/// The same in full, and what else would explain them.
pub(super) fn in_detail(index: &Index<'_>, relation: Relation, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let (for_h1, for_h2) = sides(index, relation);
    let mut blocks = Vec::new();
    blocks.extend(for_h1.iter().take(DETAILED).flat_map(|link| detail::detail(index, link, w)));
    let rest = for_h1.get(DETAILED..).unwrap_or_default();
    let of = named(lang, relation);
    if rest.len() > IN_BODY {
        let title = said!(
            lang,
            "Autres rapprochements en faveur de H1{of}",
            "Other links in favour of H1{of}"
        );
        blocks.push(Block::Heading(title.as_str().into()));
        blocks.push(short_table(index, &title, &chosen(relation, "H1"), rest, (LISTED, w)));
    }
    if !for_h2.is_empty() {
        let title = said!(lang, "Rapprochements en faveur de H2{of}", "Links in favour of H2{of}");
        blocks.push(Block::Heading(title.as_str().into()));
        if for_h2.len() > IN_BODY {
            let selection = chosen(relation, "H2");
            blocks.push(short_table(index, &title, &selection, &for_h2, (LISTED, w)));
        }
        let first = for_h2.get(..DETAILED).unwrap_or(&for_h2);
        blocks.extend(explained::table_of_several(index, first, w));
        let shown = for_h2.iter().take(SHOWN_APART);
        blocks.extend(shown.flat_map(|link| contributions::blocks(index, link, w)));
    }
    let spoken: Vec<&Link> = for_h1.iter().chain(&for_h2).copied().collect();
    if let Some(table) = explained::catalogue(index, &spoken, w) {
        let title = said!(lang, "Explications innocentes{of}", "Innocent explanations{of}");
        blocks.push(Block::Heading(title.into()));
        blocks.push(table);
    }
    blocks
}

/// The links for H1 and for H2, the strongest first.
fn sides<'a>(index: &Index<'a>, relation: Relation) -> (Vec<&'a Link>, Vec<&'a Link>) {
    let favouring = |h: &str| -> Vec<&'a Link> {
        let mut links: Vec<&Link> =
            index.of_relation(relation).filter(|l| favours(l) == Some(h)).collect();
        links.sort_by(|a, b| b.total.total_cmp(&a.total).then_with(|| a.id.cmp(&b.id)));
        links
    };
    let (for_h1, mut for_h2) = (favouring("H1"), favouring("H2"));
    for_h2.reverse();
    (for_h1, for_h2)
}

/// The proposition that a link's band supports.
pub(super) fn favours(link: &Link) -> Option<&str> {
    link.favours.known().map(String::as_str)
}

/// The selection of the links of a pair of propositions that favour one of them, or none.
pub(super) fn chosen(relation: Relation, favoured: &str) -> String {
    selection("links", &[("relation", relation.as_str()), ("favours", favoured)])
}

/// The selection of the links of a pair of propositions.
pub(super) fn all(relation: Relation) -> String {
    selection("links", &[("relation", relation.as_str())])
}

/// How many links there are and what they speak for.
pub(super) fn overview(index: &Index<'_>, relation: Relation, w: &mut Writer) -> Vec<Statement> {
    let (for_h1, for_h2) = sides(index, relation);
    let links = index.of_relation(relation).count();
    let silent = links - for_h1.len() - for_h2.len();
    let own = relation == Relation::SameHand;
    let lang = index.lang;
    let nouns = if own {
        lang.pick(["rapprochement pesé", "rapprochements pesés"], ["link weighed", "links weighed"])
    } else {
        lang.pick(
            ["rapprochement d'action concertée pesé", "rapprochements d'action concertée pesés"],
            ["link of coordinated action weighed", "links of coordinated action weighed"],
        )
    };
    let text = said!(
        lang,
        "{} : {} en faveur de H1, {} en faveur de H2, {} sans soutien ni dans un sens ni dans l'autre.",
        "{}: {} in favour of H1, {} in favour of H2, {} with no support in either direction.",
        lang.agreed(links, nouns),
        lang.count(for_h1.len()),
        lang.count(for_h2.len()),
        lang.count(silent),
    );
    let sides = ["H1", "H2", ""].map(|favoured| chosen(relation, favoured));
    let mut out = vec![w.say(text, Support::one(all(relation)).and_all(sides))];
    if own {
        out.extend(prose(&index.words.prose.links));
    }
    if own && !for_h1.is_empty() {
        out.extend(prose(&index.words.prose.bars));
    }
    out
}

fn titles(index: &Index<'_>, link: &Link, max: usize) -> Vec<String> {
    let title = |code: &str| lower_first(&excerpt(&index.words.innocent(code).title, max));
    explained::codes(index, link).into_iter().map(title).collect()
}

/// The ends of an interval: `+0,20 à +1,40`, `+0.20 to +1.40`.
fn range(lang: Language, low: f64, high: f64) -> String {
    said!(lang, "{} à {}", "{} to {}", lang.signed(low), lang.signed(high))
}

/// Links of one side, by its caption and the selection that gives them.
fn short_table(
    index: &Index<'_>,
    caption: &str,
    selection: &str,
    links: &[&Link],
    (shown, w): (usize, &mut Writer),
) -> Block {
    let lang = index.lang;
    let columns = vec![
        column(lang.pick("Rapproche\u{ad}ment", "Link"), 3),
        column(lang.pick("Comptes", "Accounts"), 10),
        column(lang.pick("Soutien", "Support"), 5),
        numbers("log10", 2),
        numbers(lang.pick("Intervalle", "Interval"), 4),
        column(lang.pick("Explications innocentes", "Innocent explanations"), 13),
    ];
    let rows = links.iter().map(|link| {
        let titles = titles(index, link, 40);
        let cells = vec![
            Text::new().code(link.id.as_str()),
            index.name(&link.a).plain(lang.pick(" et ", " and ")).then(index.name(&link.b)),
            lang.band(&link.band_fr).into(),
            lang.signed(link.total).into(),
            range(lang, link.total_low, link.total_high).into(),
            if titles.is_empty() { "–".into() } else { lang.list(&titles, 4).into() },
        ];
        (cells, Support::one(&link.id))
    });
    let ids = links.iter().map(|link| &link.id);
    let nouns = lang.pick(["rapprochement", "rapprochements"], ["link", "links"]);
    let limit = Limit::of(shown, nouns, "links").resting_on(Support::every(ids, selection));
    w.table(caption, columns, rows, links.len(), limit)
}
