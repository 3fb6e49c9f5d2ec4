//! Section 8: what could not be read, where and why.

use std::collections::BTreeMap;

use faisceau_model::rows::Reject;
use faisceau_model::{ExhibitNo, RejectReason};

use crate::french::{count, counted};
use crate::index::{Index, cut, exhibit_id};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 40;
const PLACES: usize = 3;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut paragraph = prose(&index.words.prose.rejects);
    let groups = by_reason(index.input.rejects);
    if groups.is_empty() {
        let text = "Aucun enregistrement n'est illisible.";
        paragraph.push(w.say(text, Support::one("rejects")));
    }
    let mut blocks = vec![Block::Paragraph(paragraph)];
    if !groups.is_empty() {
        blocks.push(table(index, groups, w));
    }
    let problems = problems(index, w);
    if !problems.is_empty() {
        blocks.push(Block::Heading("Pièces non lues ou lues en partie".into()));
        blocks.push(Block::List(problems));
    }
    let refused = refused(index, w);
    if !refused.is_empty() {
        blocks.push(Block::Heading("Membres d'archives refusés".into()));
        blocks.push(Block::List(refused));
    }
    blocks
}

type Groups<'a> = BTreeMap<(ExhibitNo, RejectReason), Vec<&'a Reject>>;

/// Rejects by exhibit and reason, in the order of the exhibit.
fn by_reason(rejects: &[Reject]) -> Groups<'_> {
    let mut groups: Groups<'_> = BTreeMap::new();
    for row in rejects {
        groups.entry((row.exhibit, row.reason)).or_default().push(row);
    }
    groups
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
        let selection = format!("rejects?exhibit={exhibit}&reason={reason}");
        let support = Support::rows(rows.iter().map(|row| &row.id), &selection);
        (cells, support.and(exhibit_id(exhibit)))
    });
    let limit = Limit { rows: SHOWN, nouns: ["ligne", "lignes"], file: "rejects" };
    w.table("Enregistrements sans ligne, par pièce et par raison", columns, rows, total, limit)
}

fn problems(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let unread = index
        .input
        .exhibits
        .iter()
        .filter(|row| row.problem.known().is_some() || row.format.known().is_none());
    let mut out = Vec::new();
    let mut hidden = 0;
    for row in unread {
        if out.len() == SHOWN {
            hidden += 1;
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
    if hidden > 0 {
        let text = format!(
            "{} dans tables/exhibits.parquet.",
            counted(hidden, "autre pièce figure", "autres pièces figurent")
        );
        out.push(w.say(text, Support::one("exhibits")));
    }
    out
}

fn refused(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let refused = index.input.refused;
    let mut out: Vec<Statement> = refused
        .iter()
        .take(SHOWN)
        .map(|member| {
            let text = Text::from(format!("Pièce {}, membre ", member.archive))
                .quoted(&member.member, 80)
                .plain(" : le programme signale ")
                .quoted(&member.reason, 160)
                .plain(".");
            w.say(text, Support::one(exhibit_id(member.archive)))
        })
        .collect();
    if let Some(rest) = refused.get(SHOWN..).filter(|rest| !rest.is_empty()) {
        let archives = rest.iter().map(|member| exhibit_id(member.archive));
        let text = format!("{} de plus.", counted(rest.len(), "membre refusé", "membres refusés"));
        let first = exhibit_id(rest[0].archive);
        out.push(w.say(text, Support::one(first).and_all(archives.take(24))));
    }
    out
}
