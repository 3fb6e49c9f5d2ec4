//! The numbered list of exhibits (*bordereau de pièces*).
//!
//! In: the rows of the exhibits, how each was taken in, the exhibits on paper that the case file
//! names. Out: one row an exhibit, members of archives under their archive, paper ones after, the
//! note last.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::ExhibitRow;
use faisceau_model::{Absent, ExhibitNo, Maybe, Moment};

use super::attached::{said, texts};
use super::desk::{Desk, section};
use crate::french::{count, counted, instant};
use crate::index::exhibit_id;
use crate::kind::DocumentKind;
use crate::model::{Block, Document};
use crate::provenance::Intake;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Longest name of an exhibit.
const NAME: usize = 80;

pub(super) fn draft(desk: &Desk<'_>) -> Option<Document> {
    let paper = &desk.input.facts.other_exhibits;
    if desk.index.input.exhibits.is_empty() && paper.is_empty() {
        return None;
    }
    let mut w = Writer::default();
    let w = &mut w;
    let mut blocks = vec![overview(desk, w), Block::Paragraph(said(&texts().exhibits.intro))];
    if !desk.index.input.exhibits.is_empty() {
        blocks.push(files(desk, w));
    }
    blocks.push(others(desk, w));
    Some(desk.document(DocumentKind::ExhibitList, vec![section("", blocks)]))
}

fn overview(desk: &Desk<'_>, w: &mut Writer) -> Block {
    let rows = desk.index.input.exhibits;
    let members = rows.iter().filter(|row| row.parent.known().is_some()).count();
    let text = format!(
        "{}, dont {} d'archives.",
        counted(rows.len(), "pièce numérique", "pièces numériques"),
        counted(members, "membre", "membres"),
    );
    let mut out = vec![w.say(text, Support::one("exhibits").and("exhibits?parent=*"))];
    if let Some(journal) = &desk.index.input.case.journal {
        let text = Text::from("État du journal du dossier : ").code(journal).plain(".");
        out.push(w.say(text, Support::one("set:case.journal")));
    }
    Block::Paragraph(out)
}

fn files(desk: &Desk<'_>, w: &mut Writer) -> Block {
    let provenance = desk.index.input.provenance;
    let intakes: BTreeMap<ExhibitNo, &Intake> =
        provenance.intakes.iter().map(|intake| (intake.exhibit, intake)).collect();
    let collected: BTreeSet<ExhibitNo> =
        provenance.collections.iter().flat_map(|c| &c.exhibits).copied().collect();
    let mut rows: Vec<&ExhibitRow> = desk.index.input.exhibits.iter().collect();
    rows.sort_by_key(|row| row.exhibit);
    let columns = vec![
        numbers("Pièce n°", 3),
        column("Désignation", 8),
        column("Nature", 6),
        numbers("Octets", 4),
        column("SHA-256", 10),
        column("Entrée au dossier", 7),
    ];
    let total = rows.len();
    let cells = rows.into_iter().map(|row| {
        let intake = intakes.get(&row.exhibit).copied();
        let cells = vec![
            row.exhibit.to_string().into(),
            Text::new().data(&row.name, NAME),
            nature(desk, row),
            count(row.bytes).into(),
            Text::new().code(&row.sha256),
            taken_in(row, intake, collected.contains(&row.exhibit)),
        ];
        let support = Support::one(exhibit_id(row.exhibit));
        (cells, support.and_all(intake.map(|intake| format!("jrn:{}", intake.seq))))
    });
    let limit = Limit::of(total, ["pièce", "pièces"], "exhibits");
    w.table("Pièces numériques, dans l'ordre de leurs numéros", columns, cells, total, limit)
}

/// The format in words.
fn nature(desk: &Desk<'_>, row: &ExhibitRow) -> Text {
    match &row.format {
        Maybe::Known(code) => Text::new().data(desk.index.words.format(code), 60),
        Maybe::Missing(Absent::NotApplicable) => "mêmes octets qu'une autre pièce".into(),
        Maybe::Missing(_) => "fichier, format non reconnu".into(),
    }
}

/// When the exhibit entered the case, and how.
fn taken_in(row: &ExhibitRow, intake: Option<&Intake>, collected: bool) -> Text {
    let how = match (collected, row.exhibit.parent()) {
        (true, _) => "recueillie en ligne par le programme".to_owned(),
        (false, Some(archive)) => format!("tirée de la pièce n° {archive}"),
        (false, None) => "fichier remis".to_owned(),
    };
    match intake.and_then(|intake| Moment::from_rfc3339(&intake.at)) {
        Some(at) => format!("{how}, le {}", instant(at)).into(),
        None => Text::from(format!("{how}, ")).plain("date non consignée"),
    }
}

/// What is on paper, then the note itself, numbered after the exhibits of the case.
fn others(desk: &Desk<'_>, w: &mut Writer) -> Block {
    let paper = &desk.input.facts.other_exhibits;
    let top = |row: &ExhibitRow| row.exhibit.to_string().split('.').next()?.parse().ok();
    let last: usize = desk.index.input.exhibits.iter().filter_map(top).max().unwrap_or(0);
    let columns = vec![numbers("Pièce n°", 2), column("Désignation", 20)];
    let named = paper.iter().map(|name| {
        let name = Text::new().given(name, 300, "désignation d'une pièce");
        (name, Support::one("set:acts.other_exhibits"))
    });
    let note = "Note technique de partie, établie d'après les pièces du dossier, avec ses annexes";
    let all = named.chain([(Text::from(note), Support::one("exhibits"))]);
    let cells = all
        .enumerate()
        .map(|(i, (name, support))| (vec![(last + 1 + i).to_string().into(), name], support));
    let total = paper.len() + 1;
    let limit = Limit::listed(total, ["pièce", "pièces"], Support::one("exhibits"));
    w.table("Autres pièces", columns, cells, total, limit)
}
