//! Posts collected from public pages, and tables whose columns the case maps.

mod cells;
pub(crate) mod fourcat;
pub(crate) mod mapped;
pub(crate) mod mapped_jsonl;
mod rows;
mod table;
pub(crate) mod time;
