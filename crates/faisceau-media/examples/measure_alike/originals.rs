//! The pictures of folders that are different from one another.

use std::path::{Path, PathBuf};

use faisceau_media::alike::{Limits, Look, Unseen, look};
use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgb, RgbImage};

use crate::copies::{MESSENGER, fitted};

/// Shortest side of what is measured.
const SMALLEST: u32 = 200;
/// Side of the thumbnails that tell pictures apart.
const THUMBNAIL: u32 = 16;
/// Correlation of two thumbnails from which on one picture is left out as a copy of the other.
pub(crate) const SAME: f64 = 0.85;

/// A picture that is like none before it.
pub(crate) struct Original {
    pub(crate) look: Look,
    pub(crate) picture: RgbImage,
}

/// What became of the files.
#[derive(Default)]
pub(crate) struct Originals {
    pub(crate) kept: Vec<Original>,
    pub(crate) not_read: u64,
    pub(crate) small: u64,
    pub(crate) plain: u64,
    pub(crate) doubles: u64,
}

/// All files below the folders, in the order of their paths.
pub(crate) fn originals(folders: &[PathBuf]) -> Originals {
    let mut files = Vec::new();
    for folder in folders {
        walk(folder, &mut files);
    }
    let mut found = Originals::default();
    let mut thumbnails: Vec<Vec<f64>> = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).unwrap();
        let seen = look(&bytes, 1, &Limits::default());
        let readable = matches!(seen, Ok(_) | Err(Unseen::Plain));
        let Some(picture) = readable.then(|| image::load_from_memory(&bytes).ok()).flatten() else {
            found.not_read += 1;
            continue;
        };
        let picture = on_white(picture);
        let (width, height) = picture.dimensions();
        if width.min(height) < SMALLEST || width.max(height) > 4 * width.min(height) {
            found.small += 1;
            continue;
        }
        let Ok(look) = seen else {
            found.plain += 1;
            continue;
        };
        let turned = turns(&picture);
        let double = |known: &Vec<f64>| turned.iter().any(|turn| correlation(known, turn) > SAME);
        if thumbnails.iter().any(double) {
            found.doubles += 1;
            continue;
        }
        thumbnails.extend(turned.into_iter().next());
        found.kept.push(Original { look, picture: fitted(&picture, MESSENGER) });
    }
    found
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() { walk(&entry, files) } else { files.push(entry) }
    }
}

fn on_white(picture: DynamicImage) -> RgbImage {
    let rgba = picture.into_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, alpha] = rgba.get_pixel(x, y).0.map(u32::from);
        Rgb([r, g, b].map(|value| ((value * alpha + 255 * (255 - alpha)) / 255) as u8))
    })
}

/// The thumbnail, turned and mirrored in all eight ways; without its mean, of length one.
fn turns(picture: &RgbImage) -> Vec<Vec<f64>> {
    let grey = imageops::grayscale(picture);
    let mut small = imageops::resize(&grey, THUMBNAIL, THUMBNAIL, FilterType::Triangle);
    let mut turns = Vec::new();
    for turn in 0..8 {
        let mean = small.pixels().map(|p| f64::from(p.0[0])).sum::<f64>() / 256.0;
        let values: Vec<f64> = small.pixels().map(|p| f64::from(p.0[0]) - mean).collect();
        let length = values.iter().map(|value| value * value).sum::<f64>().sqrt().max(1.0);
        turns.push(values.into_iter().map(|value| value / length).collect());
        small = imageops::rotate90(&small);
        if turn == 3 {
            small = imageops::flip_horizontal(&small);
        }
    }
    turns
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
