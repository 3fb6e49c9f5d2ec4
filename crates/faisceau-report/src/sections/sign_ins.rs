//! Section 11: the sign-ins of the claimant's own accounts that differ from the habits.
//!
//! In: the rows of `sign_ins`. Out: what was compared, the episodes, the foreign sessions and the
//! steps. Usual sessions are counted and never listed: they are the claimant's own life.

use std::collections::BTreeMap;

use faisceau_model::rows::SignIn;
use faisceau_model::{Maybe, Moment, SignInVerdict};

use crate::french::paris;
use crate::index::Index;
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::{Catalogue, prose};
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 40;
/// Values of one kind in a cell; the rest is counted.
const VALUES: usize = 4;
const FOREIGN: &str = "sign_ins?verdict=foreign";

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.sign_ins))];
    blocks.push(Block::Paragraph(overview(index, w)));
    let foreign: Vec<&SignIn> =
        index.input.sign_ins.iter().filter(|row| row.verdict == SignInVerdict::Foreign).collect();
    if !foreign.is_empty() {
        blocks.push(episodes(index, &foreign, w));
        blocks.push(sessions(index, &foreign, w));
    }
    let steps = steps(index, w);
    if !steps.is_empty() {
        blocks.push(Block::Heading(index.lang.pick("Dans cet ordre", "In this order").into()));
        blocks.push(Block::List(steps));
    }
    blocks
}

fn overview(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let rows = index.input.sign_ins;
    let of = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    let lang = index.lang;
    let counted = |verdict, fr, en| lang.counted(of(verdict), fr, [en, en]);
    let text = said!(
        lang,
        "{} : {}, {}, {}, {}.",
        "{}: {}, {}, {}, {}.",
        lang.counted(
            rows.len(),
            ["connexion a été comparée", "connexions ont été comparées"],
            ["connection was compared", "connections were compared"]
        ),
        counted(SignInVerdict::Usual, ["habituelle", "habituelles"], "usual"),
        counted(SignInVerdict::Unusual, ["inhabituelle", "inhabituelles"], "unusual"),
        counted(SignInVerdict::Foreign, ["étrangère", "étrangères"], "foreign"),
        counted(SignInVerdict::Undecided, ["non tranchée", "non tranchées"], "undecided"),
    );
    let support = Support::one("sign_ins")
        .and("sign_ins?verdict=usual")
        .and("sign_ins?verdict=unusual")
        .and(FOREIGN)
        .and("sign_ins?verdict=undecided");
    vec![w.say(text, support)]
}

fn episodes(index: &Index<'_>, foreign: &[&SignIn], w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        numbers(lang.pick("Épisode", "Episode"), 3),
        column(lang.pick("Compte", "Account"), 5),
        column(lang.pick("De", "From"), 5),
        column(lang.pick("À", "To"), 5),
        column(lang.pick("Adresses et opérateurs", "Addresses and operators"), 7),
        column(lang.pick("Appareils", "Devices"), 7),
        column(lang.pick("Sécurité du compte", "Account security"), 6),
        column(lang.pick("Conservé jusqu'au", "Retained until"), 4),
    ];
    let mut by: BTreeMap<i64, Vec<&SignIn>> = BTreeMap::new();
    for row in foreign {
        by.entry(row.episode.known().copied().unwrap_or_default()).or_default().push(row);
    }
    let total = by.len();
    let cells = by.iter().filter_map(|(number, rows)| {
        let (first, last) = (rows.first()?, rows.last()?);
        let day = first.at.known().and_then(|at| at.last_day_kept(1));
        let cells = vec![
            lang.count(*number).into(),
            index.name(&first.account),
            when(lang, first.at),
            when(lang, last.at),
            several(lang, rows.iter().map(|row| place(row))),
            several(lang, rows.iter().map(|row| device(lang, row))),
            several(lang, rows.iter().flat_map(|row| acts(index.words, row))),
            day.map_or("–".into(), |day| lang.iso_day(&day).into()),
        ];
        let support = Support::every(rows.iter().map(|row| &row.id), FOREIGN);
        Some((cells, support))
    });
    let nouns = lang.pick(["épisode", "épisodes"], ["episode", "episodes"]);
    let limit = Limit::listed(SHOWN, nouns, Support::one(FOREIGN));
    let caption = lang.pick(
        "Épisodes de connexions étrangères aux habitudes",
        "Episodes of connections foreign to the habits",
    );
    w.table(caption, columns, cells, total, limit)
}

fn sessions(index: &Index<'_>, foreign: &[&SignIn], w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        numbers(lang.pick("Épisode", "Episode"), 2),
        column(lang.pick("Instant, UTC et Paris", "Instant, UTC and Paris"), 6),
        column(lang.pick("Adresse, port, opérateur", "Address, port, operator"), 7),
        column(lang.pick("Appareil", "Device"), 6),
        column("Action", 5),
        column(lang.pick("Ce qui diffère", "What differs"), 7),
        column(lang.pick("Autres explications", "Other explanations"), 7),
    ];
    let cells = foreign.iter().map(|row| {
        let (innocent, differs): (Vec<&String>, Vec<&String>) =
            row.reasons.iter().partition(|code| code.starts_with("may_be_"));
        let worded = |codes: Vec<&String>| {
            let words: Vec<&str> = codes.iter().map(|code| index.words.sign_in(code)).collect();
            Text::from(words.join(lang.pick(" ; ", "; ")))
        };
        let local = row.at.known().and_then(|at| paris(*at));
        let cells = vec![
            row.episode.known().map_or("–".into(), |number| lang.count(*number).into()),
            match local {
                Some(local) => when(lang, row.at).plain(" – ").plain(local),
                None => when(lang, row.at),
            },
            place(row),
            device(lang, row),
            row.action.known().map_or("–".into(), |text| Text::new().quoted(lang, text, 60)),
            worded(differs),
            worded(innocent),
        ];
        (cells, Support::one(&row.id).and(row.connection.as_str()))
    });
    let nouns = lang.pick(
        ["connexion étrangère", "connexions étrangères"],
        ["foreign connection", "foreign connections"],
    );
    let limit = Limit::of(SHOWN, nouns, FOREIGN);
    let caption =
        lang.pick("Connexions étrangères aux habitudes", "Connections foreign to the habits");
    w.table(caption, columns, cells, foreign.len(), limit)
}

fn when(lang: Language, at: Maybe<Moment>) -> Text {
    at.known().map_or("–".into(), |at| lang.instant(*at).into())
}

fn place(row: &SignIn) -> Text {
    let mut text = Text::new().code(&row.ip);
    if let Maybe::Known(port) = row.port {
        text = text.plain(format!(", port {port}"));
    }
    if let Maybe::Known(operator) = &row.operator {
        text = text.plain(", ").data(operator, 40);
    }
    match &row.country {
        Maybe::Known(country) => text.plain(" (").data(country, 2).plain(")"),
        Maybe::Missing(_) => text,
    }
}

fn device(lang: Language, row: &SignIn) -> Text {
    row.device.known().map_or("–".into(), |text| Text::new().quoted(lang, text, 80))
}

fn acts<'a>(words: &'a Catalogue, row: &'a SignIn) -> impl Iterator<Item = Text> + use<'a> {
    let acts = row.reasons.iter().filter(|code| code.starts_with("act_"));
    acts.map(|code| words.sign_in(code).into())
}

/// The first distinct values, and how many more there are.
fn several(lang: Language, values: impl Iterator<Item = Text>) -> Text {
    let mut distinct: Vec<Text> = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    let apart = lang.pick(" ; ", "; ");
    let more = distinct.len().saturating_sub(VALUES);
    distinct.truncate(VALUES);
    match (distinct.is_empty(), more) {
        (true, _) => "–".into(),
        (false, 0) => Text::join(distinct, apart),
        (false, _) => {
            let more = lang.count(more);
            Text::join(distinct, apart).plain(said!(lang, " ; et {more}", "; and {more} more"))
        }
    }
}

/// The steps of all rows, each once, in the order of the first row that has most of them.
fn steps(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let with: Vec<&SignIn> =
        index.input.sign_ins.iter().filter(|row| !row.steps.is_empty()).collect();
    let Some(longest) = with.iter().rev().max_by_key(|row| row.steps.len()) else {
        return Vec::new();
    };
    let say = |code: &String| {
        let ids = with.iter().filter(|row| row.steps.contains(code)).map(|row| &row.id);
        w.say(index.words.sign_in_step(code), Support::rows(ids, "sign_ins"))
    };
    longest.steps.iter().map(say).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_leaves_out_is_counted() {
        let cell = |lang| {
            let values = ["a", "b", "a", "c", "d", "e", "f"].into_iter().map(Text::from);
            several(lang, values).to_plain()
        };
        assert_eq!(cell(Language::French), "a\u{202f}; b\u{202f}; c\u{202f}; d\u{202f}; et 2");
        assert_eq!(cell(Language::English), "a; b; c; d; and 2 more");
    }
}
