//! The validation report: as data, as a table for a terminal, as a page for an annex.

mod figures;
mod page;
mod plot;
mod table;

pub use figures::{CorpusSummary, Entry, EntryFigures, ValidationReport};
pub use page::page;
pub use table::table;

#[cfg(test)]
mod tests;
