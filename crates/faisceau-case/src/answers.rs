//! Answers to requests: which exhibit answers which request, and what it gave.
//!
//! A person ties an exhibit to a request; the journal keeps the request in words that stay the
//! same from run to run, for the numbers of requests do not.

use std::collections::BTreeMap;

use faisceau_model::rows::{Answer, Request, Subscriber};
use faisceau_model::{Absent, ExhibitNo, Head, Maybe, Place, RowId};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;
use crate::ingest::Counts;
use crate::summary::PlanSummary;

/// The act of the journal.
const ACT: &str = "answer_tied";

/// A tie, as the journal says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// The exhibit.
    pub exhibit: ExhibitNo,
    /// The request, in words that stay.
    pub request: String,
    /// Its addressee.
    pub addressee: String,
    /// Its head.
    pub head: Head,
}

impl Case {
    /// Ties an exhibit to the request that it answers: a row of the table `requests` (`req:3`), or
    /// its key. Gives back the key.
    pub fn tie_answer(
        &mut self,
        exhibit: ExhibitNo,
        request: &str,
        who: &str,
        now: Timestamp,
    ) -> Result<String, CaseError> {
        if self.store.exhibit(exhibit).is_none() {
            return Err(CaseError::UnknownId(format!("exh:{exhibit}")));
        }
        let requests: Vec<Request> = self.requests()?;
        let asked = requests
            .into_iter()
            .find(|row| row.id.as_str() == request || row.key == request)
            .ok_or_else(|| CaseError::UnknownId(request.to_owned()))?;
        let tie = Tie {
            exhibit,
            request: asked.key.clone(),
            addressee: asked.addressee,
            head: asked.head,
        };
        if self.ties().contains(&tie) {
            return Ok(asked.key);
        }
        let fields = Map::from_iter([
            ("no".to_owned(), Value::from(exhibit.to_string())),
            ("request".to_owned(), Value::from(tie.request)),
            ("addressee".to_owned(), Value::from(tie.addressee)),
            ("head".to_owned(), Value::from(tie.head.as_str())),
        ]);
        self.store.write(who, now)?.record(ACT, fields)?;
        Ok(asked.key)
    }

    /// The requests of the last run.
    pub fn requests(&self) -> Result<Vec<Request>, CaseError> {
        self.checked_record()?;
        Ok(faisceau_tables::read(&self.tables())?)
    }

    /// The minimal plan of the last run, in figures.
    pub fn plan(&self) -> Result<PlanSummary, CaseError> {
        Ok(self.checked_record()?.summary.plan)
    }

    /// The ties that the journal knows, in its order.
    pub(crate) fn ties(&self) -> Vec<Tie> {
        let of = |fields: &Map<String, Value>| {
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            Some(Tie {
                exhibit: text("no")?.parse().ok()?,
                request: text("request")?.to_owned(),
                addressee: text("addressee")?.to_owned(),
                head: text("head")?.parse().ok()?,
            })
        };
        let entries = self.store.journal().iter().filter(|entry| entry.act == ACT);
        let mut ties: Vec<Tie> = entries.filter_map(|entry| of(&entry.fields)).collect();
        ties.sort();
        ties.dedup();
        ties
    }
}

/// What a request is answered by, for the requests.
pub(crate) fn pairs(ties: &[Tie]) -> Vec<(String, ExhibitNo)> {
    ties.iter().map(|tie| (tie.request.clone(), tie.exhibit)).collect()
}

/// Says of each datum on a subscriber which request its exhibit answers.
pub(crate) fn mark_subscribers(rows: &mut [Subscriber], ties: &[Tie]) {
    for row in rows {
        let levels = std::iter::successors(Some(row.exhibit), |exhibit| exhibit.parent());
        let answered: Vec<&str> = levels
            .flat_map(|level| ties.iter().filter(move |tie| tie.exhibit == level))
            .map(|tie| tie.request.as_str())
            .collect();
        if !answered.is_empty() {
            row.request = Maybe::Known(answered.join("; "));
        }
    }
}

/// The table `answers`.
pub(crate) fn rows(
    ties: &[Tie],
    counts: &BTreeMap<ExhibitNo, Counts>,
    requests: &[Request],
) -> Vec<Answer> {
    let row = |tie: &Tie, number: u32| {
        let of = |count: fn(&Counts) -> i64| {
            let below = |exhibit: &ExhibitNo| {
                std::iter::successors(Some(*exhibit), |no| no.parent()).any(|no| no == tie.exhibit)
            };
            counts.iter().filter(|(no, _)| below(no)).map(|(_, counts)| count(counts)).sum()
        };
        let asked = requests.iter().find(|request| request.key == tie.request);
        Answer {
            id: RowId::at("ans", tie.exhibit, &Place::Whole, number),
            exhibit: tie.exhibit,
            request: tie.request.clone(),
            addressee: tie.addressee.clone(),
            head: tie.head,
            row: Maybe::or_absent(asked.map(|request| request.id.clone()), Absent::NotApplicable),
            read: of(|counts| counts.tally.read as i64),
            connections: of(|counts| counts.connections),
            usable: of(|counts| counts.usable),
            subscribers: of(|counts| counts.subscribers),
        }
    };
    ties.iter().zip(0..).map(|(tie, number)| row(tie, number)).collect()
}
