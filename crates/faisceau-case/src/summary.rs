//! The counts of a run, said once: the terminal, `run.json` and the note read the same figures.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use faisceau_graph::requests::Plan;
use faisceau_model::rows::{Comparison, ExhibitRow, Identity, Link, Media, Request};
use faisceau_model::{Maybe, Relation, SignatureState, inert};
use faisceau_weigh::Shift;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::examined::Examined;
use crate::ingest::Ingested;
use crate::settings::CaseSettings;

/// The counts of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Exhibits, archives and members.
    pub exhibits: u64,
    /// Exhibits of no known format.
    pub unread: u64,
    /// Exhibits that could not be read to their end.
    pub broken: u64,
    /// Records met.
    pub records: u64,
    /// Records that gave rows.
    pub read: u64,
    /// Records that gave none and were not understood.
    pub rejected: u64,
    /// Records that were understood and set aside.
    pub set_aside: u64,
    /// Messages.
    pub posts: u64,
    /// Uses of an address.
    pub connections: u64,
    /// Images.
    pub images: u64,
    /// Fields that no format knows.
    pub unknown_fields: u64,
    /// Signatures that are good, bad or could not be checked.
    pub signatures: [u64; 3],
    /// Second clocks that disagree with the declared time.
    pub clock_disagreements: u64,
    /// Data that addressees declare of subscribers.
    pub subscribers: u64,
    /// First and last dated message, UTC.
    pub period: Option<(String, String)>,
    /// Accounts compared.
    pub examined: u64,
    /// Accounts left out of the comparison by the limit of the settings.
    pub left_out: u64,
    /// Comparisons made.
    pub comparisons: u64,
    /// Links weighed.
    pub links: u64,
    /// Links of one hand whose band supports H1.
    pub supporting: u64,
    /// Links of one hand whose band supports H2.
    pub opposing: u64,
    /// Groups of accounts.
    pub groups: u64,
    /// Accounts in groups.
    pub grouped: u64,
    /// Requests.
    pub requests: u64,
    /// The minimal plan.
    pub plan: PlanSummary,
    /// First last day that is not past on the day of the note.
    pub first_deadline: Option<String>,
    /// Accounts that `case.toml` names and no exhibit knows.
    pub unmatched: Vec<String>,
    /// What was left out when pairs of accounts were sought.
    pub unsought: Unsought,
    /// What the calibration of style was found to be worth on the pairs of the case, one for each
    /// of its tables that was used.
    pub style_shifts: Vec<Shift>,
}

/// What was left out when pairs of accounts were sought, so that many accounts can be compared at
/// all. Nothing of it is a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsought {
    /// Pairs of accounts that nothing brought together: style and hours were not compared.
    pub pairs: u64,
    /// Values that too many accounts hold to choose pairs by.
    pub values: u64,
    /// Pairs of accounts with near copies that were too many, and of these the weakest.
    pub near_copies: u64,
    /// Objects so popular that only those who shared them within a minute were paired.
    pub objects_narrowed: u64,
    /// Objects so popular that nobody who shared them was paired by them.
    pub objects_silent: u64,
    /// Minutes in which too many accounts posted to pair all of them.
    pub minutes: u64,
}

/// The minimal plan in figures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSummary {
    /// Disclosures: all that is asked of a platform about one account, or one request to an operator.
    pub disclosures: u64,
    /// Requests that they are made of.
    pub requests: u64,
    /// Groups, and examined accounts of none, that it reaches.
    pub reached: u64,
    /// Accounts that nothing reaches.
    pub unreached: Vec<String>,
    /// Accounts that are not examined and that the answers would concern too.
    pub third_parties: u64,
    /// Whether no smaller choice reaches as much.
    pub exact: bool,
    /// Disclosures that any choice needs at least.
    pub at_least: u64,
}

impl From<Plan> for PlanSummary {
    fn from(plan: Plan) -> Self {
        Self {
            disclosures: plan.disclosures as u64,
            requests: plan.requests as u64,
            reached: plan.reached as u64,
            unreached: plan.unreached,
            third_parties: plan.third_parties as u64,
            exact: plan.exact,
            at_least: plan.at_least as u64,
        }
    }
}

impl PlanSummary {
    /// The plan in a sentence.
    pub fn to_text(&self) -> String {
        let bound = if self.exact {
            "no smaller choice reaches as much".to_owned()
        } else {
            format!("found by the greedy rule; any choice needs at least {}", self.at_least)
        };
        let mut text = format!(
            "minimal plan: {} disclosures ({} requests) reach {} identities or single accounts; \
             {bound}; {} accounts of third parties used the same lines",
            self.disclosures, self.requests, self.reached, self.third_parties
        );
        if !self.unreached.is_empty() {
            let _ = write!(text, "; not reached: {}", inert(&self.unreached.join(", ")));
        }
        text
    }
}

/// What the counts are taken from.
pub(crate) struct Made<'a> {
    pub(crate) exhibits: &'a [ExhibitRow],
    pub(crate) ingested: &'a Ingested,
    pub(crate) media: &'a [Media],
    pub(crate) examined: &'a Examined,
    pub(crate) comparisons: &'a [Comparison],
    pub(crate) links: &'a [Link],
    pub(crate) groups: &'a [Identity],
    pub(crate) requests: &'a [Request],
    pub(crate) plan: Plan,
    pub(crate) shifts: Vec<Shift>,
    pub(crate) unsought: Unsought,
    pub(crate) settings: &'a CaseSettings,
    pub(crate) as_of: Date,
}

impl Summary {
    pub(crate) fn of(made: &Made<'_>) -> Self {
        let sum = |f: fn(&ExhibitRow) -> i64| made.exhibits.iter().map(f).sum::<i64>() as u64;
        let count =
            |f: fn(&ExhibitRow) -> bool| made.exhibits.iter().filter(|e| f(e)).count() as u64;
        let favours = |side: &str| {
            // Acting together is another question: its links support no hand.
            let is = |link: &&Link| {
                link.relation == Relation::SameHand
                    && link.favours.known().is_some_and(|f| f == side)
            };
            made.links.iter().filter(is).count() as u64
        };
        Self {
            exhibits: made.exhibits.len() as u64,
            unread: count(is_unread),
            broken: count(|e| e.problem.known().is_some() && e.records > 0),
            records: sum(|e| e.records),
            read: sum(|e| e.read),
            rejected: sum(|e| e.rejected - e.set_aside),
            set_aside: sum(|e| e.set_aside),
            posts: made.ingested.posts,
            connections: made.ingested.connections,
            images: distinct_images(made.media),
            unknown_fields: made.ingested.unknown_fields.len() as u64,
            signatures: signatures(made.ingested),
            clock_disagreements: made.ingested.clock_disagreements,
            subscribers: made.ingested.subscribers.len() as u64,
            period: made.ingested.period.map(|(first, last)| (first.to_string(), last.to_string())),
            examined: made.examined.compared.len() as u64,
            left_out: made.examined.left_out as u64,
            comparisons: made.comparisons.len() as u64,
            links: made.links.len() as u64,
            supporting: favours("H1"),
            opposing: favours("H2"),
            groups: made.groups.len() as u64,
            grouped: made.groups.iter().map(|g| g.members.len() as u64).sum(),
            requests: made.requests.len() as u64,
            plan: made.plan.clone().into(),
            first_deadline: made
                .requests
                .iter()
                .filter_map(|r| r.last_day.known())
                .filter(|day| day.parse::<Date>().is_ok_and(|day| day >= made.as_of))
                .min()
                .cloned(),
            unmatched: unmatched(made),
            unsought: made.unsought,
            style_shifts: made.shifts.clone(),
        }
    }

    /// Whether a record or an exhibit of a known format could not be read: exit code 1. A file of
    /// no known format is kept and listed, which is no failure.
    pub fn has_rejects(&self) -> bool {
        self.rejected + self.broken > 0
    }
}

/// Good, bad, not checked.
fn signatures(ingested: &Ingested) -> [u64; 3] {
    let mut counts = [0; 3];
    for signature in &ingested.signatures {
        counts[match signature.state {
            SignatureState::Good => 0,
            SignatureState::Bad => 1,
            SignatureState::NoKey | SignatureState::Malformed => 2,
        }] += 1;
    }
    counts
}

/// A misspelt account would be left out of everything in silence.
fn unmatched(made: &Made<'_>) -> Vec<String> {
    let known: BTreeSet<&str> =
        made.ingested.accounts.iter().map(|account| account.account.as_str()).collect();
    let named = made.settings.accounts.iter().map(|account| account.key.clone());
    named.filter(|key| !known.contains(key.as_str())).collect()
}

/// An exhibit that nobody recognises, and that is no repetition of another.
pub(crate) fn is_unread(exhibit: &ExhibitRow) -> bool {
    matches!(exhibit.format, Maybe::Missing(faisceau_model::Absent::NoData))
}

/// An image posted by several accounts has a row for each.
fn distinct_images(media: &[Media]) -> u64 {
    let mut places: Vec<_> = media.iter().map(|m| (m.exhibit, &m.place)).collect();
    places.sort();
    places.dedup();
    places.len() as u64
}
