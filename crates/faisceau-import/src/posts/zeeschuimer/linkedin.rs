//! Posts as the pages of `LinkedIn` receive them.
//!
//! In: an item of `linkedin.com` (the extension captured them until 2026): `actor, commentary,
//! content, updateMetadata.urn`. Out: a post. Refused: items without author or activity.
//!
//! Traps:
//! - There is no time, only "18h •" beside the name, counted back from the capture and rounded: an
//!   interval, never a time to work with. Its units are those of the reader's language; `j` is a
//!   day in French and a year in Dutch, and spans both.
//! - A post whose interval cannot be read was promoted, or the language is not known.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, Moment, PostKind, Precision, RejectReason, ZoneSource};

use super::{Capture, Found};
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::{links, paths};

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "linkedin";

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Keys of an item, beside those that are passed over.
#[rustfmt::skip]
pub(super) const KNOWN: [&str; 10] = [
    "*resharedUpdate", "actor", "commentary", "content", "desc", "entityUrn", "id",
    "preDashEntityUrn", "resharedUpdate", "updateMetadata",
];

/// One item.
pub(super) fn read(item: &Object, capture: &Capture<'_>) -> Result<Found, Flaw> {
    let id = activity(item).ok_or_else(|| {
        (RejectReason::MissingField, "no `urn:li:activity:` in `updateMetadata.urn`".to_owned())
    })?;
    let author = author(item);
    let ago = paths::text(item, &["actor", "subDescription", "text"]);
    let ago = ago.map(|text| text.split('•').next().unwrap_or_default().trim().to_owned());
    let ago = ago.filter(|text| !text.is_empty());
    let (at, until) = interval(ago.as_deref(), capture.at);
    let text = paths::text(item, &["commentary", "text", "text"]);
    let reshared = ["*resharedUpdate", "resharedUpdate"]
        .iter()
        .any(|key| item.get(*key).is_some_and(|value| !value.is_null()));
    let post = Post {
        at,
        at_raw: Maybe::or_absent(ago, Absent::NotExported),
        until,
        captured: capture.at,
        kind: if reshared && text.is_none() { PostKind::Forwarded } else { PostKind::Public },
        text: Maybe::or_absent(text, Absent::NotExported),
        target: Maybe::Missing(Absent::NotApplicable),
        thread: Maybe::Known(id.clone()),
        permalink: Maybe::Known(format!(
            "https://www.linkedin.com/feed/update/urn:li:activity:{id}"
        )),
        content_id: Maybe::Known(id),
        media: pictures(item),
        ..Post::new(capture.exhibit, capture.place, 0, author.key()?)
    };
    Ok(Found { post, author })
}

/// The number of the first activity that the item names.
fn activity(item: &Object) -> Option<String> {
    let urn = paths::text(item, &["updateMetadata", "urn"])
        .or_else(|| paths::either(item, &["preDashEntityUrn", "entityUrn", "id"]))?;
    let (_, rest) = urn.split_once("urn:li:activity:")?;
    let id = rest.split([',', ')']).next()?;
    links::number(id).then(|| id.to_owned())
}

/// The profile's path is the handle: `in/jeanne-d`, `company/acme`.
fn author(item: &Object) -> Author {
    let url = paths::text(item, &["actor", "navigationContext", "actionTarget"]);
    let handle = url.and_then(|url| {
        let (_, path) = url.split_once("linkedin.com/")?;
        Some(path.split(['?', '#']).next()?.trim_end_matches('/').to_owned())
    });
    let mut author = Author::new(PLATFORM, None, handle);
    let name = paths::text(item, &["actor", "name", "text"]);
    author.name = Maybe::or_absent(name, Absent::NotExported);
    let headline = paths::text(item, &["actor", "description", "text"]);
    author.bio = Maybe::or_absent(headline, Absent::NotExported);
    author
}

/// When the post was sent, counted back from the capture.
fn interval(ago: Option<&str>, captured: Maybe<Moment>) -> (Maybe<Moment>, Maybe<Moment>) {
    let Some(ago) = ago else {
        let none = Maybe::Missing(Absent::NotExported);
        return (none, Maybe::Missing(Absent::NotApplicable));
    };
    let found = captured.into_known().and_then(|captured| {
        let (longest, shortest) = span(ago)?;
        let at = |back: i64| {
            let us = captured.at_us().checked_sub(back.checked_mul(1_000_000)?)?;
            Moment::new(us, Precision::Interval, ZoneSource::Unix)
        };
        Some((at(longest)?, at(shortest)?))
    });
    match found {
        Some((at, until)) => (Maybe::Known(at), Maybe::Known(until)),
        None => (Maybe::Missing(Absent::Unreadable), Maybe::Missing(Absent::NotApplicable)),
    }
}

/// The longest and the shortest time, in seconds, that "18h" may stand for.
fn span(ago: &str) -> Option<(i64, i64)> {
    let digits: String = ago.chars().filter(char::is_ascii_digit).collect();
    let unit: String = ago.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let count: i64 = digits.parse().ok().filter(|count| *count < 1000)?;
    let (longest, shortest) = match unit.as_str() {
        "s" | "sec" | "sek" => (1, 1),
        "m" | "min" | "mn" => (60, 60),
        "h" | "u" | "std" => (3600, 3600),
        "d" | "t" | "tg" => (DAY, DAY),
        "w" | "sem" | "wo" => (7 * DAY, 7 * DAY),
        "mo" | "mois" | "mnd" => (31 * DAY, 28 * DAY),
        "yr" | "an" | "ans" => (366 * DAY, 365 * DAY),
        "j" => (366 * DAY, DAY),
        _ => return None,
    };
    // Rounded, nobody says which way.
    Some(((count + 1) * longest, (count - 1).max(0) * shortest))
}

/// The largest rendition of each picture.
fn pictures(item: &Object) -> Vec<String> {
    let vector = |image: &Object| {
        let attribute = paths::objects(image, &["attributes"]).next()?;
        let vector = paths::object(attribute, &["vectorImage"])
            .or_else(|| paths::object(attribute, &["detailData", "vectorImage"]))?;
        let largest = paths::objects(vector, &["artifacts"])
            .max_by_key(|artifact| json::integer(artifact, "width"))?;
        let end = json::field(largest, "fileIdentifyingUrlPathSegment")?;
        links::media(&format!("{}{end}", json::field(vector, "rootUrl")?))
    };
    let listed = paths::objects(item, &["content", "images"]).filter_map(vector);
    let article = paths::object(item, &["content", "articleComponent", "largeImage"]);
    listed.chain(article.and_then(vector)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_ago_is_an_interval_wide_enough_for_every_reading() {
        assert_eq!(span("18h"), Some((19 * 3600, 17 * 3600)));
        assert_eq!(span("3 mois"), Some((4 * 31 * DAY, 2 * 28 * DAY)));
        assert_eq!(span("1 j"), Some((2 * 366 * DAY, 0)));
        assert_eq!(span("0 s"), Some((1, 0)));
        assert_eq!(span("Promoted"), None);
        assert_eq!(span("99999999999999999999h"), None);
        assert_eq!(span("3 fortnights"), None);
    }
}
