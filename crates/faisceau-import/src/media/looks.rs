//! What a picture looks like, and whether its embedded preview shows the same.
//!
//! A program that crops or covers a picture may leave the preview as it was.

use faisceau_media::Description;
use faisceau_media::alike::{FARTHEST, Limits, Look, look, nearest};
use faisceau_model::rows::Media;
use faisceau_model::{Absent, Maybe};

/// Fills the columns `look` and `preview_differs` in.
pub(super) fn fill(row: &mut Media, found: &Description, bytes: &[u8]) {
    let orientation = found.value(&["IFD0"], "Orientation").and_then(|text| text.parse().ok());
    let orientation = orientation.unwrap_or(1);
    let see = |bytes: &[u8]| look(bytes, orientation, &Limits::default());
    row.look = match see(bytes) {
        Ok(look) => {
            row.preview_differs = preview(found, bytes, &look, see);
            Maybe::Known(look.to_string())
        }
        Err(unseen) => Maybe::Missing(reason(unseen)),
    };
}

/// Farther apart than the search reaches, the preview is of another picture.
fn preview(
    found: &Description,
    bytes: &[u8],
    look: &Look,
    see: impl Fn(&[u8]) -> Result<Look, faisceau_media::alike::Unseen>,
) -> Maybe<bool> {
    let Some(at) = &found.thumbnail else { return Maybe::Missing(Absent::NotExported) };
    let preview = bytes.get(at.start as usize..at.end as usize).unwrap_or_default();
    match see(preview) {
        Ok(preview) => Maybe::Known(nearest(look, &preview).0 > FARTHEST),
        Err(unseen) => Maybe::Missing(reason(unseen)),
    }
}

fn reason(unseen: faisceau_media::alike::Unseen) -> Absent {
    use faisceau_media::alike::Unseen;
    match unseen {
        Unseen::Format | Unseen::Plain => Absent::NotApplicable,
        Unseen::TooLarge | Unseen::Broken => Absent::Unreadable,
    }
}
