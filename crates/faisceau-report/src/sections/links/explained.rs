//! What else would explain a link, and what the rows say of that.
//!
//! In: the rows of `explanations`, and the codes of links that have none. Out: a sentence and a
//! table for a link, one table for several, and the catalogue of all explanations met.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Explanation, Link};
use faisceau_model::{RowId, Standing, excerpt};

use super::{LISTED, LISTED_TITLES, titles};
use crate::french::lower_first;
use crate::index::Index;
use crate::language::{Language, said};
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
        let lang = index.lang;
        let text = said!(
            lang,
            "{} : {} (annexe F).",
            "{}: {} (annex F).",
            lang.pick(if titles.len() < 2 { "Appuyée" } else { "Appuyées" }, "Supported"),
            lang.list(&titles, LISTED_TITLES)
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
    let lang = index.lang;
    let text = said!(
        lang,
        "{} : {} par des éléments des pièces, {}, {}.",
        "{}: {} by points in the exhibits, {}, {}.",
        lang.counted(
            rows.len(),
            ["autre explication examinée", "autres explications examinées"],
            ["other explanation examined", "other explanations examined"],
        ),
        lang.counted(supported, ["appuyée", "appuyées"], ["supported", "supported"]),
        lang.counted(contradicted, ["contredite", "contredites"], ["contradicted", "contradicted"]),
        lang.counted(open, ["laissée ouverte", "laissées ouvertes"], ["left open", "left open"]),
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
    let lang = index.lang;
    let text = if titles.is_empty() {
        let none = lang.pick(
            "Aucune des explications innocentes du catalogue n'a été relevée ; cela ne les exclut pas.",
            "None of the innocent explanations in the catalogue was found; that does not rule them out.",
        );
        none.to_owned()
    } else {
        let possible = lang.counted(
            titles.len(),
            [
                "explication innocente demeure possible",
                "explications innocentes demeurent possibles",
            ],
            ["innocent explanation remains possible", "innocent explanations remain possible"],
        );
        let listed = lang.list(&titles, LISTED_TITLES);
        said!(lang, "{possible} : {listed} (annexe F).", "{possible}: {listed} (annex F).")
    };
    w.say(text, Support::one(&link.id))
}

/// The explanations of one link.
pub(super) fn table(index: &Index<'_>, link: &Link, w: &mut Writer) -> Option<Block> {
    let rows = in_order(index.explanations(&link.id));
    let count = rows.len();
    let selection = faisceau_model::selection("explanations", &[("link", link.id.as_str())]);
    let lang = index.lang;
    let limit = Limit::of(LISTED, nouns(lang), &selection);
    let caption = Text::from(lang.pick(
        "Autres explications examinées, chiffres dans l'ordre des deux comptes, ",
        "Other explanations examined, figures in the order of the two accounts, ",
    ))
    .code(link.id.as_str());
    let rows = rows.into_iter().map(|row| (cells(index, row), support(row)));
    (count > 0).then(|| w.table(caption, columns(lang), rows, count, limit))
}

/// The explanations of several links, each with its link.
pub(super) fn table_of_several(
    index: &Index<'_>,
    links: &[&Link],
    w: &mut Writer,
) -> Option<Block> {
    let rows: Vec<&Explanation> =
        links.iter().flat_map(|link| in_order(index.explanations(&link.id))).collect();
    let lang = index.lang;
    let mut columns = columns(lang);
    columns.insert(0, column(lang.pick("Rapproche\u{ad}ment", "Link"), 3));
    let count = rows.len();
    let ids = rows.iter().map(|row| &row.id);
    let limit = Limit::of(LISTED, nouns(lang), "explanations")
        .resting_on(Support::every(ids, "explanations"));
    let caption = lang.pick(
        "Autres explications examinées, rapprochements en faveur de H2, chiffres dans l'ordre des deux comptes",
        "Other explanations examined, links in favour of H2, figures in the order of the two accounts",
    );
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

fn nouns(lang: Language) -> [&'static str; 2] {
    lang.pick(["explication", "explications"], ["explanation", "explanations"])
}

fn columns(lang: Language) -> Vec<TableColumn> {
    vec![
        column(lang.pick("Explication", "Explanation"), 5),
        column(lang.pick("Ce qu'en disent les pièces", "What the exhibits say of it"), 11),
        column(lang.pick("Ce qui la confirmerait", "What would confirm it"), 6),
        column(lang.pick("Ce qui l'écarterait", "What would rule it out"), 6),
    ]
}

fn cells(index: &Index<'_>, row: &Explanation) -> Vec<Text> {
    let lang = index.lang;
    let e = index.words.innocent(&row.code);
    let between = lang.pick([" : ", " ; "], [": ", "; "]);
    let mut said = Text::new().strong(index.words.standing(row.standing.as_str()));
    for (at, clause) in e.said(lang, row.standing, &row.counted).into_iter().enumerate() {
        said = said.plain(between[usize::from(at > 0)]).plain(clause);
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
    let lang = index.lang;
    let how = lang
        .pick("Comment elle produirait les observations", "How it would produce the observations");
    let columns = vec![
        column(lang.pick("Explication", "Explanation"), 5),
        column(how, 8),
        column(lang.pick("Ce qui la confirmerait", "What would confirm it"), 7),
        column(lang.pick("Ce qui l'écarterait", "What would rule it out"), 7),
        column(lang.pick("Rapproche\u{ad}ments", "Links"), 5),
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
            lang.list(&names, LISTED_TITLES).into(),
        ];
        (cells, Support::every(ids, "links"))
    });
    let limit = Limit::of(LISTED, nouns(lang), "links");
    let caption = lang.pick("Explications innocentes relevées", "Innocent explanations found");
    (total > 0).then(|| w.table(caption, columns, rows, total, limit))
}
