//! What the two layouts of conversations share: walking the file, accounts, posts.
//!
//! In: the text of an export, and how one of its messages reads. Out: rows. Refused: one account
//! for all the persons whom the platform shows under the name of a deleted account.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, RejectReason, Sink,
};
use serde_json::Value;
use serde_json::value::RawValue;

use super::words;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::json::document::{Document, document};
use crate::json::{self, Flaw, Object};
use crate::rows::first_accounts::FirstAccounts;
use crate::rows::repeated::repeated;

/// A conversation.
pub(super) struct Conversation {
    /// The platform of its accounts.
    pub(super) platform: &'static str,
    /// Its name and path.
    pub(super) thread: Option<String>,
    /// The names of those who take part in it now.
    pub(super) people: Vec<String>,
}

/// A message, before it is known whose it is.
pub(super) struct Spoken {
    /// The name that its sender shows; empty for some deleted accounts.
    pub(super) name: String,
    pub(super) at: Moment,
    pub(super) at_raw: String,
    pub(super) kind: PostKind,
    pub(super) text: Maybe<String>,
    pub(super) text_raw: Maybe<String>,
    pub(super) media: Vec<String>,
}

/// One of the two layouts.
pub(super) struct Manner<'m> {
    /// Keys of the file.
    pub(super) top: &'m [&'m str],
    /// What the file says of itself.
    pub(super) conversation: &'m dyn Fn(&Document<'_>) -> Conversation,
    /// Reads a message, and notes its unknown keys.
    pub(super) message: fn(&Object, &mut Fields, &Place) -> Result<Spoken, Flaw>,
}

/// Reads a file.
pub(super) fn read(
    source: &Source<'_>,
    manner: &Manner<'_>,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let bytes = source.read_all(json::MAX_EXHIBIT)?;
    let (found, outcome) = document(json::text(&bytes).0, &|key| key == "messages");
    let conversation = (manner.conversation)(&found);
    let mut fields = Fields::default();
    for (key, _) in found.others.iter().filter(|(key, _)| !manner.top.contains(&key.as_str())) {
        fields.note("", key, 1, &Place::Pointer(format!("/{}", json::pointer_step(key))));
    }
    found.only_list((exhibit, "messages"), sink, |message, place, sink| {
        let spoken = (manner.message)(message, &mut fields, place)?;
        let (post, name) = conversation.post(exhibit, place, spoken);
        sink.account(Account {
            display_name: name,
            ..Account::new(exhibit, place, 0, post.account.clone())
        });
        sink.post(post);
        Ok(())
    });
    fields.finish(exhibit, sink);
    found.close(outcome, &bytes)
}

impl Conversation {
    /// The post that a message is, and the name of its sender.
    fn post(&self, exhibit: ExhibitNo, place: &Place, spoken: Spoken) -> (Post, Maybe<String>) {
        let (account, name) = self.sender(&spoken.name);
        let post = Post {
            at: Maybe::Known(spoken.at),
            at_raw: Maybe::Known(spoken.at_raw),
            kind: spoken.kind,
            text: spoken.text,
            text_raw: spoken.text_raw,
            target: self.target(&spoken.name),
            thread: Maybe::or_absent(self.thread.clone(), Absent::NotExported),
            media: spoken.media,
            ..Post::new(exhibit, place, 0, account)
        };
        (post, name)
    }

    /// The account that shows a name. Many deleted accounts show the same one: theirs is told
    /// apart by the conversation.
    fn sender(&self, name: &str) -> (AccountKey, Maybe<String>) {
        if !words::is_nobody(name) {
            return (AccountKey::by_handle(self.platform, name), Maybe::Known(name.to_owned()));
        }
        let shown = if name.trim().is_empty() { "deleted account" } else { name };
        let thread = self.thread.as_deref().unwrap_or("one conversation");
        let handle = format!("{shown} in {thread}");
        (AccountKey::by_handle(self.platform, &handle), Maybe::Missing(Absent::Deleted))
    }

    /// Who is addressed: known in a conversation of two only.
    fn target(&self, sender: &str) -> Maybe<String> {
        match &self.people[..] {
            [one, other] if one == sender && other != sender => Maybe::Known(other.clone()),
            [one, other] if other == sender => Maybe::Known(one.clone()),
            [_, _] => Maybe::Missing(Absent::NotExported),
            _ => Maybe::Missing(Absent::NotApplicable),
        }
    }
}

/// A count of milliseconds, and as it is written.
pub(super) fn time(message: &Object, key: &str) -> Result<(Moment, String), Flaw> {
    let raw = json::required(message, key)?;
    let at = json::integer(message, key)
        .and_then(Moment::from_unix_millis)
        .ok_or_else(|| (RejectReason::Time, format!("`{key}` is no count of milliseconds")))?;
    Ok((at, raw))
}

/// The addresses of files in lists of objects.
pub(super) fn files(message: &Object, keys: &[&str]) -> Vec<String> {
    let lists = keys.iter().filter_map(|key| message.get(*key)?.as_array());
    let objects = lists.flatten().filter_map(Value::as_object);
    objects.filter_map(|file| json::field(file, "uri")).collect()
}

/// A text at the top of the file.
pub(super) fn text(raw: Option<&RawValue>) -> Option<String> {
    let text = serde_json::from_str::<String>(raw?.get()).ok().map(repeated);
    text.filter(|text| !text.trim().is_empty())
}

/// Name and path of a conversation.
pub(super) fn named(name: Option<String>, path: Option<String>) -> Option<String> {
    match (name, path) {
        (Some(name), Some(path)) => Some(format!("{name} [{path}]")),
        (None, Some(path)) => Some(format!("[{path}]")),
        (name, None) => name,
    }
}
