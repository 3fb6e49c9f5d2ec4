//! What the formats of feeds share: from an entry to a post and its account.
//!
//! In: what a feed says of itself and of an entry. Out: the rows. Refused: an entry with neither
//! text nor title nor address, and one whose time cannot be read.
//!
//! Traps:
//! - The platform is the host of the site that the feed is of, as for saved pages.
//! - An author of a feed is a name that the site gives: nothing makes it unique. Without one, the
//!   feed itself is the account.
//! - A feed may give the time of the last change alone: that is not when the post was sent, and
//!   stays as it is written, without being read.
//! - The title is its author's words and stands before the text, unless the text starts with it.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, Precision, RejectReason, ZoneSource,
    excerpt,
};
use jiff::fmt::rfc2822::DateTimeParser;

use super::recipes::host;
use crate::html::fragment_text;
use crate::json::Flaw;
use crate::rows::repeated::repeated;

/// The platform where no address says it.
const PLATFORM: &str = "feed";
/// Most media of one entry.
pub(super) const MAX_MEDIA: usize = 50;

/// Characters from which on a title that the text starts with is a repetition.
const LONG_TITLE: usize = 20;

/// What a feed says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Feed {
    pub(super) title: Option<String>,
    /// The address of the site, else of the feed.
    pub(super) link: Option<String>,
    pub(super) author: Option<String>,
    pub(super) lang: Option<String>,
}

/// A text and how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Markup of HTML.
    Markup(String),
    /// Plain text.
    Plain(String),
}

/// What a feed says of an entry.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) id: Option<String>,
    pub(super) link: Option<String>,
    pub(super) title: Option<Content>,
    pub(super) content: Option<Content>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) author: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) media: Vec<String>,
}

/// The rows of an entry.
pub(super) fn rows(
    exhibit: ExhibitNo,
    place: &Place,
    feed: &Feed,
    entry: Entry,
) -> Result<(Account, Post), Flaw> {
    if entry.title.is_none() && entry.content.is_none() && entry.link.is_none() {
        let detail = "neither a text nor a title nor an address".to_owned();
        return Err((RejectReason::MissingField, detail));
    }
    let (at, at_raw) = times(&entry)?;
    let site = [&feed.link, &entry.link].into_iter().flatten().find_map(|link| host(link));
    let platform = site.unwrap_or_else(|| PLATFORM.to_owned());
    let name = entry.author.or_else(|| feed.author.clone()).map(repeated);
    let known = |key: &AccountKey| !key.native().trim_start_matches('@').is_empty();
    let by_name = name.as_ref().map(|name| AccountKey::by_handle(&platform, name)).filter(known);
    let own = feed.link.as_deref().or(feed.title.as_deref()).unwrap_or(PLATFORM);
    let shown = if by_name.is_some() { name } else { feed.title.clone().map(repeated) };
    let key = by_name.unwrap_or_else(|| AccountKey::by_id(&platform, own));
    let (text, text_raw) = text(entry.title, entry.content);
    let account = Account {
        display_name: Maybe::or_absent(shown, Absent::NotExported),
        ..Account::new(exhibit, place, 0, key.clone())
    };
    let or_absent = |value| Maybe::or_absent(value, Absent::NotExported);
    let post = Post {
        at,
        at_raw,
        text,
        text_raw,
        target: Maybe::Missing(Absent::NotRecorded),
        thread: Maybe::Missing(Absent::NotRecorded),
        content_id: or_absent(entry.id.or_else(|| entry.link.clone())),
        permalink: or_absent(entry.link),
        lang: or_absent(entry.lang.or_else(|| feed.lang.clone())),
        media: entry.media,
        ..Post::new(exhibit, place, 0, key)
    };
    Ok((account, post))
}

fn times(entry: &Entry) -> Result<(Maybe<Moment>, Maybe<String>), Flaw> {
    let none = Maybe::Missing(Absent::NotExported);
    match (&entry.published, &entry.updated) {
        (Some(written), _) => {
            let at = moment(written).ok_or_else(|| {
                let shown = excerpt(written, 40);
                (RejectReason::Time, format!("the time of the entry is none: `{shown}`"))
            })?;
            Ok((Maybe::Known(at), Maybe::Known(written.clone())))
        }
        (None, Some(written)) => Ok((none, Maybe::Known(format!("updated {written}")))),
        (None, None) => Ok((none, Maybe::Missing(Absent::NotExported))),
    }
}

/// RFC 3339 (Atom, JSON Feed, Dublin Core), or RFC 2822 (RSS).
fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    Moment::from_rfc3339(text).or_else(|| {
        let at = DateTimeParser::new().parse_timestamp(text).ok()?;
        Moment::new(at.as_microsecond(), Precision::Second, ZoneSource::Explicit)
    })
}

/// Title and text, and both as they are written where that differs.
fn text(title: Option<Content>, content: Option<Content>) -> (Maybe<String>, Maybe<String>) {
    let no_raw = Maybe::Missing(Absent::NotApplicable);
    let mut read: Vec<String> = Vec::new();
    let mut written: Vec<String> = Vec::new();
    for part in [title, content].into_iter().flatten() {
        let (plain, raw) = match part {
            Content::Plain(text) => (Some(text.trim().to_owned()), text),
            Content::Markup(markup) => (fragment_text(&markup, &|_| false), markup),
        };
        let Some(plain) = plain else {
            return (Maybe::Missing(Absent::Unreadable), Maybe::Known(raw));
        };
        // Programs that have no titles make one from the start of the text.
        if read.last().is_some_and(|title| is_start_of(title, &plain)) {
            read.clear();
        }
        if !plain.is_empty() {
            read.push(plain);
        }
        written.push(raw);
    }
    let (text, raw) = (read.join("\n\n"), written.join("\n\n"));
    let raw = if raw == text { no_raw } else { Maybe::text(&raw, Absent::NotApplicable) };
    (Maybe::text(&text, Absent::NotExported), raw)
}

/// Whether a title is the start of the text and no title of its own.
fn is_start_of(title: &str, text: &str) -> bool {
    let start = title.trim_end_matches(['…', '.']);
    let cut = start.len() < title.len() || title.chars().count() >= LONG_TITLE;
    text == title || (cut && text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_repeats_the_text_is_said_once() {
        let plain = |text: &str| Some(Content::Plain(text.to_owned()));
        let markup = |text: &str| Some(Content::Markup(text.to_owned()));
        let read = |title, content| text(title, content).0.into_known().unwrap_or_default();
        assert_eq!(read(plain("Moi"), markup("<p>Je &amp; toi</p>")), "Moi\n\nJe & toi");
        assert_eq!(
            read(plain("Je sais où…"), markup("<p>Je sais où tu habites</p>")),
            "Je sais où tu habites"
        );
        assert_eq!(read(plain("Un"), plain("Un texte")), "Un\n\nUn texte");
        assert_eq!(read(plain("Moi"), None), "Moi");
        assert_eq!(read(None, plain(" x ")), "x");
        assert_eq!(read(plain(""), markup("")), "");
        assert_eq!(text(plain("Moi"), None).1, Maybe::Missing(Absent::NotApplicable));
    }

    #[test]
    fn both_ways_of_writing_a_time_are_read() {
        let at = |text| moment(text).map(|at| at.to_string());
        assert_eq!(
            at("Sun, 01 Mar 2026 14:05:12 +0100").as_deref(),
            Some("2026-03-01 13:05:12 UTC")
        );
        assert_eq!(
            at(" Sun, 01 Mar 2026 13:05:12 GMT").as_deref(),
            Some("2026-03-01 13:05:12 UTC")
        );
        assert_eq!(at("2026-03-01T14:05:12+01:00").as_deref(), Some("2026-03-01 13:05:12 UTC"));
        assert_eq!((at("hier"), at(""), at("2026-03-01")), (None, None, None));
    }
}
