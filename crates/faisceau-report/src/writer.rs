//! Numbers sentences, tables and figures in the order in which they are written.

use crate::model::{Bar, Bars, Block, Fact, Table, TableColumn, TableRow};
use crate::sentence::{Sentence, Statement, Support};
use crate::text::Text;

/// Hands out the numbers.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    sentences: usize,
    tables: usize,
    figures: usize,
}

/// How many rows of a long table are shown, what the rest are, and where they all stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit<'a> {
    pub(crate) rows: usize,
    pub(crate) nouns: [&'a str; 2],
    pub(crate) file: &'a str,
}

impl Writer {
    /// A numbered sentence.
    pub(crate) fn sentence(&mut self, text: impl Into<Text>, support: Support) -> Sentence {
        self.sentences += 1;
        Sentence::new(self.sentences, text.into(), support)
    }

    /// A numbered sentence as a statement.
    pub(crate) fn say(&mut self, text: impl Into<Text>, support: Support) -> Statement {
        self.sentence(text, support).into()
    }

    /// A labelled fact.
    pub(crate) fn fact(&mut self, label: &str, text: impl Into<Text>, support: Support) -> Fact {
        Fact { label: label.to_owned(), sentence: self.sentence(text, support) }
    }

    /// A numbered table. `total` counts the rows before they were cut at the limit.
    pub(crate) fn table(
        &mut self,
        caption: impl Into<Text>,
        columns: Vec<TableColumn>,
        rows: impl IntoIterator<Item = (Vec<Text>, Support)>,
        total: usize,
        limit: Limit<'_>,
    ) -> Block {
        self.tables += 1;
        let number = self.tables;
        let row = |(i, (cells, support)): (usize, (Vec<Text>, Support))| TableRow {
            id: format!("T{number}.{}", i + 1),
            cells,
            support,
        };
        let rows: Vec<TableRow> = rows.into_iter().take(limit.rows).enumerate().map(row).collect();
        let hidden = total.saturating_sub(rows.len());
        let left_out = (hidden > 0).then(|| {
            let [one, many] = limit.nouns;
            let what = crate::french::counted(hidden, one, many);
            let text = Text::from(format!("{what} de plus ; la table complète est "))
                .code(format!("tables/{}.parquet", limit.file))
                .plain(".");
            self.sentence(text, Support::one(limit.file))
        });
        let id = format!("T{number}");
        Block::Table(Table { id, caption: caption.into(), columns, rows, left_out })
    }

    /// A numbered figure.
    pub(crate) fn bars(&mut self, caption: Text, bars: Vec<Bar>, support: Support) -> Block {
        self.figures += 1;
        Block::Bars(Bars { id: format!("F{}", self.figures), caption, bars, support })
    }
}

/// A column of words.
pub(crate) fn column(title: &str, width: u8) -> TableColumn {
    TableColumn { title: crate::french::spaced(title), width, numeric: false }
}

/// A column of numbers.
pub(crate) fn numbers(title: &str, width: u8) -> TableColumn {
    TableColumn { numeric: true, ..column(title, width) }
}
