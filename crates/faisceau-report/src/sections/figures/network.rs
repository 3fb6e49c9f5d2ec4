//! The accounts and the links in favour of H1: what a reader sees at once of a group.
//!
//! In: links of both pairs of propositions. Out: at most [`NODES`] accounts and [`EDGES`] links, the
//! strongest first; the others are counted in the caption.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Link;
use faisceau_model::{AccountKey, Band, Relation};

use super::layout::layout;
use super::told;
use crate::drawing::{Drawing, Edge, Network, Node};
use crate::index::Index;
use crate::language::{Language, said};
use crate::model::Block;
use crate::sections::links::favours;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::Writer;

const NODES: usize = 30;
const EDGES: usize = 60;
/// A log10 LR inside each band, the weakest first.
const INSIDE: [f64; 6] = [0.5, 1.5, 2.5, 3.5, 5.0, 7.0];

/// The figure, or nothing where no link favours H1.
pub(in crate::sections) fn block(index: &Index<'_>, w: &mut Writer) -> Option<Block> {
    let lang = index.lang;
    let mut links: Vec<&Link> =
        index.input.links.iter().filter(|link| favours(link) == Some("H1")).collect();
    links.sort_by(|a, b| {
        let together = |link: &Link| link.relation == Relation::Coordination;
        (together(a).cmp(&together(b)))
            .then_with(|| b.total.total_cmp(&a.total))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mut chosen: BTreeSet<&AccountKey> = BTreeSet::new();
    let mut drawn: Vec<&Link> = Vec::new();
    for link in &links {
        let new = [&link.a, &link.b].iter().filter(|key| !chosen.contains(**key)).count();
        if drawn.len() < EDGES && chosen.len() + new <= NODES {
            chosen.extend([&link.a, &link.b]);
            drawn.push(link);
        }
    }
    if drawn.is_empty() {
        return None;
    }
    let places: BTreeMap<&AccountKey, usize> =
        chosen.iter().enumerate().map(|(i, key)| (*key, i)).collect();
    let place = |key: &AccountKey| places.get(key).copied().unwrap_or_default();
    let ends: Vec<(usize, usize)> = drawn.iter().map(|l| (place(&l.a), place(&l.b))).collect();
    let found = layout(chosen.len(), &ends);
    let nodes: Vec<Node> = chosen
        .iter()
        .zip(&found.points)
        .map(|(key, &(x, y, side))| Node { label: index.name(key), x, y, side })
        .collect();
    let edges: Vec<Edge> = drawn
        .iter()
        .zip(ends)
        .zip(&found.words)
        .map(|((link, (a, b)), at)| Edge {
            link: link.id.to_string(),
            a,
            b,
            band: lang.band(&link.band_fr).to_owned(),
            value: link.total,
            weight: weight(link),
            together: link.relation == Relation::Coordination,
            at: *at,
        })
        .collect();
    let alt = told(
        lang,
        drawn.iter().map(|link| {
            let and = lang.pick(" et ", " and ");
            let ends = index.name(&link.a).plain(and).then(index.name(&link.b));
            let kind = if link.relation == Relation::Coordination {
                lang.pick(" (action concertée)", " (coordinated action)")
            } else {
                ""
            };
            (ends, format!("{} ({}){kind}", lang.band(&link.band_fr), lang.signed(link.total)))
        }),
    );
    let examined = index.of_role(faisceau_model::Role::Examined);
    let alone = examined.filter(|(key, _)| !chosen.contains(key)).count();
    let unsaid = edges.iter().filter(|edge| edge.at.is_none()).count();
    let caption = caption(lang, links.len() - drawn.len(), alone, unsaid);
    let support = Support::every(drawn.iter().map(|link| &link.id), "links");
    let drawing = Network { height: found.height, nodes, edges };
    Some(w.figure(caption, alt, Drawing::Network(drawing), support))
}

/// What the figure shows, and how many weaker links, accounts and words it leaves out.
fn caption(lang: Language, weaker: usize, alone: usize, unsaid: usize) -> Text {
    let mut caption = Text::from(lang.pick(
        "Comptes et rapprochements en faveur de H1, avec la classe de l'échelle et le log10",
        "Accounts and links in favour of H1, with the class of the scale and the log10",
    ));
    if weaker > 0 {
        caption = caption.plain(said!(
            lang,
            " ; {} plus faibles ne sont pas dessinés",
            "; {} not drawn",
            lang.counted(weaker, ["autre", "autres"], ["weaker one is", "weaker ones are"])
        ));
    }
    if alone > 0 {
        caption = caption.plain(said!(
            lang,
            " ; non dessinés : {}",
            "; not drawn: {}",
            lang.counted(
                alone,
                ["autre compte examiné", "autres comptes examinés"],
                ["other account under examination", "other accounts under examination"],
            )
        ));
    }
    if unsaid > 0 {
        caption = caption.plain(said!(
            lang,
            " ; faute de place, les mots manquent sur {} (annexe F)",
            "; for want of room, {} no words (annex F)",
            lang.counted(unsaid, ["trait", "traits"], ["line bears", "lines bear"])
        ));
    }
    caption
}

/// From 1 to 6, by the band in words.
fn weight(link: &Link) -> u8 {
    let own = |inside: &f64| Band::of(*inside).fr() == link.band_fr;
    let passed = INSIDE.iter().position(own).unwrap_or(0);
    u8::try_from(passed + 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_agrees_with_its_number() {
        let said = |weaker, unsaid| caption(Language::English, weaker, 0, unsaid).to_plain();
        let one = said(1, 1).replace('\u{a0}', " ");
        assert!(one.ends_with(
            "; 1 weaker one is not drawn; for want of room, 1 line bears no words (annex F)"
        ));
        let two = said(2, 2).replace('\u{a0}', " ");
        assert!(two.ends_with(
            "; 2 weaker ones are not drawn; for want of room, 2 lines bear no words (annex F)"
        ));
    }
}
