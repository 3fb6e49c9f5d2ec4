//! Tables of any producer: records by header name, and mappings of headers that the case saves.

pub(crate) mod cells;
pub(crate) mod csv;
pub(crate) mod csv_records;
pub(crate) mod guess;
pub(crate) mod headed;
pub(crate) mod header;
mod jsonl_records;
pub(crate) mod mapped;
pub(crate) mod mapped_jsonl;
pub(crate) mod proposal;
pub(crate) mod records;
pub(crate) mod rows;
pub(crate) mod workbook;
