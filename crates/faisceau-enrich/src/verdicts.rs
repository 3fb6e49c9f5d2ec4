//! What every source says of one address at one instant, side by side.
//!
//! In: an address, its port, an instant. Out: an [`Answer`] for each source and question, in the
//! order of [`Question`], each with its source, the day of its data and the distance. Where the
//! table `addresses` holds one verdict of each kind, this holds them all: several may be true at
//! once, and none hides another.
//!
//! One file a group of questions; each adds its answers and knows nothing of the others.

mod codes;
mod lists;
mod names;
mod operator;
mod places;
mod sharing;
mod tor;

pub use codes::NOTE_CODES;

use std::net::IpAddr;

use faisceau_datasets::{Bundle, ListVerdict};
use faisceau_model::rows::{Address, AddressVerdict, Name};
use faisceau_model::{Absent, AddressScope, Listing, Maybe, Moment, Question};
use faisceau_tor::TorIndex;

use crate::overlay::Overlay;
use faisceau_model::scope;

/// What is asked: an address, its port, an instant.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The address.
    pub ip: IpAddr,
    /// Its source port.
    pub port: Option<u16>,
    /// The instant.
    pub at: Maybe<Moment>,
}

/// What answers: the datasets, the investigator's ranges, and the names among the exhibits.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    /// The datasets.
    pub bundle: &'a Bundle,
    /// The investigator's ranges.
    pub overlay: &'a Overlay,
    /// DNS and registry answers among the exhibits.
    pub names: &'a [Name],
    /// Documents of the Tor network, where the case has them.
    pub tor: Option<&'a TorIndex>,
}

/// What one source says to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: Question,
    /// Yes, no, or no data; *listed* where the answer is a value.
    pub listing: Listing,
    /// The value.
    pub value: Maybe<String>,
    /// Who answers.
    pub source: String,
    /// The day of the data, ISO 8601.
    pub dated: Maybe<String>,
    /// Whole days between the data and the instant, either way.
    pub days: Maybe<i64>,
    /// Whether it is a rule of thumb.
    pub heuristic: bool,
    /// Codes of what a reader must know.
    pub notes: Vec<&'static str>,
}

impl Answer {
    /// An answer of a dataset, `id@date`, without a value.
    pub(crate) fn of(question: Question, listing: Listing, source: &str, days: Maybe<i64>) -> Self {
        let date = source.split_once('@').map(|(_, date)| date.split(' ').next().unwrap_or(date));
        Self {
            question,
            listing,
            value: Maybe::Missing(Absent::NotApplicable),
            source: source.to_owned(),
            dated: Maybe::or_absent(date.map(str::to_owned), Absent::NotApplicable),
            days,
            heuristic: false,
            notes: Vec::new(),
        }
    }

    /// The answer of a list.
    pub(crate) fn list(question: Question, verdict: &ListVerdict<'_>) -> Self {
        Self::of(question, verdict.listing, verdict.source, verdict.days)
    }

    /// With a value; none leaves no data.
    pub(crate) fn with(mut self, value: Maybe<String>) -> Self {
        if value.known().is_none() {
            self.listing = Listing::NoData;
        }
        self.value = value;
        self
    }

    /// With something that a reader must know.
    pub(crate) fn noting(mut self, code: &'static str) -> Self {
        self.notes.push(code);
        self
    }

    /// As a rule of thumb.
    pub(crate) fn rule_of_thumb(mut self) -> Self {
        self.heuristic = true;
        self
    }
}

/// Everything that is known of an address at an instant.
pub fn answers(asked: &Asked, knowledge: &Knowledge<'_>) -> Vec<Answer> {
    answers_beside(asked, knowledge, &names::Index::of(knowledge.names))
}

/// The same with the names already laid out.
fn answers_beside(
    asked: &Asked,
    knowledge: &Knowledge<'_>,
    index: &names::Index<'_>,
) -> Vec<Answer> {
    let mut out = Vec::new();
    let scope = scope(asked.ip);
    if scope != AddressScope::Global {
        let value = Maybe::Known(scope.as_str().to_owned());
        let bogon = Answer::of(Question::Bogon, Listing::Listed, "RFC 6890", asked.at.map(|_| 0));
        out.push(bogon.with(value));
    }
    operator::add(asked, scope, knowledge, &mut out);
    if scope == AddressScope::Global {
        lists::add(asked, knowledge, &mut out);
        tor::add(asked, knowledge, &mut out);
        places::add(asked, knowledge, &mut out);
        sharing::add(asked, knowledge, &mut out);
    }
    names::add(asked, index, names::LINE_READER, &mut out);
    out.sort_by_key(|answer| answer.question);
    let mut notes = out.iter().flat_map(|answer| &answer.notes);
    debug_assert!(notes.all(|note| NOTE_CODES.contains(note)), "a code without words: {out:?}");
    out
}

/// The rows of `verdicts` for the addresses that accounts used.
pub fn verdicts(addresses: &[Address], knowledge: &Knowledge<'_>) -> Vec<AddressVerdict> {
    let mut rows = Vec::new();
    let index = names::Index::of(knowledge.names);
    for address in addresses {
        let Ok(ip) = address.ip.parse() else { continue };
        let port = address.port.known().and_then(|port| u16::try_from(*port).ok());
        let asked = Asked { ip, port, at: address.at };
        let found = answers_beside(&asked, knowledge, &index);
        rows.extend((0..).zip(found).map(|(part, answer)| row(address, part, answer)));
    }
    rows
}

fn row(address: &Address, part: u32, answer: Answer) -> AddressVerdict {
    AddressVerdict {
        id: address.id.with_prefix("vdt").with_part(part),
        exhibit: address.exhibit,
        place: address.place.clone(),
        address: address.id.clone(),
        account: address.account.clone(),
        ip: address.ip.clone(),
        port: address.port,
        at: address.at,
        question: answer.question,
        listing: answer.listing,
        value: answer.value,
        source: answer.source,
        dated: answer.dated,
        days: answer.days,
        heuristic: answer.heuristic,
        notes: answer.notes.iter().map(|code| (*code).to_owned()).collect(),
    }
}
