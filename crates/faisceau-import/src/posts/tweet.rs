//! What tweets have in common wherever they were collected.
//!
//! In: the words of the first API of X (`full_text`, `created_at`, `in_reply_to_…`), which pages
//! of X still send under `legacy`. Out: a post. Refused: a tweet without text or readable time.
//!
//! Traps:
//! - `full_text` writes `&lt;`, `&gt;` and `&amp;`; the text of a long tweet (`note_tweet`) does
//!   not.
//! - A retweet holds the words of another, cut at 140 characters with `…`: kept as forwarded, with
//!   the whole words where the record holds them.
//! - A number as id may have lost its last digits in JavaScript: ids are read from texts.

use faisceau_model::rows::Post;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, Precision, RejectReason,
    ZoneSource,
};

use super::author::Author;
use super::escapes::{as_written, unescaped};
use super::{instants, links, paths};
use crate::json::{self, Flaw, Object};

/// The name of the platform in account keys and rows.
pub(super) const PLATFORM: &str = "x";

/// A tweet taken apart.
pub(super) struct Tweet<'t> {
    /// The object that has `full_text` and `created_at`.
    pub(super) legacy: &'t Object,
    /// Its id.
    pub(super) id: String,
    /// The text of a long tweet.
    pub(super) long: Option<String>,
    /// The client, as a link.
    pub(super) source: Option<String>,
    /// What is retweeted.
    pub(super) original: Option<Original>,
    /// When it was captured.
    pub(super) captured: Maybe<Moment>,
}

/// The tweet that a retweet repeats.
pub(super) struct Original {
    /// Handle of its author.
    pub(super) handle: Option<String>,
    /// Its text, without escapes.
    pub(super) text: Option<String>,
}

impl Original {
    /// From the words of the first API.
    pub(super) fn of(legacy: &Object, long: Option<String>, handle: Option<String>) -> Self {
        let text = long.or_else(|| written(legacy).map(|text| unescaped(&text)));
        Self { handle, text }
    }
}

impl Tweet<'_> {
    /// The post.
    pub(super) fn post(
        self,
        exhibit: ExhibitNo,
        (place, part): (&Place, u32),
        account: AccountKey,
    ) -> Result<Post, Flaw> {
        let field = |key| json::field(self.legacy, key);
        if !["full_text", "text"].iter().any(|key| self.legacy.contains_key(*key)) {
            return Err((RejectReason::MissingField, "`full_text` is missing".to_owned()));
        }
        // A tweet may be a picture and nothing else.
        let (text, text_raw) = match self.long {
            Some(long) => (long, Maybe::Missing(Absent::NotApplicable)),
            None => own_words(written(self.legacy).unwrap_or_default(), self.original.as_ref()),
        };
        let forwarded = self.original.is_some() || text.starts_with("RT @");
        let thread = field("conversation_id_str").or_else(|| field("in_reply_to_status_id_str"));
        Ok(Post {
            at: time(self.legacy)?,
            at_raw: instants::raw(self.legacy, "created_at"),
            captured: self.captured,
            kind: if forwarded { PostKind::Forwarded } else { PostKind::Public },
            text: Maybe::text(&text, Absent::NotExported),
            text_raw,
            target: Maybe::or_absent(target(self.legacy), Absent::NotApplicable),
            thread: Maybe::Known(thread.unwrap_or_else(|| self.id.clone())),
            permalink: permalink(&self.id),
            content_id: Maybe::Known(self.id),
            lang: Maybe::or_absent(field("lang").filter(|l| spoken(l)), Absent::NotExported),
            client: Maybe::or_absent(self.source.as_deref().and_then(client), Absent::NotExported),
            media: media(self.legacy),
            ..Post::new(exhibit, place, part, account)
        })
    }
}

/// The text of a tweet, as written.
fn written(legacy: &Object) -> Option<String> {
    paths::text(legacy, &["extended_tweet", "full_text"])
        .or_else(|| paths::either(legacy, &["full_text", "text"]))
}

/// The text and, where it differs, how it is written. A retweet that is cut gets its end back.
pub(super) fn own_words(raw: String, original: Option<&Original>) -> (String, Maybe<String>) {
    let mut text = unescaped(&raw);
    if let Some(Original { handle: Some(handle), text: Some(whole) }) = original
        && let start = format!("RT @{handle}: ")
        && let Some(kept) = text.strip_prefix(&start).and_then(|rest| rest.strip_suffix('…'))
        && whole.starts_with(kept.trim_end())
    {
        text = start + whole;
    }
    let raw = as_written(raw, &text);
    (text, raw)
}

/// The public address that every tweet has.
pub(super) fn permalink(id: &str) -> Maybe<String> {
    let known = links::number(id).then(|| format!("https://x.com/i/status/{id}"));
    Maybe::or_absent(known, Absent::Unreadable)
}

/// When the tweet was sent.
fn time(legacy: &Object) -> Result<Maybe<Moment>, Flaw> {
    instants::read(legacy, "created_at", spelt)
}

/// `Sat Feb 18 12:33:11 +0000 2023`, or ISO.
pub(super) fn spelt(text: &str) -> Option<Moment> {
    let spelt = jiff::Timestamp::strptime("%a %b %d %H:%M:%S %z %Y", text).ok();
    spelt
        .and_then(|at| Moment::new(at.as_microsecond(), Precision::Second, ZoneSource::Explicit))
        .or_else(|| instants::from_iso(text))
}

/// An author on X, of whom every collector can tell more than it did.
pub(super) fn author(id: Option<String>, handle: Option<String>) -> Author {
    let mut author = Author::new(PLATFORM, id, handle);
    author.name = Maybe::Missing(Absent::NotExported);
    author.bio = Maybe::Missing(Absent::NotExported);
    author.created = (Maybe::Missing(Absent::NotExported), Maybe::Missing(Absent::NotExported));
    author
}

/// When an account was created, and how that is written.
pub(super) fn created(user: &Object) -> (Maybe<Moment>, Maybe<String>) {
    let at = instants::lenient(instants::read(user, "created_at", spelt));
    (at, instants::raw(user, "created_at"))
}

/// The account that a reply addresses: its handle, else its id.
fn target(legacy: &Object) -> Option<String> {
    json::field(legacy, "in_reply_to_screen_name")
        .map(|handle| format!("@{}", handle.trim_start_matches('@')))
        .or_else(|| json::field(legacy, "in_reply_to_user_id_str"))
}

/// Whether X names a language: `und`, `zxx` and the codes in `q` say that it could not.
pub(super) fn spoken(lang: &str) -> bool {
    !matches!(lang, "und" | "zxx" | "art") && !lang.starts_with('q')
}

/// The name in `<a href="…">Twitter Web App</a>`.
pub(super) fn client(source: &str) -> Option<String> {
    let name = match source.split_once('>') {
        Some((_, rest)) => rest.split_once('<').map_or(rest, |(name, _)| name),
        None => source,
    };
    let name = unescaped(name.trim());
    (!name.is_empty()).then_some(name)
}

/// The addresses of pictures and videos.
fn media(legacy: &Object) -> Vec<String> {
    let items = match paths::list(legacy, &["extended_entities", "media"]) {
        [] => paths::list(legacy, &["entities", "media"]),
        items => items,
    };
    items.iter().filter_map(|item| one_media(item.as_object()?)).collect()
}

/// The best rendition of a video, or the picture.
fn one_media(item: &Object) -> Option<String> {
    best_video(item, &["video_info", "variants"], "bitrate")
        .or_else(|| links::media(&paths::either(item, &["media_url_https", "media_url"])?))
}

/// The address of the rendition of a video that has most bits a second.
pub(super) fn best_video(item: &Object, variants: &[&str], bits: &str) -> Option<String> {
    let best = paths::objects(item, variants)
        .filter(|variant| json::field(variant, "content_type").is_some_and(|c| c == "video/mp4"))
        .max_by_key(|variant| json::integer(variant, bits))?;
    links::media(&json::field(best, "url")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retweet_that_is_cut_gets_its_end_back_and_nothing_else_does() {
        let original =
            |text: &str| Original { handle: Some("lui".to_owned()), text: Some(text.to_owned()) };
        let (text, raw) =
            own_words("RT @lui: a &amp; b…".to_owned(), Some(&original("a & b et c")));
        assert_eq!(text, "RT @lui: a & b et c");
        assert_eq!(raw, Maybe::Known("RT @lui: a &amp; b…".to_owned()));
        for whole in ["zut", ""] {
            let (text, _) = own_words("RT @lui: a…".to_owned(), Some(&original(whole)));
            assert_eq!(text, "RT @lui: a…");
        }
    }

    #[test]
    fn clients_languages_and_times() {
        assert_eq!(client("<a href=\"x\">Twitter &amp; Co</a>").as_deref(), Some("Twitter & Co"));
        assert_eq!(client("Twitter Web App").as_deref(), Some("Twitter Web App"));
        assert_eq!(client("<a></a>"), None);
        assert!(spoken("fr") && !spoken("und") && !spoken("qme"));
        assert_eq!(
            spelt("Sat Feb 18 12:33:11 +0000 2023").unwrap().to_string(),
            "2023-02-18 12:33:11 UTC"
        );
        assert!(spelt("Fri Feb 30 12:35:11 +0000 2023").is_none());
    }
}
