//! What else would explain a link, and what the rows say of that.
//!
//! In: the rows of `explanations`, and the codes of links that have none. Out: a sentence and a
//! table for a link, one table for several, and the catalogue of all explanations met.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Explanation, Link};
use faisceau_model::{RowId, Standing, excerpt};

use super::{LISTED, LISTED_TITLES, titles};
use crate::french::{counted, list, lower_first};
use crate::index::Index;
use crate::model::{Block, TableColumn};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// What a reader needs first: what speaks for an explanation, then what is left open.
const ORDER: [Standing; 3] = [Standing::Supported, Standing::Open, Standing::Contradicted];

/// The codes of a link: those that were looked into and those that its signals raised.
pub(super) fn codes<'a>(index: &Index<'a>, link: &'a Link) -> BTreeSet<&'a str> {
    let looked = index.explanations(&link.id).iter().map(|row| row.code.as_str());
    looked.chain(link.innocent.iter().map(String::as_str)).collect()
}

/// The same in the body, with the explanations that the exhibits support by name.
pub(super) fn in_short(index: &Index<'_>, link: &Link, w: &mut Writer) -> Vec<Statement> {
    let mut out = vec![overview(index, link, w)];
    let rows = index.explanations(&link.id).iter();
    let rows: Vec<_> = rows.filter(|row| row.standing == Standing::Supported).collect();
    if !rows.is_empty() {
        let title = |code: &str| lower_first(&excerpt(&index.words.innocent(code).title, 60));
        let titles: Vec<String> = rows.iter().map(|row| title(&row.code)).collect();
        let text = format!(
            "{} : {} (annexe F).",
            if titles.len() < 2 { "Appuyée" } else { "Appuyées" },
            list(&titles, LISTED_TITLES)
        );
        out.push(w.say(text, Support::every(rows.iter().map(|row| &row.id), "explanations")));
    }
    out
}

/// How many explanations were looked into and how they stand.
pub(super) fn overview(index: &Index<'_>, link: &Link, w: &mut Writer) -> Statement {
    let rows = index.explanations(&link.id);
    if rows.is_empty() {
        return unexamined(index, link, w);
    }
    let of = |standing| rows.iter().filter(|row| row.standing == standing).count();
    let [supported, open, contradicted] = ORDER.map(of);
    let text = format!(
        "{} : {} par des éléments des pièces, {}, {}.",
        counted(rows.len(), "autre explication examinée", "autres explications examinées"),
        counted(supported, "appuyée", "appuyées"),
        counted(contradicted, "contredite", "contredites"),
        counted(open, "laissée ouverte", "laissées ouvertes"),
    );
    let selection = faisceau_model::selection("explanations", &[("link", link.id.as_str())]);
    let each = ORDER.map(|standing| {
        let standing = ("standing", standing.as_str());
        faisceau_model::selection("explanations", &[("link", link.id.as_str()), standing])
    });
    w.say(text, Support::one(selection).and_all(each))
}

/// The same where the rows were not looked into.
fn unexamined(index: &Index<'_>, link: &Link, w: &mut Writer) -> Statement {
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
        format!("{possible} : {} (annexe F).", list(&titles, LISTED_TITLES))
    };
    w.say(text, Support::one(&link.id))
}

/// The explanations of one link.
pub(super) fn table(index: &Index<'_>, link: &Link, w: &mut Writer) -> Option<Block> {
    let rows = in_order(index.explanations(&link.id));
    let count = rows.len();
    let selection = faisceau_model::selection("explanations", &[("link", link.id.as_str())]);
    let limit = Limit::of(LISTED, ["explication", "explications"], &selection);
    let caption =
        Text::from("Autres explications examinées, chiffres dans l'ordre des deux comptes, ")
            .code(link.id.as_str());
    let rows = rows.into_iter().map(|row| (cells(index, row), support(row)));
    (count > 0).then(|| w.table(caption, columns(), rows, count, limit))
}

/// The explanations of several links, each with its link.
pub(super) fn table_of_several(
    index: &Index<'_>,
    links: &[&Link],
    w: &mut Writer,
) -> Option<Block> {
    let rows: Vec<&Explanation> =
        links.iter().flat_map(|link| in_order(index.explanations(&link.id))).collect();
    let mut columns = columns();
    columns.insert(0, column("Rapproche\u{ad}ment", 3));
    let count = rows.len();
    let ids = rows.iter().map(|row| &row.id);
    let limit = Limit::of(LISTED, ["explication", "explications"], "explanations")
        .resting_on(Support::every(ids, "explanations"));
    let caption = "Autres explications examinées, rapprochements en faveur de H2, chiffres dans l'ordre des deux comptes";
    let rows = rows.into_iter().map(|row| {
        let mut cells = cells(index, row);
        cells.insert(0, Text::new().code(row.link.as_str()));
        (cells, support(row))
    });
    (count > 0).then(|| w.table(caption, columns, rows, count, limit))
}

fn in_order<'a>(rows: &[&'a Explanation]) -> Vec<&'a Explanation> {
    let mut rows = rows.to_vec();
    let place = |standing| ORDER.iter().position(|own| *own == standing);
    rows.sort_by(|x, y| (place(x.standing), &x.code).cmp(&(place(y.standing), &y.code)));
    rows
}

fn columns() -> Vec<TableColumn> {
    vec![
        column("Explication", 5),
        column("Ce qu'en disent les pièces", 11),
        column("Ce qui la confirmerait", 6),
        column("Ce qui l'écarterait", 6),
    ]
}

fn cells(index: &Index<'_>, row: &Explanation) -> Vec<Text> {
    let e = index.words.innocent(&row.code);
    let mut said = Text::new().strong(index.words.standing(row.standing.as_str()));
    for (at, clause) in e.said(row.standing, &row.counted).into_iter().enumerate() {
        said = said.plain(if at == 0 { " : " } else { " ; " }).plain(clause);
    }
    vec![
        Text::new().strong(excerpt(&e.title, 60)),
        said.plain("."),
        e.confirms.into(),
        e.refutes.into(),
    ]
}

fn support(row: &Explanation) -> Support {
    Support::one(&row.id).and(&row.link).and_all(&row.explains).and_all(&row.rows)
}

/// Every innocent explanation met, with what would settle it and the links that it touches.
pub(super) fn catalogue(index: &Index<'_>, links: &[&Link], w: &mut Writer) -> Option<Block> {
    let mut touched: BTreeMap<&str, Vec<&RowId>> = BTreeMap::new();
    for link in links {
        for code in codes(index, link) {
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
