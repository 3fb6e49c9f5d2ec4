//! Exhibit bytes to rows and rejects.
//!
//! What comes in: the bytes of one exhibit and the import settings of the case. What goes out,
//! through a [`faisceau_model::Sink`]: rows, rejects, and a count of the records met, so that
//! every record is accounted for. What is refused here: looking anything up, reading the clock,
//! and failing on bad input. A record that cannot be read becomes a reject with its place and
//! reason, and the records around it are kept.
//!
//! The format is told by the content, never by the file name. Each format has one
//! module with `sniff` and `parse`; `contract` says what they owe to each other.

mod accounts;
mod address;
mod civil;
mod contract;
mod images;
mod json;
mod lines;
mod logs;
mod messages;
mod posts;
mod read;
mod settings;
mod sniff;
#[cfg(test)]
mod testing;

pub use accounts::x_archive_owner;
pub use contract::{Format, ImportError, Imported, Source, import};
pub use settings::{Columns, ImportSettings, SettingsError, TableKind, TableMapping, TimeFormat};
