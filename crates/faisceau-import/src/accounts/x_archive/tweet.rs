//! One tweet of an archive.
//!
//! In: the object `tweet`, and the owner of the archive. Out: a post. Refused: a tweet without
//! id, text or readable time, and any tweet as long as the owner is not known.

use faisceau_model::rows::Post;
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, Precision, RejectReason, RowId,
    ZoneSource, excerpt,
};

use crate::json::{self, Flaw, Object};

/// The post that a tweet is.
pub(super) fn post(
    exhibit: ExhibitNo,
    place: &Place,
    owner: Option<&AccountKey>,
    tweet: &Object,
) -> Result<Post, Flaw> {
    let account = owner.cloned().ok_or_else(|| {
        let detail = "a tweet does not say its author, and the archive has no readable account.js";
        (RejectReason::MissingField, detail.to_owned())
    })?;
    let id = json::field(tweet, "id_str").map_or_else(|| json::required(tweet, "id"), Ok)?;
    let text = json::field(tweet, "full_text").map_or_else(|| json::required(tweet, "text"), Ok)?;
    let text = unescaped(&text);
    // The archive holds a retweet as text cut at 140 characters, with this mark and no other.
    let kind = if text.starts_with("RT @") { PostKind::Forwarded } else { PostKind::Public };
    let parent = json::field(tweet, "in_reply_to_status_id_str");
    let media = media(tweet, &id);
    Ok(Post {
        id: RowId::at("post", exhibit, place, 0),
        exhibit,
        place: place.clone(),
        account,
        at: time(tweet)?,
        kind,
        text: Maybe::Known(text),
        target: Maybe::or_absent(target(tweet), Absent::NotApplicable),
        // The archive has no conversation id: a reply is put with what it answers.
        thread: Maybe::Known(parent.unwrap_or_else(|| id.clone())),
        permalink: if id.bytes().all(|b| b.is_ascii_digit()) {
            Maybe::Known(format!("https://x.com/i/status/{id}"))
        } else {
            Maybe::Missing(Absent::Unreadable)
        },
        content_id: Maybe::Known(id),
        lang: Maybe::or_absent(
            json::field(tweet, "lang").filter(|l| spoken(l)),
            Absent::NotExported,
        ),
        client: Maybe::or_absent(client(tweet), Absent::NotExported),
        media,
    })
}

/// `Sat Feb 18 12:33:11 +0000 2023`, or ISO in some parts.
fn time(tweet: &Object) -> Result<Maybe<Moment>, Flaw> {
    let Some(text) = json::field(tweet, "created_at") else {
        return Ok(Maybe::Missing(Absent::NotExported));
    };
    let spelt = jiff::Timestamp::strptime("%a %b %d %H:%M:%S %z %Y", text.trim()).ok();
    let spelt = spelt
        .and_then(|at| Moment::new(at.as_microsecond(), Precision::Second, ZoneSource::Explicit));
    let at = spelt.or_else(|| Moment::from_rfc3339(&text)).ok_or_else(|| {
        (RejectReason::Time, format!("`created_at` is no time: `{}`", excerpt(&text, 40)))
    })?;
    Ok(Maybe::Known(at))
}

/// The account that a reply addresses: its handle, else its id.
fn target(tweet: &Object) -> Option<String> {
    json::field(tweet, "in_reply_to_screen_name")
        .map(|handle| format!("@{}", handle.trim_start_matches('@')))
        .or_else(|| json::field(tweet, "in_reply_to_user_id_str"))
}

/// Whether X names a language: `und`, `zxx` and the codes in `q` say that it could not.
fn spoken(lang: &str) -> bool {
    !matches!(lang, "und" | "zxx" | "art") && !lang.starts_with('q')
}

/// The name in `<a href="…">Twitter Web App</a>`.
fn client(tweet: &Object) -> Option<String> {
    let source = json::field(tweet, "source")?;
    let name = match source.split_once('>') {
        Some((_, rest)) => rest.split_once('<').map_or(rest, |(name, _)| name),
        None => &source,
    };
    let name = unescaped(name.trim());
    (!name.is_empty()).then_some(name)
}

/// The names under which the archive keeps the media: `<tweet id>-<file>`.
fn media(tweet: &Object, id: &str) -> Vec<String> {
    let list = |key: &str| tweet.get(key)?.get("media")?.as_array();
    let media = list("extended_entities").or_else(|| list("entities"));
    media
        .into_iter()
        .flatten()
        .filter_map(|item| {
            let url = item.get("media_url_https").or_else(|| item.get("media_url"))?;
            let file = url.as_str()?.rsplit('/').next()?;
            (!file.is_empty()).then(|| format!("{id}-{file}"))
        })
        .collect()
}

/// The three signs that X escapes, in the order that undoes them once.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
