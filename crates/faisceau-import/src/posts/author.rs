//! Who wrote a collected post, as the record says.
//!
//! In: id, handle, name and self-description. Out: the key of the account and its row. Refused: a
//! post that says neither id nor handle.

use faisceau_model::rows::Account;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, RejectReason};

use crate::json::Flaw;

/// An author.
#[derive(Debug, Clone)]
pub(super) struct Author {
    platform: &'static str,
    id: Option<String>,
    handle: Option<String>,
    /// Display name.
    pub(super) name: Maybe<String>,
    /// When the account was created, and how that is written.
    pub(super) created: (Maybe<Moment>, Maybe<String>),
    /// Self-description.
    pub(super) bio: Maybe<String>,
}

impl Author {
    /// An author of whom id and handle are known, or one of them. The format says nothing else,
    /// until it does.
    pub(super) fn new(platform: &'static str, id: Option<String>, handle: Option<String>) -> Self {
        let handle = handle.map(|handle| handle.trim().trim_start_matches('@').to_owned());
        Self {
            platform,
            id,
            handle: handle.filter(|handle| !handle.is_empty()),
            name: Maybe::Missing(Absent::NotRecorded),
            created: (Maybe::Missing(Absent::NotRecorded), Maybe::Missing(Absent::NotRecorded)),
            bio: Maybe::Missing(Absent::NotRecorded),
        }
    }

    /// The handle.
    pub(super) fn handle(&self) -> Option<&str> {
        self.handle.as_deref()
    }

    /// The key: by the id that never changes, else by the handle.
    pub(super) fn key(&self) -> Result<AccountKey, Flaw> {
        let id = self.id.as_ref().map(|id| AccountKey::by_id(self.platform, id));
        let key = id.or_else(|| Some(AccountKey::by_handle(self.platform, self.handle()?)));
        // A name of nothing but control characters leaves no key.
        key.filter(|key| !key.native().trim_start_matches('@').is_empty()).ok_or_else(|| {
            (RejectReason::MissingField, "the record does not say its author".to_owned())
        })
    }

    /// The row of the account.
    pub(super) fn row(
        self,
        exhibit: ExhibitNo,
        (place, part): (&Place, u32),
        key: AccountKey,
    ) -> Account {
        let or_absent = |value| Maybe::or_absent(value, Absent::NotExported);
        Account {
            native_id: or_absent(self.id),
            handle: or_absent(self.handle),
            display_name: self.name,
            created: self.created.0,
            created_raw: self.created.1,
            bio: self.bio,
            ..Account::new(exhibit, place, part, key)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_comes_first_and_nobody_is_refused() {
        let key = |id: Option<&str>, handle: Option<&str>| {
            Author::new("x", id.map(str::to_owned), handle.map(str::to_owned)).key()
        };
        assert_eq!(key(Some("12"), Some("a")).unwrap().as_str(), "x:12");
        assert_eq!(key(None, Some("@a")).unwrap().as_str(), "x:@a");
        assert!(key(None, Some(" @ ")).is_err());
        assert!(key(None, None).is_err());
        assert!(key(Some("\u{202e}"), None).is_err());
    }
}
