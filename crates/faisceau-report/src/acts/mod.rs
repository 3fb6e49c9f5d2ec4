//! The acts drafted from a case: what a lawyer corrects in a few places and files.
//!
//! In: the rows of the note, the law as data, what `case.toml` states for the acts. Out: documents
//! of the same model as the note, each fact with its support, each gap a blank that is listed on
//! the first page. Never: the name of a person as the holder of an account, a qualification beyond
//! « susceptible de », traffic data (C4), a measure that is not limited to what the exhibits show.

mod attached;
mod checklist;
mod deadlines;
mod desk;
mod erasure;
mod exhibit_list;
mod facts;
mod notices;
mod pharos;
mod posts;
mod record;
mod requests_table;
mod share;

use faisceau_graph::law::{CaseFacts as Stated, Law};

pub use facts::{ActFacts, ClaimantFacts};

use crate::index::Index;
use crate::input::NoteInput;
use crate::model::Document;

/// Everything that acts are drafted from.
#[derive(Debug, Clone, Copy)]
pub struct ActsInput<'a> {
    /// The rows.
    pub note: &'a NoteInput<'a>,
    /// The law.
    pub law: &'a Law,
    /// The facts that the case states, from which maxima are computed.
    pub stated: &'a Stated,
    /// What the case file states for the acts alone.
    pub facts: &'a ActFacts,
}

/// Drafts the acts, in the order in which they are used. An act that has no object in the case (no
/// request, no reason against contradiction) is not drafted.
pub fn acts(input: &ActsInput<'_>) -> Vec<Document> {
    let index = Index::of(input.note);
    let desk = desk::Desk::of(input, &index);
    let mut out = vec![checklist::draft(&desk)];
    let before = [record::draft, requests_table::draft, exhibit_list::draft];
    out.extend(before.into_iter().filter_map(|draft| draft(&desk)));
    let after = [notices::draft, erasure::draft, pharos::draft];
    out.extend(after.into_iter().filter_map(|draft| draft(&desk)));
    out
}
