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
use crate::french::{counted, signed};
use crate::index::Index;
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
            band: link.band_fr.clone(),
            value: link.total,
            weight: weight(link),
            together: link.relation == Relation::Coordination,
            at: *at,
        })
        .collect();
    let alt = told(drawn.iter().map(|link| {
        let ends = index.name(&link.a).plain(" et ").then(index.name(&link.b));
        let kind =
            if link.relation == Relation::Coordination { " (action concertée)" } else { "" };
        (ends, format!("{} ({}){kind}", link.band_fr, signed(link.total)))
    }));
    let examined = index.of_role(faisceau_model::Role::Examined);
    let alone = examined.filter(|(key, _)| !chosen.contains(key)).count();
    let mut caption = Text::from(
        "Comptes et rapprochements en faveur de H1, avec la classe de l'échelle et le log10",
    );
    if links.len() > drawn.len() {
        let rest = links.len() - drawn.len();
        caption = caption.plain(format!(
            " ; {} plus faibles ne sont pas dessinés",
            counted(rest, "autre", "autres")
        ));
    }
    if alone > 0 {
        caption = caption.plain(format!(
            " ; non dessinés : {}",
            counted(alone, "autre compte examiné", "autres comptes examinés")
        ));
    }
    let unsaid = edges.iter().filter(|edge| edge.at.is_none()).count();
    if unsaid > 0 {
        let words = " ; faute de place, les mots manquent sur {} (annexe F)";
        caption = caption.plain(words.replace("{}", &counted(unsaid, "trait", "traits")));
    }
    let support = Support::every(drawn.iter().map(|link| &link.id), "links");
    let drawing = Network { height: found.height, nodes, edges };
    Some(w.figure(caption, alt, Drawing::Network(drawing), support))
}

/// From 1 to 6, by the band in words.
fn weight(link: &Link) -> u8 {
    let own = |inside: &f64| Band::of(*inside).fr() == link.band_fr;
    let passed = INSIDE.iter().position(own).unwrap_or(0);
    u8::try_from(passed + 1).unwrap_or(1)
}
