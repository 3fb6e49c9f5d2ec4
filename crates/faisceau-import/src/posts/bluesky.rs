//! Bluesky posts as its servers give them to programs: views in JSON, and lists of records.
//!
//! Field names from the lexicons of `bluesky-social/atproto` (`app.bsky.feed.defs`,
//! `app.bsky.actor.defs`, `com.atproto.repo.listRecords`); no real file was at hand.
//!
//! In: a list or JSON lines of post views, a feed (`feed`), a search or a list of posts (`posts`),
//! a thread (`thread`, however deep), the records of a repository (`records`). Out: a post for
//! each, a forwarded post for each repost, accounts as they are first seen. Refused: posts that
//! the server says are deleted or blocked, and records that are no posts: set aside one by one.
//!
//! Traps:
//! - The DID is the identity; the handle changes hands and is what it was at capture.
//! - `createdAt` is declared by the author's program; `indexedAt` is when the server saw the post
//!   first. A difference of more than minutes is a finding, or a delayed network.
//! - A feed carries with each answer the post that it answers: it is not read a second time.
//! - A repost stands in a feed as the post of its author with a `reason`.

mod thread;

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, RejectReason, RowId, Sink,
};
use serde_json::Value;

use super::bluesky_record::{self as record, Address, PLATFORM};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::listing::Listing;
use crate::json::ndjson;
use crate::json::{self, Flaw, Object};
use crate::records::settle;
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "bluesky-json",
    title: "Bluesky posts (JSON views, feeds, threads, records)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "lexicons app.bsky.* of 2023 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/bluesky/feed.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// The lists of posts in an object.
const LISTS: [&str; 3] = ["feed", "posts", "records"];
/// Where a post view can stand, and the keys that tell it.
const VIEWS: [&str; 7] =
    ["", "[].", "post.", "[].post.", "feed[].post.", "posts[].", "thread.post."];
/// Keys beside the lists.
const BESIDE: [&str; 5] = ["cursor", "hitsTotal", "relatedProfiles", "thread", "threadgate"];
/// Keys of a post view.
#[rustfmt::skip]
const VIEW: [&str; 18] = [
    "$type", "author", "bookmarkCount", "cid", "debug", "embed", "embeds", "indexedAt",
    "labels", "likeCount", "quoteCount", "record", "replyCount", "repostCount", "threadgate",
    "uri", "value", "viewer",
];
/// Keys of an author.
#[rustfmt::skip]
const AUTHOR: [&str; 12] = [
    "$type", "associated", "avatar", "createdAt", "debug", "did", "displayName", "handle",
    "labels", "pronouns", "status", "verification",
];
/// Keys of a post in a feed.
const FEED: [&str; 6] = ["$type", "feedContext", "post", "reason", "reply", "reqId"];

/// Whether a post view stands there.
fn has_view(head: &Head<'_>, prefix: &str) -> bool {
    head.has_keys_at(prefix, &["uri", "author.did", "record.createdAt"])
}

fn sniff(head: &Head<'_>) -> bool {
    let records = || {
        head.has_keys(&["records[].uri", "records[].value.$type"])
            && head.text().contains("at://did:")
    };
    VIEWS.iter().any(|prefix| has_view(head, prefix)) || records()
}

/// Reads the posts.
///
/// # Errors
/// When the JSON breaks or ends too early; the posts before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let read = |object: &Object, place: &Place, fields: &mut Fields, sink: &mut dyn Sink| {
        Reader { exhibit, place, fields }.any(object, sink)
    };
    let bytes = source.head()?;
    let head = Head::new(&bytes, settings);
    // The elements of a list may stand in lines of their own too.
    let line = has_view(&head, "") || has_view(&head, "post.");
    if line && !ndjson::first_objects(&bytes).is_empty() {
        return ndjson::read(source, sink, &read);
    }
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let listing = Listing::of(&bytes, &|key| LISTS.contains(&key));
    let mut fields = Fields::default();
    listing.each(exhibit, sink, |object, place, sink| read(object, place, &mut fields, sink));
    let threads = listing.other("thread").map(|raw| ("/thread", raw));
    let mut cut = None;
    if let Some((pointer, raw)) = threads {
        cut = thread::walk(pointer, raw, &mut |place, raw| {
            settle(exhibit, place, raw.as_bytes(), sink, |sink| {
                read(&json::object(raw)?, place, &mut fields, sink)
            });
        });
    } else {
        listing.whole((exhibit, &bytes), sink, |object, place, sink| {
            read(object, place, &mut fields, sink)
        });
    }
    if !listing.lists.is_empty() || cut.is_some() || threads.is_some() {
        listing.beside(&BESIDE, &mut fields);
    }
    fields.finish(exhibit, sink);
    listing.error.or(cut).map_or(Ok(()), Err)
}

/// Reads one record.
struct Reader<'r> {
    exhibit: ExhibitNo,
    place: &'r Place,
    fields: &'r mut Fields,
}

impl Reader<'_> {
    /// A post in a feed, a post view, or a record with its address.
    fn any(&mut self, object: &Object, sink: &mut dyn Sink) -> Result<(), Flaw> {
        if let Some(gone) = unavailable(object) {
            return Err((RejectReason::SetAside, gone.to_owned()));
        }
        if let Some(post) = object.get("post").and_then(Value::as_object) {
            self.fields.object("", object, &FEED, self.place);
            let (account, post) = self.view(post)?;
            let reason = object.get("reason").and_then(Value::as_object);
            let reposted = reason.map(|reason| self.reposted(reason, &post)).transpose()?.flatten();
            sink.account(account);
            sink.post(post);
            if let Some((account, repost)) = reposted {
                sink.account(account);
                sink.post(repost);
            }
            return Ok(());
        }
        if let Some(value) = object.get("value").and_then(Value::as_object)
            && !object.contains_key("author")
        {
            self.fields.object("", object, &VIEW, self.place);
            return self.record(object, value, sink);
        }
        let (account, post) = self.view(object)?;
        sink.account(account);
        sink.post(post);
        Ok(())
    }

    /// A post view: the record with what the server adds.
    fn view(&mut self, view: &Object) -> Result<(Account, Post), Flaw> {
        self.fields.object("", view, &VIEW, self.place);
        let address = address(view)?;
        let author = part(view, "author")?;
        self.fields.object("author.", author, &AUTHOR, self.place);
        // The address says whose post it is; the author beside it must not say otherwise.
        if json::required(author, "did")? != address.did {
            let detail = "`author.did` is not the author in `uri`".to_owned();
            return Err((RejectReason::Syntax, detail));
        }
        let record = part(view, "record")?;
        let post = record::post(self.exhibit, self.place, &address, record, self.fields)?;
        let account = account(self.exhibit, self.place, author, address.account());
        Ok((account, Post { stamped: indexed(view)?, ..post }))
    }

    /// A record of a repository.
    fn record(&mut self, object: &Object, value: &Object, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let address = address(object)?;
        match address.collection.as_str() {
            record::POST => {
                sink.post(record::post(self.exhibit, self.place, &address, value, self.fields)?);
            }
            record::REPOST => {
                sink.post(record::repost(self.exhibit, self.place, &address, value)?);
            }
            record::PROFILE => {
                sink.account(record::profile(self.exhibit, self.place, &address, value));
            }
            other => {
                let detail = format!("a record of `{}`", faisceau_model::excerpt(other, 60));
                return Err((RejectReason::SetAside, detail));
            }
        }
        Ok(())
    }

    /// The repost that puts a post into a feed; other reasons are none.
    fn reposted(&self, reason: &Object, post: &Post) -> Result<Option<(Account, Post)>, Flaw> {
        let Some(by) = reason.get("by").and_then(Value::as_object) else { return Ok(None) };
        let key = AccountKey::by_id(PLATFORM, &json::required(by, "did")?);
        let own = json::field(reason, "uri").and_then(|uri| Address::parse(&uri));
        let repost = Post {
            id: RowId::at("post", self.exhibit, self.place, 1),
            at: Maybe::Missing(Absent::NotExported),
            stamped: indexed(reason)?,
            kind: PostKind::Forwarded,
            text: Maybe::Missing(Absent::NotApplicable),
            target: Maybe::Known(post.account.native().to_owned()),
            thread: post.thread.clone(),
            permalink: Maybe::Missing(Absent::NotApplicable),
            content_id: Maybe::or_absent(own.map(|own| own.key), Absent::NotExported),
            ..Post::new(self.exhibit, self.place, 1, key.clone())
        };
        let account = account(self.exhibit, self.place, by, key);
        let id = RowId::at("acc", self.exhibit, self.place, 1);
        Ok(Some((Account { id, ..account }, repost)))
    }
}

/// What stands for a post that the server does not give.
fn unavailable(object: &Object) -> Option<&'static str> {
    let set = |key| object.get(key).and_then(Value::as_bool) == Some(true);
    if set("notFound") {
        Some("a post that the server does not have any more")
    } else if set("blocked") {
        Some("a post that one of the accounts concerned hides by a block")
    } else {
        None
    }
}

fn part<'o>(object: &'o Object, key: &str) -> Result<&'o Object, Flaw> {
    let part = object.get(key).and_then(Value::as_object);
    part.ok_or_else(|| (RejectReason::MissingField, format!("`{key}` is missing")))
}

fn address(object: &Object) -> Result<Address, Flaw> {
    let uri = json::required(object, "uri")?;
    Address::parse(&uri).ok_or_else(|| {
        let shown = faisceau_model::excerpt(&uri, 80);
        (RejectReason::Syntax, format!("`uri` is not the address of a record: `{shown}`"))
    })
}

/// When the server saw it first.
fn indexed(view: &Object) -> Result<Maybe<Moment>, Flaw> {
    let Some(text) = json::field(view, "indexedAt") else {
        return Ok(Maybe::Missing(Absent::NotExported));
    };
    let at = Moment::from_rfc3339(&text).ok_or_else(|| {
        let shown = faisceau_model::excerpt(&text, 40);
        (RejectReason::Time, format!("`indexedAt` is no time: `{shown}`"))
    })?;
    Ok(Maybe::Known(at))
}

/// The row of an account.
pub(super) fn account(
    exhibit: ExhibitNo,
    place: &Place,
    author: &Object,
    key: AccountKey,
) -> Account {
    let field = |name| Maybe::or_absent(json::field(author, name), Absent::NotExported);
    let created_raw = field("createdAt");
    // What the server puts where the handle does not lead back to the account.
    let handle = json::field(author, "handle").filter(|handle| handle != "handle.invalid");
    Account {
        native_id: Maybe::Known(key.native().to_owned()),
        handle: Maybe::or_absent(handle, Absent::NotExported),
        display_name: field("displayName"),
        created: match created_raw.known() {
            Some(text) => Maybe::or_absent(Moment::from_rfc3339(text), Absent::Unreadable),
            None => Maybe::Missing(Absent::NotExported),
        },
        created_raw,
        ..Account::new(exhibit, place, 0, key)
    }
}

#[cfg(test)]
mod tests;
