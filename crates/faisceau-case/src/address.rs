//! What every source says of one address at one instant, with or without a case.

use std::fmt::Write as _;
use std::net::IpAddr;

use faisceau_datasets::Bundle;
use faisceau_enrich::{Answer, Asked, Knowledge, Overlay, answers};
use faisceau_model::Moment;
use faisceau_tor::{Exonerated, Match, TorIndex};
use serde::Serialize;

use crate::case::Case;
use crate::error::CaseError;

/// What one source says to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddressAnswer {
    /// The question.
    pub question: &'static str,
    /// `listed`, `not_listed` or `no_data`.
    pub listing: &'static str,
    /// The value, where the question asks for one.
    pub value: Option<String>,
    /// Who answers: `dataset-id@date`, a rule, a line of the overlay, a row of `names`.
    pub source: String,
    /// The day of the data.
    pub dated: Option<String>,
    /// Whole days between the data and the instant, either way.
    pub days: Option<i64>,
    /// Whether it is a rule of thumb.
    pub heuristic: bool,
    /// Codes of what a reader must know.
    pub notes: Vec<&'static str>,
}

impl From<Answer> for AddressAnswer {
    fn from(answer: Answer) -> Self {
        Self {
            question: answer.question.as_str(),
            listing: answer.listing.as_str(),
            value: answer.value.into_known(),
            source: answer.source,
            dated: answer.dated.into_known(),
            days: answer.days.into_known(),
            heuristic: answer.heuristic,
            notes: answer.notes,
        }
    }
}

/// What `ExoneraTor`'s rules give for an address and a day: a day of grace either way, no ports, no
/// signatures. Beside the answers for the instant, for readers who know that service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExoneratorView {
    /// The day, UTC.
    pub day: String,
    /// `positive`, `negative` or `no_data`.
    pub result: &'static str,
    /// Relays at the address: the hour of the consensus, nickname, fingerprint, exit or not.
    pub relays: Vec<String>,
    /// Where there is none: relay addresses in the same /24 or /48.
    pub neighbours: Vec<IpAddr>,
}

impl ExoneratorView {
    fn of(index: &TorIndex, asked: &Asked) -> Option<Self> {
        let at = asked.at.known()?;
        let day = at.day_utc();
        let start = at.at_s() - at.at_s().rem_euclid(86_400);
        let (result, relays, neighbours) = match index.exonerator(asked.ip, start) {
            Exonerated::NoData => ("no_data", Vec::new(), Vec::new()),
            Exonerated::Negative { neighbours } => ("negative", Vec::new(), neighbours),
            Exonerated::Positive(found) => {
                ("positive", found.iter().map(matched).collect(), Vec::new())
            }
        };
        Some(Self { day, result, relays, neighbours })
    }
}

fn matched(found: &Match) -> String {
    let hour = Moment::from_unix_seconds(i64::from(found.valid_after_s));
    let hour = hour.map(|hour| hour.to_string()).unwrap_or_default();
    let mut fingerprint = String::new();
    for byte in found.fingerprint {
        // Writing to a `String` cannot fail.
        let _ = write!(fingerprint, "{byte:02X}");
    }
    let exit = match found.is_exit {
        Some(true) => "exit",
        Some(false) => "no exit",
        None => "exit unknown",
    };
    let list = if found.by_exit_list { ", by exit list" } else { "" };
    format!("{hour} {} {fingerprint} {exit}{list}", found.nickname)
}

/// All that is known of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddressReport {
    /// What each source says.
    pub answers: Vec<AddressAnswer>,
    /// The same by `ExoneraTor`'s rules, where the case pins Tor documents and an instant is given.
    pub exonerator: Option<ExoneratorView>,
}

/// Asks every source about an address. A case adds its ranges and the names among its exhibits,
/// as the last run read them.
pub fn ask_address(case: Option<&Case>, asked: &Asked) -> Result<AddressReport, CaseError> {
    let own = case.map(Case::bundle).transpose()?.flatten();
    let bundle = match &own {
        Some(own) => own,
        None => Bundle::embedded()?,
    };
    let overlay = case.map(Case::overlay).transpose()?.map_or_else(Overlay::empty, |(o, _)| o);
    let names = match case {
        Some(case) if case.tables().join("names.parquet").exists() => {
            faisceau_tables::read(&case.tables())?
        }
        _ => Vec::new(),
    };
    let tor = case.map(Case::tor).transpose()?.flatten();
    let tor = tor.as_ref().map(|pinned| &pinned.index);
    let knowledge = Knowledge { bundle, overlay: &overlay, names: &names, tor };
    let exonerator = tor.and_then(|index| ExoneratorView::of(index, asked));
    let answers = answers(asked, &knowledge).into_iter().map(AddressAnswer::from).collect();
    Ok(AddressReport { answers, exonerator })
}
