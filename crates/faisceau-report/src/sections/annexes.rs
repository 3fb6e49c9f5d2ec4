//! The annexes: hashes, datasets, settings, how to verify.

use faisceau_model::rows::ExhibitRow;

use crate::index::{Index, cut, exhibit_id};
use crate::input::DatasetLine;
use crate::language::{Language, said};
use crate::model::{Block, TableColumn};
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const EXHIBITS: usize = 400;
const DATASETS: usize = 100;
const SETTINGS: usize = 200;

/// Annex A.
pub(super) fn exhibits(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let rows = index.input.exhibits;
    let mut sorted: Vec<&ExhibitRow> = rows.iter().collect();
    sorted.sort_by_key(|row| (row.exhibit.depth() > 1 && rows.len() > EXHIBITS, row.exhibit));
    let cells = sorted.into_iter().map(|row| {
        let cells = vec![
            row.exhibit.to_string().into(),
            Text::new().data(&cut(&row.name), 48),
            lang.count(row.bytes).into(),
            Text::new().code(&row.sha256),
        ];
        (cells, Support::one(exhibit_id(row.exhibit)))
    });
    let columns = vec![
        numbers(lang.pick("Pièce", "Exhibit"), 3),
        column(lang.pick("Nom", "Name"), 9),
        numbers(lang.pick("Octets", "Bytes"), 4),
        TableColumn { numeric: false, ..column("SHA-256", 24) },
    ];
    let nouns = lang.pick(["pièce", "pièces"], ["exhibit", "exhibits"]);
    let limit = Limit::of(EXHIBITS, nouns, "exhibits");
    let caption = lang.pick("Bordereau des empreintes", "List of hashes");
    vec![w.table(caption, columns, cells, rows.len(), limit)]
}

/// The periods that a dataset should cover and does not.
pub(super) fn gaps(lang: Language, row: &DatasetLine) -> String {
    lang.counted(
        usize::try_from(row.gaps).unwrap_or_default(),
        ["période sans données", "périodes sans données"],
        ["period without data", "periods without data"],
    )
}

/// Annex B.
pub(super) fn datasets(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let rows = index.input.datasets;
    if rows.is_empty() {
        let text = lang
            .pick("Aucun jeu de données de référence n'a servi.", "No reference dataset was used.");
        return vec![Block::Paragraph(vec![w.say(text, Support::one("set:datasets"))])];
    }
    let columns = vec![
        column(lang.pick("Jeu de données", "Dataset"), 9),
        column(lang.pick("Date ; ce qu'il couvre", "Date; what it covers"), 8),
        numbers(lang.pick("Écart aux faits (jours)", "Gap to the facts (days)"), 4),
        column(lang.pick("Licence ; mention", "Licence; credit"), 8),
        column("SHA-256", 7),
    ];
    let between = lang.pick(" ; ", "; ");
    let cells = rows.iter().map(|row| {
        let days = match (row.days_min, row.days_max) {
            (Some(min), Some(max)) if min == max => lang.count(max),
            (Some(min), Some(max)) => {
                said!(lang, "{} à {}", "{} to {}", lang.count(min), lang.count(max))
            }
            (one, other) => one.or(other).map_or_else(|| "–".to_owned(), |n| lang.count(n)),
        };
        let mut licence = Text::new().data(&row.licence, 60);
        if !row.credit.is_empty() {
            licence = licence.plain(between).data(&row.credit, 400);
        }
        let mut covers = Text::new().data(&row.date, 40);
        if !row.covers.is_empty() {
            covers = covers.plain(between).data(&row.covers, 100);
        }
        if row.gaps > 0 {
            let gaps = gaps(lang, row);
            covers = covers.plain(said!(lang, " ; lacunes : {gaps}", "; gaps: {gaps}"));
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
    let nouns = lang.pick(["jeu", "jeux"], ["dataset", "datasets"]);
    let limit = Limit::listed(DATASETS, nouns, all);
    let caption = lang.pick("Jeux de données de référence", "Reference datasets");
    let mut blocks = vec![w.table(caption, columns, cells, rows.len(), limit)];
    let lines = index.input.validation;
    if !lines.is_empty() {
        let text = Text::from(said!(
            lang,
            "Les chiffres de validation ({} : taux d'erreur, plafonds, points des courbes) sont tous dans ",
            "The validation figures ({}: error rates, caps, points of the curves) are all in ",
            lang.counted(lines.len(), ["ligne", "lignes"], ["row", "rows"])
        ))
        .code("calibration.json")
        .plain(lang.pick(", du jeu de données de référence.", ", of the reference dataset."));
        blocks.push(Block::Paragraph(vec![w.say(text, super::validation::whole(lines))]));
    }
    blocks
}

/// What a dataset says, in the words of the catalogue where it has them.
fn dataset_title(index: &Index<'_>, row: &DatasetLine) -> Text {
    let id = row.id.split('@').next().unwrap_or(&row.id);
    match index.words.dataset(id) {
        unknown if unknown == id => Text::new().data(&row.title, 80),
        title => Text::new().plain(title),
    }
}

/// Annex C.
pub(super) fn settings(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let program = ("version".to_owned(), index.input.tool_version.to_owned());
    let mut rows: Vec<&(String, String)> = vec![&program];
    rows.extend(index.input.settings);
    let total = rows.len();
    let all = Support::every(rows.iter().map(|(key, _)| format!("set:{key}")), "set:settings");
    let columns =
        vec![column(lang.pick("Réglage", "Setting"), 6), column(lang.pick("Valeur", "Value"), 12)];
    let cells = rows.into_iter().map(|(key, value)| {
        let cells = vec![Text::new().code(cut(key)), Text::new().data(value, 200)];
        (cells, Support::one(format!("set:{key}")))
    });
    let nouns = lang.pick(["réglage", "réglages"], ["setting", "settings"]);
    let limit = Limit::listed(SETTINGS, nouns, all);
    let caption = lang.pick("Réglages de l'analyse", "Settings of the analysis");
    vec![w.table(caption, columns, cells, total, limit)]
}

/// Annex D.
pub(super) fn verify(index: &Index<'_>) -> Vec<Block> {
    let words = &index.words.prose;
    vec![Block::List(prose(&words.verify)), Block::Paragraph(prose(&words.verify_limits))]
}
