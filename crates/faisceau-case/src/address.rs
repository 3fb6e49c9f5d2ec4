//! What every source says of one address at one instant, with or without a case.

use std::net::IpAddr;

use faisceau_datasets::Bundle;
use faisceau_enrich::{Answer, Asked, Knowledge, Overlay, answers};
use faisceau_model::Maybe;
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

/// Asks every source about an address. A case adds its ranges and the names among its exhibits,
/// as the last run read them.
pub fn ask_address(case: Option<&Case>, asked: &Asked) -> Result<Vec<AddressAnswer>, CaseError> {
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
    Ok(answers(asked, &knowledge).into_iter().map(AddressAnswer::from).collect())
}

/// A question about an address, its port and an instant.
pub fn asked(ip: IpAddr, port: Option<u16>, at: Maybe<faisceau_model::Moment>) -> Asked {
    Asked { ip, port, at }
}
