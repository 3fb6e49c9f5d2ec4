//! Rows as facts: every column that has a value, under its name.

use faisceau_model::excerpt;
use faisceau_model::table::{Cell, Kind, Row};

/// The columns of a row that hold a value, as texts.
pub(crate) fn facts<R: Row>(row: &R) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut at = 0;
    row.cells(&mut |cell| {
        let column = &R::COLUMNS[at];
        at += 1;
        let value = match cell {
            Cell::Text(text) => excerpt(&text, 200),
            Cell::Texts(texts) if texts.is_empty() || column.name == "rows" => return,
            Cell::Texts(texts) => excerpt(&texts.join(", "), 200),
            Cell::Int(n) => n.to_string(),
            Cell::Float(x) => format!("{x:.4}"),
            Cell::Bool(b) => b.to_string(),
            Cell::Moment(m) => {
                format!("{m} (precision {}, zone {})", m.precision(), m.zone())
            }
            Cell::Missing(_) => return,
        };
        let unit = if column.unit.is_empty() || column.kind == Kind::Text {
            String::new()
        } else {
            format!(" {}", column.unit)
        };
        facts.push((column.name.to_owned(), format!("{value}{unit}")));
    });
    facts
}

/// The ids that a derived row rests on.
pub(crate) fn rests_on<R: Row>(row: &R) -> Vec<String> {
    let mut ids = Vec::new();
    let mut at = 0;
    row.cells(&mut |cell| {
        if R::COLUMNS[at].name == "rows"
            && let Cell::Texts(texts) = cell
        {
            ids = texts.to_vec();
        }
        at += 1;
    });
    ids
}

/// The id of a row: its column `id`, or for an exhibit its number.
pub(crate) fn id<R: Row>(row: &R) -> String {
    let mut id = String::new();
    let mut at = 0;
    row.cells(&mut |cell| {
        let name = R::COLUMNS[at].name;
        at += 1;
        if (name == "id" || (id.is_empty() && name == "exhibit"))
            && let Cell::Text(text) = cell
        {
            id = text.into_owned();
        }
    });
    id
}
