//! Records of a Bluesky repository, wherever they come from: posts, reposts, profiles.
//!
//! In: the object of a record, and the address that names its author and its key. Out: a post or
//! an account. Refused: posts without address.
//!
//! Field names from the lexicons `app.bsky.feed.post`, `app.bsky.feed.repost` and
//! `app.bsky.actor.profile`. `createdAt` is what the author's program declares: it can be any
//! time.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, RejectReason, excerpt,
};
use serde_json::Value;

use crate::fields::Fields;
use crate::json::{self, Flaw, Object};

/// The name of the platform in account keys and rows.
pub(super) const PLATFORM: &str = "bluesky";
/// The collection of posts.
pub(super) const POST: &str = "app.bsky.feed.post";
/// The collection of reposts.
pub(super) const REPOST: &str = "app.bsky.feed.repost";
/// The collection of the profile.
pub(super) const PROFILE: &str = "app.bsky.actor.profile";
/// Keys of a post.
#[rustfmt::skip]
const POST_KEYS: [&str; 12] = [
    "$type", "createdAt", "embed", "entities", "facets", "labels", "langs", "reply", "tags",
    "text", "via", "bridgyOriginalText",
];
/// Most media of one post; the lexicon allows ten.
const MAX_MEDIA: usize = 50;

/// The address of a record: `at://did/collection/key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The repository: its owner.
    pub(super) did: String,
    /// The collection.
    pub(super) collection: String,
    /// The key in the collection.
    pub(super) key: String,
}

impl Address {
    /// Takes an address apart.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("at://")?.split('/');
        let (did, collection, key) = (parts.next()?, parts.next()?, parts.next()?);
        let sound = did.starts_with("did:") && !collection.is_empty() && !key.is_empty();
        (sound && parts.next().is_none()).then(|| Self {
            did: did.to_owned(),
            collection: collection.to_owned(),
            key: key.to_owned(),
        })
    }

    /// The account whose repository it is.
    pub(super) fn account(&self) -> AccountKey {
        AccountKey::by_id(PLATFORM, &self.did)
    }

    fn uri(&self) -> String {
        format!("at://{}/{}/{}", self.did, self.collection, self.key)
    }
}

/// A post.
pub(super) fn post(
    exhibit: ExhibitNo,
    place: &Place,
    address: &Address,
    record: &Object,
    fields: &mut Fields,
) -> Result<Post, Flaw> {
    fields.object("record.", record, &POST_KEYS, place);
    let (at, at_raw) = created_at(record)?;
    let reply = record.get("reply").and_then(Value::as_object);
    let end = |name: &str| json::field(reply?.get(name)?.as_object()?, "uri");
    let target = end("parent").and_then(|uri| Address::parse(&uri)).map(|parent| parent.did);
    Ok(Post {
        at,
        at_raw,
        text: match record.get("text").and_then(Value::as_str) {
            Some(text) => Maybe::text(text, Absent::NotApplicable),
            None => Maybe::Missing(Absent::NotExported),
        },
        target: Maybe::or_absent(target, Absent::NotApplicable),
        thread: Maybe::Known(end("root").unwrap_or_else(|| address.uri())),
        permalink: Maybe::Known(format!(
            "https://bsky.app/profile/{}/post/{}",
            address.did, address.key
        )),
        content_id: Maybe::Known(address.key.clone()),
        lang: Maybe::or_absent(language(record), Absent::NotExported),
        client: Maybe::or_absent(json::field(record, "via"), Absent::NotRecorded),
        media: media(record),
        ..Post::new(exhibit, place, 0, address.account())
    })
}

/// A repost: an act of its author, in somebody else's words.
pub(super) fn repost(
    exhibit: ExhibitNo,
    place: &Place,
    address: &Address,
    record: &Object,
) -> Result<Post, Flaw> {
    let (at, at_raw) = created_at(record)?;
    let subject = record.get("subject").and_then(Value::as_object);
    let subject = subject.and_then(|subject| json::field(subject, "uri"));
    let target = subject.as_deref().and_then(Address::parse).map(|subject| subject.did);
    Ok(Post {
        at,
        at_raw,
        kind: PostKind::Forwarded,
        text: Maybe::Missing(Absent::NotApplicable),
        target: Maybe::or_absent(target, Absent::NotExported),
        thread: Maybe::or_absent(subject, Absent::NotExported),
        permalink: Maybe::Missing(Absent::NotApplicable),
        content_id: Maybe::Known(address.key.clone()),
        ..Post::new(exhibit, place, 0, address.account())
    })
}

/// The profile that an account writes of itself.
pub(super) fn profile(
    exhibit: ExhibitNo,
    place: &Place,
    address: &Address,
    record: &Object,
) -> Account {
    let field = |name| Maybe::or_absent(json::field(record, name), Absent::NotExported);
    Account {
        native_id: Maybe::Known(address.did.clone()),
        display_name: field("displayName"),
        bio: field("description"),
        ..Account::new(exhibit, place, 0, address.account())
    }
}

/// What the author's program declares.
fn created_at(record: &Object) -> Result<(Maybe<Moment>, Maybe<String>), Flaw> {
    let Some(text) = json::field(record, "createdAt") else {
        return Ok((Maybe::Missing(Absent::NotExported), Maybe::Missing(Absent::NotExported)));
    };
    let at = Moment::from_rfc3339(&text).ok_or_else(|| {
        (RejectReason::Time, format!("`createdAt` is no time: `{}`", excerpt(&text, 40)))
    })?;
    Ok((Maybe::Known(at), Maybe::Known(text)))
}

/// The language, where one is declared and not several.
fn language(record: &Object) -> Option<String> {
    match record.get("langs")?.as_array()?.as_slice() {
        [Value::String(language)] if !language.trim().is_empty() => Some(language.clone()),
        _ => None,
    }
}

/// The content ids of attached images and videos.
fn media(record: &Object) -> Vec<String> {
    let Some(embed) = record.get("embed").and_then(Value::as_object) else { return Vec::new() };
    // A post that quotes and shows has its pictures one level below.
    let inner = embed.get("media").and_then(Value::as_object).unwrap_or(embed);
    let images = inner.get("images").and_then(Value::as_array).map(Vec::as_slice);
    let images = images.unwrap_or_default().iter().filter_map(|image| image.get("image"));
    let blobs = images.chain(inner.get("video"));
    let link = |blob: &Value| {
        let link = blob.get("ref").and_then(|link| link.get("$link")).or_else(|| blob.get("cid"));
        link.and_then(Value::as_str).map(str::to_owned)
    };
    blobs.filter_map(link).take(MAX_MEDIA).collect()
}
