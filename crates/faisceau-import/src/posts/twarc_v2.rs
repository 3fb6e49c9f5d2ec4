//! Tweets of the second API of X, as twarc 2 saves them.
//!
//! Producer: twarc 2 (`twarc2 search`, `timeline` and others): a page of the API a line,
//! `{data, includes, errors, meta, __twarc}`; or one tweet a line with everything inside (`twarc2
//! flatten`, and 4CAT). Names of fields from `expansions.py` of twarc, read 2026-11. A list of
//! either is read too, and a page over several lines.
//!
//! In: such pages and tweets. Out: a post for each element of `data` and the account of its
//! author; an account for each element that is a user. Refused: what the API says it could not
//! give (`errors`), each set aside.
//!
//! Records: each element of `data` and of `errors`, told apart by its part where they stand on one
//! line: the parts of errors follow those of data. A page without any is one record, and so is the
//! rest of a page that breaks.
//!
//! Traps:
//! - Author, pictures and the whole text of a retweet stand apart, under `includes`.
//! - `text` writes `&lt;`, `&gt;`, `&amp;` and is cut for a retweet, and for a long tweet, whose
//!   whole text is `note_tweet.text`.
//! - Times end in `.000Z` and are precise to the second.
//! - Tweets under `includes` (answered, quoted) are not rows of their own.

mod element;
mod includes;

use std::collections::BTreeMap;

use faisceau_model::{Absent, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, excerpt};
use serde_json::value::RawValue;

use super::instants;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::prune::Unread;
use crate::json::records::{self, Record};
use crate::json::{self, Flaw, Object};
use crate::json::{document, ndjson, prune};
use crate::records::{set_aside, settle, settle_part};
use crate::settings::ImportSettings;
use includes::Includes;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "twarc-v2",
    title: "Tweets of the second API of X (twarc 2, pages or flattened)",
    group: Group::Posts,
    gives: &["posts", "accounts"],
    versions: "API 2, twarc 2.0 to 2.14",
    checked: "2026-11-21",
    sample: "tests/fixtures/twarc/v2.jsonl",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Keys of a page.
const PAGE: [&str; 6] = ["__twarc", "data", "errors", "includes", "matching_rules", "meta"];

/// Keys that are known and not read.
#[rustfmt::skip]
const UNREAD: [&str; 42] = [
    "affiliation", "alt_text", "article", "author_username", "card_uri", "community_id",
    "connection_status", "context_annotations", "display_text_range", "duration_ms",
    "edit_controls", "edit_history_tweet_ids", "entities", "geo", "height", "is_identity_verified",
    "location", "media_metadata", "most_recent_tweet_id", "non_public_metrics", "organic_metrics",
    "parody", "pinned_tweet", "pinned_tweet_id", "places", "polls", "possibly_sensitive",
    "profile_banner_url", "profile_image_url", "protected", "public_metrics", "receives_your_dm",
    "reply_settings", "scopes", "subscription", "subscription_type", "topics", "verified",
    "verified_followers_count", "verified_type", "width", "withheld",
];

/// Keys that only this API gives a tweet or a user.
const OWN: [&str; 4] =
    ["edit_history_tweet_ids", "conversation_id", "public_metrics", "referenced_tweets"];

fn sniff(head: &Head<'_>) -> bool {
    let has = |prefix: &str, keys: &[&str]| {
        let keys: Vec<String> = keys.iter().map(|key| format!("{prefix}{key}")).collect();
        records::has_keys(head, &keys.iter().map(String::as_str).collect::<Vec<_>>())
    };
    ["data[].", "data.", ""].iter().any(|prefix| {
        let tweet = has(prefix, &["id", "text"]) && OWN.iter().any(|key| has(prefix, &[key]));
        let user = has(prefix, &["id", "username", "name", "public_metrics.followers_count"]);
        // A flattened tweet stands at the top, where other formats have an id and a text too.
        (tweet && (!prefix.is_empty() || has("", &["author_id"]))) || (user && !prefix.is_empty())
    })
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let reader = Reader { exhibit: source.exhibit, unread: Unread::new(&UNREAD) };
    records::read(source, sink, &|record, fields, sink| {
        reader.record(record, fields, sink);
    })
}

/// What a page says of all its elements.
struct Context<'c> {
    exhibit: ExhibitNo,
    includes: &'c Includes,
    captured: Maybe<Moment>,
}

/// What all records of an exhibit share.
struct Reader {
    exhibit: ExhibitNo,
    unread: Unread,
}

impl Reader {
    /// A page, or a tweet that stands alone.
    fn record(&self, record: &Record<'_>, fields: &mut Fields, sink: &mut dyn Sink) {
        let keys = ndjson::text(record.raw)
            .map(|text| (text, serde_json::from_str::<BTreeMap<String, &RawValue>>(text)));
        match keys {
            Ok((_, Ok(keys))) if is_page(&keys) => self.page(record, &keys, fields, sink),
            Ok((text, Err(error))) => self.broken(record, (text, &error), fields, sink),
            Ok((text, Ok(_))) => settle(self.exhibit, &record.place, record.raw, sink, |sink| {
                let tweet = prune::object(text, &self.unread)?;
                let context = Context {
                    exhibit: self.exhibit,
                    includes: &Includes::default(),
                    captured: captured(tweet.get("__twarc")),
                };
                element::read(&tweet, &context, (&record.place, 0), fields, sink)
            }),
            Err(flaw) => settle(self.exhibit, &record.place, record.raw, sink, |_| Err(flaw)),
        }
    }

    fn page(
        &self,
        record: &Record<'_>,
        keys: &BTreeMap<String, &RawValue>,
        fields: &mut Fields,
        sink: &mut dyn Sink,
    ) {
        let exhibit = self.exhibit;
        for key in keys.keys().filter(|key| !PAGE.contains(&key.as_str())) {
            fields.note("", key, 1, &record.place);
        }
        let includes = keys.get("includes").map(|raw| prune::object(raw.get(), &self.unread));
        // Tweets without their includes still have the ids of their authors.
        let (includes, lost) = match includes {
            Some(Ok(object)) => (Includes::new(object), None),
            Some(Err(flaw)) => (Includes::default(), Some(flaw)),
            None => (Includes::default(), None),
        };
        let twarc = keys.get("__twarc").and_then(|raw| serde_json::from_str(raw.get()).ok());
        let context = Context { exhibit, includes: &includes, captured: captured(twarc.as_ref()) };
        let data = Elements::of(keys.get("data").copied());
        let errors = Elements::of(keys.get("errors").copied());
        data.each(record, 0, "data", &mut |raw, place| {
            self.element(raw, &context, place, fields, sink);
        });
        errors.each(record, data.raw.len(), "errors", &mut |raw, place| {
            settle_part(exhibit, place, raw.as_bytes(), sink, |_| Err(refusal(raw)));
        });
        let all = data.raw.len() + errors.raw.len();
        if let Some(flaw) = lost {
            let (place, part) = record.part("includes", None, all);
            settle_part(exhibit, (&place, part), record.raw, sink, |_| Err(flaw));
        } else if all == 0 {
            set_aside(exhibit, &record.place, record.raw, "a page without tweets", sink);
        }
    }

    /// The elements before the place where a page breaks, and the rest of it.
    fn broken(
        &self,
        record: &Record<'_>,
        (text, error): (&str, &serde_json::Error),
        fields: &mut Fields,
        sink: &mut dyn Sink,
    ) {
        let (found, _) = document::document(text, &|key| key == "data");
        let raw = found.lists.into_iter().flat_map(|(_, raw)| raw).collect();
        let data = Elements { raw, listed: true };
        let captured = Maybe::Missing(Absent::NotExported);
        let includes = &Includes::default();
        let context = Context { exhibit: self.exhibit, includes, captured };
        data.each(record, 0, "data", &mut |raw, place| {
            self.element(raw, &context, place, fields, sink);
        });
        let reason = if error.is_eof() { RejectReason::Truncated } else { RejectReason::Syntax };
        let detail = format!("{error} of the page; {} tweets before it were kept", data.raw.len());
        let part = (&record.place, data.raw.len() as u32);
        settle_part(self.exhibit, part, record.raw, sink, |_| Err((reason, detail)));
    }

    /// One element of `data`.
    fn element(
        &self,
        raw: &str,
        context: &Context<'_>,
        place: (&Place, u32),
        fields: &mut Fields,
        sink: &mut dyn Sink,
    ) {
        settle_part(self.exhibit, place, raw.as_bytes(), sink, |sink| {
            let object = prune::object(raw, &self.unread)?;
            element::read(&object, context, place, fields, sink)
        });
    }
}

fn is_page(keys: &BTreeMap<String, &RawValue>) -> bool {
    !keys.contains_key("text")
        && ["data", "errors", "meta"].iter().any(|key| keys.contains_key(*key))
}

/// When twarc asked.
fn captured(twarc: Option<&serde_json::Value>) -> Maybe<Moment> {
    match twarc.and_then(serde_json::Value::as_object) {
        Some(twarc) => instants::lenient(instants::iso(twarc, "retrieved_at")),
        None => Maybe::Missing(Absent::NotRecorded),
    }
}

/// What the API says it could not give.
fn refusal(raw: &str) -> Flaw {
    let said = |error: &Object| {
        let words = ["title", "detail"].iter().filter_map(|key| json::field(error, key));
        words.collect::<Vec<_>>().join(": ")
    };
    let said = json::object(raw).map(|error| said(&error)).unwrap_or_default();
    (RejectReason::SetAside, format!("the API could not give it: {}", excerpt(&said, 200)))
}

/// The elements of a list, or the one object in its place.
struct Elements<'p> {
    raw: Vec<&'p RawValue>,
    listed: bool,
}

impl<'p> Elements<'p> {
    fn of(raw: Option<&'p RawValue>) -> Self {
        match raw {
            Some(raw) if raw.get().starts_with('[') => {
                Self { raw: serde_json::from_str(raw.get()).unwrap_or_default(), listed: true }
            }
            Some(raw) if raw.get().starts_with('{') => Self { raw: vec![raw], listed: false },
            _ => Self { raw: Vec::new(), listed: true },
        }
    }

    /// Calls `each` with every element and where it stands; `before` elements of the page came
    /// before.
    fn each(
        &self,
        record: &Record<'_>,
        before: usize,
        key: &str,
        each: &mut dyn FnMut(&str, (&Place, u32)),
    ) {
        for (index, raw) in self.raw.iter().enumerate() {
            let (place, part) = record.part(key, self.listed.then_some(index), before + index);
            each(raw.get(), (&place, part));
        }
    }
}

#[cfg(test)]
mod tests;
