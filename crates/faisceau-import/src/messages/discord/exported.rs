//! One message of `DiscordChatExporter`.
//!
//! In: an element of `messages`, and what the file says of its channel. Out: a post, and the row
//! of its author. Refused: what Discord itself says, and a message without id, author or readable
//! time.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, RejectReason, excerpt,
};
use serde_json::Value;

use super::PLATFORM;
use crate::fields::Fields;
use crate::json::{self, Flaw, Object};
use crate::rows::repeated::repeated;

/// Types of messages that somebody wrote. Types that the tool does not name are numbers: 20 and 23
/// are the answers of a bot to a command.
const WRITTEN: [&str; 4] = ["Default", "Reply", "20", "23"];

const MESSAGE: [&str; 18] = [
    "id",
    "type",
    "timestamp",
    "timestampEdited",
    "callEndedTimestamp",
    "isPinned",
    "content",
    "author",
    "attachments",
    "components",
    "embeds",
    "stickers",
    "reactions",
    "mentions",
    "reference",
    "forwardedMessage",
    "interaction",
    "inlineEmojis",
];
const AUTHOR: [&str; 8] =
    ["id", "name", "discriminator", "nickname", "color", "isBot", "roles", "avatarUrl"];
const ATTACHMENT: [&str; 4] = ["id", "url", "fileName", "fileSizeBytes"];
const FORWARDED: [&str; 6] =
    ["timestamp", "timestampEdited", "content", "attachments", "embeds", "stickers"];

/// The channel of all messages of a file.
pub(super) struct Room {
    guild: Option<String>,
    channel: Option<String>,
    /// In a channel of two, the name of the other.
    other: Option<String>,
}

impl Room {
    /// Reads what the file says of server and channel.
    pub(super) fn new(guild: &Object, channel: &Object) -> Self {
        let two = json::field(channel, "type").as_deref() == Some("DirectTextChat");
        Self {
            guild: json::field(guild, "id").map(repeated),
            channel: json::field(channel, "id").map(repeated),
            other: json::field(channel, "name").filter(|_| two).map(repeated),
        }
    }

    fn thread(&self) -> Option<String> {
        let channel = self.channel.as_deref()?;
        Some(format!("{}/{channel}", self.guild.as_deref().unwrap_or("0")))
    }

    /// The address of a message, which holds the three ids.
    fn permalink(&self, id: &str) -> Option<String> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let (guild, channel) = (self.guild.as_deref()?, self.channel.as_deref()?);
        let known = digits(guild) && digits(channel) && digits(id);
        // Channels of persons belong to no server: the tool writes 0, the service `@me`.
        let guild = if guild == "0" { "@me" } else { guild };
        known.then(|| format!("https://discord.com/channels/{guild}/{channel}/{id}"))
    }
}

/// Notes the keys that are not known.
pub(super) fn note_fields(message: &Object, fields: &mut Fields, place: &Place) {
    fields.object("messages.", message, &MESSAGE, place);
    let nested: [(&str, &[&str]); 2] = [("author", &AUTHOR), ("forwardedMessage", &FORWARDED)];
    for (key, known) in nested {
        if let Some(Value::Object(object)) = message.get(key) {
            fields.object(&format!("messages.{key}."), object, known, place);
        }
    }
    for attachment in list(message, "attachments") {
        fields.object("messages.attachments.", attachment, &ATTACHMENT, place);
    }
}

/// The post that a message is.
pub(super) fn post(
    room: &Room,
    exhibit: ExhibitNo,
    place: &Place,
    message: &Object,
) -> Result<Post, Flaw> {
    written(message)?;
    let author = object(message, "author")
        .ok_or_else(|| (RejectReason::MissingField, "`author` is missing".to_owned()))?;
    let account = AccountKey::by_id(PLATFORM, &json::required(author, "id")?);
    let id = json::required(message, "id")?;
    let written = json::required(message, "timestamp")?;
    let at = Moment::from_rfc3339(&written).ok_or_else(|| {
        (RejectReason::Time, format!("`timestamp` is no time: `{}`", excerpt(&written, 40)))
    })?;
    let forwarded = object(message, "forwardedMessage");
    let words = forwarded.unwrap_or(message);
    let bot = author.get("isBot") == Some(&Value::Bool(true));
    Ok(Post {
        at: Maybe::Known(at),
        at_raw: Maybe::Known(written),
        kind: if forwarded.is_some() { PostKind::Forwarded } else { PostKind::Private },
        text: Maybe::or_absent(json::field(words, "content"), Absent::NotExported),
        target: Maybe::or_absent(target(room, author, message), Absent::NotApplicable),
        thread: Maybe::or_absent(room.thread(), Absent::NotExported),
        permalink: Maybe::or_absent(room.permalink(&id), Absent::Unreadable),
        content_id: Maybe::Known(id),
        client: Maybe::or_absent(bot.then(|| "bot".to_owned()), Absent::NotRecorded),
        media: list(words, "attachments").filter_map(file).collect(),
        ..Post::new(exhibit, place, 0, account)
    })
}

/// The row of the author of a message.
pub(super) fn account(
    exhibit: ExhibitNo,
    place: &Place,
    account: &AccountKey,
    message: &Object,
) -> Account {
    let author = object(message, "author");
    let field = |key: &str| json::field(author?, key);
    // Since 2023 names are unique, and the four digits are zeros.
    let digits = field("discriminator").filter(|digits| !digits.trim_matches('0').is_empty());
    let handle = match (field("name"), digits) {
        (Some(name), Some(digits)) => Some(format!("{name}#{digits}")),
        (name, _) => name,
    };
    Account {
        native_id: Maybe::Known(account.native().to_owned()),
        handle: Maybe::or_absent(handle, Absent::NotExported),
        display_name: Maybe::or_absent(field("nickname"), Absent::NotExported),
        ..Account::new(exhibit, place, 0, account.clone())
    }
}

/// What Discord says in a channel is nobody's message.
fn written(message: &Object) -> Result<(), Flaw> {
    let kind = json::required(message, "type")?;
    if WRITTEN.contains(&kind.as_str()) {
        return Ok(());
    }
    let detail = format!("service message: {}", excerpt(&kind, 60));
    Err((RejectReason::SetAside, detail))
}

/// The one account that is mentioned, which is that of the author of what is answered; else the
/// other in a channel of two.
fn target(room: &Room, author: &Object, message: &Object) -> Option<String> {
    let mut mentioned: Vec<String> =
        list(message, "mentions").filter_map(|user| json::field(user, "id")).collect();
    if mentioned.len() == 1 {
        return mentioned.pop();
    }
    let own = |key: &str| json::field(author, key) == room.other;
    room.other.clone().filter(|_| !own("name") && !own("nickname"))
}

/// The path of an attached file that the tool saved, else the name under which it was sent.
fn file(attachment: &Object) -> Option<String> {
    let saved = json::field(attachment, "url").filter(|url| !url.contains("://"));
    saved.or_else(|| json::field(attachment, "fileName"))
}

fn object<'o>(object: &'o Object, key: &str) -> Option<&'o Object> {
    object.get(key)?.as_object()
}

/// The objects of a list.
fn list<'o>(object: &'o Object, key: &str) -> impl Iterator<Item = &'o Object> {
    object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}
