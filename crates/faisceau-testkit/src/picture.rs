//! Small JPEG pictures: abstract shapes, drawn in integers, with or without EXIF.
//!
//! In: the posts that show pictures, and a stream of chance. Out: baseline JPEG files. Refused:
//! pictures of anything.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::activity::{LAKE, MEME, Post};
use crate::calendar::paris;
use crate::exif::Exif;
use crate::random::Rng;

const WIDTH: u32 = 160;
const HEIGHT: u32 = 120;

/// An image of the world before it is written.
pub(crate) struct Image {
    pub(crate) file: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) exif: Option<Exif>,
    pub(crate) note: &'static str,
}

/// The images that posts refer to.
pub(crate) fn images(posts: &[Post], rng: &mut Rng) -> Vec<Image> {
    let serial = format!("LX{:07}", rng.between(1_000_000, 9_999_999));
    let other = format!("LX{:07}", rng.between(100_000, 999_999));
    let lumica = ("Lumica", "LX-20");
    let phone = ("Phonelle", "P5");
    let place = (45 * 6000 + 5210 + rng.between(0, 40) as u32, 6 * 6000 + 1030);
    let zero = || "0000000".to_owned();
    let plan = [
        ("etal_vide.jpg", Some((lumica, serial.clone(), None)), "appareil de A, sur le forum"),
        (
            "vitrine_lilas.jpg",
            Some((lumica, serial.clone(), None)),
            "même appareil de A, sur Telegram",
        ),
        (
            "facture_bol.jpg",
            Some((lumica, serial, Some(place))),
            "même appareil de A, joint à un courriel, avec position",
        ),
        (MEME, None, "image commune des participants aux deux soirées, sans métadonnées"),
        (LAKE, Some((lumica, other, None)), "même modèle, autre boîtier : personne de passage"),
        ("gateau_du_lycee.jpg", Some((phone, zero(), None)), "numéro de série nul : ne relie rien"),
        ("terrasse.jpg", Some((phone, zero(), None)), "numéro de série nul : ne relie rien"),
    ];
    let mut out = Vec::new();
    for (file, camera, note) in plan {
        let Some(posted) = posts.iter().find(|post| post.media == Some(file)) else { continue };
        let exif = camera.map(|((make, model), serial, place)| Exif {
            make,
            model,
            serial,
            taken: paris(posted.at - rng.between(4_000, 200_000), "%Y:%m:%d %H:%M:%S"),
            offset: "+02:00",
            place,
        });
        out.push(Image { file, bytes: jpeg(exif.as_ref(), rng), exif, note });
    }
    out
}

/// Draws a picture and puts the metadata behind its first marker.
fn jpeg(exif: Option<&Exif>, rng: &mut Rng) -> Vec<u8> {
    let mut coded = Vec::new();
    let pixels = pixels(rng);
    // Writing to memory fails only on wrong sizes, and an empty file would fail the tests.
    let written = JpegEncoder::new_with_quality(&mut coded, 78).write_image(
        &pixels,
        WIDTH,
        HEIGHT,
        ExtendedColorType::Rgb8,
    );
    if written.is_err() || coded.len() < 2 {
        return Vec::new();
    }
    let Some(exif) = exif else { return coded };
    let body = exif.tiff();
    let mut out = coded[..2].to_vec();
    out.extend([0xff, 0xe1]);
    out.extend((body.len() as u16 + 8).to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(body);
    out.extend(&coded[2..]);
    out
}

/// A gradient with a few discs.
fn pixels(rng: &mut Rng) -> Vec<u8> {
    let mut colour = || [rng.between(30, 225), rng.between(30, 225), rng.between(30, 225)];
    let (top, bottom) = (colour(), colour());
    let mut discs = Vec::new();
    for _ in 0..6 {
        let colour = [rng.between(0, 255), rng.between(0, 255), rng.between(0, 255)];
        let (x, y) = (rng.between(0, 160), rng.between(0, 120));
        discs.push((x, y, rng.between(8, 32), colour));
    }
    let mut out = Vec::with_capacity((WIDTH * HEIGHT * 3) as usize);
    for y in 0..i64::from(HEIGHT) {
        for x in 0..i64::from(WIDTH) {
            let inside = |&&(cx, cy, r, _): &&(i64, i64, i64, [i64; 3])| {
                (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r
            };
            let shade = |i: usize| (top[i] * (120 - y) + bottom[i] * y) / 120;
            let rgb = discs
                .iter()
                .rev()
                .find(inside)
                .map_or([shade(0), shade(1), shade(2)], |&(_, _, _, colour)| colour);
            out.extend(rgb.map(|c| c.clamp(0, 255) as u8));
        }
    }
    out
}
