//! What a platform declares of one account in one record: rows that share exhibit, place, service
//! and account.
//!
//! In: texts of a record. Out: connections, devices, data on subscribers. Refused: an address that
//! is none. A connection here is what the platform's servers saw, never a claim of the client.

use faisceau_model::rows::{Connection, Device, Subscriber};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Place, RejectReason, SubscriberCategory, excerpt,
};

use super::sign_in::used;
use crate::json::Flaw;
use crate::time::stamp::Stamp;

/// Where a record stands and whose it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared<'d> {
    /// The exhibit.
    pub(crate) exhibit: ExhibitNo,
    /// The place of the record.
    pub(crate) place: &'d Place,
    /// The platform.
    pub(crate) service: &'d str,
    /// The account concerned.
    pub(crate) account: Option<&'d AccountKey>,
}

impl Declared<'_> {
    /// The account, or that the exhibit does not name it.
    pub(crate) fn holder(&self) -> Maybe<AccountKey> {
        Maybe::or_absent(self.account.cloned(), Absent::NotExported)
    }

    /// A use of the address written as `text`, for this action at this time.
    pub(crate) fn connection(
        &self,
        part: u32,
        text: &str,
        stamp: Stamp,
        request: &str,
    ) -> Result<Connection, Flaw> {
        let used = used(self.exhibit, self.place, part, self.service, text).ok_or_else(|| {
            (RejectReason::Address, format!("`{}` is not an address", excerpt(text, 40)))
        })?;
        Ok(Connection {
            account: self.holder(),
            at: stamp.at,
            at_raw: stamp.raw,
            request: Maybe::text(request, Absent::NotRecorded),
            // Answers name the address itself, never what stood before it.
            forwarded: Maybe::Missing(Absent::NotApplicable),
            ..used
        })
    }

    /// A datum on the subscriber.
    pub(crate) fn subscriber(
        &self,
        part: u32,
        category: SubscriberCategory,
        label: &str,
        value: &str,
    ) -> Subscriber {
        let datum = (category, label, value);
        Subscriber {
            account: self.holder(),
            ..Subscriber::new(self.exhibit, self.place, part, self.service, datum)
        }
    }

    /// A device, application or browser.
    pub(crate) fn device(&self, part: u32, kind: &str) -> Device {
        Device {
            account: self.holder(),
            ..Device::new(self.exhibit, self.place, part, self.service, kind)
        }
    }
}

/// A text that says something: not empty, and none of the words that stand for nothing.
pub(crate) fn said(text: &str) -> Option<&str> {
    const NOTHING: [&str; 7] = ["n/a", "none", "null", "-", "not found", "unknown", "redacted"];
    let text = text.trim();
    let nothing = NOTHING.iter().any(|word| text.eq_ignore_ascii_case(word));
    (!text.is_empty() && !nothing).then_some(text)
}

/// The texts that say something, with a space between them.
pub(crate) fn joined<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Maybe<String> {
    let texts: Vec<&str> = texts.into_iter().flatten().filter_map(said).collect();
    Maybe::text(&texts.join(" "), Absent::NotExported)
}
