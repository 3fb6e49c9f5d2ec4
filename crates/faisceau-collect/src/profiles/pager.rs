//! Asking page after page, counting, and knowing when to stop.
//!
//! In: addresses, and the posts that a service's own reader finds in an answer. Out: answers,
//! counts, the reason to stop. Refused: a page or a cursor that came before, more than [`MAX_PAGES`]
//! pages, more than [`MAX_EMPTY`] pages in a row without a post.

use std::collections::BTreeSet;

use faisceau_model::excerpt;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use super::origin::{self, Named};
use super::outcome::{Outcome, Stopped};
use super::wanted::Wanted;
use crate::http::{Answer, Fetch, FetchError, Request};

/// Most pages of one collection: a million posts at forty a page.
pub const MAX_PAGES: u64 = 25_000;
/// Most pages in a row without a post: a service that hides posts leaves their pages empty.
const MAX_EMPTY: u32 = 20;
/// Longest sign of a next page, in bytes.
const MAX_CURSOR: usize = 2048;
/// Characters of what a service says that are shown.
const SAID: usize = 200;
/// Most notes.
const MAX_NOTES: usize = 50;

/// How far a collection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Requests so far.
    pub requests: u64,
    /// Pages of posts so far.
    pub pages: u64,
    /// Posts within the period so far.
    pub posts: u64,
}

/// A post, as far as a pager needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What the service calls it.
    pub(super) id: String,
    /// Where it stands in the order of the pages: the service's own time, not the author's, where
    /// there are both.
    pub(super) at: Option<Timestamp>,
    /// Whether it is somebody else's.
    pub(super) repost: bool,
}

/// Why a run ends.
#[derive(Debug)]
pub(super) enum Halt {
    /// As an outcome.
    Stop(Stopped),
    /// Because nothing more may be asked.
    Keeping(FetchError),
}

impl From<Stopped> for Halt {
    fn from(stopped: Stopped) -> Self {
        Self::Stop(stopped)
    }
}

/// A run in progress.
pub(super) struct Pager<'p> {
    pub(super) wanted: &'p Wanted,
    fetch: &'p mut dyn Fetch,
    progress: &'p mut dyn FnMut(Progress),
    outcome: Outcome,
    cursors: BTreeSet<String>,
    pages: BTreeSet<[u8; 32]>,
    empty: u32,
}

impl<'p> Pager<'p> {
    pub(super) fn new(
        wanted: &'p Wanted,
        fetch: &'p mut dyn Fetch,
        progress: &'p mut dyn FnMut(Progress),
    ) -> Self {
        let outcome = Outcome {
            requests: 0,
            pages: 0,
            posts: 0,
            reposts: 0,
            undated: 0,
            outside: 0,
            unreadable: 0,
            account: None,
            oldest: None,
            newest: None,
            notes: Vec::new(),
            last: None,
            stopped: Stopped::End,
        };
        let (cursors, pages) = (BTreeSet::new(), BTreeSet::new());
        Self { wanted, fetch, progress, outcome, cursors, pages, empty: 0 }
    }

    /// The counts.
    pub(super) fn finish(self, stopped: Stopped) -> Outcome {
        Outcome { stopped, ..self.outcome }
    }

    /// Whether the service said which account it is.
    pub(super) fn is_known(&self) -> bool {
        self.outcome.account.is_some()
    }

    /// Pages so far.
    pub(super) fn pages(&self) -> u64 {
        self.outcome.pages
    }

    /// Posts so far, inside and outside of the period.
    pub(super) fn seen(&self) -> u64 {
        self.outcome.posts + self.outcome.outside
    }

    /// What the service calls the account.
    pub(super) fn is(&mut self, account: &str) {
        self.outcome.account = Some(excerpt(account, SAID));
    }

    /// Adds a sentence to the counts.
    pub(super) fn note(&mut self, sentence: String) {
        if self.outcome.notes.len() < MAX_NOTES && !self.outcome.notes.contains(&sentence) {
            self.outcome.notes.push(sentence);
        }
    }

    /// Asks, and gives the answer whatever its status.
    pub(super) fn ask(&mut self, url: &Url, accept: &str) -> Result<Answer, Halt> {
        self.outcome.requests += 1;
        self.outcome.last = Some(url.to_string());
        let answer = self.fetch.fetch(&Request::get(url.clone(), accept));
        self.tell();
        let answer = answer.map_err(halt)?;
        if answer.url.origin() != url.origin() {
            let (from, to) = (shown_host(url), shown_host(&answer.url));
            self.note(format!("{from} redirected to {to}, which answered in its place"));
        }
        Ok(answer)
    }

    /// Asks, and gives the text of an answer with status 200.
    pub(super) fn text(&mut self, url: &Url, accept: &str) -> Result<String, Halt> {
        let answer = self.ask(url, accept)?;
        Ok(text_of(answer)?)
    }

    /// Counts a page and says whether to stop behind it.
    pub(super) fn page(&mut self, items: &[Item], unreadable: u64) -> Result<(), Halt> {
        self.outcome.pages += 1;
        self.outcome.unreadable += unreadable;
        let wanted = self.wanted;
        let (mut dated, mut older) = (0_u64, 0_u64);
        for item in items {
            let before = item.at.zip(wanted.since).is_some_and(|(at, since)| at < since);
            let after = item.at.zip(wanted.until).is_some_and(|(at, until)| at >= until);
            dated += u64::from(item.at.is_some());
            older += u64::from(before);
            if before || after {
                self.outcome.outside += 1;
                continue;
            }
            self.outcome.posts += 1;
            self.outcome.reposts += u64::from(item.repost);
            self.outcome.undated += u64::from(item.at.is_none());
            if let Some(at) = item.at {
                let (oldest, newest) = (self.outcome.oldest, self.outcome.newest);
                self.outcome.oldest = Some(oldest.map_or(at, |seen| seen.min(at)));
                self.outcome.newest = Some(newest.map_or(at, |seen| seen.max(at)));
            }
        }
        self.tell();
        if !items.is_empty() && !self.pages.insert(fingerprint(items)) {
            return Err(Stopped::Loop.into());
        }
        if wanted.limit.is_some_and(|limit| self.outcome.posts >= limit) {
            return Err(Stopped::Limit.into());
        }
        if dated > 0 && older == items.len() as u64 {
            return Err(Stopped::Since.into());
        }
        self.empty = if items.is_empty() { self.empty + 1 } else { 0 };
        if self.empty >= MAX_EMPTY {
            return Err(Stopped::Empty.into());
        }
        if self.outcome.pages >= MAX_PAGES {
            return Err(Stopped::TooManyPages.into());
        }
        Ok(())
    }

    /// Takes the sign of a next page, once.
    pub(super) fn cursor(&mut self, cursor: &str) -> Result<(), Halt> {
        if cursor.len() > MAX_CURSOR {
            let why = format!("the sign of the next page is longer than {MAX_CURSOR} bytes");
            return Err(Stopped::Unreadable { why }.into());
        }
        if !self.cursors.insert(cursor.to_owned()) {
            return Err(Stopped::Loop.into());
        }
        Ok(())
    }

    /// The address of a next page that an answer from `asked` names, once.
    pub(super) fn next(&mut self, asked: &Url, text: &str) -> Result<Url, Halt> {
        let url = named(asked, text)?;
        self.cursor(url.as_str())?;
        Ok(url)
    }

    fn tell(&mut self) {
        let Outcome { requests, pages, posts, .. } = self.outcome;
        (self.progress)(Progress { requests, pages, posts });
    }
}

/// An address of the same origin.
pub(super) fn named(asked: &Url, text: &str) -> Result<Url, Stopped> {
    origin::named(asked, text).map_err(|error| match error {
        Named::Elsewhere(to) => Stopped::Elsewhere { to },
        Named::Unreadable => {
            Stopped::Unreadable { why: "the address of what follows is none".to_owned() }
        }
    })
}

/// The text of an answer with status 200.
pub(super) fn text_of(answer: Answer) -> Result<String, Stopped> {
    let retry = answer.header("Retry-After").map(|after| excerpt(after, 60));
    match answer.status {
        200 => {}
        404 | 410 => {
            return Err(Stopped::NotFound { why: format!("status {}", answer.status) });
        }
        429 => return Err(Stopped::RateLimited { retry_after: retry }),
        503 if retry.is_some() => return Err(Stopped::RateLimited { retry_after: retry }),
        401 | 403 | 451 => {
            return Err(Stopped::Refused { why: format!("status {}", answer.status) });
        }
        status => return Err(Stopped::Failed { status }),
    }
    if let Some(cut) = answer.cut {
        let why = format!("the answer is not whole: {}", excerpt(&cut, SAID));
        return Err(Stopped::Unreadable { why });
    }
    let mut bytes = answer.body;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    // A feed may be in another encoding: ids and times are ASCII.
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn halt(error: FetchError) -> Halt {
    let why = excerpt(&error.to_string(), 2 * SAID);
    match error {
        FetchError::Refused { .. } | FetchError::Robots { .. } => Stopped::Refused { why }.into(),
        FetchError::NoAnswer { .. } => Stopped::NoAnswer { why }.into(),
        FetchError::Keeping { .. } => Halt::Keeping(error),
    }
}

/// A page by the names of its posts.
fn fingerprint(items: &[Item]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for item in items {
        hash.update((item.id.len() as u64).to_le_bytes());
        hash.update(item.id.as_bytes());
    }
    hash.finalize().into()
}

fn shown_host(url: &Url) -> String {
    excerpt(url.host_str().unwrap_or("?"), SAID)
}
