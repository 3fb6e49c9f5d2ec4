//! A figure as a table of its values, for renderings that draw nothing and for readers who see no
//! drawing.
//!
//! In: a block. Out: heads and rows of words, or nothing where the block is no figure. A new kind of
//! figure is added here and is then shown in every rendering.

use crate::french::{rate, signed};
use crate::model::{Bars, Block, Curves};
use crate::text::Text;

/// The values of a figure.
pub(super) struct Values<'a> {
    /// `F1`.
    pub(super) id: &'a str,
    /// What it shows.
    pub(super) caption: &'a Text,
    /// The heads of its columns: words first, then numbers.
    pub(super) heads: Vec<&'static str>,
    /// The share of the width of each column.
    pub(super) widths: Vec<u8>,
    /// The rows, and whether each is a total.
    pub(super) rows: Vec<(bool, Vec<String>)>,
    /// What it rests on.
    pub(super) support: &'a [String],
}

/// The values of a figure; nothing for other blocks.
pub(super) fn of(block: &Block) -> Option<Values<'_>> {
    match block {
        Block::Bars(bars) => Some(of_bars(bars)),
        Block::Curves(curves) => Some(of_curves(curves)),
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Callout(_)
        | Block::Card(_)
        | Block::Table(_)
        | Block::Reference(_)
        | Block::Centred(_)
        | Block::Numbered(_)
        | Block::Passages(_) => None,
    }
}

fn of_bars(bars: &Bars) -> Values<'_> {
    let cap = |cap: Option<f64>| cap.map_or_else(|| "—".to_owned(), signed);
    let row = |bar: &crate::model::Bar| {
        (bar.total, vec![bar.label.clone(), bar.text.clone(), cap(bar.cap)])
    };
    Values {
        id: &bars.id,
        caption: &bars.caption,
        heads: vec!["Famille", "log10 et intervalle", "Plafond"],
        widths: vec![8, 6, 3],
        rows: bars.bars.iter().map(row).collect(),
        support: bars.support.as_slice(),
    }
}

fn of_curves(curves: &Curves) -> Values<'_> {
    let row = |p: &crate::model::CurvePoint| {
        (false, vec![signed(p.log10_lr), rate(p.same), rate(p.different)])
    };
    Values {
        id: &curves.id,
        caption: &curves.caption,
        heads: vec!["log10 du rapport atteint", "Même personne", "Personnes différentes"],
        widths: vec![6, 5, 5],
        rows: curves.points.iter().map(row).collect(),
        support: curves.support.as_slice(),
    }
}

impl Values<'_> {
    /// `Figure F1`.
    pub(super) fn label(&self) -> String {
        format!("Figure\u{a0}{}", self.id)
    }

    /// The rows in words, for who sees no drawing.
    pub(super) fn alt(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|(_, cells)| cells.join(" ")).collect();
        format!("{} : {}", self.heads.join(", "), rows.join(" ; "))
    }
}
