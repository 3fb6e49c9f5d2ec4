//! Section 2: the exhibits, what they were taken for, what came of their records.

mod provenance;

use faisceau_model::rows::ExhibitRow;
use faisceau_model::{Absent, Maybe};

use crate::index::{Index, cut, exhibit_id};
use crate::language::said;
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 30;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let rows = index.input.exhibits;
    let members = rows.iter().filter(|row| row.parent.known().is_some()).count();
    let text = said!(
        lang,
        "Le dossier compte {}, dont {} d'archives.",
        "The case contains {}, of which {}.",
        lang.counted(rows.len(), ["pièce", "pièces"], ["exhibit", "exhibits"]),
        lang.counted(
            members,
            ["membre", "membres"],
            ["is a member of an archive", "are members of archives"]
        ),
    );
    let mut paragraph = vec![w.say(text, Support::one("exhibits").and("exhibits?parent=*"))];
    if let Some(journal) = &index.input.case.journal {
        let state = lang
            .pick("L'état du journal du dossier est ", "The state of the journal of the case is ");
        let text = Text::from(state).code(journal).plain(".");
        paragraph.push(w.say(text, Support::one("set:case.journal")));
    }
    paragraph.extend(prose(&index.words.prose.integrity));
    let mut blocks = vec![Block::Paragraph(paragraph), table(index, w)];
    blocks.extend(provenance::blocks(index, w));
    blocks
}

fn table(index: &Index<'_>, w: &mut Writer) -> Block {
    let lang = index.lang;
    let rows = index.input.exhibits;
    let columns = vec![
        numbers(lang.pick("Pièce", "Exh."), 2),
        column(lang.pick("Nom", "Name"), 8),
        column(lang.pick("Format reconnu", "Format recognised"), 6),
        numbers(lang.pick("Enregis\u{ad}trements", "Records"), 4),
        numbers(lang.pick("Lus", "Read"), 3),
        numbers(lang.pick("Illisibles", "Unread\u{ad}able"), 3),
        numbers(lang.pick("Écartés", "Set aside"), 3),
    ];
    let mut sorted: Vec<&ExhibitRow> = rows.iter().collect();
    // Exhibits as such come before members: a note must name them all.
    sorted.sort_by_key(|row| (row.exhibit.depth() > 1 && rows.len() > SHOWN, row.exhibit));
    let cells = sorted.into_iter().map(|row| {
        let format = match &row.format {
            Maybe::Known(code) => Text::new().data(index.words.format(code), 40),
            Maybe::Missing(Absent::NotApplicable) => Text::from(
                lang.pick("mêmes octets qu'une autre pièce", "same bytes as another exhibit"),
            ),
            Maybe::Missing(_) => Text::from(lang.pick("non reconnu", "not recognised")),
        };
        let unread = row.rejected - row.set_aside;
        let cells = vec![
            row.exhibit.to_string().into(),
            Text::new().data(&cut(&row.name), 48),
            format,
            lang.count(row.records).into(),
            lang.count(row.read).into(),
            lang.count(unread).into(),
            lang.count(row.set_aside).into(),
        ];
        (cells, Support::one(exhibit_id(row.exhibit)))
    });
    let limit =
        Limit::of(SHOWN, lang.pick(["pièce", "pièces"], ["exhibit", "exhibits"]), "exhibits");
    let caption = lang.pick("Pièces et enregistrements", "Exhibits and records");
    w.table(caption, columns, cells, rows.len(), limit)
}
