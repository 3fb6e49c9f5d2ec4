//! What a format says of itself, and the list of all formats.
//!
//! In: nothing. Out: [`formats`], which `faisceau formats` prints and by which an exhibit is told.
//! Refused: a second list anywhere else.

use faisceau_model::{AccountKey, Sink};

use crate::contract::{ImportError, Source};
use crate::head::Head;
use crate::settings::ImportSettings;
use crate::{accounts, answers, logs, media, messages, names, posts};

/// Says whose account a file is part of the export of.
pub(crate) type Owner = fn(&[u8]) -> Option<AccountKey>;

/// The function that reads a format.
pub(crate) type Parser = fn(&Source<'_>, &ImportSettings, &mut dyn Sink) -> Result<(), ImportError>;

/// A format that an exhibit can be recognised as. Each parser declares its own, beside its code.
#[derive(Debug)]
pub struct Format {
    /// The name that stands in the table of exhibits.
    pub name: &'static str,
    /// What it is, for people: producer and kind of file.
    pub title: &'static str,
    /// What it is for.
    pub group: Group,
    /// The tables that it gives rows of.
    pub gives: &'static [&'static str],
    /// Versions or layouts that the parser was written against.
    pub versions: &'static str,
    /// When names and layouts were last checked, ISO 8601.
    pub checked: &'static str,
    /// The sample that the tests read, a path below the folder of this crate.
    pub sample: &'static str,
    /// Where the sample comes from.
    pub origin: Origin,
    /// How sure its signature is: surer formats are tried first.
    pub(crate) rank: Rank,
    /// Whether an exhibit is of this format.
    pub(crate) sniff: fn(&Head<'_>) -> bool,
    /// Reads it.
    pub(crate) parse: Parser,
    /// The account whose export a file is part of, where the file says so and others do not.
    pub(crate) owner: Option<Owner>,
}

impl Format {
    /// Whether its rejects may not show the start of their record: see [`crate::discreet`]. A
    /// table that the case maps says itself whether it declares data of persons.
    pub(crate) fn is_discreet(&self) -> bool {
        let answer = self.group == Group::Answers && self.rank != Rank::Mapped;
        answer && self.gives.contains(&"subscribers")
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

/// What a format is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Messages sent to persons.
    Messages,
    /// Exports of one's own account: sign-ins, addresses, devices.
    Accounts,
    /// Answers to legal requests, and tables that the case maps.
    Answers,
    /// Public posts.
    Posts,
    /// Logs of a server.
    Logs,
    /// Images, videos and documents.
    Media,
    /// Answers of the DNS and of registries.
    Names,
}

impl Group {
    /// All, in the order of the list.
    pub const ALL: [Self; 7] = [
        Self::Messages,
        Self::Accounts,
        Self::Answers,
        Self::Posts,
        Self::Logs,
        Self::Media,
        Self::Names,
    ];

    /// The heading.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Accounts => "accounts",
            Self::Answers => "answers",
            Self::Posts => "posts",
            Self::Logs => "logs",
            Self::Media => "media",
            Self::Names => "names",
        }
    }
}

/// Where the sample of a format comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A real file.
    Real,
    /// Built from the fields that producers or other readers document.
    Synthetic,
}

impl Origin {
    /// The word of the list.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Synthetic => "synthetic",
        }
    }
}

/// How sure the signature of a format is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Magic bytes, or a first line that no other format has.
    Signature,
    /// A table that the case itself maps.
    Mapped,
    /// Names of keys, headers or elements.
    Structure,
    /// The shape of lines.
    Lines,
    /// A container that says nothing of what it holds: a page.
    Any,
}

/// All formats, by group, in the order in which each group declares them.
pub fn formats() -> impl Iterator<Item = &'static Format> {
    [
        messages::FORMATS,
        accounts::FORMATS,
        answers::FORMATS,
        posts::FORMATS,
        logs::FORMATS,
        media::FORMATS,
        names::FORMATS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_reject_of_an_answer_does_not_show_whom_it_declares() {
        let answer = include_bytes!("../tests/fixtures/discord_sessions/discord_sessions.txt");
        let (imported, sink) = crate::testing::read(
            &[&answer[..], b"2025-13-45 99:99:99    ann@example.org\n"].concat(),
        );
        assert!(imported.format.is_some_and(Format::is_discreet), "{:?}", imported.name());
        assert!(!sink.rejects.is_empty());
        assert!(sink.rejects.iter().all(|reject| reject.excerpt.is_empty()));
    }

    #[test]
    fn names_are_told_apart_and_cards_are_filled_in() {
        let mut names = BTreeSet::new();
        for format in formats() {
            assert!(names.insert(format.name), "{} is declared twice", format.name);
            assert!(!format.gives.is_empty() && !format.versions.is_empty(), "{}", format.name);
            assert!(format.checked.parse::<jiff::civil::Date>().is_ok(), "{}", format.checked);
            let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format.sample);
            assert!(sample.is_file(), "{}: no {}", format.name, format.sample);
        }
    }
}
