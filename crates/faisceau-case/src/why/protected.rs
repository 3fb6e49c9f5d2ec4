//! A protected position stays out of the answer.

use faisceau_model::rows::{Media, MediaField};
use faisceau_model::table::Row;
use faisceau_model::tells_place;
use faisceau_tables::value;

use crate::case::Case;
use crate::error::CaseError;

impl Case {
    /// Takes a protected position out of the facts of an image or of a field of it. Says whether
    /// the bytes at its place are the position.
    pub(super) fn withhold<R: Row>(
        &self,
        row: &R,
        facts: &mut [(String, String)],
    ) -> Result<bool, CaseError> {
        const WITHHELD: &str = "withheld: protected position";
        let told = |name: &str| facts.iter().any(|(n, v)| n == name && v == "true");
        if R::TABLE == Media::TABLE && told("position_protected") {
            for (name, value) in facts.iter_mut() {
                if name == "latitude" || name == "longitude" {
                    WITHHELD.clone_into(value);
                }
            }
            return Ok(false);
        }
        let Some(media) = (R::TABLE == MediaField::TABLE).then(|| value(row, "media")).flatten()
        else {
            return Ok(false);
        };
        if !tells_place(&value(row, "name").unwrap_or_default()) {
            return Ok(false);
        }
        let images: Vec<Media> = self.find("id", &[media.as_str()])?;
        if !images.iter().any(|image| image.position_protected) {
            return Ok(false);
        }
        for (_, value) in facts.iter_mut().filter(|(name, _)| name == "value") {
            WITHHELD.clone_into(value);
        }
        Ok(true)
    }
}
