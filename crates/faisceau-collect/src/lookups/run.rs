//! Asking the endpoints of a plan.
//!
//! In: a plan, whoever fetches, a clock. Out: [`Lookups`].

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

use super::entries;
use super::plan::{EndpointKind, LookupPlan};
use crate::Clock;
use crate::dns::{CollectError, LeftOut};
use crate::http::{Answer, Fetch, FetchError, Request};
use crate::pace::Pace;

/// What an endpoint said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedUp {
    /// What it holds.
    pub kind: EndpointKind,
    /// What it was asked about.
    pub target: String,
    /// The URL that answered, after redirections; or that was asked.
    pub url: Url,
    /// When.
    pub at: Timestamp,
    /// The HTTP status.
    pub status: Option<u16>,
    /// How many certificates or captures, or why that is not known.
    pub entries: Result<u64, String>,
}

/// What endpoints said.
#[derive(Debug, Clone)]
pub struct Lookups {
    /// In the order of the plan.
    pub found: Vec<LookedUp>,
    /// What was not asked about, with the reason.
    pub left_out: Vec<LeftOut>,
    /// When the first request left.
    pub began: Timestamp,
    /// When the last request had ended.
    pub ended: Timestamp,
}

impl Lookups {
    /// Whether everything has an answer that was read.
    pub fn is_complete(&self) -> bool {
        self.found.iter().all(|found| found.entries.is_ok())
    }
}

impl LookupPlan {
    /// Asks at most `rate` requests a second. An endpoint that says that it is asked too often (429)
    /// is left alone.
    ///
    /// # Errors
    /// When there is nothing to ask.
    pub fn run(
        &self,
        fetch: &mut dyn Fetch,
        rate: Option<u32>,
        clock: &Clock<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Lookups, CollectError> {
        if self.requests.is_empty() {
            return Err(CollectError::NothingToAsk);
        }
        let (began, mut pace) = (clock(), Pace::new(rate, Instant::now()));
        let (mut found, mut left_out) = (Vec::new(), self.left_out.clone());
        let mut left_alone: BTreeSet<String> = BTreeSet::new();
        let mut stopped: Option<String> = None;
        let total = self.requests.len() as u64;
        for (done, (kind, target, url)) in (1_u64..).zip(&self.requests) {
            let host = url.host_str().unwrap_or_default().to_owned();
            let too_often = left_alone.contains(&host);
            let too_often = too_often.then(|| format!("{host} said that it is asked too often"));
            if let Some(why) = stopped.clone().or(too_often) {
                left_out.push(LeftOut { what: target.clone(), why });
                continue;
            }
            while !pace.allows(Instant::now()) {
                std::thread::sleep(Duration::from_millis(1));
            }
            let at = clock();
            let (kind, target, asked) = (*kind, target.clone(), url.clone());
            match fetch.fetch(&Request::get(url.clone(), "application/json")) {
                Ok(answer) => {
                    if answer.status == 429 {
                        left_alone.insert(host);
                    }
                    let (status, entries) = (Some(answer.status), read(kind, &answer));
                    let (url, at) = (answer.url, answer.at);
                    found.push(LookedUp { kind, target, url, at, status, entries });
                }
                Err(error) => {
                    let why = error.to_string();
                    if matches!(error, FetchError::Keeping { .. }) {
                        stopped = Some(why.clone());
                    }
                    let (url, status, entries) = (asked, None, Err(why));
                    found.push(LookedUp { kind, target, url, at, status, entries });
                }
            }
            progress(done, total);
        }
        Ok(Lookups { found, left_out, began, ended: clock() })
    }
}

fn read(kind: EndpointKind, answer: &Answer) -> Result<u64, String> {
    if answer.status != 200 {
        return Err(format!("status {}", answer.status));
    }
    if let Some(why) = &answer.cut {
        return Err(format!("the answer is not whole: {why}"));
    }
    let count = entries::count(&answer.body)?;
    Ok(match kind {
        EndpointKind::Certificates => count,
        // The first row names the columns.
        EndpointKind::Captures => count.saturating_sub(1),
    })
}
