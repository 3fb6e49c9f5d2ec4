//! What a picture looks like, and whether its embedded preview shows the same.
//!
//! A program that crops or covers a picture may leave the preview as it was.

use faisceau_media::Description;
use faisceau_media::alike::{Limits, Look, Unseen, look, nearest};
use faisceau_model::rows::Media;
use faisceau_model::{Absent, Maybe};

/// Bits by which a preview may differ: of 257 public photographs, those with bars around their preview
/// lie up to 76 away, those whose preview shows something else from 96.
const SAME: u32 = 85;

/// Upright, upside down, and turned to either side, as EXIF numbers them.
const TURNS: [u8; 4] = [1, 3, 6, 8];

/// Fills the columns `look` and `preview_differs` in.
pub(super) fn fill(row: &mut Media, found: &Description, bytes: &[u8]) {
    let orientation = found.value(&["IFD0"], "Orientation").and_then(|text| text.parse().ok());
    let orientation = orientation.unwrap_or(1);
    row.look = match look(bytes, orientation, &Limits::default()) {
        Ok(look) => {
            row.preview_differs = preview(found, bytes, &look);
            Maybe::Known(look.to_string())
        }
        Err(unseen) => Maybe::Missing(reason(unseen)),
    };
}

/// Far from the picture however it is turned, the preview is of another one: programs turn a picture
/// and leave its preview as it was.
fn preview(found: &Description, bytes: &[u8], picture: &Look) -> Maybe<bool> {
    let Some(at) = &found.thumbnail else { return Maybe::Missing(Absent::NotExported) };
    let preview = bytes.get(at.start as usize..at.end as usize).unwrap_or_default();
    let mut nearer = false;
    for turn in TURNS {
        match look(preview, turn, &Limits::default()) {
            Ok(preview) => nearer |= nearest(picture, &preview).0 <= SAME,
            Err(unseen) => return Maybe::Missing(reason(unseen)),
        }
    }
    Maybe::Known(!nearer)
}

fn reason(unseen: Unseen) -> Absent {
    match unseen {
        Unseen::Format | Unseen::Plain => Absent::NotApplicable,
        Unseen::TooLarge | Unseen::Broken => Absent::Unreadable,
    }
}
