//! Section 11: the sign-ins of the claimant's own accounts that differ from the habits.
//!
//! In: the rows of `sign_ins`. Out: what was compared, the episodes, the foreign sessions and the
//! steps. Usual sessions are counted and never listed: they are the claimant's own life.

use std::collections::BTreeMap;

use faisceau_model::rows::SignIn;
use faisceau_model::{Maybe, Moment, SignInVerdict};

use crate::french::{count, counted, instant, iso_day, paris};
use crate::index::Index;
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
        blocks.push(Block::Heading("Dans cet ordre".into()));
        blocks.push(Block::List(steps));
    }
    blocks
}

fn overview(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let rows = index.input.sign_ins;
    let of = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    let text = Text::from(format!(
        "{} : {}, {}, {}, {}.",
        counted(rows.len(), "connexion a été comparée", "connexions ont été comparées"),
        counted(of(SignInVerdict::Usual), "habituelle", "habituelles"),
        counted(of(SignInVerdict::Unusual), "inhabituelle", "inhabituelles"),
        counted(of(SignInVerdict::Foreign), "étrangère", "étrangères"),
        counted(of(SignInVerdict::Undecided), "non tranchée", "non tranchées"),
    ));
    let support = Support::one("sign_ins")
        .and("sign_ins?verdict=usual")
        .and("sign_ins?verdict=unusual")
        .and(FOREIGN)
        .and("sign_ins?verdict=undecided");
    vec![w.say(text, support)]
}

fn episodes(index: &Index<'_>, foreign: &[&SignIn], w: &mut Writer) -> Block {
    let columns = vec![
        numbers("Épisode", 3),
        column("Compte", 5),
        column("De", 5),
        column("À", 5),
        column("Adresses et opérateurs", 7),
        column("Appareils", 7),
        column("Sécurité du compte", 6),
        column("Conservé jusqu'au", 4),
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
            count(*number).into(),
            index.name(&first.account),
            when(first.at),
            when(last.at),
            several(rows.iter().map(|row| place(row))),
            several(rows.iter().map(|row| device(row))),
            several(rows.iter().flat_map(|row| acts(index.words, row))),
            day.map_or("–".into(), |day| iso_day(&day).into()),
        ];
        let support = Support::every(rows.iter().map(|row| &row.id), FOREIGN);
        Some((cells, support))
    });
    let limit = Limit::listed(SHOWN, ["épisode", "épisodes"], Support::one(FOREIGN));
    w.table("Épisodes de connexions étrangères aux habitudes", columns, cells, total, limit)
}

fn sessions(index: &Index<'_>, foreign: &[&SignIn], w: &mut Writer) -> Block {
    let columns = vec![
        numbers("Épisode", 2),
        column("Instant, UTC et Paris", 6),
        column("Adresse, port, opérateur", 7),
        column("Appareil", 6),
        column("Action", 5),
        column("Ce qui diffère", 7),
        column("Autres explications", 7),
    ];
    let cells = foreign.iter().map(|row| {
        let (innocent, differs): (Vec<&String>, Vec<&String>) =
            row.reasons.iter().partition(|code| code.starts_with("may_be_"));
        let said = |codes: Vec<&String>| {
            let words: Vec<&str> = codes.iter().map(|code| index.words.sign_in(code)).collect();
            Text::from(words.join(" ; "))
        };
        let local = row.at.known().and_then(|at| paris(*at));
        let cells = vec![
            row.episode.known().map_or("–".into(), |number| count(*number).into()),
            local.map_or_else(|| when(row.at), |local| when(row.at).plain(" – ").plain(local)),
            place(row),
            device(row),
            row.action.known().map_or("–".into(), |text| Text::new().quoted(text, 60)),
            said(differs),
            said(innocent),
        ];
        (cells, Support::one(&row.id).and(row.connection.as_str()))
    });
    let limit = Limit::of(SHOWN, ["connexion étrangère", "connexions étrangères"], FOREIGN);
    w.table("Connexions étrangères aux habitudes", columns, cells, foreign.len(), limit)
}

fn when(at: Maybe<Moment>) -> Text {
    at.known().map_or("–".into(), |at| instant(*at).into())
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

fn device(row: &SignIn) -> Text {
    row.device.known().map_or("–".into(), |text| Text::new().quoted(text, 80))
}

fn acts<'a>(words: &'a Catalogue, row: &'a SignIn) -> impl Iterator<Item = Text> + use<'a> {
    let acts = row.reasons.iter().filter(|code| code.starts_with("act_"));
    acts.map(|code| words.sign_in(code).into())
}

/// The first distinct values, and how many more there are.
fn several(values: impl Iterator<Item = Text>) -> Text {
    let mut distinct: Vec<Text> = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    let more = distinct.len().saturating_sub(VALUES);
    distinct.truncate(VALUES);
    match (distinct.is_empty(), more) {
        (true, _) => "–".into(),
        (false, 0) => Text::join(distinct, " ; "),
        (false, _) => Text::join(distinct, " ; ").plain(format!(" ; et {}", count(more))),
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
