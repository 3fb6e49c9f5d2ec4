//! Numbers sentences, tables and figures in the order in which they are written.

use crate::drawing::{Drawing, Figure};
use crate::language::{Language, said};
use crate::model::{
    Bar, Bars, Block, CurvePoint, Curves, Fact, Passage, Passages, Table, TableColumn, TableRow,
    Word,
};
use crate::sentence::{Sentence, Statement, Support};
use crate::text::Text;

/// Hands out the numbers, and knows the language.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(crate) lang: Language,
    sentences: usize,
    tables: usize,
    figures: usize,
}

/// How many rows of a long table are shown, what they are, and where they all stand.
#[derive(Debug, Clone)]
pub(crate) struct Limit<'a> {
    rows: usize,
    nouns: [&'a str; 2],
    file: Option<&'a str>,
    all: Support,
    also: String,
}

impl<'a> Limit<'a> {
    /// The rows of a table of the case, selected by its name or by a selection.
    pub(crate) fn of(rows: usize, nouns: [&'a str; 2], selection: &'a str) -> Self {
        let file = selection.split_once('?').map_or(selection, |(table, _)| table);
        Self { rows, nouns, file: Some(file), all: Support::one(selection), also: String::new() }
    }

    /// Rows that stand in no table of the case, or that no selection gives.
    pub(crate) fn listed(rows: usize, nouns: [&'a str; 2], all: Support) -> Self {
        Self { rows, nouns, file: None, all, also: String::new() }
    }

    /// The same, resting on these rows.
    pub(crate) fn resting_on(self, all: Support) -> Self {
        Self { all, ..self }
    }

    /// What the rows of the table amount to, after their number.
    pub(crate) fn amounting_to(self, also: String) -> Self {
        Self { also, ..self }
    }
}

impl Writer {
    /// A writer in a language.
    pub(crate) fn of(lang: Language) -> Self {
        Self { lang, ..Self::default() }
    }

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
        let left_out = (total > rows.len()).then(|| {
            let (lang, what) = (self.lang, self.lang.agreed(rows.len(), limit.nouns));
            let text = Text::from(said!(
                lang,
                "Ce tableau donne {what} sur {}{}",
                "This table gives {what} out of {}{}",
                lang.count(total),
                limit.also
            ));
            let text = match limit.file {
                Some(file) => text
                    .plain(lang.pick(" ; la table complète est ", "; the whole table is "))
                    .code(format!("tables/{file}.parquet")),
                None => text,
            };
            self.sentence(text.plain("."), limit.all)
        });
        let id = format!("T{number}");
        Block::Table(Table { id, caption: caption.into(), columns, rows, left_out })
    }

    /// Passages, numbered as a table: account, words, support.
    pub(crate) fn passages(
        &mut self,
        caption: Text,
        rows: impl IntoIterator<Item = (Text, Vec<Word>, Support)>,
    ) -> Block {
        self.tables += 1;
        let id = format!("T{}", self.tables);
        let row = |(i, (account, words, support)): (usize, (Text, Vec<Word>, Support))| Passage {
            id: format!("{id}.{}", i + 1),
            account,
            text: words.iter().map(|word| word.text.as_str()).collect(),
            words,
            support,
        };
        let rows = rows.into_iter().enumerate().map(row).collect();
        Block::Passages(Passages { id, caption, rows })
    }

    /// A numbered figure.
    pub(crate) fn bars(&mut self, caption: Text, bars: Vec<Bar>, support: Support) -> Block {
        self.figures += 1;
        Block::Bars(Bars { id: format!("F{}", self.figures), caption, bars, support })
    }

    /// The same with a drawing from rows.
    pub(crate) fn figure(
        &mut self,
        caption: impl Into<Text>,
        alt: Text,
        drawing: Drawing,
        support: Support,
    ) -> Block {
        self.figures += 1;
        let id = format!("F{}", self.figures);
        Block::Figure(Figure { id, caption: caption.into(), alt, drawing, support })
    }

    /// The same with two curves.
    pub(crate) fn curves(
        &mut self,
        caption: Text,
        points: Vec<CurvePoint>,
        support: Support,
    ) -> Block {
        self.figures += 1;
        Block::Curves(Curves { id: format!("F{}", self.figures), caption, points, support })
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
