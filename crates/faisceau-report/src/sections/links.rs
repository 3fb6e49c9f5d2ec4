//! Section 4: the links, family by family, with what else would explain them.

use std::collections::BTreeMap;

use faisceau_model::rows::{Comparison, Link};
use faisceau_model::{Family, Maybe, RowId, excerpt};

use crate::french::{count, counted, decimal, list, lower_first, signed, spaced};
use crate::index::Index;
use crate::model::{Bar, Block};
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
    blocks.extend(for_h1.iter().take(DETAILED).flat_map(|link| detail(index, link, w)));
    let rest = for_h1.get(DETAILED..).unwrap_or_default();
    if !rest.is_empty() {
        blocks.push(Block::Heading("Autres rapprochements en faveur de H1".into()));
        blocks.push(short_table(index, ["Autres rapprochements en faveur de H1", "H1"], rest, w));
    }
    if !for_h2.is_empty() {
        blocks.push(Block::Heading("Rapprochements en faveur de H2".into()));
        blocks.push(short_table(index, ["Rapprochements en faveur de H2", "H2"], &for_h2, w));
    }
    let spoken: Vec<&Link> = for_h1.iter().chain(&for_h2).copied().collect();
    if let Some(table) = innocent(index, &spoken, w) {
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

/// One family of a link, where it has a value.
struct Weighed {
    family: Family,
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    cap: Option<f64>,
}

fn families(link: &Link) -> Vec<Weighed> {
    let known = |value: &Maybe<f64>| value.known().copied();
    let all = [
        (Family::Style, &link.style, &link.style_low, &link.style_high, &link.style_cap),
        (Family::Time, &link.time, &link.time_low, &link.time_high, &link.time_cap),
        (Family::Network, &link.network, &link.network_low, &link.network_high, &link.network_cap),
        (Family::Media, &link.media, &link.media_low, &link.media_high, &link.media_cap),
        (
            Family::Identifiers,
            &link.identifiers,
            &link.identifiers_low,
            &link.identifiers_high,
            &link.identifiers_cap,
        ),
        (Family::Objects, &link.objects, &link.objects_low, &link.objects_high, &link.objects_cap),
        (
            Family::Coordination,
            &link.coordination,
            &link.coordination_low,
            &link.coordination_high,
            &link.coordination_cap,
        ),
    ];
    all.into_iter()
        .filter_map(|(family, value, low, high, cap)| {
            let (low, high, cap) = (known(low), known(high), known(cap));
            Some(Weighed { family, value: known(value)?, low, high, cap })
        })
        .collect()
}

fn detail(index: &Index<'_>, link: &Link, w: &mut Writer) -> Vec<Block> {
    let pair = index.words.relation(link.relation.as_str());
    let title = Text::from(format!("{} – ", pair.title))
        .then(index.name(&link.a))
        .plain(" et ")
        .then(index.name(&link.b));
    let mut blocks = vec![Block::Heading(title), Block::Paragraph(finding(index, link, w))];
    let weighed = families(link);
    blocks.push(family_table(index, link, &weighed, w));
    blocks.push(figure(index, link, &weighed, w));
    blocks.push(Block::Paragraph(vec![explanations(index, link, w)]));
    blocks
}

fn finding(index: &Index<'_>, link: &Link, w: &mut Writer) -> Vec<Statement> {
    let text = Text::from("Les observations apportent un ")
        .strong(&link.band_fr)
        .plain(format!(
            " à la proposition {} : log10 {} (intervalle {} à {} ; plafond {}), entre ",
            favours(link).unwrap_or("H1"),
            signed(link.total),
            signed(link.total_low),
            signed(link.total_high),
            signed(link.total_cap),
        ))
        .then(index.name_and_key(&link.a))
        .plain(" et ")
        .then(index.name_and_key(&link.b))
        .plain(".");
    let mut out = vec![w.say(text, Support::one(&link.id).and_all(link.rows.iter().take(24)))];
    let text = format!(
        "Ce rapprochement est tiré de {}.",
        counted(
            usize::try_from(link.pairs_compared).unwrap_or(0),
            "paire comparée",
            "paires comparées"
        )
    );
    out.push(w.say(text, Support::one(&link.id)));
    out
}

fn titles(index: &Index<'_>, link: &Link, max: usize) -> Vec<String> {
    let title = |code: &String| lower_first(&excerpt(&index.words.innocent(code).title, max));
    link.innocent.iter().map(title).collect()
}

fn explanations(index: &Index<'_>, link: &Link, w: &mut Writer) -> Statement {
    let titles = titles(index, link, 60);
    let text = if titles.is_empty() {
        "Aucune des explications innocentes du catalogue n'a été relevée ; cela ne les exclut pas."
            .to_owned()
    } else {
        let possible = counted(
            titles.len(),
            "explication innocente demeure possible",
            "explications innocentes demeurent possibles",
        );
        format!("{possible} : {} (fin de la section).", list(&titles, LISTED_TITLES))
    };
    w.say(text, Support::one(&link.id))
}

/// Every innocent explanation met, with what would settle it and the links that it touches.
fn innocent(index: &Index<'_>, links: &[&Link], w: &mut Writer) -> Option<Block> {
    let mut touched: BTreeMap<&str, Vec<&RowId>> = BTreeMap::new();
    for link in links {
        for code in &link.innocent {
            touched.entry(code).or_default().push(&link.id);
        }
    }
    let columns = vec![
        column("Explication", 5),
        column("Comment elle produirait les observations", 8),
        column("Ce qui la confirmerait", 7),
        column("Ce qui l'écarterait", 7),
        column("Rapproche\u{ad}ments", 5),
    ];
    let total = touched.len();
    let rows = touched.into_iter().map(|(code, ids)| {
        let e = index.words.innocent(code);
        let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let cells = vec![
            Text::new().strong(excerpt(&e.title, 60)),
            e.text.into(),
            e.confirms.into(),
            e.refutes.into(),
            list(&names, LISTED_TITLES).into(),
        ];
        (cells, Support::every(ids, "links"))
    });
    let limit = Limit::of(LISTED, ["explication", "explications"], "links");
    let caption = "Explications innocentes relevées";
    (total > 0).then(|| w.table(caption, columns, rows, total, limit))
}

fn family_table(index: &Index<'_>, link: &Link, weighed: &[Weighed], w: &mut Writer) -> Block {
    let columns = vec![
        column("Famille", 3),
        column("Indices (score ; matière)", 9),
        numbers("log10", 2),
        numbers("Intervalle", 4),
        numbers("Plafond", 2),
    ];
    let bound = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), signed);
    let mut rows: Vec<(Vec<Text>, Support)> = weighed
        .iter()
        .map(|part| {
            let behind = behind(index, link, part.family);
            let interval = match part.low.zip(part.high) {
                Some((low, high)) => format!("{} à {}", signed(low), signed(high)),
                None => "–".to_owned(),
            };
            let cells = vec![
                index.words.family(part.family.as_str()).into(),
                Text::join(behind.iter().map(|c| indication(index, c)), " ; "),
                signed(part.value).into(),
                interval.into(),
                bound(part.cap).into(),
            ];
            let rows: Vec<&RowId> = behind.iter().map(|c| &c.id).collect();
            (cells, Support::one(&link.id).and_all(rows))
        })
        .collect();
    let total = vec![
        Text::new().strong("total"),
        Text::new().strong(&link.band_fr),
        Text::new().strong(signed(link.total)),
        format!("{} à {}", signed(link.total_low), signed(link.total_high)).into(),
        signed(link.total_cap).into(),
    ];
    rows.push((total, Support::one(&link.id)));
    let count = rows.len();
    let limit = Limit::of(count, ["ligne", "lignes"], "links");
    let caption = Text::from("Rapports de vraisemblance par famille, ").code(link.id.as_str());
    w.table(caption, columns, rows, count, limit)
}

/// The comparisons of a family that a link rests on.
fn behind<'a>(index: &Index<'a>, link: &Link, family: Family) -> Vec<&'a Comparison> {
    let of_link = |c: &&Comparison| {
        c.family == family
            && c.a == link.a
            && c.b == link.b
            && link.rows.iter().any(|r| r == c.id.as_str())
    };
    index.input.comparisons.iter().filter(of_link).take(6).collect()
}

fn indication(index: &Index<'_>, c: &Comparison) -> Text {
    let mut text = Text::new().data(&index.words.signal(&c.signal), 60).plain(format!(
        " ({} ; {} et {} ",
        decimal(c.score, 3),
        count(c.material_a),
        count(c.material_b),
    ));
    text = text.data(index.words.unit(&c.unit), 24);
    if let Maybe::Known(shared) = &c.shared {
        text = text.plain(" ; ").quoted(shared, 40);
    }
    if let Maybe::Known(access) = &c.access {
        text = text.plain(format!(", {}", index.words.access(access.as_str())));
    }
    text.plain(")")
}

fn figure(index: &Index<'_>, link: &Link, weighed: &[Weighed], w: &mut Writer) -> Block {
    let words = |value: f64, low: f64, high: f64| {
        format!("{}  [{} ; {}]", signed(value), signed(low), signed(high))
    };
    let mut bars: Vec<Bar> = weighed
        .iter()
        .map(|part| {
            let (low, high) = (part.low.unwrap_or(part.value), part.high.unwrap_or(part.value));
            Bar {
                label: index.words.family(part.family.as_str()).to_owned(),
                value: part.value,
                low,
                high,
                cap: part.cap,
                text: spaced(&words(part.value, low, high)),
                total: false,
            }
        })
        .collect();
    bars.push(Bar {
        label: "total".to_owned(),
        value: link.total,
        low: link.total_low,
        high: link.total_high,
        cap: Some(link.total_cap),
        text: spaced(&words(link.total, link.total_low, link.total_high)),
        total: true,
    });
    let caption = Text::from("Poids de chaque famille en log10, ").code(link.id.as_str());
    w.bars(caption, bars, Support::one(&link.id))
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
