//! X (Twitter) archive: one `data/*.js` file, `window.YTD.<part>.partN = [ … ]`.
//!
//! In: a file of the archive that the owner of an account downloads. Names of parts and fields are
//! those of the README of these archives and of public readers of them: the crate
//! `twitter-archive` (rust-utilities), `twitter-to-sqlite`, the field table of a data-donation
//! project; checked on 2026-11-21, no real archive was at hand. Out: a post for each tweet, long
//! text, private message and prompt to Grok; a connection for each login and for the creation of
//! the account; devices; accounts, with former handles; what X declares of the holder. Refused:
//! the other parts (followers, likes, advertising, address book, …), each set aside as a whole.
//!
//! Traps of the format:
//! - A tweet does not say who wrote it: the owner of the archive is asked from the settings,
//!   which the case fills with what [`owner`] finds. Without it every tweet is rejected.
//! - `full_text` writes `&lt;`, `&gt;` and `&amp;`, and starts with `RT @` for a retweet.
//! - Text beyond 280 characters stands whole in the part `note_tweet` and cut in `tweets`: such a
//!   post is there twice, under two ids.
//! - The headers of tweets and messages repeat them without text and are set aside, so that none
//!   is counted twice. An answer to a legal request may have nothing else: there they are read.
//! - One conversation is one element, however long: each message is a record.
//! - Places are pointers into the list after the `=`: `/17` is its eighteenth element.

pub(crate) mod part;
pub(crate) mod reader;
pub(crate) mod rows;
pub(crate) mod spot;

mod connection;
mod device;
mod holder;
mod message;
mod tweet;

use faisceau_model::rows::Reject;
use faisceau_model::{AccountKey, Place, RejectReason, Sink};
use serde::de::DeserializeSeed;
use serde_json::Value;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json;
use crate::settings::ImportSettings;
use part::Part;
use reader::Reader;
use rows::Context;
use spot::Spot;

/// The name of the platform in account keys and rows.
pub(crate) const PLATFORM: &str = "x";
/// The name before the `=` is short; what follows it is the list.
const PREFIX_LEN: usize = 200;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "x-archive",
    title: "X (Twitter) archive, one data/*.js file",
    group: Group::Accounts,
    gives: &["posts", "accounts", "connections", "devices", "subscribers"],
    versions: "archives of 2019 to 2025",
    checked: "2026-11-21",
    sample: "tests/fixtures/x_archive/tweets.js",
    origin: Origin::Synthetic,
    rank: Rank::Signature,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: Some(owner),
};

/// Whether the head is of a file of an X archive.
pub(crate) fn sniff(head: &[u8]) -> bool {
    let (text, _) = json::text(head);
    part_name(text).is_some() || text.trim_start().starts_with(MANIFEST)
}

/// The start of `manifest.js`.
const MANIFEST: &str = "window.__THAR_CONFIG";

/// The `<part>` of `window.YTD.<part>.partN =`.
pub(crate) fn part_name(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix("window.YTD.")?;
    let name = rest.split_once('.')?.0;
    let known = !name.is_empty()
        && name.len() <= 80
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    known.then(|| name.replace('-', "_"))
}

/// What stands after the first `=`.
fn after_equals(text: &str) -> Option<&str> {
    let at = text.bytes().take(PREFIX_LEN).position(|b| b == b'=')?;
    text.get(at + 1..)
}

/// Reads one file of an archive.
///
/// # Errors
/// When the list breaks or ends too early; the elements before that place are kept.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (text, start) = json::text(&bytes);
    let name = part_name(text).unwrap_or_else(|| "manifest".to_owned());
    let part = match Part::named(&name) {
        Some(part) if part.repeats() => {
            let detail = format!("the part `{name}` repeats another part without its text");
            whole_set_aside(source, detail, sink);
            return Ok(());
        }
        Some(part) => part,
        None => {
            whole_set_aside(source, format!("the part `{name}` is not read"), sink);
            return Ok(());
        }
    };
    let Some(list) = after_equals(text) else {
        let detail = format!("no `=` in the first {PREFIX_LEN} bytes");
        return Err(ImportError::Broken { place: Place::Whole, detail });
    };
    // Files that passed through an editor may end with a semicolon.
    let list = list.trim_end().trim_end_matches(';');
    let mut elements = Vec::new();
    let mut document = serde_json::Deserializer::from_str(list);
    let outcome = json::Elements { out: &mut elements, budget: json::MAX_RECORDS }
        .deserialize(&mut document)
        .and_then(|()| document.end());
    let context = Context {
        exhibit: source.exhibit,
        owner: settings.owners.get(source.exhibit, PLATFORM).cloned(),
    };
    let mut reader = Reader { context, fields: Fields::default(), sink, bare: false };
    for (index, raw) in elements.iter().enumerate() {
        reader.element(part, raw.get(), Spot::Index(index));
    }
    reader.fields.finish(source.exhibit, reader.sink);
    let origin = start + json::offset(text, list);
    let end = elements.last().map_or(0, |raw| json::offset(list, raw.get()) + raw.get().len());
    outcome.map_err(|error| json::stop(&error, &bytes, origin, origin + end, elements.len()))
}

/// A part that is known and not read is one record.
fn whole_set_aside(source: &Source<'_>, detail: String, sink: &mut dyn Sink) {
    sink.records(1);
    let place = Place::Whole;
    sink.reject(Reject::new(source.exhibit, place, RejectReason::SetAside, detail, b""));
}

/// The owner of an archive, from its `account.js`, `ip-audit.js`, `account-creation-ip.js` or
/// `manifest.js`; `None` for any other file.
fn owner(file: &[u8]) -> Option<AccountKey> {
    Some(AccountKey::by_id(PLATFORM, &owner_id(file)?))
}

fn owner_id(file: &[u8]) -> Option<String> {
    let (text, _) = json::text(file);
    let value = after_equals(text)?.trim_end().trim_end_matches(';');
    if text.trim_start().starts_with(MANIFEST) {
        let manifest = json::object(value).ok()?;
        return json::field(manifest.get("userInfo")?.as_object()?, "accountId");
    }
    let part = Part::named(&part_name(text)?)
        .filter(|part| matches!(part, Part::Account | Part::IpAudit | Part::CreationIp))?;
    let list: Vec<Value> = serde_json::from_str(value).ok()?;
    json::field(list.first()?.get(part.wrapper())?.as_object()?, "accountId")
}

#[cfg(test)]
mod tests;
