//! The rows that one record gives, and what the readers of records share.
//!
//! In: what is known of the file. Out: accounts, times, texts of one record, handed over together
//! or not at all. Refused: a record of which nothing is left.

use faisceau_model::rows::{Account, Connection, Device, Post, Subscriber};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason, Sink, SubscriberCategory,
    excerpt,
};

use super::PLATFORM;
use crate::json::{self, Flaw, Object};

/// What is known of the file that a record stands in.
pub(crate) struct Context {
    /// Its exhibit.
    pub(crate) exhibit: ExhibitNo,
    /// Whose export it is.
    pub(crate) owner: Option<AccountKey>,
}

/// The rows of one record.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) accounts: Vec<Account>,
    pub(super) posts: Vec<Post>,
    pub(super) connections: Vec<Connection>,
    pub(super) devices: Vec<Device>,
    pub(super) subscribers: Vec<Subscriber>,
}

impl Rows {
    /// Hands all of them over.
    pub(super) fn hand_over(self, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let identity = self.accounts.len() + self.subscribers.len() + self.devices.len();
        if identity + self.posts.len() + self.connections.len() == 0 {
            return Err((RejectReason::SetAside, "nothing is in it".to_owned()));
        }
        self.accounts.into_iter().for_each(|row| sink.account(row));
        self.posts.into_iter().for_each(|row| sink.post(row));
        if !self.connections.is_empty() {
            sink.connections(self.connections);
        }
        self.devices.into_iter().for_each(|row| sink.device(row));
        self.subscribers.into_iter().for_each(|row| sink.subscriber(row));
        Ok(())
    }
}

impl Context {
    /// The account that a record names, else the owner of the export.
    pub(super) fn holder(&self, record: &Object) -> Option<AccountKey> {
        json::field(record, "accountId")
            .map(|id| AccountKey::by_id(PLATFORM, &id))
            .or_else(|| self.owner.clone())
    }

    /// The same, where no row can do without.
    pub(super) fn required_holder(&self, record: &Object) -> Result<AccountKey, Flaw> {
        self.holder(record)
            .ok_or_else(|| (RejectReason::MissingField, "`accountId` is missing".to_owned()))
    }

    /// A datum that X declares of the holder of an account. Nothing comes of an empty one.
    pub(super) fn declared(
        &self,
        place: &Place,
        account: Option<&AccountKey>,
        (category, label): (SubscriberCategory, &str),
        value: Option<String>,
        rows: &mut Rows,
    ) {
        let Some(value) = value else { return };
        let part = rows.subscribers.len() as u32;
        let datum = (category, label, value.as_str());
        rows.subscribers.push(Subscriber {
            account: Maybe::or_absent(account.cloned(), Absent::NotExported),
            ..Subscriber::new(self.exhibit, place, part, PLATFORM, datum)
        });
    }
}

/// An object inside a record.
pub(super) fn inside<'r>(record: &'r Object, key: &str) -> Option<&'r Object> {
    record.get(key)?.as_object()
}

/// A text of an object, or why there is none.
pub(super) fn text(record: &Object, key: &str) -> Maybe<String> {
    Maybe::or_absent(json::field(record, key), Absent::NotExported)
}

/// An ISO time with its offset: `2023-02-18T12:33:11.000Z`.
pub(super) fn time(record: &Object, key: &str) -> Result<Maybe<Moment>, Flaw> {
    let Some(text) = json::field(record, key) else {
        return Ok(Maybe::Missing(Absent::NotExported));
    };
    let at = Moment::from_rfc3339(&text).ok_or_else(|| {
        (RejectReason::Time, format!("`{key}` is no time: `{}`", excerpt(&text, 40)))
    })?;
    Ok(Maybe::Known(at))
}

/// The same of a row that says enough without its time.
pub(super) fn time_if_any(record: &Object, key: &str) -> Maybe<Moment> {
    time(record, key).unwrap_or(Maybe::Missing(Absent::Unreadable))
}

/// The three signs that X escapes, in the order that undoes them once.
pub(super) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A text without its escapes, and as it was written where that differs.
pub(super) fn both_texts(raw: String) -> (String, Maybe<String>) {
    let text = unescaped(&raw);
    let raw = if raw == text { Maybe::Missing(Absent::NotApplicable) } else { Maybe::Known(raw) };
    (text, raw)
}

/// The name under which an export keeps a file: its id, then the last step of its address.
pub(super) fn kept_as(id: &str, url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let file = path.rsplit('/').next().filter(|file| !file.is_empty())?;
    Some(format!("{id}-{file}"))
}
