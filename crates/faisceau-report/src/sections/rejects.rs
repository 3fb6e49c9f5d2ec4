//! Section 8: what could not be read, where and why.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{ExhibitRow, Reject, UnknownField};
use faisceau_model::{Absent, ExhibitNo, Maybe, RejectReason};

use crate::index::{Index, cut, exhibit_id};
use crate::input::Refused;
use crate::language::said;
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
    let lang = index.lang;
    let mut paragraph = prose(&index.words.prose.rejects);
    let groups = by_reason(index.input.rejects.iter());
    if groups.is_empty() {
        let text = lang.pick("Aucun enregistrement n'est illisible.", "No record was unreadable.");
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
        let heading =
            lang.pick("Pièces non lues ou lues en partie", "Exhibits not read or read in part");
        blocks.push(Block::Heading(heading.into()));
        blocks.push(Block::List(problems));
    }
    let refused = refused(index, w);
    if !refused.is_empty() {
        let heading = lang
            .pick("Fichiers et membres d'archives refusés", "Files and archive members refused");
        blocks.push(Block::Heading(heading.into()));
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
    let lang = index.lang;
    let places = lang.pick(
        "Premiers emplacements, et début de l'enregistrement",
        "First places, and beginning of the record",
    );
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        column(lang.pick("Raison", "Reason"), 6),
        numbers(lang.pick("Nombre", "Number"), 3),
        column(places, 16),
    ];
    let total = groups.len();
    let rows = groups.into_iter().map(|((exhibit, reason), rows)| {
        let places = rows.iter().take(PLACES).map(|row| {
            Text::new().code(cut(&row.place.to_string())).plain(" ").quoted(lang, &row.excerpt, 48)
        });
        let mut first = Text::join(places, lang.pick(" ; ", "; "));
        if rows.len() > PLACES {
            first = first.plain(lang.pick(" ; …", "; …"));
        }
        let cells = vec![
            exhibit.to_string().into(),
            index.words.reject(reason.as_str()).into(),
            lang.count(rows.len()).into(),
            first,
        ];
        let ids = rows.iter().map(|row| &row.id);
        (cells, Support::rows(ids, &selection(exhibit, reason)))
    });
    let records = lang.counted(
        index.input.rejects.len(),
        ["enregistrement", "enregistrements"],
        ["record", "records"],
    );
    let limit = Limit::of(SHOWN, lang.pick(["ligne", "lignes"], ["row", "rows"]), "rejects")
        .amounting_to(said!(lang, ", soit {records} en tout", ", that is, {records} in all"));
    let caption = lang.pick(
        "Enregistrements sans ligne, par pièce et par raison",
        "Records without a row, by exhibit and by reason",
    );
    w.table(caption, columns, rows, total, limit)
}

/// The fields that no format knows, by exhibit: a platform that changes its export shows here.
fn unknown_fields(index: &Index<'_>, w: &mut Writer) -> Block {
    let lang = index.lang;
    let mut by_exhibit: BTreeMap<ExhibitNo, Vec<&UnknownField>> = BTreeMap::new();
    for row in index.input.unknown_fields {
        by_exhibit.entry(row.exhibit).or_default().push(row);
    }
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        numbers(lang.pick("Nombre", "Number"), 3),
        column(lang.pick("Noms, et enregistrements", "Names, and records"), 18),
    ];
    let total = by_exhibit.len();
    let rows = by_exhibit.into_iter().map(|(exhibit, rows)| {
        let names = rows.iter().take(FIELDS).map(|row| {
            Text::new().code(cut(&row.field)).plain(format!(" ({})", lang.count(row.records)))
        });
        let mut names = Text::join(names, ", ");
        if rows.len() > FIELDS {
            names = names.plain(", …");
        }
        let cells = vec![exhibit.to_string().into(), lang.count(rows.len()).into(), names];
        let selection = format!("unknown_fields?exhibit={exhibit}");
        (cells, Support::rows(rows.iter().map(|row| &row.id), &selection))
    });
    let nouns = lang.pick(["pièce", "pièces"], ["exhibit", "exhibits"]);
    let limit = Limit::of(SHOWN, nouns, "unknown_fields");
    let caption = lang.pick(
        "Champs que le format ne connaît pas, par pièce",
        "Fields that the format does not know, by exhibit",
    );
    w.table(caption, columns, rows, total, limit)
}

fn problems(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
    let unread = index.input.exhibits.iter().filter(|row| has_problem(row) || is_unread(row));
    let mut out = Vec::new();
    let mut hidden = Vec::new();
    for row in unread {
        if out.len() == SHOWN {
            hidden.push(exhibit_id(row.exhibit));
            continue;
        }
        let text = Text::from(said!(lang, "Pièce {} (", "Exhibit {} (", row.exhibit));
        let text = text.data(&cut(&row.name), 48).plain(lang.pick(") : ", "): "));
        let text = match (row.problem.known(), row.format.known()) {
            (Some(problem), _) => text
                .plain(lang.pick("le programme signale ", "the program reports "))
                .quoted(lang, problem, 200),
            (None, _) => text.plain(lang.pick("aucun format reconnu", "no format recognised")),
        };
        out.push(w.say(text.plain("."), Support::one(exhibit_id(row.exhibit))));
    }
    if !hidden.is_empty() {
        let text = said!(
            lang,
            "{} dans tables/exhibits.parquet.",
            "{} in tables/exhibits.parquet.",
            lang.counted(
                hidden.len(),
                ["autre pièce figure", "autres pièces figurent"],
                ["other exhibit appears", "other exhibits appear"]
            )
        );
        out.push(w.say(text, Support::every(hidden, "exhibits")));
    }
    out
}

fn refused(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
    let refused = index.input.refused;
    let mut out: Vec<Statement> = refused
        .iter()
        .take(SHOWN)
        .map(|file| {
            let what = match file.archive {
                Some(archive) => {
                    said!(lang, "Pièce {archive}, membre ", "Exhibit {archive}, member ")
                }
                None => lang.pick("Fichier hors archive ", "File outside any archive ").to_owned(),
            };
            let text = Text::from(what)
                .quoted(lang, &file.member, 80)
                .plain(lang.pick(" : le programme signale ", ": the program reports "))
                .quoted(lang, &file.reason, 160)
                .plain(".");
            w.say(text, support_of(std::slice::from_ref(file)))
        })
        .collect();
    if let Some(rest) = refused.get(SHOWN..).filter(|rest| !rest.is_empty()) {
        let text = said!(
            lang,
            "{} de plus.",
            "{}.",
            lang.counted(
                rest.len(),
                ["fichier ou membre refusé", "fichiers ou membres refusés"],
                ["more file or member was refused", "more files or members were refused"]
            )
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
