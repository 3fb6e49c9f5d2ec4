//! Section 8: what could not be read, where and why.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{ExhibitRow, Reject, UnknownField};
use faisceau_model::{Absent, ExhibitNo, Maybe, RejectReason};

use crate::french::{count, counted};
use crate::index::{Index, cut, exhibit_id};
use crate::input::Refused;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 40;
const PLACES: usize = 3;
const FIELDS: usize = 12;
const JOURNAL: &str = "set:case.journal";

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut paragraph = prose(&index.words.prose.rejects);
    let groups = by_reason(index.input.rejects.iter());
    if groups.is_empty() {
        let text = "Aucun enregistrement n'est illisible.";
        paragraph.push(w.say(text, Support::one("rejects")));
    }
    let mut blocks = vec![Block::Paragraph(paragraph)];
    if !groups.is_empty() {
        blocks.push(table(index, groups, w));
    }
    if !index.input.unknown_fields.is_empty() {
        blocks.push(unknown_fields(index, w));
    }
    let problems = problems(index, w);
    if !problems.is_empty() {
        blocks.push(Block::Heading("Pièces non lues ou lues en partie".into()));
        blocks.push(Block::List(problems));
    }
    let refused = refused(index, w);
    if !refused.is_empty() {
        blocks.push(Block::Heading("Fichiers et membres d'archives refusés".into()));
        blocks.push(Block::List(refused));
    }
    blocks
}

pub(super) type Groups<'a> = BTreeMap<(ExhibitNo, RejectReason), Vec<&'a Reject>>;

/// Rejects by exhibit and reason, in the order of the exhibit.
pub(super) fn by_reason<'a>(rejects: impl Iterator<Item = &'a Reject>) -> Groups<'a> {
    let mut groups: Groups<'a> = BTreeMap::new();
    for row in rejects {
        groups.entry((row.exhibit, row.reason)).or_default().push(row);
    }
    groups
}

/// The rejects of an exhibit for a reason.
pub(super) fn selection(exhibit: ExhibitNo, reason: RejectReason) -> String {
    format!("rejects?exhibit={exhibit}&reason={reason}")
}

fn table(index: &Index<'_>, groups: Groups<'_>, w: &mut Writer) -> Block {
    let columns = vec![
        numbers("Pièce", 2),
        column("Raison", 6),
        numbers("Nombre", 3),
        column("Premiers emplacements, et début de l'enregistrement", 16),
    ];
    let total = groups.len();
    let rows = groups.into_iter().map(|((exhibit, reason), rows)| {
        let places = rows.iter().take(PLACES).map(|row| {
            Text::new().code(cut(&row.place.to_string())).plain(" ").quoted(&row.excerpt, 48)
        });
        let mut first = Text::join(places, " ; ");
        if rows.len() > PLACES {
            first = first.plain(" ; …");
        }
        let cells = vec![
            exhibit.to_string().into(),
            index.words.reject(reason.as_str()).into(),
            count(rows.len()).into(),
            first,
        ];
        let ids = rows.iter().map(|row| &row.id);
        (cells, Support::rows(ids, &selection(exhibit, reason)))
    });
    let records = counted(index.input.rejects.len(), "enregistrement", "enregistrements");
    let limit = Limit::of(SHOWN, ["ligne", "lignes"], "rejects")
        .amounting_to(format!(", soit {records} en tout"));
    w.table("Enregistrements sans ligne, par pièce et par raison", columns, rows, total, limit)
}

/// The fields that no format knows, by exhibit: a platform that changes its export shows here.
fn unknown_fields(index: &Index<'_>, w: &mut Writer) -> Block {
    let mut by_exhibit: BTreeMap<ExhibitNo, Vec<&UnknownField>> = BTreeMap::new();
    for row in index.input.unknown_fields {
        by_exhibit.entry(row.exhibit).or_default().push(row);
    }
    let columns =
        vec![numbers("Pièce", 2), numbers("Nombre", 3), column("Noms, et enregistrements", 18)];
    let total = by_exhibit.len();
    let rows = by_exhibit.into_iter().map(|(exhibit, rows)| {
        let names = rows.iter().take(FIELDS).map(|row| {
            Text::new().code(cut(&row.field)).plain(format!(" ({})", count(row.records)))
        });
        let mut names = Text::join(names, ", ");
        if rows.len() > FIELDS {
            names = names.plain(", …");
        }
        let cells = vec![exhibit.to_string().into(), count(rows.len()).into(), names];
        let selection = format!("unknown_fields?exhibit={exhibit}");
        (cells, Support::rows(rows.iter().map(|row| &row.id), &selection))
    });
    let limit = Limit::of(SHOWN, ["pièce", "pièces"], "unknown_fields");
    w.table("Champs que le format ne connaît pas, par pièce", columns, rows, total, limit)
}

fn problems(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let unread = index.input.exhibits.iter().filter(|row| has_problem(row) || is_unread(row));
    let mut out = Vec::new();
    let mut hidden = Vec::new();
    for row in unread {
        if out.len() == SHOWN {
            hidden.push(exhibit_id(row.exhibit));
            continue;
        }
        let text = Text::from(format!("Pièce {} (", row.exhibit)).data(&cut(&row.name), 48);
        let text = text.plain(") : ");
        let text = match (row.problem.known(), row.format.known()) {
            (Some(problem), _) => text.plain("le programme signale ").quoted(problem, 200),
            (None, _) => text.plain("aucun format reconnu"),
        };
        out.push(w.say(text.plain("."), Support::one(exhibit_id(row.exhibit))));
    }
    if !hidden.is_empty() {
        let text = format!(
            "{} dans tables/exhibits.parquet.",
            counted(hidden.len(), "autre pièce figure", "autres pièces figurent")
        );
        out.push(w.say(text, Support::every(hidden, "exhibits")));
    }
    out
}

fn refused(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let refused = index.input.refused;
    let mut out: Vec<Statement> = refused
        .iter()
        .take(SHOWN)
        .map(|file| {
            let what = match file.archive {
                Some(archive) => format!("Pièce {archive}, membre "),
                None => "Fichier hors archive ".to_owned(),
            };
            let text = Text::from(what)
                .quoted(&file.member, 80)
                .plain(" : le programme signale ")
                .quoted(&file.reason, 160)
                .plain(".");
            w.say(text, support_of(std::slice::from_ref(file)))
        })
        .collect();
    if let Some(rest) = refused.get(SHOWN..).filter(|rest| !rest.is_empty()) {
        let text = format!(
            "{} de plus.",
            counted(rest.len(), "fichier ou membre refusé", "fichiers ou membres refusés")
        );
        out.push(w.say(text, support_of(rest)));
    }
    out
}

/// The archives concerned. The journal alone knows a file that was refused outside any.
pub(super) fn support_of(refused: &[Refused]) -> Support {
    let archives: BTreeSet<ExhibitNo> = refused.iter().filter_map(|file| file.archive).collect();
    let support = Support::every(archives.into_iter().map(exhibit_id), JOURNAL);
    let outside = refused.iter().any(|file| file.archive.is_none());
    if outside { support.and(JOURNAL) } else { support }
}

/// Whether something went wrong with an exhibit. One with the bytes of another is read there.
pub(super) fn has_problem(row: &ExhibitRow) -> bool {
    row.problem.known().is_some() && row.format != Maybe::Missing(Absent::NotApplicable)
}

/// A kept file that no format recognises, and that is no repetition of another exhibit's bytes.
pub(super) fn is_unread(row: &ExhibitRow) -> bool {
    row.format == Maybe::Missing(Absent::NoData)
}
