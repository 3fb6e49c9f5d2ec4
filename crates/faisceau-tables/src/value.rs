//! Cells as texts, which is how rows are asked for: `posts?account=x:1&at_zone=unix`.
//!
//! In: the name of a column, or of a part of a time (`at_utc`, `at_prec`, `at_zone`). Out: its
//! value as text, `None` where it is missing.

use faisceau_model::table::{Cell, Kind, Row};

/// A column that was asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked {
    /// Where it stands among the columns of its table.
    pub(crate) at: usize,
    part: Part,
}

/// What of a value is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Whole,
    Precision,
    Zone,
}

impl Asked {
    /// `None` where the table has no such column.
    pub(crate) fn of<R: Row>(name: &str) -> Option<Self> {
        R::COLUMNS.iter().enumerate().find_map(|(at, column)| {
            let part = match (name.strip_prefix(column.name)?, column.kind) {
                ("", _) | ("_utc", Kind::Moment) => Part::Whole,
                ("_prec", Kind::Moment) => Part::Precision,
                ("_zone", Kind::Moment) => Part::Zone,
                _ => return None,
            };
            Some(Self { at, part })
        })
    }

    /// The cell of that column as text.
    pub(crate) fn text(self, cell: Cell<'_>) -> Option<String> {
        Some(match cell {
            Cell::Moment(moment) => match self.part {
                Part::Whole => moment.to_string(),
                Part::Precision => moment.precision().to_string(),
                Part::Zone => moment.zone().to_string(),
            },
            Cell::Text(text) => text.into_owned(),
            Cell::Int(n) => n.to_string(),
            Cell::Bool(b) => b.to_string(),
            Cell::Float(x) => x.to_string(),
            Cell::Texts(texts) => texts.join(","),
            Cell::Missing(_) => return None,
        })
    }
}

/// The value of a column as text, `None` where it is missing or the table has no such column.
pub fn value<R: Row>(row: &R, name: &str) -> Option<String> {
    let asked = Asked::of::<R>(name)?;
    let (mut found, mut at) = (None, 0);
    row.cells(&mut |cell| {
        if at == asked.at {
            found = asked.text(cell);
        }
        at += 1;
    });
    found
}

/// Whether a table has a column of this name, or a time of which it is a part.
pub fn has_column<R: Row>(name: &str) -> bool {
    Asked::of::<R>(name).is_some()
}
