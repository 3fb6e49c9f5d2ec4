//! The *note technique de partie*: rows in, sentences with support out, Typst, PDF.
//!
//! [`note`] counts, selects and sorts the rows of a [`NoteInput`] and writes them as a [`Document`]:
//! sections of sentences that each name what they rest on. [`Document::to_json`] is that model as data;
//! [`pdf`] sets it. The crate computes no figure: every number it prints stands in a row.
//!
//! Text from exhibits reaches the typesetter as data, never as markup. Same note, same bytes.

mod acts;
mod drawing;
mod english;
mod error;
mod french;
mod index;
mod input;
mod kind;
mod language;
mod mentions;
mod model;
mod numbers;
mod provenance;
mod redact;
mod render;
mod sections;
mod sentence;
mod text;
mod wording;
mod writer;

#[cfg(test)]
extern crate self as faisceau_report;
#[cfg(test)]
mod tests;

pub use acts::{ActFacts, ActsInput, ClaimantFacts, acts};
pub use drawing::{
    Count, Counts, Drawing, Edge, Figure, HourGrid, Hours, Lane, Network, Node, Span, Timeline,
};
pub use error::ReportError;
pub use input::{
    CaseFacts, DatasetLine, Found, NoteInput, Refused, StyleShift, TippettPoint, Unsought,
    ValidationLine,
};
pub use kind::DocumentKind;
pub use language::Language;
pub use model::{
    Bar, Bars, Block, Callout, CurvePoint, Curves, Document, Fact, Passage, Passages, Reference,
    Section, Table, TableColumn, TableRow, Word,
};
pub use provenance::{
    Collection, Intake, Package, Provenance, Seal, Stamp, StampShows, StampedThing,
};
pub use redact::{Protected, PseudonymKey, RedactError, RedactSettings, Redaction, Subject};
pub use render::{Rendering, docx, html, pdf, xlsx};
pub use sections::{note, note_in};
pub use sentence::{Prose, Sentence, Statement, Support};
pub use text::{Run, RunKind, Text};
pub use wording::names_format;
