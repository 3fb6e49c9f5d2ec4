//! What each addressee still keeps under each head, the first to lapse first.

use std::collections::BTreeMap;

use faisceau_model::Head;
use faisceau_model::rows::Request;

use super::super::attached::{said, texts};
use super::super::desk::{Desk, section};
use crate::french::count;
use crate::model::{Block, Section};
use crate::sections::requests::{in_order, is_past, last_day};
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Lines shown.
const SHOWN: usize = 60;

/// Requests of one head to one addressee, by last day.
type Group<'a> = ((Head, &'a str), Vec<&'a Request>);

pub(super) fn section_of(desk: &Desk<'_>, w: &mut Writer) -> Option<Section> {
    let rows = in_order(desk.index);
    let asked = rows.into_iter().filter(|row| !row.leads_nowhere());
    let mut of: BTreeMap<(Head, &str), Vec<&Request>> = BTreeMap::new();
    for row in asked {
        of.entry((row.head, row.addressee.as_str())).or_default().push(row);
    }
    if of.is_empty() {
        return None;
    }
    let open = |rows: &[&Request]| {
        let dated = |row: &&&Request| row.last_day.known().is_some() && !is_past(desk.index, row);
        rows.iter().position(|row| dated(&row))
    };
    let mut groups: Vec<Group<'_>> = of.into_iter().collect();
    groups.sort_by_key(|(key, rows)| {
        let day = open(rows).and_then(|at| rows.get(at)?.last_day.known().cloned());
        (day.is_none(), day, *key)
    });
    let columns = vec![
        column("Premier dernier jour encore ouvert", 6),
        column("Chef", 2),
        column("Destinataire", 9),
        numbers("Demandes", 3),
        numbers("Dépassées", 3),
        numbers("Sans date", 3),
    ];
    let total = groups.len();
    let cells = groups.into_iter().map(|((head, addressee), rows)| {
        let first = open(&rows).and_then(|at| rows.get(at).copied());
        let past = rows.iter().filter(|row| is_past(desk.index, row)).count();
        let undated = rows.iter().filter(|row| row.last_day.known().is_none()).count();
        let cells = vec![
            match first {
                Some(row) => last_day(desk.index, row),
                None if undated > 0 => "aucune date calculable : sans attendre".into(),
                None => Text::new().strong("toutes dépassées"),
            },
            head.to_string().into(),
            Text::new().data(addressee, 70),
            count(rows.len()).into(),
            count(past).into(),
            count(undated).into(),
        ];
        (cells, Support::every(rows.iter().map(|row| &row.id), "requests"))
    });
    let limit = Limit::listed(SHOWN, ["ligne", "lignes"], Support::one("requests"));
    let caption = "Conservation, par chef et destinataire, le plus urgent d'abord";
    let table = w.table(caption, columns, cells, total, limit);
    let intro = Block::Paragraph(said(&texts().checklist.retention));
    Some(section("Fin de la conservation des données", vec![intro, table]))
}
