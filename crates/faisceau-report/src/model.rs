//! A note or an act as a document, before any rendering.
//!
//! In: sections written by [`crate::note`] and [`crate::acts`]. Out: JSON with every sentence, row
//! and figure beside its support, and the blocks that a renderer sets.

use serde::Serialize;

use crate::drawing::Figure;
use crate::kind::DocumentKind;
use crate::language::Language;
use crate::sentence::{Sentence, Statement, Support};
use crate::text::{RunKind, Text};

/// A note technique, or an act drafted from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Version of this structure.
    pub schema: u32,
    /// What it is.
    pub kind: DocumentKind,
    /// Its language.
    pub language: Language,
    /// What tells it from others of its kind: the code of an addressee, or nothing. Only `a-z`,
    /// `0-9` and `-`: it stands in the name of a file.
    pub part: String,
    /// Its title, with the case's.
    pub title: String,
    /// The title of the case, cut for a footer.
    pub case_title: Text,
    /// The day on which it is drawn up, ISO 8601.
    pub as_of: String,
    /// Head of the case's journal, if the case gave one.
    pub journal: Option<String>,
    /// The version of the program.
    pub tool_version: String,
    /// The sections: of a note, first the page that sums up, last the annexes.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// `1`, `2`, `A`…; empty for the first page.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Whether it is for the lawyer's desk alone: it never stands in what is filed.
    #[serde(skip)]
    pub desk: bool,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A title inside a section.
    Heading(Text),
    /// Sentences in a row.
    Paragraph(Vec<Statement>),
    /// Sentences one under the other.
    List(Vec<Statement>),
    /// A box with a title.
    Callout(Callout),
    /// Labelled facts.
    Card(Vec<Fact>),
    /// Rows that rest on something.
    Table(Table),
    /// A table of the method, which states no fact of the case.
    Reference(Reference),
    /// Bars on the scale of log10 LR.
    Bars(Bars),
    /// Two curves on the scale of log10 LR.
    Curves(Curves),
    /// A drawing from rows.
    Figure(Figure),
    /// Lines set in the middle: the court, the parties, « PAR CES MOTIFS ».
    Centred(Vec<Text>),
    /// Sentences numbered 1°, 2°, …
    Numbered(Vec<Statement>),
    /// Passages of exhibits, each word with what it brings.
    Passages(Passages),
}

/// A box with a title.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Callout {
    /// Its title.
    pub title: String,
    /// What it says.
    pub statements: Vec<Statement>,
}

/// A labelled fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The fact.
    pub sentence: Sentence,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableColumn {
    /// What stands at its head.
    pub title: String,
    /// Its share of the width.
    pub width: u8,
    /// Whether it holds numbers, set to the right.
    pub numeric: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableRow {
    /// `T3.2`: the second row of the third table.
    pub id: String,
    /// Its cells, one a column.
    pub cells: Vec<Text>,
    /// What it rests on.
    pub support: Support,
}

/// A table whose rows rest on something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// `T3`.
    pub id: String,
    /// What it shows.
    pub caption: Text,
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// Its rows.
    pub rows: Vec<TableRow>,
    /// How many rows are not shown, and where they are.
    pub left_out: Option<Sentence>,
}

/// A table of the method.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reference {
    /// What it shows.
    pub caption: Text,
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// Its rows.
    pub rows: Vec<Vec<Text>>,
}

/// A word of a passage, or what stands between two.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Word {
    /// Its characters, inert.
    pub text: String,
    /// What it brings, as log10; nothing for what stands between words.
    pub log10: Option<f64>,
}

/// A passage of an exhibit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// `T3.2`: the second passage of what is numbered as the third table.
    pub id: String,
    /// The account that wrote it.
    pub account: Text,
    /// The passage.
    pub text: String,
    /// The same, word by word.
    pub words: Vec<Word>,
    /// What it rests on.
    pub support: Support,
}

/// Passages, numbered as a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passages {
    /// `T3`.
    pub id: String,
    /// What they show.
    pub caption: Text,
    /// The passages.
    pub rows: Vec<Passage>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its value, log10 LR.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Highest value that validation supports, where stated.
    pub cap: Option<f64>,
    /// The value and the interval in words.
    pub text: String,
    /// Whether it is the total rather than a family.
    pub total: bool,
}

/// Bars one after the other, each from where the last one ended; the total from zero.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bars {
    /// `F1`.
    pub id: String,
    /// What it shows.
    pub caption: Text,
    /// The bars.
    pub bars: Vec<Bar>,
    /// What it rests on.
    pub support: Support,
}

/// A point of two curves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Where it stands, log10 LR.
    pub log10_lr: f64,
    /// Share of pairs of one person, from 0 to 1.
    pub same: f64,
    /// Share of pairs of different persons, from 0 to 1.
    pub different: f64,
}

/// Shares of pairs whose LR is at least a value: one person in full, different persons dashed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curves {
    /// `F1`.
    pub id: String,
    /// What it shows.
    pub caption: Text,
    /// The points, in ascending order.
    pub points: Vec<CurvePoint>,
    /// What it rests on.
    pub support: Support,
}

impl Document {
    /// The note as JSON, sentence beside support.
    pub fn to_json(&self) -> String {
        // Plain structs and texts: serde_json has nothing to refuse in them.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The stem of its file: `assignation-x`, `note-en`.
    pub fn stem(&self) -> String {
        let mut stem = self.kind.stem().to_owned();
        for part in [self.part.as_str(), self.language.pick("", "en")] {
            if !part.is_empty() {
                stem.push('-');
                stem.push_str(part);
            }
        }
        stem
    }

    /// The document as it may leave the lawyer's desk: without the notes to the lawyer. Nothing
    /// where all of it is for the desk: the steps, the table of requests with what weakens them.
    pub fn for_filing(&self) -> Option<Self> {
        if self.kind.is_for_desk() {
            return None;
        }
        let filed = |section: &&Section| !section.desk;
        let sections = self.sections.iter().filter(filed).cloned().collect();
        Some(Self { sections, ..self.clone() })
    }

    /// What is left for whoever files it to fill in, in order, each once.
    pub fn blanks(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let texts = self.sections.iter().flat_map(|s| &s.blocks).flat_map(Block::texts);
        for run in texts.flat_map(Text::runs) {
            if run.kind == RunKind::Blank && !out.contains(&run.text) {
                out.push(run.text.clone());
            }
        }
        out
    }

    /// Every sentence, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sections.iter().flat_map(|section| &section.blocks).flat_map(Block::sentences)
    }

    /// What the sentence, table row or figure with this id rests on: `S12`, `T3.2`, `F1`.
    pub fn support_of(&self, id: &str) -> Option<&Support> {
        let blocks = || self.sections.iter().flat_map(|section| &section.blocks);
        self.sentences().find(|s| s.id() == id).map(Sentence::support).or_else(|| {
            blocks().find_map(|block| match block {
                Block::Table(table) => table.rows.iter().find(|r| r.id == id).map(|r| &r.support),
                Block::Passages(passages) => {
                    passages.rows.iter().find(|r| r.id == id).map(|r| &r.support)
                }
                Block::Bars(bars) => (bars.id == id).then_some(&bars.support),
                Block::Curves(curves) => (curves.id == id).then_some(&curves.support),
                Block::Figure(figure) => (figure.id == id).then_some(&figure.support),
                _ => None,
            })
        })
    }
}

impl Block {
    /// The sentences in it, in the order of their numbers.
    pub fn sentences(&self) -> Vec<&Sentence> {
        match self {
            Self::Paragraph(s)
            | Self::List(s)
            | Self::Numbered(s)
            | Self::Callout(Callout { statements: s, .. }) => {
                s.iter().filter_map(Statement::fact).collect()
            }
            Self::Card(facts) => facts.iter().map(|fact| &fact.sentence).collect(),
            Self::Table(table) => table.left_out.iter().collect(),
            Self::Heading(_)
            | Self::Reference(_)
            | Self::Bars(_)
            | Self::Curves(_)
            | Self::Figure(_)
            | Self::Centred(_)
            | Self::Passages(_) => Vec::new(),
        }
    }
}

impl Block {
    /// Its texts in the order of reading, without the heads of columns.
    pub fn texts(&self) -> Vec<&Text> {
        fn said(statements: &[Statement]) -> Vec<&Text> {
            statements.iter().map(Statement::text).collect()
        }
        match self {
            Self::Heading(text) => vec![text],
            Self::Paragraph(s) | Self::List(s) | Self::Numbered(s) => said(s),
            Self::Callout(callout) => said(&callout.statements),
            Self::Card(facts) => facts.iter().map(|fact| fact.sentence.text()).collect(),
            Self::Centred(lines) => lines.iter().collect(),
            Self::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                let end = table.left_out.iter().map(Sentence::text);
                std::iter::once(&table.caption).chain(cells).chain(end).collect()
            }
            Self::Reference(table) => {
                std::iter::once(&table.caption).chain(table.rows.iter().flatten()).collect()
            }
            Self::Bars(bars) => vec![&bars.caption],
            Self::Curves(curves) => vec![&curves.caption],
            Self::Figure(figure) => figure.texts(),
            Self::Passages(passages) => {
                let accounts = passages.rows.iter().map(|row| &row.account);
                std::iter::once(&passages.caption).chain(accounts).collect()
            }
        }
    }
}

impl Statement {
    /// The sentence, unless it is prose.
    pub fn fact(&self) -> Option<&Sentence> {
        match self {
            Self::Fact(sentence) => Some(sentence),
            Self::Prose(_) => None,
        }
    }

    /// What it says.
    pub fn text(&self) -> &Text {
        match self {
            Self::Fact(sentence) => sentence.text(),
            Self::Prose(prose) => prose.text(),
        }
    }
}
