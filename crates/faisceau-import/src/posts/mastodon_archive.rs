//! The archive that Mastodon gives its users: `outbox.json`, `actor.json`, and the lists
//! `likes.json` and `bookmarks.json`. An outbox (`ActivityPub`) of another server reads the same.
//!
//! Field names from the serializers of Mastodon (`backup_service.rb`, `activitypub/*_serializer`)
//! and the vocabulary of `ActivityStreams` 2.0; no real archive was at hand.
//!
//! In: one of these files. Out: a post for each activity that creates or forwards one, the account
//! of the actor, the other accounts that it names as its own. Refused: the lists of what others
//! wrote, set aside as a whole.
//!
//! Traps:
//! - Since 2025 the address of an actor may be a number: the name then stands in `actor.json`
//!   (which gives the owner of the archive), or in the `url` of its posts.
//! - The name of an instance may differ from its host: `webfinger` has it.
//! - `published` of an actor is the day alone, written as midnight.
//! - Whom a post is for is told by `to` and `cc`: without the public collection it is private.
//! - The content is markup made by the server; a content warning (`summary`) is typed by the
//!   author and comes first in the text.

use faisceau_model::rows::{Account, Post, Subscriber};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, RejectReason, Sink,
    SubscriberCategory, excerpt,
};
use serde_json::Value;

use super::fediverse::{PLATFORM, account_at, created, instance, name_in, number_in, text};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::json::listing::Listing;
use crate::json::{self, Flaw, Object};
use crate::records::{set_aside, settle};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "mastodon-archive",
    title: "Mastodon archive (outbox.json, actor.json)",
    group: Group::Posts,
    gives: &["posts", "accounts", "subscribers"],
    versions: "Mastodon 2.3 to 4.5",
    checked: "2026-11-21",
    sample: "tests/fixtures/mastodon/outbox.json",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: Some(owner),
};

/// The list of an outbox.
const ITEMS: &str = "orderedItems";
/// The names of the collection that everyone is in.
const EVERYONE: [&str; 3] = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];
/// Keys of an activity.
const ACTIVITY: [&str; 9] =
    ["@context", "actor", "cc", "id", "object", "published", "signature", "to", "type"];
/// Keys of what an activity creates.
#[rustfmt::skip]
const NOTE: [&str; 38] = [
    "_misskey_quote", "anyOf", "atomUri", "attachment", "attributedTo", "bcc", "bto", "cc",
    "closed", "content", "contentMap", "context", "conversation", "directMessage", "endTime",
    "id", "inReplyTo", "inReplyToAtomUri", "interactionPolicy", "likes", "name", "oneOf",
    "published", "quote", "quoteAuthorization", "quoteUri", "quoteUrl", "replies", "sensitive",
    "shares", "source", "summary", "tag", "to", "type", "updated", "url", "votersCount",
];
/// Keys of an actor.
#[rustfmt::skip]
const ACTOR: [&str; 37] = [
    "@context", "alsoKnownAs", "attachment", "attributionDomains", "bookmarks", "devices",
    "discoverable", "endpoints", "featured", "featuredCollections", "featuredTags", "followers",
    "following", "icon", "id", "image", "inbox", "indexable", "interactionPolicy", "likes",
    "manuallyApprovesFollowers", "memorial", "movedTo", "name", "outbox", "preferredUsername",
    "publicKey", "published", "showFeatured", "showMedia", "showRepliesInMedia", "summary",
    "suspended", "tag", "type", "url", "webfinger",
];

fn sniff(head: &Head<'_>) -> bool {
    head.has_keys(&["@context", "type"])
        && (head.has_keys(&[ITEMS]) || is_actor(head))
        && head.text().contains("www.w3.org/ns/activitystreams")
}

fn is_actor(head: &Head<'_>) -> bool {
    head.has_keys(&["preferredUsername", "inbox", "outbox"])
}

/// The owner of an archive, from its `actor.json`.
fn owner(file: &[u8]) -> Option<AccountKey> {
    // The file is small, and says what it is in its first lines.
    let (text, _) = json::text(file.get(..file.len().min(json::MAX_RECORD))?);
    let actor = text.contains("\"preferredUsername\"") && text.contains("activitystreams");
    actor.then(|| json::object(text).ok()).flatten().and_then(|actor| actor_key(&actor))
}

/// The key of an actor: the name that its instance gives it.
fn actor_key(actor: &Object) -> Option<AccountKey> {
    let id = json::field(actor, "id")?;
    let name = json::field(actor, "webfinger").or_else(|| {
        Some(format!("{}@{}", json::field(actor, "preferredUsername")?, instance(&id)?))
    });
    let name = name.map(|name| name.trim_start_matches('@').to_owned());
    Some(AccountKey::by_id(PLATFORM, &name.unwrap_or(id)))
}

/// Reads one file of an archive.
///
/// # Errors
/// When the JSON breaks or ends too early; the activities before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let listing = Listing::of(&bytes, &|key| key == ITEMS);
    let mut fields = Fields::default();
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let reader =
        Reader { exhibit: source.exhibit, owner: settings.owners.get(source.exhibit, PLATFORM) };
    listing.whole((source.exhibit, &bytes), sink, |actor, _, sink| {
        reader.actor(actor, &mut fields, sink)
    });
    let mut addresses = 0_u64;
    for (_, place, raw) in listing.records() {
        if raw.get().starts_with('"') {
            addresses += 1;
            continue;
        }
        settle(source.exhibit, &place, raw.get().as_bytes(), sink, |sink| {
            reader.activity(&json::object(raw.get())?, &place, &mut fields, sink)
        });
    }
    if addresses > 0 {
        let detail = format!("{addresses} addresses of posts that others wrote (likes, bookmarks)");
        set_aside(source.exhibit, &Place::Pointer(format!("/{ITEMS}")), b"", &detail, sink);
    }
    fields.finish(source.exhibit, sink);
    listing.error.map_or(Ok(()), Err)
}

struct Reader<'r> {
    exhibit: ExhibitNo,
    owner: Option<&'r AccountKey>,
}

impl Reader<'_> {
    fn activity(
        &self,
        activity: &Object,
        place: &Place,
        fields: &mut Fields,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        fields.object("", activity, &ACTIVITY, place);
        let actor = json::required(activity, "actor")?;
        let kind = json::required(activity, "type")?;
        let post = match (kind.as_str(), activity.get("object")) {
            ("Create", Some(Value::Object(note))) => {
                fields.object("object.", note, &NOTE, place);
                self.created(activity, note, &actor, place)?
            }
            ("Announce", Some(object)) => self.announced(activity, object, &actor, place)?,
            ("Create" | "Announce", _) => {
                return Err((RejectReason::MissingField, "`object` is missing".to_owned()));
            }
            _ => {
                let detail = format!("activity of type `{}`", excerpt(&kind, 40));
                return Err((RejectReason::SetAside, detail));
            }
        };
        sink.account(self.account(place, post.account.clone(), &actor));
        sink.post(post);
        Ok(())
    }

    /// The actor of an outbox is the owner of the archive; another file names it.
    fn key(&self, actor: &str, post_url: Option<&str>) -> AccountKey {
        let named = name_in(actor).or_else(|| name_in(post_url?));
        match (self.owner, named) {
            (Some(owner), None) => owner.clone(),
            // An instance may carry another name than its host: that of `actor.json` counts.
            (Some(owner), Some(name)) if same_user(owner, &name) => owner.clone(),
            (_, Some(name)) => AccountKey::by_id(PLATFORM, &name),
            (None, None) => account_at(actor),
        }
    }

    fn account(&self, place: &Place, key: AccountKey, actor: &str) -> Account {
        let handle = key.native().split_once('@').map(|(name, _)| name.to_owned());
        let handle = handle.filter(|name| !name.contains('/'));
        Account {
            native_id: Maybe::Known(actor.to_owned()),
            handle: Maybe::or_absent(handle, Absent::NotExported),
            display_name: Maybe::Missing(Absent::NotExported),
            ..Account::new(self.exhibit, place, 0, key)
        }
    }

    fn created(
        &self,
        activity: &Object,
        note: &Object,
        actor: &str,
        place: &Place,
    ) -> Result<Post, Flaw> {
        let id = json::required(note, "id")?;
        let url = json::field(note, "url");
        let (at, at_raw) = published(note, activity)?;
        let warning = json::field(note, "summary");
        let (text, text_raw) =
            text(warning.as_deref(), note.get("content").and_then(Value::as_str));
        let key = self.key(actor, url.as_deref());
        let thread = ["conversation", "context", "inReplyTo"];
        let thread = thread.iter().find_map(|key| json::field(note, key));
        let foreign = json::field(note, "attributedTo").is_some_and(|author| author != actor);
        Ok(Post {
            at,
            at_raw,
            kind: if foreign { PostKind::Forwarded } else { audience(activity, note) },
            text,
            text_raw,
            target: Maybe::or_absent(mentioned(note), Absent::NotApplicable),
            thread: Maybe::Known(thread.unwrap_or_else(|| id.clone())),
            permalink: Maybe::or_absent(url, Absent::NotExported),
            content_id: Maybe::Known(number_in(&id).unwrap_or(id)),
            lang: Maybe::or_absent(language(note), Absent::NotExported),
            media: media(note),
            ..Post::new(self.exhibit, place, 0, key)
        })
    }

    /// A boost: whose words they are stands elsewhere, so that there is no text.
    fn announced(
        &self,
        activity: &Object,
        object: &Value,
        actor: &str,
        place: &Place,
    ) -> Result<Post, Flaw> {
        let shared = match object {
            Value::String(address) => Some(address.clone()),
            Value::Object(note) => json::field(note, "id"),
            _ => None,
        };
        let (at, at_raw) = published(activity, activity)?;
        let id = json::field(activity, "id");
        Ok(Post {
            at,
            at_raw,
            kind: PostKind::Forwarded,
            text: Maybe::Missing(Absent::NotApplicable),
            target: Maybe::or_absent(shared.as_deref().and_then(name_in), Absent::NotExported),
            thread: Maybe::or_absent(shared, Absent::NotExported),
            permalink: Maybe::Missing(Absent::NotApplicable),
            content_id: Maybe::or_absent(
                id.map(|id| number_in(&id).unwrap_or(id)),
                Absent::NotExported,
            ),
            ..Post::new(self.exhibit, place, 0, self.key(actor, None))
        })
    }

    fn actor(&self, actor: &Object, fields: &mut Fields, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let place = &Place::Whole;
        fields.object("", actor, &ACTOR, place);
        let id = json::required(actor, "id")?;
        let key = actor_key(actor)
            .ok_or_else(|| (RejectReason::MissingField, "`id` is missing".to_owned()))?;
        let published = json::field(actor, "published");
        let created = match published.as_deref() {
            Some(text) => Maybe::or_absent(created(text), Absent::Unreadable),
            None => Maybe::Missing(Absent::NotExported),
        };
        let field = |name| Maybe::or_absent(json::field(actor, name), Absent::NotExported);
        sink.account(Account {
            native_id: Maybe::Known(id),
            handle: field("preferredUsername"),
            display_name: field("name"),
            created,
            created_raw: Maybe::or_absent(published, Absent::NotExported),
            bio: Maybe::or_absent(bio(actor), Absent::NotExported),
            ..Account::new(self.exhibit, place, 0, key.clone())
        });
        let others = ["alsoKnownAs", "movedTo"].into_iter();
        let others = others.flat_map(|label| texts(actor.get(label)).map(move |t| (label, t)));
        for (part, (label, address)) in (0..).zip(others) {
            let datum = (SubscriberCategory::Identifier, label, address);
            sink.subscriber(Subscriber {
                account: Maybe::Known(key.clone()),
                ..Subscriber::new(self.exhibit, place, part, PLATFORM, datum)
            });
        }
        Ok(())
    }
}

/// Whether an account has this name, on whatever instance.
fn same_user(owner: &AccountKey, name: &str) -> bool {
    let user = |name: &str| name.split('@').next().map(str::to_lowercase);
    user(owner.native()) == user(name)
}

/// A text, or the texts of a list.
fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice);
    let list = list.or_else(|| value.map(std::slice::from_ref)).unwrap_or_default();
    list.iter().filter_map(Value::as_str)
}

/// Whether everyone may read it.
fn audience(activity: &Object, note: &Object) -> PostKind {
    let named = |object: &Object| ["to", "cc"].iter().any(|key| is_public(object.get(*key)));
    let told =
        ["to", "cc"].iter().any(|key| note.contains_key(*key) || activity.contains_key(*key));
    // Nothing said of the readers: it must not pass for published.
    if told && (named(note) || named(activity)) { PostKind::Public } else { PostKind::Private }
}

fn is_public(readers: Option<&Value>) -> bool {
    texts(readers).any(|reader| EVERYONE.contains(&reader))
}

/// When it was published.
fn published(object: &Object, activity: &Object) -> Result<(Maybe<Moment>, Maybe<String>), Flaw> {
    let text = json::field(object, "published").or_else(|| json::field(activity, "published"));
    let Some(text) = text else {
        return Ok((Maybe::Missing(Absent::NotExported), Maybe::Missing(Absent::NotExported)));
    };
    let at = Moment::from_rfc3339(&text).ok_or_else(|| {
        (RejectReason::Time, format!("`published` is no time: `{}`", excerpt(&text, 40)))
    })?;
    Ok((Maybe::Known(at), Maybe::Known(text)))
}

/// The first account that a post names.
fn mentioned(note: &Object) -> Option<String> {
    let tags = note.get("tag")?.as_array()?.iter().filter_map(Value::as_object);
    let mut mentions = tags.filter(|tag| json::field(tag, "type").as_deref() == Some("Mention"));
    json::field(mentions.next()?, "name").map(|name| name.trim_start_matches('@').to_owned())
}

/// The language, where there is one.
fn language(note: &Object) -> Option<String> {
    let map = note.get("contentMap")?.as_object()?;
    (map.len() == 1).then(|| map.keys().next().cloned()).flatten()
}

fn media(note: &Object) -> Vec<String> {
    let list = note.get("attachment").and_then(Value::as_array).map(Vec::as_slice);
    let list = list.unwrap_or_default().iter().filter_map(Value::as_object);
    // A link with its preview is no file of the author.
    let files = list.filter(|item| json::field(item, "type").as_deref() != Some("Link"));
    files.filter_map(|item| json::field(item, "url")).collect()
}

/// The self-description with the lines that the account adds to it.
fn bio(actor: &Object) -> Option<String> {
    let plain = |markup: String| super::fediverse::text(None, Some(&markup)).0.into_known();
    let mut lines: Vec<String> =
        json::field(actor, "summary").and_then(plain).into_iter().collect();
    let list = actor.get("attachment").and_then(Value::as_array).map(Vec::as_slice);
    for item in list.unwrap_or_default().iter().filter_map(Value::as_object) {
        if let Some(value) = json::field(item, "value").and_then(plain) {
            lines.push(format!("{} : {value}", json::field(item, "name").unwrap_or_default()));
        }
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests;
