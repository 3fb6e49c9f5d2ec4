//! One element of a page of the second API of X: a tweet or a user.
//!
//! In: the element and what the page says apart. Out: rows. Refused: a tweet without id, text or
//! author; anything that is neither tweet nor user.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, Maybe, Place, PostKind, RejectReason, Sink};
use serde_json::Value;

use super::Context;
use crate::fields::Fields;
use crate::json::{self, Flaw, Object};
use crate::posts::author::Author;
use crate::posts::escapes::unescaped;
use crate::posts::tweet::{self, Original};
use crate::posts::{instants, links, paths};

/// Keys of a tweet, flattened or not, beside those that are passed over. 4CAT adds `author_user`.
#[rustfmt::skip]
const TWEET: [&str; 18] = [
    "__twarc", "attachments", "author", "author_id", "author_user", "conversation_id", "created_at",
    "id", "in_reply_to_user", "in_reply_to_user_id", "lang", "matching_rules", "note_tweet",
    "referenced_tweets", "source", "text", "type", "username",
];

/// Keys of a user, beside those that are passed over.
#[rustfmt::skip]
const USER: [&str; 7] = [
    "__twarc", "created_at", "description", "id", "name", "url", "username",
];

/// Rows of an element.
pub(super) fn read(
    element: &Object,
    context: &Context<'_>,
    (place, part): (&Place, u32),
    fields: &mut Fields,
    sink: &mut dyn Sink,
) -> Result<(), Flaw> {
    if !element.contains_key("text") && element.contains_key("username") {
        fields.object("user.", element, &USER, place);
        let author = author(json::field(element, "id"), Some(element));
        let key = author.key()?;
        sink.account(author.row(context.exhibit, (place, part), key));
        return Ok(());
    }
    fields.object("tweet.", element, &TWEET, place);
    let (post, author) = tweet(element, context, (place, part))?;
    sink.account(author.row(context.exhibit, (place, part), post.account.clone()));
    sink.post(post);
    Ok(())
}

fn tweet(
    tweet: &Object,
    context: &Context<'_>,
    (place, part): (&Place, u32),
) -> Result<(Post, Author), Flaw> {
    let field = |key| json::field(tweet, key);
    let id = json::required(tweet, "id")?;
    if !tweet.contains_key("text") {
        return Err((RejectReason::MissingField, "`text` is missing".to_owned()));
    }
    let author_id = field("author_id");
    let user = inside(tweet, &["author", "author_user"])
        .or_else(|| context.includes.user(author_id.as_deref()?));
    let author = author(author_id, user);
    let original = original(tweet, context);
    let (text, text_raw) = match paths::text(tweet, &["note_tweet", "text"]) {
        Some(note) if original.is_none() => (note, Maybe::Missing(Absent::NotApplicable)),
        _ => tweet::own_words(field("text").unwrap_or_default(), original.as_ref()),
    };
    let forwarded = original.is_some() || text.starts_with("RT @");
    let lang = field("lang").filter(|lang| tweet::spoken(lang));
    let client = field("source").as_deref().and_then(tweet::client);
    let post = Post {
        at: instants::iso(tweet, "created_at")?,
        at_raw: instants::raw(tweet, "created_at"),
        captured: context.captured,
        kind: if forwarded { PostKind::Forwarded } else { PostKind::Public },
        text: Maybe::text(&text, Absent::NotExported),
        text_raw,
        target: Maybe::or_absent(target(tweet, context), Absent::NotApplicable),
        thread: Maybe::Known(field("conversation_id").unwrap_or_else(|| id.clone())),
        permalink: tweet::permalink(&id),
        content_id: Maybe::Known(id),
        lang: Maybe::or_absent(lang, Absent::NotExported),
        client: Maybe::or_absent(client, Absent::NotExported),
        media: media(tweet, context),
        ..Post::new(context.exhibit, place, part, author.key()?)
    };
    Ok((post, author))
}

/// The object that flattening put inside the tweet.
fn inside<'t>(tweet: &'t Object, keys: &[&str]) -> Option<&'t Object> {
    let found = keys.iter().find_map(|key| tweet.get(*key)?.as_object());
    found.filter(|object| !object.is_empty())
}

fn author(id: Option<String>, user: Option<&Object>) -> Author {
    let text = |key| json::field(user?, key);
    let mut author = tweet::author(id.or_else(|| text("id")), text("username"));
    if let Some(user) = user {
        author.name = instants::raw(user, "name");
        author.bio = instants::raw(user, "description");
        author.created = tweet::created(user);
    }
    author
}

/// The account that a reply addresses.
fn target(tweet: &Object, context: &Context<'_>) -> Option<String> {
    let id = json::field(tweet, "in_reply_to_user_id")?;
    let user = inside(tweet, &["in_reply_to_user"]).or_else(|| context.includes.user(&id));
    let handle = user.and_then(|user| json::field(user, "username"));
    Some(handle.map_or(id, |handle| format!("@{handle}")))
}

/// The tweet that a retweet repeats.
fn original(tweet: &Object, context: &Context<'_>) -> Option<Original> {
    let reference = paths::objects(tweet, &["referenced_tweets"])
        .find(|reference| json::field(reference, "type").is_some_and(|kind| kind == "retweeted"))?;
    let whole = if reference.contains_key("text") {
        Some(reference)
    } else {
        json::field(reference, "id").and_then(|id| context.includes.tweet(&id))
    };
    let Some(whole) = whole else { return Some(Original { handle: None, text: None }) };
    let user = inside(whole, &["author", "author_user"])
        .or_else(|| context.includes.user(&json::field(whole, "author_id")?));
    let text = paths::text(whole, &["note_tweet", "text"])
        .or_else(|| Some(unescaped(&json::field(whole, "text")?)));
    Some(Original { handle: user.and_then(|user| json::field(user, "username")), text })
}

/// Pictures and videos: whole inside a flattened tweet, else by their keys.
fn media(tweet: &Object, context: &Context<'_>) -> Vec<String> {
    let whole = paths::list(tweet, &["attachments", "media"]);
    let keys = paths::list(tweet, &["attachments", "media_keys"]);
    let items = if whole.is_empty() { keys } else { whole };
    let address = |item: &Value| {
        let item = match item {
            Value::String(key) => context.includes.media(key)?,
            item => item.as_object()?,
        };
        tweet::best_video(item, &["variants"], "bit_rate")
            .or_else(|| links::media(&paths::either(item, &["url", "preview_image_url"])?))
    };
    items.iter().filter_map(address).collect()
}
