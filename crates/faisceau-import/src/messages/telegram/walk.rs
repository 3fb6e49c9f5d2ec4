//! The frame of an export: chats, sessions, sections.
//!
//! In: the JSON as it streams by. Out: an [`Export`] of borrowed raw texts, which holds what
//! precedes a flaw even when the walk ends with an error. Refused: a list that appears twice, for
//! two records would then have one pointer.

use std::collections::BTreeSet;
use std::fmt;

use faisceau_model::Place;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

use crate::fields::Fields;
use crate::json::{Elements, MAX_RECORDS, pointer_step};

/// What an export holds, in the order of the exhibit.
#[derive(Default)]
pub(super) struct Export<'de> {
    /// The chats with their messages.
    pub(super) chats: Vec<Chat<'de>>,
    /// The sessions of the exporter's account, with their pointers.
    pub(super) sessions: Vec<(String, &'de RawValue)>,
    /// The exporter's account.
    pub(super) personal: Option<&'de RawValue>,
    /// Sections that are set aside: pointer and what they are.
    pub(super) aside: Vec<(String, String)>,
    /// Places where a chat or a section should stand: pointer and what was expected.
    pub(super) odd: Vec<(String, &'static str)>,
    /// Keys of the frame that are not known.
    pub(super) fields: Fields,
    /// Messages and sessions so far: counted along, for chats may be hundreds of thousands.
    kept: usize,
}

/// Most sections that hold no message: an export has less than twenty.
const SECTIONS: usize = 10_000;
/// Sections of the full export that hold no message, and words about sections.
const KNOWN: [&str; 6] =
    ["about", "profile_pictures", "stories", "contacts", "frequent_contacts", "other_data"];

impl<'de> Export<'de> {
    /// Messages and sessions met.
    pub(super) fn messages(&self) -> usize {
        self.kept
    }

    /// The last message met.
    pub(super) fn last_message(&self) -> Option<&'de RawValue> {
        self.chats.iter().rev().find_map(|chat| chat.messages.last()).copied()
    }
}

/// A chat.
#[derive(Default)]
pub(super) struct Chat<'de> {
    /// Its JSON pointer.
    pub(super) pointer: String,
    /// Raw `name`.
    pub(super) name: Option<&'de RawValue>,
    /// Raw `type`.
    pub(super) kind: Option<&'de RawValue>,
    /// Raw `id`.
    pub(super) id: Option<&'de RawValue>,
    /// Its messages.
    pub(super) messages: Vec<&'de RawValue>,
}

/// What an object of the frame is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The whole export, which is a chat at the same time when only one was exported.
    Root,
    /// `chats` or `left_chats`.
    Chats,
    /// One chat.
    Chat,
    /// `sessions` or `web_sessions`.
    Sessions,
}

/// Walks the whole export.
pub(super) fn root<'w, 'de>(export: &'w mut Export<'de>) -> Walk<'w, 'de> {
    Walk { export, kind: Kind::Root, pointer: String::new() }
}

/// One object of the frame.
pub(super) struct Walk<'w, 'de> {
    export: &'w mut Export<'de>,
    kind: Kind,
    pointer: String,
}

impl<'de> DeserializeSeed<'de> for Walk<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Notes that something else stands where an object should.
macro_rules! odd {
    ($($visit:ident: $type:ty),+) => { $(
        fn $visit<E>(self, _: $type) -> Result<(), E> {
            self.odd();
            Ok(())
        }
    )+ };
}

impl<'de> Visitor<'de> for Walk<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of an export of Telegram")
    }

    odd!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> Result<(), E> {
        self.odd();
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        self.odd();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        if matches!(self.kind, Kind::Root | Kind::Chat) {
            let chat = Chat { pointer: self.pointer.clone(), ..Chat::default() };
            self.export.chats.push(chat);
        }
        let own = self.export.chats.len().saturating_sub(1);
        let mut lists = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let list = matches!(
                key.as_str(),
                "messages" | "list" | "chats" | "left_chats" | "sessions" | "web_sessions"
            );
            if list && !lists.insert(key.clone()) {
                return Err(A::Error::custom(format!("`{key}` appears twice")));
            }
            self.entry(&key, own, &mut map)?;
        }
        Ok(())
    }
}

impl<'de> Walk<'_, 'de> {
    fn odd(self) {
        self.export.odd.push((self.pointer, "an object was expected"));
    }

    /// One entry of this object. `own` is the number of the chat that this object is.
    fn entry<A: MapAccess<'de>>(
        &mut self,
        key: &str,
        own: usize,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let budget = MAX_RECORDS.saturating_sub(self.export.messages());
        match (self.kind, key) {
            (Kind::Root | Kind::Chat, "name" | "type" | "id" | "messages") => {
                let Some(chat) = self.export.chats.get_mut(own) else { return skip(map) };
                match key {
                    "name" => chat.name = Some(map.next_value()?),
                    "type" => chat.kind = Some(map.next_value()?),
                    "id" => chat.id = Some(map.next_value()?),
                    _ => {
                        let list = Elements { out: &mut chat.messages, budget };
                        let outcome = map.next_value_seed(list);
                        self.export.kept += chat.messages.len();
                        outcome?;
                    }
                }
            }
            (Kind::Root, "chats" | "left_chats") => {
                map.next_value_seed(self.child(Kind::Chats, key))?;
            }
            (Kind::Root, "sessions" | "web_sessions") => {
                map.next_value_seed(self.child(Kind::Sessions, key))?;
            }
            (Kind::Root, "personal_information") => {
                self.export.personal = Some(map.next_value()?);
            }
            (Kind::Root, _) => {
                self.note(key);
                let raw: &RawValue = map.next_value()?;
                if self.export.aside.len() >= SECTIONS {
                    return Err(A::Error::custom(format!("more than {SECTIONS} sections")));
                }
                if raw.get().starts_with(['{', '[']) {
                    let pointer = format!("/{}", pointer_step(key));
                    let what = format!(
                        "the section `{}` holds no message",
                        faisceau_model::excerpt(key, 60)
                    );
                    self.export.aside.push((pointer, what));
                }
            }
            (Kind::Chats, "list") => {
                map.next_value_seed(ChatList(self.child(Kind::Chat, key)))?;
            }
            (Kind::Sessions, "list") => {
                let mut list = Vec::new();
                let outcome = map.next_value_seed(Elements { out: &mut list, budget });
                self.export.kept += list.len();
                let pointers = (0..).map(|index| format!("{}/list/{index}", self.pointer));
                self.export.sessions.extend(pointers.zip(list));
                outcome?;
            }
            (Kind::Chats | Kind::Chat | Kind::Sessions, _) => {
                self.note(key);
                return skip(map);
            }
        }
        Ok(())
    }

    /// Counts a key that is not known.
    fn note(&mut self, key: &str) {
        if KNOWN.contains(&key) {
            return;
        }
        let object = match self.kind {
            Kind::Root => "",
            Kind::Chats => "chats.",
            Kind::Chat => "chats.list.",
            Kind::Sessions => "sessions.",
        };
        let place = Place::Pointer(format!("{}/{}", self.pointer, pointer_step(key)));
        self.export.fields.note(object, key, 1, &place);
    }

    fn child(&mut self, kind: Kind, key: &str) -> Walk<'_, 'de> {
        Walk { export: self.export, kind, pointer: format!("{}/{key}", self.pointer) }
    }
}

fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(|_| ())
}

/// The list of chats.
struct ChatList<'w, 'de>(Walk<'w, 'de>);

impl<'de> DeserializeSeed<'de> for ChatList<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ChatList<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of chats")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        for index in 0..MAX_RECORDS {
            let chat = Walk {
                export: self.0.export,
                kind: Kind::Chat,
                pointer: format!("{}/{index}", self.0.pointer),
            };
            if list.next_element_seed(chat)?.is_none() {
                return Ok(());
            }
        }
        Err(A::Error::custom(format!("more than {MAX_RECORDS} chats")))
    }
}
