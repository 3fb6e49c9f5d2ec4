//! Whose positions must not be printed.
//!
//! In: images with the account that posted them, accounts with their role. Out: a mark on each
//! image with a position, unless it is known to be of an examined account: an image of the claimant,
//! of a third party, or of nobody known would tell where they live.

use std::collections::BTreeSet;

use faisceau_model::rows::{Account, Media};
use faisceau_model::{AccountKey, Role};

/// Marks the positions to protect.
pub(crate) fn protect(media: &mut [Media], accounts: &[Account]) {
    let examined: BTreeSet<&AccountKey> = accounts
        .iter()
        .filter(|account| account.role == Role::Examined)
        .map(|account| &account.account)
        .collect();
    for image in media {
        let of_examined = image.account.known().is_some_and(|account| examined.contains(account));
        image.position_protected = image.latitude.known().is_some() && !of_examined;
    }
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, Maybe, Place};

    use super::*;

    #[test]
    fn only_an_examined_account_has_its_positions_printed() {
        let key = |handle| AccountKey::by_handle("forum", handle);
        let account = |handle, role| Account {
            role,
            ..Account::new(ExhibitNo::top(1), &Place::Whole, 0, key(handle))
        };
        let accounts = [account("corbeau", Role::Examined), account("victime", Role::Claimant)];
        let image = |account: Maybe<AccountKey>, latitude| Media {
            account,
            latitude,
            ..Media::new(ExhibitNo::top(2), &Place::Whole, 0, String::new(), "image/jpeg")
        };
        let nobody = || Maybe::Missing(faisceau_model::Absent::NotRecorded);
        let mut media = [
            image(Maybe::Known(key("corbeau")), Maybe::Known(48.8)),
            image(Maybe::Known(key("victime")), Maybe::Known(48.8)),
            image(Maybe::Known(key("passant")), Maybe::Known(48.8)),
            image(nobody(), Maybe::Known(48.8)),
            image(nobody(), Maybe::Missing(faisceau_model::Absent::NotExported)),
        ];
        protect(&mut media, &accounts);
        let marks = media.map(|image| image.position_protected);
        assert_eq!(marks, [false, true, true, true, false]);
    }
}
