//! Comments of one video, as `youtube-comment-downloader` writes them.
//!
//! Field names from its source (`downloader.py`): JSON lines, or `{"comments": […]}` with
//! `--pretty`.
//!
//! In: such a file. Out: a post for each comment, accounts as they are first seen. Refused:
//! nothing; the video is not named, so that there is no permalink and no thread.
//!
//! Traps: `time` is an age ("2 years ago"), and `time_parsed` is computed from it when the comment
//! was downloaded: an interval. `votes` is a text. `channel` is the immutable id.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, Sink};

use super::youtube_time::interval;
use super::ytdlp::seconds;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::lines_or_lists::{self, Told};
use crate::json::{self, Flaw, Object};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "youtube-comments",
    title: "YouTube comments (youtube-comment-downloader)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "youtube-comment-downloader 0.1.60 to 0.1.78",
    checked: "2026-11-21",
    sample: "tests/fixtures/youtube/comments.jsonl",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

const PLATFORM: &str = "youtube";
/// Keys that tell a comment.
const TOLD_BY: [&str; 4] = ["cid", "time", "channel", "votes"];
/// Keys of a comment.
#[rustfmt::skip]
const COMMENT: [&str; 12] = [
    "author", "channel", "cid", "heart", "paid", "photo", "replies", "reply", "text", "time",
    "time_parsed", "votes",
];

fn sniff(head: &Head<'_>) -> bool {
    ["", "comments[]."].into_iter().any(|prefix| head.has_keys_at(prefix, &TOLD_BY))
}

/// Reads the comments.
///
/// # Errors
/// When the JSON breaks or ends too early; the comments before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let read = |object: &Object, place: &Place, fields: &mut Fields, sink: &mut dyn Sink| {
        comment(exhibit, object, place, fields, sink)
    };
    let told = Told { by: &TOLD_BY, lists: &["comments"], beside: &[] };
    lines_or_lists::read(source, settings, &told, sink, &read)
}

fn comment(
    exhibit: ExhibitNo,
    comment: &Object,
    place: &Place,
    fields: &mut Fields,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    fields.object("", comment, &COMMENT, place);
    let id = json::required(comment, "cid")?;
    let author = json::field(comment, "author");
    let key = match (json::field(comment, "channel"), &author) {
        (Some(channel), _) => AccountKey::by_id(PLATFORM, &channel),
        (None, Some(author)) => AccountKey::by_handle(PLATFORM, author),
        (None, None) => AccountKey::by_id(PLATFORM, &json::required(comment, "channel")?),
    };
    let written = json::field(comment, "time");
    let computed = json::field(comment, "time_parsed").as_deref().and_then(seconds);
    let interval = interval(written.as_deref().unwrap_or_default(), computed, None);
    let (handle, name) = match author {
        Some(author) if author.starts_with('@') => {
            (Some(author.trim_start_matches('@').to_owned()), None)
        }
        other => (None, other),
    };
    let native = Some(key.native().to_owned()).filter(|native| !native.starts_with('@'));
    sink.account(Account {
        native_id: Maybe::or_absent(native, Absent::NotExported),
        handle: Maybe::or_absent(handle, Absent::NotExported),
        display_name: Maybe::or_absent(name, Absent::NotExported),
        ..Account::new(exhibit, place, 0, key.clone())
    });
    sink.post(Post {
        at: interval.at,
        until: interval.until,
        at_raw: Maybe::or_absent(written, Absent::NotExported),
        text: match comment.get("text").and_then(serde_json::Value::as_str) {
            Some(text) => Maybe::text(text, Absent::NotApplicable),
            None => Maybe::Missing(Absent::NotExported),
        },
        content_id: Maybe::Known(id),
        ..Post::new(exhibit, place, 0, key)
    });
    Ok(())
}

#[cfg(test)]
mod tests;
