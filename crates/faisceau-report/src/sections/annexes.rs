//! The annexes: hashes, datasets, settings, how to verify.

use faisceau_model::rows::ExhibitRow;

use crate::french::{count, counted};
use crate::index::{Index, cut, exhibit_id};
use crate::input::DatasetLine;
use crate::model::{Block, TableColumn};
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const EXHIBITS: usize = 400;
const DATASETS: usize = 100;
const SETTINGS: usize = 200;
const GAP: usize = 80;

/// Annex A.
pub(super) fn exhibits(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let rows = index.input.exhibits;
    let mut sorted: Vec<&ExhibitRow> = rows.iter().collect();
    sorted.sort_by_key(|row| (row.exhibit.depth() > 1 && rows.len() > EXHIBITS, row.exhibit));
    let cells = sorted.into_iter().map(|row| {
        let cells = vec![
            row.exhibit.to_string().into(),
            Text::new().data(&cut(&row.name), 48),
            count(row.bytes).into(),
            Text::new().code(&row.sha256),
        ];
        (cells, Support::one(exhibit_id(row.exhibit)))
    });
    let columns = vec![
        numbers("Pièce", 3),
        column("Nom", 9),
        numbers("Octets", 4),
        TableColumn { numeric: false, ..column("SHA-256", 24) },
    ];
    let limit = Limit::of(EXHIBITS, ["pièce", "pièces"], "exhibits");
    vec![w.table("Bordereau des empreintes", columns, cells, rows.len(), limit)]
}

/// Annex B.
pub(super) fn datasets(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let rows = index.input.datasets;
    if rows.is_empty() {
        let text = "Aucun jeu de données de référence n'a servi.";
        return vec![Block::Paragraph(vec![w.say(text, Support::one("set:datasets"))])];
    }
    let columns = vec![
        column("Jeu de données", 9),
        column("Date ; ce qu'il couvre", 8),
        numbers("Écart aux faits (jours)", 4),
        column("Licence ; mention", 8),
        column("SHA-256", 7),
    ];
    let cells = rows.iter().map(|row| {
        let days = match (row.days_min, row.days_max) {
            (Some(min), Some(max)) if min == max => count(max),
            (Some(min), Some(max)) => format!("{} à {}", count(min), count(max)),
            (one, other) => one.or(other).map_or_else(|| "–".to_owned(), count),
        };
        let mut licence = Text::new().data(&row.licence, 60);
        if !row.credit.is_empty() {
            licence = licence.plain(" ; ").data(&row.credit, 400);
        }
        let mut covers = Text::new().data(&row.date, 40);
        if !row.covers.is_empty() {
            covers = covers.plain(" ; ").data(&row.covers, 100);
        }
        if !row.gaps.is_empty() {
            let gaps = row.gaps.iter().take(4).map(|gap| Text::new().data(gap, GAP));
            covers = covers.plain(" ; lacunes : ").then(Text::join(gaps, ", "));
            if row.gaps.len() > 4 {
                covers =
                    covers.plain(format!(" et {}", counted(row.gaps.len() - 4, "autre", "autres")));
            }
        }
        let cells = vec![
            dataset_title(index, row).plain(" (").code(cut(&row.id)).plain(")"),
            covers,
            days.into(),
            licence,
            Text::new().code(&row.sha256),
        ];
        (cells, Support::one(format!("dat:{}", row.id)))
    });
    let all = Support::every(rows.iter().map(|row| format!("dat:{}", row.id)), "set:datasets");
    let limit = Limit::listed(DATASETS, ["jeu", "jeux"], all);
    let mut blocks =
        vec![w.table("Jeux de données de référence", columns, cells, rows.len(), limit)];
    let lines = index.input.validation;
    if !lines.is_empty() {
        let text = Text::from(format!(
            "Les chiffres de validation ({} : taux d'erreur, plafonds, points des courbes) sont tous dans ",
            counted(lines.len(), "ligne", "lignes")
        ))
        .code("calibration.json")
        .plain(", du jeu de données de référence.");
        blocks.push(Block::Paragraph(vec![w.say(text, super::validation::whole(lines))]));
    }
    blocks
}

/// What a dataset says, in French where the catalogue has it.
fn dataset_title(index: &Index<'_>, row: &DatasetLine) -> Text {
    let id = row.id.split('@').next().unwrap_or(&row.id);
    match index.words.dataset(id) {
        unknown if unknown == id => Text::new().data(&row.title, 80),
        title => Text::new().plain(title),
    }
}

/// Annex C.
pub(super) fn settings(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let program = ("version".to_owned(), index.input.tool_version.to_owned());
    let mut rows: Vec<&(String, String)> = vec![&program];
    rows.extend(index.input.settings);
    let total = rows.len();
    let all = Support::every(rows.iter().map(|(key, _)| format!("set:{key}")), "set:settings");
    let columns = vec![column("Réglage", 6), column("Valeur", 12)];
    let cells = rows.into_iter().map(|(key, value)| {
        let cells = vec![Text::new().code(cut(key)), Text::new().data(value, 200)];
        (cells, Support::one(format!("set:{key}")))
    });
    let limit = Limit::listed(SETTINGS, ["réglage", "réglages"], all);
    vec![w.table("Réglages de l'analyse", columns, cells, total, limit)]
}

/// Annex D.
pub(super) fn verify(index: &Index<'_>) -> Vec<Block> {
    let words = &index.words.prose;
    vec![Block::List(prose(&words.verify)), Block::Paragraph(prose(&words.verify_limits))]
}
