//! Messages sent to one or several persons, and prompts to Grok.
//!
//! In: an event of `dmConversation.messages`, an element of `grok_chat_item`. Out: a private post
//! by whoever the record says sent it. Refused: events that are no message (somebody joins,
//! leaves, renames) and the answers of Grok, set aside with their name.
//!
//! Traps:
//! - headers have neither text nor media: a post whose text is missing;
//! - reactions stand inside the message that they answer; they are nobody's words and are left;
//! - a welcome message is written by a company's robot, and sent in its name.

use faisceau_model::rows::Post;
use faisceau_model::{Absent, AccountKey, Maybe, Place, PostKind, RejectReason, excerpt};
use serde_json::Value;

use super::PLATFORM;
use super::rows::{Context, Rows, inside, kept_as, text, time};
use crate::json::{self, Flaw, Object};

/// The keys of a message.
pub(super) const KEYS: &[&str] =
    &["createdAt", "id", "mediaUrls", "reactions", "recipientId", "senderId", "text", "urls"];
/// The keys of a conversation.
pub(super) const CONVERSATION_KEYS: &[&str] = &["conversationId", "messages", "name"];
/// The keys of an item of a chat with Grok.
pub(super) const GROK_KEYS: &[&str] = &[
    "accountId",
    "attachments",
    "chatId",
    "createdAt",
    "grokMode",
    "message",
    "postIds",
    "sender",
];

/// The message that an event is; an event without wrapper is one if it has a sender.
pub(super) fn in_event(event: &Object) -> Result<&Object, Flaw> {
    let mut wrapped = ["messageCreate", "welcomeMessageCreate"].iter();
    if let Some(message) = wrapped.find_map(|key| inside(event, key)) {
        return Ok(message);
    }
    if event.contains_key("senderId") {
        return Ok(event);
    }
    let name = event.keys().next().map_or("without name", String::as_str);
    let detail = format!("event `{}` of a conversation", excerpt(name, 60));
    Err((RejectReason::SetAside, detail))
}

/// One message.
pub(super) fn message(
    context: &Context,
    place: &Place,
    record: &Object,
    thread: Option<&str>,
) -> Result<Rows, Flaw> {
    let sender = AccountKey::by_id(PLATFORM, &json::required(record, "senderId")?);
    let id = json::required(record, "id")?;
    let urls = record.get("mediaUrls").and_then(Value::as_array);
    Ok(one(Post {
        at: time(record, "createdAt")?,
        at_raw: text(record, "createdAt"),
        kind: PostKind::Private,
        text: text(record, "text"),
        // A group is told by its thread.
        target: Maybe::or_absent(json::field(record, "recipientId"), Absent::NotApplicable),
        thread: Maybe::or_absent(thread.map(str::to_owned), Absent::NotExported),
        permalink: Maybe::Missing(Absent::NotApplicable),
        media: urls.into_iter().flatten().filter_map(|url| kept_as(&id, url.as_str()?)).collect(),
        content_id: Maybe::Known(id),
        ..Post::new(context.exhibit, place, 0, sender)
    }))
}

/// What the holder of the account wrote to Grok.
pub(super) fn prompt(context: &Context, place: &Place, record: &Object) -> Result<Rows, Flaw> {
    let sender = match record.get("sender") {
        Some(Value::Object(sender)) => {
            json::field(sender, "originalName").or_else(|| json::field(sender, "name"))
        }
        _ => json::field(record, "sender"),
    };
    match sender {
        Some(sender) if sender.eq_ignore_ascii_case("user") => {}
        Some(_) => return Err((RejectReason::SetAside, "an answer of Grok".to_owned())),
        None => return Err((RejectReason::MissingField, "`sender` is missing".to_owned())),
    }
    let author = context.required_holder(record)?;
    Ok(one(Post {
        at: time(record, "createdAt")?,
        at_raw: text(record, "createdAt"),
        kind: PostKind::Private,
        text: text(record, "message"),
        target: Maybe::Known("grok".to_owned()),
        thread: text(record, "chatId"),
        permalink: Maybe::Missing(Absent::NotApplicable),
        ..Post::new(context.exhibit, place, 0, author)
    }))
}

fn one(post: Post) -> Rows {
    Rows { posts: vec![post], ..Rows::default() }
}
