//! Accounts of Mastodon and its relatives, by the interface for programs (API v1).
//!
//! `GET /api/v1/accounts/lookup`, `GET /api/v1/accounts/:id/statuses` (docs.joinmastodon.org,
//! methods "accounts"). Pages follow each other by `max_id`, which the `Link` field names; without
//! that field the id of the last status is taken. Where an instance closes this interface,
//! [`super::activitypub`] is asked.
//!
//! Traps:
//! - An instance shows of an account of another only what it has itself: ask the own instance.
//! - The field of the next page is a whole address: only its `max_id` is taken, and only if it is of
//!   the same origin and path.

use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::json::{self, Text};
use super::outcome::Stopped;
use super::pager::{Halt, Item, Pager, named, text_of};
use super::target::Fediverse;
use super::wanted::Wanted;
use super::{activitypub, links, origin};
use crate::http::Answer;

/// What is asked for.
const JSON: &str = "application/json";
/// Statuses a page: the most that Mastodon gives.
const PER_PAGE: &str = "40";

#[derive(Deserialize)]
struct Account {
    id: Text,
    acct: Option<Text>,
}

#[derive(Deserialize)]
struct Status<'s> {
    id: Text,
    created_at: Option<Text>,
    #[serde(borrow)]
    reblog: Option<&'s RawValue>,
}

/// The address of the account.
pub(super) fn lookup(who: &Fediverse) -> Url {
    if let Some(id) = &who.id {
        return origin::below(&who.base, &["api", "v1", "accounts", id], &[]);
    }
    origin::below(&who.base, &["api", "v1", "accounts", "lookup"], &[("acct", &who.acct())])
}

/// The address of a page of statuses.
pub(super) fn statuses(base: &Url, id: &str, wanted: &Wanted, max_id: Option<&str>) -> Url {
    let mut query = vec![("limit", PER_PAGE)];
    query.extend((!wanted.replies).then_some(("exclude_replies", "true")));
    query.extend((!wanted.reposts).then_some(("exclude_reblogs", "true")));
    query.extend(max_id.map(|id| ("max_id", id)));
    origin::below(base, &["api", "v1", "accounts", id, "statuses"], &query)
}

/// Asks for the account and its statuses.
pub(super) fn run(who: &Fediverse, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    let closed = match by_interface(who, pager) {
        // An id means nothing to another interface.
        Err(Halt::Stop(stopped))
            if pager.pages() == 0
                && !pager.is_known()
                && is_closed(&stopped)
                && who.id.is_none() =>
        {
            stopped
        }
        end => return end,
    };
    pager.note(format!(
        "the interface for programs did not serve ({closed}): ActivityPub was asked"
    ));
    activitypub::run(who, pager)
}

/// Whether another interface of the same server may still answer. A site that asks machines not to
/// read it, or to ask less, is not asked in another way.
fn is_closed(stopped: &Stopped) -> bool {
    match stopped {
        Stopped::NotFound { .. } | Stopped::Unreadable { .. } => true,
        Stopped::Refused { why } => why.starts_with("status "),
        // What versions before 4 answer those who do not log in.
        Stopped::Failed { status } => matches!(status, 400 | 422 | 501),
        _ => false,
    }
}

fn by_interface(who: &Fediverse, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    let text = pager.text(&lookup(who), JSON)?;
    let account: Account = json::read(&text)?;
    if !is_id(&account.id.0) {
        let why = "the id of the account is none".to_owned();
        return Err(Stopped::Unreadable { why }.into());
    }
    let id = account.id.0;
    pager.is(&id);
    let user = account.acct.as_ref().and_then(|acct| acct.0.split('@').next());
    if let Some(user) =
        user.filter(|user| who.id.is_none() && !user.eq_ignore_ascii_case(&who.user))
    {
        let given = faisceau_model::excerpt(user, 80);
        pager.note(format!("{} was asked for, and the service gave {given}", who.user));
    }
    let mut max_id: Option<String> = None;
    loop {
        let url = statuses(&who.base, &id, pager.wanted, max_id.as_deref());
        let answer = pager.ask(&url, JSON)?;
        let next = next(&answer, &url);
        let says_next = links::any(&answer);
        let text = text_of(answer)?;
        let list: Vec<&RawValue> = json::read(&text)?;
        let (read, unreadable) = json::each::<Status<'_>>(&list);
        let items: Vec<Item> = read.into_iter().map(item).collect();
        pager.page(&items, unreadable)?;
        let next = match next? {
            Some(next) => next,
            // A server without the field: its last status is where the next page starts.
            None if !says_next => match items.last() {
                Some(last) if is_id(&last.id) => last.id.clone(),
                _ => return Ok(Stopped::End),
            },
            None => return Ok(Stopped::End),
        };
        pager.cursor(&next)?;
        max_id = Some(next);
    }
}

fn item(status: Status<'_>) -> Item {
    let at = json::time(status.created_at.as_ref());
    Item { id: status.id.0, at, repost: status.reblog.is_some_and(|raw| raw.get() != "null") }
}

/// Where the next page starts, as the `Link` field says.
fn next(answer: &Answer, asked: &Url) -> Result<Option<String>, Stopped> {
    let Some(target) = links::target(answer, "next") else { return Ok(None) };
    let url = named(asked, target)?;
    let max_id = url.query_pairs().find(|(key, _)| key == "max_id").map(|(_, id)| id.into_owned());
    let max_id = max_id.filter(|id| is_id(id) && url.path() == asked.path());
    let why = || "the next page is not one of the same list".to_owned();
    max_id.map(Some).ok_or_else(|| Stopped::Unreadable { why: why() })
}

/// Ids are numbers, or texts of letters and digits in relatives of Mastodon.
fn is_id(id: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (1..=128).contains(&id.len()) && id.bytes().all(sign)
}

#[cfg(test)]
mod tests;
