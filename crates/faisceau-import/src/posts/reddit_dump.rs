//! Dumps of Reddit: one comment or submission a line.
//!
//! Producer: Pushshift (until 2023-03), Arctic Shift (since 2023-04), and what is cut out of them.
//! Names of fields from the schemas and the notes that Arctic Shift publishes, read 2026-11. A
//! list of the same objects is read too.
//!
//! In: comments (`body`, `link_id`) and submissions (`title`, `selftext`). Out: a post for each,
//! and the account of its author. Refused: those whose author deleted the account.
//!
//! Traps:
//! - `created_utc` is a number, a number with a fraction, or a text, by year.
//! - `[deleted]` and `[removed]` stand in place of a text; the time of the post is still known.
//! - `author_fullname` (`t2_…`) came in 2018; without it an account is known by its name alone.
//! - Since 2023-11 a text may be the first or the second that was captured: `_meta` says which,
//!   and `retrieved_on` is the time of the first.
//! - Bodies write `&lt;`, `&gt;` and `&amp;`. The title of a submission is its author's words and
//!   stands before its body.
//! - A crosspost repeats another submission: kept as forwarded.

pub(super) mod known;

use faisceau_model::rows::Post;
use faisceau_model::{Absent, ExhibitNo, Maybe, PostKind, RejectReason, Sink};

use super::author::Author;
use super::escapes::{as_written, unescaped};
use super::{instants, links, paths};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::prune::Unread;
use crate::json::records::{self, Record};
use crate::json::{self, Flaw, Object};
use crate::json::{ndjson, prune};
use crate::records::settle;
use crate::settings::ImportSettings;

/// The name of the platform in account keys and rows.
pub(super) const PLATFORM: &str = "reddit";

/// What stands in place of a name or a text.
const GONE: [&str; 3] = ["[deleted]", "[removed]", "[ Removed by Reddit ]"];

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "reddit-dump",
    title: "Reddit dump of comments or submissions (Pushshift, Arctic Shift)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "dumps of 2005 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/reddit_dump/mixed.ndjson",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

fn sniff(head: &Head<'_>) -> bool {
    let has = |keys: &[&str]| records::has_keys(head, keys);
    has(&["author", "created_utc", "id", "subreddit"])
        && (has(&["body", "link_id"]) || has(&["title", "selftext"]) || has(&["title", "is_self"]))
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let (exhibit, unread) = (source.exhibit, Unread::new(&known::UNREAD));
    records::read(source, sink, &|record, fields, sink| {
        settle(exhibit, &record.place, record.raw, sink, |sink| {
            let (post, author) = thing(record, exhibit, &unread, fields)?;
            sink.account(author.row(exhibit, (&record.place, 0), post.account.clone()));
            sink.post(post);
            Ok(())
        });
    })
}

/// A comment or a submission.
pub(super) fn thing(
    record: &Record<'_>,
    exhibit: ExhibitNo,
    unread: &Unread,
    fields: &mut Fields,
) -> Result<(Post, Author), Flaw> {
    let thing = prune::object(ndjson::text(record.raw)?, unread)?;
    fields.object("", &thing, &known::READ, &record.place);
    let author = author(&thing)?;
    let submission = thing.contains_key("title");
    let (text, text_raw) = if submission { title_and_body(&thing) } else { body(&thing, "body") };
    let captured =
        if thing.contains_key("retrieved_utc") { "retrieved_utc" } else { "retrieved_on" };
    let id = json::required(&thing, "id")?;
    let crosspost = json::field(&thing, "crosspost_parent").is_some();
    let post = Post {
        at: instants::unix_seconds(&thing, "created_utc")?,
        at_raw: instants::raw(&thing, "created_utc"),
        captured: instants::lenient(instants::unix_seconds(&thing, captured)),
        kind: if crosspost { PostKind::Forwarded } else { PostKind::Public },
        text,
        text_raw,
        // A comment says which post it answers, not whom.
        target: Maybe::Missing(if submission {
            Absent::NotApplicable
        } else {
            Absent::NotRecorded
        }),
        thread: instants::raw(&thing, "subreddit").map(|name| format!("r/{name}")),
        permalink: Maybe::or_absent(permalink(&thing, &id), Absent::NotExported),
        content_id: Maybe::Known(id),
        media: media(&thing),
        ..Post::new(exhibit, &record.place, 0, author.key()?)
    };
    Ok((post, author))
}

fn author(thing: &Object) -> Result<Author, Flaw> {
    let name = json::field(thing, "author").filter(|name| !GONE.contains(&name.as_str()));
    let id = json::field(thing, "author_fullname");
    if name.is_none() && id.is_none() && thing.contains_key("author") {
        return Err((RejectReason::SetAside, "the author deleted the account".to_owned()));
    }
    let mut author = Author::new(PLATFORM, id, name);
    author.created = (
        instants::lenient(instants::unix_seconds(thing, "author_created_utc")),
        instants::raw(thing, "author_created_utc"),
    );
    Ok(author)
}

/// A text and how it is written.
fn body(thing: &Object, key: &str) -> (Maybe<String>, Maybe<String>) {
    let none = Maybe::Missing(Absent::NotApplicable);
    match json::field(thing, key) {
        None => (Maybe::Missing(Absent::NotExported), none),
        Some(written) if GONE.contains(&written.trim()) => (Maybe::Missing(Absent::Deleted), none),
        Some(written) => {
            let text = unescaped(&written);
            let raw = as_written(written, &text);
            (Maybe::Known(text), raw)
        }
    }
}

/// The title, an empty line, the body.
fn title_and_body(thing: &Object) -> (Maybe<String>, Maybe<String>) {
    let ((title, title_raw), (body, body_raw)) = (body(thing, "title"), body(thing, "selftext"));
    let joined = |title: &str, body: &str| format!("{title}\n\n{body}");
    match (title, body) {
        (Maybe::Known(title), Maybe::Known(body)) => {
            let raw = match (&title_raw, &body_raw) {
                (Maybe::Missing(reason), Maybe::Missing(_)) => Maybe::Missing(*reason),
                _ => Maybe::Known(joined(
                    title_raw.known().unwrap_or(&title),
                    body_raw.known().unwrap_or(&body),
                )),
            };
            (Maybe::Known(joined(&title, &body)), raw)
        }
        (Maybe::Known(title), Maybe::Missing(_)) => (Maybe::Known(title), title_raw),
        (Maybe::Missing(_), body) => (body, body_raw),
    }
}

/// The address that the record gives, else the short one that leads to the same place.
fn permalink(thing: &Object, id: &str) -> Option<String> {
    let path = paths::either(thing, &["permalink", "permalink_url"]);
    if let Some(path) = path.filter(|path| path.starts_with("/r/") || path.starts_with("/user/")) {
        return Some(format!("https://www.reddit.com{path}"));
    }
    let link = json::field(thing, "link_id");
    let link = link.as_deref().map_or(Some(id), |link| link.strip_prefix("t3_"))?;
    let comment = if thing.contains_key("link_id") { format!("_/{id}/") } else { String::new() };
    (links::plain(link) && links::plain(id))
        .then(|| format!("https://www.reddit.com/comments/{link}/{comment}"))
}

/// Pictures and videos that Reddit itself holds. Another address is a page that is linked to.
fn media(thing: &Object) -> Vec<String> {
    let own = |url: &String| {
        ["https://i.redd.it/", "https://v.redd.it/"].iter().any(|host| url.starts_with(host))
    };
    let linked = json::field(thing, "url").filter(own).and_then(|url| links::media(&url));
    let gallery = paths::objects(thing, &["gallery_data", "items"])
        .filter_map(|item| json::field(item, "media_id"));
    linked.into_iter().chain(gallery).collect()
}

#[cfg(test)]
mod tests;
