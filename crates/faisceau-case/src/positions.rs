//! Whose positions must not be printed.
//!
//! In: images that carry a position, marked by the importer. Out: the mark taken off those of an
//! account that `case.toml` names as examined. All others stay: an image of the claimant, of a third
//! party, or of nobody known would tell where they live; and where the file names nobody, everybody is
//! compared, which is no reason to print where they are.

use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, Role};

/// Takes the mark off the positions that may be printed.
pub(crate) fn protect(media: &mut [Media], role: impl Fn(&AccountKey) -> Option<Role>) {
    for image in media {
        let examined = image.account.known().and_then(&role) == Some(Role::Examined);
        image.position_protected &= !examined;
    }
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, Maybe, Place};

    use super::*;

    #[test]
    fn only_an_examined_account_has_its_positions_printed() {
        let key = |handle| AccountKey::by_handle("forum", handle);
        let role = |account: &AccountKey| match account.native() {
            "@corbeau" => Some(Role::Examined),
            "@victime" => Some(Role::Claimant),
            _ => None,
        };
        let image = |account: Maybe<AccountKey>, position_protected| Media {
            account,
            position_protected,
            ..Media::new(ExhibitNo::top(2), &Place::Whole, 0, String::new(), "image/jpeg")
        };
        let nobody = || Maybe::Missing(faisceau_model::Absent::NotRecorded);
        let mut media = [
            image(Maybe::Known(key("corbeau")), true),
            image(Maybe::Known(key("victime")), true),
            image(Maybe::Known(key("passant")), true),
            image(nobody(), true),
            image(nobody(), false),
        ];
        protect(&mut media, role);
        let marks = media.map(|image| image.position_protected);
        assert_eq!(marks, [false, true, true, true, false]);
    }
}
