//! Asking a site for a handle and for a name that nobody has.
//!
//! In: the two questions. Out: what both answers say together. A hit needs a denial of the same site
//! within [`WINDOW`]: answers that were recorded before, when a collection was killed in between, are
//! too far apart from new ones, and both are asked again.

use std::fmt;

use faisceau_model::excerpt;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::plan::Pair;
use super::rule::{self, Reading};
use crate::http::{Fetch, FetchError, Request};

/// How far apart the two answers may be.
const WINDOW: SignedDuration = SignedDuration::from_secs(60);
/// How often the two are asked at most.
const ROUNDS: u32 = 3;

/// What a site says of a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It knows the handle and denies the name that nobody has.
    Present,
    /// It denies both.
    Absent,
    /// It knows both: it says yes to everything.
    YesToEverything,
    /// What it says cannot be told.
    Unclear,
    /// It does not answer programs, or us, or not now.
    Refused,
    /// Nobody answered.
    NoAnswer,
    /// It was not asked.
    NotAsked,
}

impl Verdict {
    /// All, in their order.
    pub const ALL: [Self; 7] = [
        Self::Present,
        Self::Absent,
        Self::YesToEverything,
        Self::Unclear,
        Self::Refused,
        Self::NoAnswer,
        Self::NotAsked,
    ];

    /// The word of the form `presence/1`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::YesToEverything => "yes_to_everything",
            Self::Unclear => "unclear",
            Self::Refused => "refused",
            Self::NoAnswer => "no_answer",
            Self::NotAsked => "not_asked",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An answer, as far as the line keeps it.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) answered_by: Option<String>,
    pub(super) at: Timestamp,
    pub(super) status: u16,
    pub(super) rule: &'static str,
    pub(super) bytes: u64,
    pub(super) sha256: [u8; 32],
    reading: Reading,
    cut: bool,
}

/// What came of a site.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) verdict: Verdict,
    pub(super) reason: String,
    pub(super) handle: Option<Heard>,
    pub(super) control: Option<Heard>,
}

impl Checked {
    pub(super) fn not_asked(why: String) -> Self {
        Self { verdict: Verdict::NotAsked, reason: why, handle: None, control: None }
    }

    fn without(verdict: Verdict, reason: String, handle: Option<Heard>) -> Self {
        Self { verdict, reason, handle, control: None }
    }
}

/// Asks a site. `requests` counts what left.
pub(super) fn check(
    pair: &Pair<'_>,
    fetch: &mut dyn Fetch,
    requests: &mut u64,
) -> Result<Checked, FetchError> {
    let mut last = None;
    for _ in 0..ROUNDS {
        let handle = match heard(pair, (&pair.name, &pair.handle), fetch, requests)? {
            Ok(heard) => heard,
            Err((verdict, why)) => return Ok(Checked::without(verdict, why, None)),
        };
        // Who refuses once need not be asked a second time.
        if handle.reading == Reading::Refused {
            let why = format!("status {} to the handle", handle.status);
            return Ok(Checked::without(Verdict::Refused, why, Some(handle)));
        }
        let control = match heard(pair, (&pair.control_name, &pair.control), fetch, requests)? {
            Ok(heard) => heard,
            Err((verdict, why)) => return Ok(Checked::without(verdict, why, Some(handle))),
        };
        let apart = control.at.duration_since(handle.at).abs();
        if apart <= WINDOW {
            let (verdict, reason) = together(&handle, &control);
            return Ok(Checked { verdict, reason, handle: Some(handle), control: Some(control) });
        }
        last = Some((handle, control));
    }
    let reason = "the two answers are more than a minute apart".to_owned();
    let (handle, control) = last.unzip();
    Ok(Checked { verdict: Verdict::Unclear, reason, handle, control })
}

fn heard(
    pair: &Pair<'_>,
    (name, request): (&str, &Request),
    fetch: &mut dyn Fetch,
    requests: &mut u64,
) -> Result<Result<Heard, (Verdict, String)>, FetchError> {
    *requests += 1;
    let answer = match fetch.fetch(request) {
        Ok(answer) => answer,
        Err(error @ FetchError::Keeping { .. }) => return Err(error),
        Err(error) => {
            let why = excerpt(&error.to_string(), 300);
            let silent = matches!(error, FetchError::NoAnswer { .. });
            return Ok(Err((if silent { Verdict::NoAnswer } else { Verdict::NotAsked }, why)));
        }
    };
    let (reading, rule) = rule::read(pair.site, name, &request.url, &answer);
    Ok(Ok(Heard {
        name: name.to_owned(),
        url: request.url.to_string(),
        answered_by: (answer.url != request.url).then(|| answer.url.to_string()),
        at: answer.at,
        status: answer.status,
        rule,
        bytes: answer.body.len() as u64,
        sha256: Sha256::digest(&answer.body).into(),
        reading,
        cut: answer.cut.is_some(),
    }))
}

/// What the two answers say together.
fn together(handle: &Heard, control: &Heard) -> (Verdict, String) {
    let (verdict, reason) = match (handle.reading, control.reading) {
        (Reading::Exists, Reading::Missing) => {
            (Verdict::Present, "the site knows the handle and denies a name that nobody has")
        }
        (Reading::Missing, Reading::Missing) => {
            (Verdict::Absent, "the site denies the handle, and a name that nobody has")
        }
        (Reading::Exists, Reading::Exists) => {
            (Verdict::YesToEverything, "the site says that it knows a name that nobody has")
        }
        (_, Reading::Refused) => (Verdict::Refused, "the site did not answer the second question"),
        (Reading::Missing, Reading::Exists) => {
            (Verdict::Unclear, "the site denies the handle and knows a name that nobody has")
        }
        (Reading::Both, _) | (_, Reading::Both) => {
            (Verdict::Unclear, "an answer is both that of an account and that of none")
        }
        _ => (Verdict::Unclear, "an answer is neither that of an account nor that of none"),
    };
    let cut = if handle.cut || control.cut { "; an answer is not whole" } else { "" };
    (verdict, format!("{reason}{cut}"))
}

#[cfg(test)]
mod tests;
