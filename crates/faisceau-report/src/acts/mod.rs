//! The acts drafted from a case: what a lawyer corrects in a few places and files.
//!
//! In: the rows of the note, the law as data, what `case.toml` states for the acts. Out: documents
//! of the same model as the note, each fact with its support, each gap a blank that is listed on
//! the first page. Never: the name of a person as the holder of an account, a qualification beyond
//! « susceptible de », traffic data (C4), a measure that is not limited to what the exhibits show.

mod accounts;
mod attached;
mod checklist;
mod chronology;
mod complaint;
mod connections;
mod deadlines;
mod desk;
mod discussion;
mod drafting;
mod erasure;
mod ex_parte;
mod exhibit_list;
mod facts;
mod grounds;
mod heads;
mod notices;
mod parties;
mod pharos;
mod pieces;
mod posts;
mod record;
mod requests_table;
mod share;
mod summons;
mod targets;
mod words;

#[cfg(test)]
mod tests;

use faisceau_graph::law::{CaseFacts as Stated, Law};

pub use facts::{ActFacts, ClaimantFacts};

use crate::input::NoteInput;
use crate::model::Document;
use drafting::Drafting;
pub(crate) use targets::code_of;

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
    let drafting = Drafting::of(input);
    let desk = desk::Desk::of(&drafting);
    let mut out = vec![checklist::draft(&desk)];
    let before = [record::draft, requests_table::draft, exhibit_list::draft];
    out.extend(before.into_iter().filter_map(|draft| draft(&desk)));
    out.extend(for_the_judge(&drafting));
    let after = [notices::draft, erasure::draft, pharos::draft];
    out.extend(after.into_iter().filter_map(|draft| draft(&desk)));
    out
}

/// The summons of each addressee, the *requête* where there is a reason for it, the complaint.
fn for_the_judge(d: &Drafting<'_>) -> Vec<Document> {
    let targets = targets::targets(d);
    let mut out: Vec<Document> = targets.iter().map(|to| summons::summons(d, to)).collect();
    if ex_parte::has_reason(d) {
        out.extend(targets.iter().map(|to| ex_parte::ex_parte(d, to)));
    }
    if complaint::has_object(d) {
        out.push(complaint::complaint(d));
    }
    out
}
