//! Exhibit bytes to rows and rejects.
//!
//! What comes in: the bytes of one exhibit and the import settings of the case. What goes out,
//! through a [`faisceau_model::Sink`]: rows, rejects, and a count of the records met, so that
//! every record is accounted for. What is refused here: looking anything up, reading the clock,
//! and failing on bad input. A record that cannot be read becomes a reject with its place and
//! reason, and the records around it are kept.
//!
//! The format is told by the content, never by the file name. Each format has one module that
//! declares it; `format` lists them, `contract` says what they owe to each other.
//!
//! Where to look:
//! - an exhibit comes in: `contract` (import), `sniff` and `head` (which format), `records` and
//!   `fields` (each record settled once, keys that nobody knows), `owners`, `settings`;
//! - formats, by what people hand over: `accounts`, `answers`, `messages`, `posts`, `logs`,
//!   `media`, `names`, `openpgp`, and `tables` for those that the case maps itself;
//! - what formats are read with: `text`, `json`, `time`, `tables`, and the crate `faisceau-html`;
//! - rows that many formats build alike: `rows`; walking a row back to its words: `show`.

mod accounts;
mod answers;
mod contract;
mod discreet;
mod fields;
mod format;
mod head;
mod json;
mod logs;
mod media;
mod messages;
mod names;
mod openpgp;
mod owners;
mod posts;
mod records;
mod rows;
mod settings;
mod show;
mod sniff;
mod tables;
#[cfg(test)]
mod testing;
mod text;
mod time;

use faisceau_html as html;

pub use contract::{ImportError, Imported, Source, import, import_as};
pub use format::{Format, Group, Origin, formats};
pub use media::is_picture;
pub use messages::mail::mail_again;
pub use openpgp::keys::{KeyExhibit, openpgp_key};
pub use owners::{Owners, archive_owner};
pub use posts::recipes::{Recipe, RecipeError};
pub use settings::{
    Columns, ImportSettings, LogFormat, SettingsError, SubscriberColumns, TableKind, TableMapping,
    TimeFormat,
};
pub use show::words_at;
pub use tables::proposal::{Proposal, ProposalNote, propose};
