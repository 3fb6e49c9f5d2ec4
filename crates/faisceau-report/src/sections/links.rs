//! Section 4: the links, family by family, with what else would explain them.

mod detail;
mod explained;

use faisceau_model::excerpt;
use faisceau_model::rows::Link;

use crate::french::{count, counted, list, lower_first, signed};
use crate::index::Index;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const DETAILED: usize = 12;
const LISTED: usize = 40;
const LISTED_TITLES: usize = 8;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let favouring = |h: &str| -> Vec<&Link> {
        let mut links: Vec<&Link> =
            index.input.links.iter().filter(|l| favours(l) == Some(h)).collect();
        links.sort_by(|a, b| b.total.total_cmp(&a.total).then_with(|| a.id.cmp(&b.id)));
        links
    };
    let (for_h1, mut for_h2) = (favouring("H1"), favouring("H2"));
    for_h2.reverse();
    let mut blocks = vec![Block::Paragraph(overview(index, &for_h1, &for_h2, w))];
    blocks.extend(for_h1.iter().take(DETAILED).flat_map(|link| detail::detail(index, link, w)));
    let rest = for_h1.get(DETAILED..).unwrap_or_default();
    if !rest.is_empty() {
        blocks.push(Block::Heading("Autres rapprochements en faveur de H1".into()));
        blocks.push(short_table(index, ["Autres rapprochements en faveur de H1", "H1"], rest, w));
    }
    if !for_h2.is_empty() {
        blocks.push(Block::Heading("Rapprochements en faveur de H2".into()));
        blocks.push(short_table(index, ["Rapprochements en faveur de H2", "H2"], &for_h2, w));
        let first = for_h2.get(..DETAILED).unwrap_or(&for_h2);
        blocks.extend(explained::table_of_several(index, first, w));
    }
    let spoken: Vec<&Link> = for_h1.iter().chain(&for_h2).copied().collect();
    if let Some(table) = explained::catalogue(index, &spoken, w) {
        blocks.push(Block::Heading("Explications innocentes".into()));
        blocks.push(table);
    }
    blocks
}

/// The proposition that a link's band supports.
pub(super) fn favours(link: &Link) -> Option<&str> {
    link.favours.known().map(String::as_str)
}

fn overview(
    index: &Index<'_>,
    for_h1: &[&Link],
    for_h2: &[&Link],
    w: &mut Writer,
) -> Vec<Statement> {
    let links = index.input.links;
    let silent = links.len() - for_h1.len() - for_h2.len();
    let text = format!(
        "{} : {} en faveur de H1, {} en faveur de H2, {} sans soutien ni dans un sens ni dans l'autre.",
        counted(links.len(), "rapprochement pesé", "rapprochements pesés"),
        count(for_h1.len()),
        count(for_h2.len()),
        count(silent),
    );
    let support = Support::one("links").and("links?favours=H1").and("links?favours=H2");
    let mut out = vec![w.say(text, support.and("links?favours="))];
    out.extend(prose(&index.words.prose.links));
    if !for_h1.is_empty() {
        out.extend(prose(&index.words.prose.bars));
    }
    out
}

fn titles(index: &Index<'_>, link: &Link, max: usize) -> Vec<String> {
    let title = |code: &str| lower_first(&excerpt(&index.words.innocent(code).title, max));
    explained::codes(index, link).into_iter().map(title).collect()
}

/// Links of one side, by its caption and the proposition that they favour.
fn short_table(index: &Index<'_>, side: [&str; 2], links: &[&Link], w: &mut Writer) -> Block {
    let [caption, favoured] = side;
    let columns = vec![
        column("Rapproche\u{ad}ment", 3),
        column("Comptes", 9),
        column("Soutien", 5),
        numbers("log10", 3),
        numbers("Intervalle", 5),
        column("Explications innocentes", 6),
    ];
    let rows = links.iter().map(|link| {
        let titles = titles(index, link, 40);
        let cells = vec![
            Text::new().code(link.id.as_str()),
            index.name(&link.a).plain(" et ").then(index.name(&link.b)),
            link.band_fr.as_str().into(),
            signed(link.total).into(),
            format!("{} à {}", signed(link.total_low), signed(link.total_high)).into(),
            if titles.is_empty() { "–".into() } else { list(&titles, 4).into() },
        ];
        (cells, Support::one(&link.id))
    });
    let ids = links.iter().map(|link| &link.id);
    let selection = format!("links?favours={favoured}");
    let limit = Limit::of(LISTED, ["rapprochement", "rapprochements"], "links")
        .resting_on(Support::every(ids, &selection));
    w.table(caption, columns, rows, links.len(), limit)
}
