//! Section 2: the exhibits, what they were taken for, what came of their records.

mod provenance;

use faisceau_model::rows::ExhibitRow;
use faisceau_model::{Absent, Maybe};

use crate::french::{count, counted};
use crate::index::{Index, cut, exhibit_id};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 30;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let rows = index.input.exhibits;
    let members = rows.iter().filter(|row| row.parent.known().is_some()).count();
    let text = Text::from(format!(
        "Le dossier compte {}, dont {} d'archives.",
        counted(rows.len(), "pièce", "pièces"),
        counted(members, "membre", "membres"),
    ));
    let mut paragraph = vec![w.say(text, Support::one("exhibits").and("exhibits?parent=*"))];
    if let Some(journal) = &index.input.case.journal {
        let text = Text::from("L'état du journal du dossier est ").code(journal).plain(".");
        paragraph.push(w.say(text, Support::one("set:case.journal")));
    }
    paragraph.extend(prose(&index.words.prose.integrity));
    let mut blocks = vec![Block::Paragraph(paragraph), table(index, w)];
    blocks.extend(provenance::blocks(index, w));
    blocks
}

fn table(index: &Index<'_>, w: &mut Writer) -> Block {
    let rows = index.input.exhibits;
    let columns = vec![
        numbers("Pièce", 2),
        column("Nom", 8),
        column("Format reconnu", 6),
        numbers("Enregis\u{ad}trements", 4),
        numbers("Lus", 3),
        numbers("Illisibles", 3),
        numbers("Écartés", 3),
    ];
    let mut sorted: Vec<&ExhibitRow> = rows.iter().collect();
    // Exhibits as such come before members: a note must name them all.
    sorted.sort_by_key(|row| (row.exhibit.depth() > 1 && rows.len() > SHOWN, row.exhibit));
    let cells = sorted.into_iter().map(|row| {
        let format = match &row.format {
            Maybe::Known(code) => Text::new().data(index.words.format(code), 40),
            Maybe::Missing(Absent::NotApplicable) => Text::from("mêmes octets qu'une autre pièce"),
            Maybe::Missing(_) => Text::from("non reconnu"),
        };
        let unread = row.rejected - row.set_aside;
        let cells = vec![
            row.exhibit.to_string().into(),
            Text::new().data(&cut(&row.name), 48),
            format,
            count(row.records).into(),
            count(row.read).into(),
            count(unread).into(),
            count(row.set_aside).into(),
        ];
        (cells, Support::one(exhibit_id(row.exhibit)))
    });
    let limit = Limit::of(SHOWN, ["pièce", "pièces"], "exhibits");
    w.table("Pièces et enregistrements", columns, cells, rows.len(), limit)
}
