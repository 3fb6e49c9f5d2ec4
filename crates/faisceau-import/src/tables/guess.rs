//! What the columns of an unknown table are likely to be.
//!
//! In: headers and some rows. Out: columns with their values, how times are written, and what is
//! not sure. Refused: being used without being seen: a guess is a proposal for a person to accept,
//! or serves a known answer of a platform that other marks tell.
//!
//! Words of the headers (French and English) say what a column may be, the shape of its cells
//! whether it can be: a column of addresses is one whatever its header says.

mod columns;
mod note;
mod shapes;
mod words;

use faisceau_model::SubscriberCategory;

pub(crate) use columns::guess;
pub use note::ProposalNote;
pub(crate) use words::tidy;

use crate::settings::{Columns, SubscriberColumns, TableKind, TableMapping, TimeFormat};

/// Columns of a table that a person maps; more are not guessed at.
pub(crate) const WIDEST: usize = 200;

/// A table of which the top has been seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sample {
    /// Its headers.
    pub(crate) headers: Vec<String>,
    /// Some of its rows, each with a text for each header; empty where there is none.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Sample {
    /// The cells of a column that are not empty.
    pub(crate) fn column(&self, at: usize) -> Vec<&str> {
        self.rows
            .iter()
            .filter_map(|row| row.get(at).map(|cell| cell.trim()))
            .filter(|cell| !cell.is_empty())
            .collect()
    }
}

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// The value of this name in [`Columns`].
    Column(&'static str),
    /// A datum of a subscriber.
    Subscriber(SubscriberCategory),
    /// Since when the data of a subscriber are so.
    Since,
}

/// What a table is likely to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guess {
    /// What its rows are.
    pub(crate) kind: TableKind,
    /// Which header gives which value.
    pub(crate) columns: Columns,
    /// Which headers give data of subscribers.
    pub(crate) subscriber: SubscriberColumns,
    /// How times are written.
    pub(crate) time_format: TimeFormat,
    /// The zone that a header names.
    pub(crate) time_zone: Option<String>,
    /// Whether each time says its own offset, or counts from an epoch.
    pub(crate) zoned: bool,
    /// What is not sure.
    pub(crate) notes: Vec<ProposalNote>,
}

impl Guess {
    /// The mapping that a guess is. It applies to tables that have all the headers that it names.
    pub(crate) fn into_mapping(
        self,
        name: &str,
        platform: &str,
        headers: &[String],
    ) -> TableMapping {
        let mut mapping = TableMapping {
            name: name.to_owned(),
            kind: self.kind,
            platform: platform.to_owned(),
            headers: Vec::new(),
            delimiter: None,
            time_format: self.time_format,
            time_zone: self.time_zone,
            private: false,
            columns: self.columns,
            subscriber: self.subscriber,
        };
        let named = mapping.named();
        let headers = headers.iter().filter(|header| named.contains(header.as_str()));
        mapping.headers = headers.cloned().collect();
        mapping
    }
}
