//! Accounts of Bluesky, by the `AppView` that answers everybody.
//!
//! `app.bsky.actor.getProfile`, `app.bsky.feed.getAuthorFeed`, `com.atproto.identity.resolveHandle`
//! (lexicons of `bluesky-social/atproto`). Pages follow each other by `cursor`, whose inside means
//! nothing to us. Where the history is wanted, [`super::plc`] is asked too.
//!
//! Traps:
//! - A handle changes hands: what is asked for after the profile is the DID that the profile names.
//! - Reposts cannot be left out here; they are counted apart.
//! - An answer of status 400 says in its body that there is no such account.

use faisceau_model::excerpt;
use serde::Deserialize;
use serde_json::value::RawValue;
use url::Url;

use super::json::{self, Text};
use super::outcome::Stopped;
use super::pager::{Halt, Item, Pager, text_of};
use super::target::Bluesky;
use super::wanted::Wanted;
use super::{origin, plc};

/// What is asked for.
const JSON: &str = "application/json";
/// Posts a page: the most that the lexicon allows.
const PER_PAGE: &str = "100";
/// What an account says of itself that wants to be shown to those alone who log in.
const NO_STRANGERS: &str = "!no-unauthenticated";

#[derive(Deserialize)]
struct Profile<'p> {
    did: Text,
    #[serde(borrow, default)]
    labels: Vec<&'p RawValue>,
}

#[derive(Deserialize)]
struct Label {
    val: Text,
}

#[derive(Deserialize)]
struct Resolved {
    did: Text,
}

#[derive(Deserialize)]
struct Refusal {
    error: Option<Text>,
    message: Option<Text>,
}

#[derive(Deserialize)]
struct Feed<'f> {
    #[serde(borrow)]
    feed: Vec<&'f RawValue>,
    cursor: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    post: Post,
    reason: Option<Reason>,
}

#[derive(Deserialize)]
struct Post {
    uri: Text,
    #[serde(rename = "indexedAt")]
    indexed_at: Option<Text>,
}

#[derive(Deserialize)]
struct Reason {
    #[serde(rename = "$type")]
    kind: Option<Text>,
    #[serde(rename = "indexedAt")]
    indexed_at: Option<Text>,
}

/// The address of the profile.
pub(super) fn profile(who: &Bluesky) -> Url {
    let path = ["xrpc", "app.bsky.actor.getProfile"];
    origin::below(&who.appview, &path, &[("actor", &who.actor)])
}

/// The address that gives the DID of a handle.
pub(super) fn resolve(who: &Bluesky) -> Url {
    let path = ["xrpc", "com.atproto.identity.resolveHandle"];
    origin::below(&who.appview, &path, &[("handle", &who.actor)])
}

/// The address of a page of posts.
pub(super) fn feed(appview: &Url, did: &str, wanted: &Wanted, cursor: Option<&str>) -> Url {
    let filter = if wanted.replies { "posts_with_replies" } else { "posts_no_replies" };
    let mut query = vec![("actor", did), ("limit", PER_PAGE), ("filter", filter)];
    query.extend(cursor.map(|cursor| ("cursor", cursor)));
    origin::below(appview, &["xrpc", "app.bsky.feed.getAuthorFeed"], &query)
}

/// Asks for the profile, the history where it is wanted, and the posts.
pub(super) fn run(who: &Bluesky, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    let text = match asked(pager, &profile(who)) {
        Ok(text) => text,
        Err(Halt::Stop(stopped @ Stopped::NotFound { .. })) if pager.wanted.history => {
            return without_profile(who, pager, stopped);
        }
        Err(halt) => return Err(halt),
    };
    let found: Profile<'_> = json::read(&text)?;
    let did = found.did.0;
    if !is_did(&did) {
        return Err(Stopped::Unreadable { why: "the DID of the profile is none".to_owned() }.into());
    }
    pager.is(&did);
    let (labels, _) = json::each::<Label>(&found.labels);
    if labels.iter().any(|label| label.val.0 == NO_STRANGERS) {
        pager.note(format!(
            "the account asks to be shown to those alone who log in ({NO_STRANGERS}); the interface answered all the same"
        ));
    }
    if pager.wanted.history {
        plc::ask(&who.plc, &did, pager)?;
    }
    posts(who, &did, pager)
}

/// An account that was closed still has an identity.
fn without_profile(who: &Bluesky, pager: &mut Pager<'_>, end: Stopped) -> Result<Stopped, Halt> {
    let did = if who.actor.starts_with("did:") {
        who.actor.clone()
    } else {
        let text = asked(pager, &resolve(who))?;
        json::read::<Resolved>(&text)?.did.0
    };
    if is_did(&did) {
        pager.is(&did);
        plc::ask(&who.plc, &did, pager)?;
    }
    Ok(end)
}

fn posts(who: &Bluesky, did: &str, pager: &mut Pager<'_>) -> Result<Stopped, Halt> {
    let mut cursor: Option<String> = None;
    loop {
        let url = feed(&who.appview, did, pager.wanted, cursor.as_deref());
        let text = asked(pager, &url)?;
        let page: Feed<'_> = json::read(&text)?;
        let (read, unreadable) = json::each::<Entry>(&page.feed);
        let items: Vec<Item> = read.into_iter().map(item).collect();
        pager.page(&items, unreadable)?;
        let Some(next) = page.cursor.filter(|cursor| !cursor.is_empty()) else {
            return Ok(Stopped::End);
        };
        pager.cursor(&next)?;
        cursor = Some(next);
    }
}

/// The text of an answer; one of status 400 is an account that is not there.
fn asked(pager: &mut Pager<'_>, url: &Url) -> Result<String, Halt> {
    let answer = pager.ask(url, JSON)?;
    if answer.status == 400
        && let Ok(refusal) = serde_json::from_slice::<Refusal>(&answer.body)
    {
        let said = [refusal.error, refusal.message].into_iter().flatten().map(|text| text.0);
        let why = excerpt(&said.collect::<Vec<_>>().join(": "), 200);
        return Err(Stopped::NotFound { why }.into());
    }
    Ok(text_of(answer)?)
}

fn item(entry: Entry) -> Item {
    let kind = entry.reason.as_ref().and_then(|reason| reason.kind.as_ref());
    let repost = kind.is_some_and(|kind| kind.0 == "app.bsky.feed.defs#reasonRepost");
    let reposted = entry.reason.filter(|_| repost).and_then(|reason| reason.indexed_at);
    let at = json::time(reposted.as_ref().or(entry.post.indexed_at.as_ref()));
    // The same post may stand there twice: written and reposted.
    let id = if repost { format!("repost {}", entry.post.uri) } else { entry.post.uri.0 };
    Item { id, at, repost }
}

/// The syntax of a DID, as far as it stands in an address.
fn is_did(did: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'.' | b'-' | b'_' | b'%');
    did.starts_with("did:") && (8..=256).contains(&did.len()) && did.bytes().all(sign)
}

#[cfg(test)]
mod tests;
