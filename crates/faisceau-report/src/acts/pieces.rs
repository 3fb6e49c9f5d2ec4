//! The numbers under which exhibits are cited: those of the case, then what is on paper, then the
//! note technique.
//!
//! In: the exhibits and how many others `case.toml` lists. Out: numbers for the bordereau and for
//! each « pièce n° ».

use std::collections::BTreeSet;

use faisceau_model::ExhibitNo;
use faisceau_model::rows::ExhibitRow;

use super::drafting::Drafting;
use crate::index::{cut, exhibit_id};
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Exhibits listed in the bordereau of an act.
const LISTED: usize = 400;
/// Exhibits cited in one sentence.
const CITED: usize = 8;

/// The numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pieces {
    last: u32,
    others: usize,
}

impl Pieces {
    pub(super) fn of(exhibits: &[ExhibitRow], others: usize) -> Self {
        let top = |row: &ExhibitRow| row.exhibit.to_string().split('.').next()?.parse().ok();
        Self { last: exhibits.iter().filter_map(top).max().unwrap_or(0), others }
    }

    /// The number of one of the exhibits on paper, counted from 0.
    fn other(self, at: usize) -> u64 {
        u64::from(self.last) + at as u64 + 1
    }

    /// The number of the note technique.
    pub(super) fn note(self) -> u64 {
        self.other(self.others)
    }

    /// The note technique in a sentence.
    pub(super) fn cite_note(self) -> Text {
        Text::from(format!("pièce n° {}", self.note()))
    }
}

/// Exhibits in a sentence: `pièces n° 1.1, 3 et 5`.
pub(super) fn cite(exhibits: &BTreeSet<ExhibitNo>) -> Text {
    let numbers: Vec<String> = exhibits.iter().map(ToString::to_string).collect();
    match numbers.len() {
        0 => Text::from("pièce n° ").blank("numéro de pièce"),
        1 => Text::from(format!("pièce n° {}", numbers[0])),
        _ => Text::from(format!("pièces n° {}", crate::french::list(&numbers, CITED))),
    }
}

/// The bordereau: the exhibits that the act cites, and no other: the rest is not the defendant's
/// to read.
pub(super) fn bordereau(d: &Drafting<'_>, cited: &BTreeSet<ExhibitNo>, w: &mut Writer) -> Block {
    let mut rows: Vec<&ExhibitRow> =
        d.input.note.exhibits.iter().filter(|row| cited.contains(&row.exhibit)).collect();
    // Exhibits as such come before members where not all can be listed.
    rows.sort_by_key(|row| (row.exhibit.depth() > 1 && cited.len() > LISTED, row.exhibit));
    let of_case = rows.into_iter().map(|row| {
        let cells = vec![
            row.exhibit.to_string().into(),
            Text::new().data(&cut(&row.name), 48),
            Text::new().code(&row.sha256),
        ];
        (cells, Support::one(exhibit_id(row.exhibit)))
    });
    let others = d.input.facts.other_exhibits.iter().enumerate().map(|(i, name)| {
        let cells = vec![
            d.pieces.other(i).to_string().into(),
            Text::new().given(name, 200, "désignation d'une pièce"),
            "sur papier".into(),
        ];
        (cells, Support::one("set:acts.other_exhibits"))
    });
    let note = {
        let cells = vec![
            d.pieces.note().to_string().into(),
            "Note technique de partie, établie d'après les pièces du dossier".into(),
            "avec ses annexes".into(),
        ];
        (cells, Support::one("exhibits"))
    };
    let all: Vec<_> = of_case.chain(others).chain([note]).collect();
    let columns = vec![column("Pièce n°", 3), column("Désignation", 12), column("SHA-256", 18)];
    let total = all.len();
    let limit = Limit::of(LISTED + 50, ["pièce", "pièces"], "exhibits");
    w.table("Bordereau des pièces", columns, all, total, limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[&str]) -> BTreeSet<ExhibitNo> {
        numbers.iter().map(|n| n.parse().unwrap()).collect()
    }

    #[test]
    fn exhibits_are_cited_in_order_and_never_without_end() {
        assert_eq!(cite(&set(&["3"])).to_plain(), "pièce n°\u{a0}3");
        assert_eq!(cite(&set(&["3", "1.10", "1.2"])).to_plain(), "pièces n°\u{a0}1.2, 1.10 et 3");
        let many: Vec<String> = (1..30).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(cite(&set(&many)).to_plain().ends_with("et 21\u{a0}autres"));
        assert!(cite(&set(&[])).to_plain().contains("numéro de pièce"));
    }

    #[test]
    fn what_is_on_paper_follows_the_exhibits() {
        let pieces = Pieces { last: 9, others: 2 };
        assert_eq!((pieces.other(0), pieces.other(1), pieces.note()), (10, 11, 12));
        assert_eq!(Pieces::of(&[], 0).note(), 1);
    }
}
