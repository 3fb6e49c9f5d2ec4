//! What a picture looks like: hashes of it as a whole and of a few of its parts.
//!
//! In: the bytes of a file, the orientation that its EXIF states, [`Limits`]. Out: a [`Look`], the
//! same on every machine. Refused: what [`Unseen`] says; among it a picture with too little in it,
//! which would look like every other such picture.

use super::decode::{Limits, Unseen, decode};
use super::grid::{Crop, Grid};
use super::hash::{Hash, Spectrum};

const WHOLE: Crop = [0, 0, 1_000, 1_000];

/// Parts that a copy may be cropped to. Which ones, was measured (docs/images-alike.md).
const PARTS: [Crop; 14] = [
    [25, 25, 975, 975],
    [50, 50, 950, 950],
    [75, 75, 925, 925],
    [100, 100, 900, 900],
    [50, 0, 1_000, 1_000],
    [0, 50, 1_000, 1_000],
    [0, 0, 950, 1_000],
    [0, 0, 1_000, 950],
    [100, 0, 1_000, 1_000],
    [0, 100, 1_000, 1_000],
    [0, 0, 900, 1_000],
    [0, 0, 1_000, 900],
    [0, 150, 1_000, 1_000],
    [0, 0, 1_000, 850],
];
/// Least contrast that has a hash, in hundredths of a grey level.
const PLAIN: u32 = 6;

/// What a picture looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The whole picture.
    pub whole: Hash,
    /// The picture without its frame or bars of one colour, if it has such.
    pub unframed: Option<Hash>,
    /// Parts of the picture, each of them what a cropped copy of it would be as a whole.
    pub parts: Vec<Hash>,
    /// How much there is to see: the amplitude of the middle one of the frequencies that the hash is
    /// made from, in hundredths of a grey level.
    pub contrast: u32,
}

/// Looks at a picture. `orientation` is what its EXIF states, 1 to 8; anything else is upright.
pub fn look(bytes: &[u8], orientation: u8, limits: &Limits) -> Result<Look, Unseen> {
    let grid = Grid::new(&decode(bytes, limits)?, orientation);
    let seen = |crop: Crop| Spectrum::new(&grid.cells(crop));
    let hash = |crop: Crop| Some(seen(crop)).filter(|s| s.contrast() >= PLAIN).map(|s| s.hash());
    let whole = seen(WHOLE);
    let contrast = whole.contrast();
    if contrast < PLAIN {
        return Err(Unseen::Plain);
    }
    Ok(Look {
        whole: whole.hash(),
        unframed: grid.unframed().and_then(hash),
        parts: PARTS.into_iter().chain(grid.square()).filter_map(hash).collect(),
        contrast,
    })
}

impl Look {
    /// What the picture is found by: its hash, and the one without its frame, which is marked.
    pub(super) fn faces(&self) -> impl Iterator<Item = (Hash, bool)> {
        std::iter::once((self.whole, false)).chain(self.unframed.iter().map(|hash| (*hash, true)))
    }

    /// What other pictures are found with: the same and the parts, which are marked.
    pub(super) fn views(&self) -> impl Iterator<Item = (Hash, bool)> {
        self.faces().chain(self.parts.iter().map(|hash| (*hash, true)))
    }
}

#[cfg(test)]
mod tests;
