use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

const FORMATS: [ImageFormat; 5] =
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp];

/// The hash of the blobs; a change of it makes looks that were stored useless.
const PINNED: Hash = Hash([
    4_600_074_716_432_995_710,
    1_105_386_958_887_559_060,
    13_112_687_255_417_806_738,
    13_882_372_058_018_291_668,
]);

/// Blobs of a few sizes: like a photograph, it has something in all low frequencies.
fn blobs(width: u32, height: u32) -> RgbImage {
    let wave = |at: u32, side: u32, waves: u32| {
        let phase = (at * waves * 512 / side) % 512;
        if phase < 256 { phase } else { 511 - phase }
    };
    RgbImage::from_fn(width, height, |x, y| {
        let sum = wave(x + y / 3, width, 3)
            + wave(y + x / 5, height, 4) * wave(x, width, 7) / 256
            + wave(x * 2 + y * 3, width * 4, 13) / 2
            + wave(y * 2 + x, height * 3, 17) * wave(y, height, 2) / 256;
        Rgb([(sum / 4) as u8, (sum / 5) as u8, (sum / 3) as u8])
    })
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn seen(bytes: &[u8]) -> Result<Look, Unseen> {
    look(bytes, 1, &Limits::default())
}

#[test]
fn the_hash_is_the_same_on_every_machine() {
    let look = seen(&encoded(&blobs(640, 480), ImageFormat::Png)).unwrap();
    assert_eq!(look.whole, PINNED);
    assert_eq!(look.parts.len(), PARTS.len() + 1);
}

#[test]
fn all_formats_show_the_same_picture() {
    let picture = blobs(640, 480);
    let png = seen(&encoded(&picture, ImageFormat::Png)).unwrap();
    for format in FORMATS {
        let look = seen(&encoded(&picture, format)).unwrap();
        let distance = look.whole.distance(png.whole);
        assert!(distance <= 10, "{format:?}: {distance}");
    }
    let mut grey = Vec::new();
    let luma = DynamicImage::ImageRgb8(picture).into_luma8();
    JpegEncoder::new_with_quality(&mut grey, 90).encode_image(&luma).unwrap();
    assert!(seen(&grey).unwrap().whole.distance(png.whole) <= 40);
}

#[test]
fn a_jpeg_that_ends_too_early_is_seen_as_far_as_it_goes() {
    let jpeg = encoded(&blobs(640, 480), ImageFormat::Jpeg);
    let (whole, part) = (seen(&jpeg).unwrap(), seen(&jpeg[..jpeg.len() * 9 / 10]).unwrap());
    assert!((1..80).contains(&whole.whole.distance(part.whole)));
}

#[test]
fn a_cropped_copy_is_a_part() {
    let picture = blobs(800, 600);
    let whole = seen(&encoded(&picture, ImageFormat::Png)).unwrap();
    let copy = image::imageops::crop_imm(&picture, 40, 30, 720, 540).to_image();
    let copy = seen(&encoded(&copy, ImageFormat::Jpeg)).unwrap();
    assert!(whole.parts[1].distance(copy.whole) <= 10);
    assert!(whole.whole.distance(copy.whole) > 31);
}

#[test]
fn the_orientation_is_applied() {
    let picture = blobs(400, 300);
    let turned = image::imageops::rotate270(&picture);
    let upright = seen(&encoded(&picture, ImageFormat::Png)).unwrap();
    let stored = encoded(&turned, ImageFormat::Png);
    assert_eq!(look(&stored, 6, &Limits::default()).unwrap().whole, upright.whole);
    assert!(seen(&stored).unwrap().whole.distance(upright.whole) > 60);
}

#[test]
fn what_is_transparent_lies_on_white() {
    let picture = blobs(300, 300);
    let on = |alpha: u8, rest: [u8; 3]| {
        RgbaImage::from_fn(300, 300, |x, y| {
            let ([r, g, b], alpha) = if x < 150 { (picture[(x, y)].0, 255) } else { (rest, alpha) };
            Rgba([r, g, b, alpha])
        })
    };
    let png = |picture: RgbaImage| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        seen(&bytes.into_inner()).unwrap()
    };
    assert_eq!(png(on(0, [0, 90, 0])), png(on(255, [255, 255, 255])));
}

#[test]
fn plain_pictures_have_no_look() {
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7;
    let plain: [fn(u32, u32) -> u8; 3] =
        [|_, _| 0, |_, _| 255, |x, y| ((x + y) * 255 / 1_400) as u8];
    for level in plain {
        let picture = RgbImage::from_fn(800, 600, |x, y| Rgb([level(x, y); 3]));
        for format in FORMATS {
            assert_eq!(seen(&encoded(&picture, format)), Err(Unseen::Plain), "{format:?}");
        }
    }
    let paper = RgbImage::from_fn(1_024, 768, |x, y| Rgb([235 + (noise(x, y) % 9) as u8; 3]));
    assert_eq!(seen(&encoded(&paper, ImageFormat::Jpeg)), Err(Unseen::Plain));
}

#[test]
fn bombs_are_refused_by_their_headers() {
    let small = blobs(16, 16);
    let patched = |format, at: usize, sides: &[u8]| {
        let mut bytes = encoded(&small, format);
        bytes[at..at + sides.len()].copy_from_slice(sides);
        bytes
    };
    let mut png = patched(ImageFormat::Png, 16, &[0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0]);
    let sum = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    let gif = patched(ImageFormat::Gif, 6, &[0xFF; 4]);
    let bmp = patched(ImageFormat::Bmp, 18, &[0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0]);
    let jpeg = encoded(&small, ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    let jpeg = patched(ImageFormat::Jpeg, frame + 5, &[0xFF; 4]);
    // VP8L: fourteen bits for each side, less one.
    let webp = encoded(&small, ImageFormat::WebP);
    let frame = webp.windows(4).position(|name| name == b"VP8L").unwrap();
    let webp = patched(ImageFormat::WebP, frame + 9, &[0xFE, 0xBF, 0xFF, webp[frame + 12] | 0x0F]);
    for (name, bomb) in [("png", png), ("gif", gif), ("bmp", bmp), ("jpeg", jpeg), ("webp", webp)] {
        assert_eq!(seen(&bomb), Err(Unseen::TooLarge), "{name}");
    }
    let narrow = Limits { pixels: 255, ..Limits::default() };
    let short = Limits { memory: 255, ..Limits::default() };
    for format in FORMATS {
        for limits in [narrow, short] {
            assert_eq!(look(&encoded(&small, format), 1, &limits), Err(Unseen::TooLarge));
        }
    }
}

/// CRC-32 of PNG (RFC 2083, section 15).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| match sum & 1 {
            1 => sum >> 1 ^ 0xEDB8_8320,
            _ => sum >> 1,
        })
    })
}

#[test]
fn what_is_no_picture_is_refused() {
    assert_eq!(seen(b""), Err(Unseen::Format));
    assert_eq!(seen(b"%PDF-1.7"), Err(Unseen::Format));
    assert_eq!(seen(b"II*\0\x08\0\0\0"), Err(Unseen::Format));
    assert_eq!(seen(&[0xFF, 0xD8, 0xFF]), Err(Unseen::Broken));
}

fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
    (prop::sample::select(FORMATS.to_vec()), changes, any::<prop::sample::Index>(), any::<bool>())
        .prop_map(|(format, changes, end, cut)| {
            let mut bytes = encoded(&blobs(48, 40), format);
            for (place, value) in changes {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
            if cut {
                bytes.truncate(end.index(bytes.len()));
            }
            bytes
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn broken_pictures_never_panic(bytes in hostile(), orientation: u8) {
        let limits = Limits { pixels: 1_000_000, memory: 16_000_000 };
        prop_assert_eq!(look(&bytes, orientation, &limits), look(&bytes, orientation, &limits));
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        start in 0..5_usize,
        orientation: u8,
    ) {
        let starts: [&[u8]; 5] =
            [b"\x89PNG\r\n\x1A\n", &[0xFF, 0xD8, 0xFF], b"RIFF\0\0\0\0WEBPVP8 ", b"GIF89a", b"BM"];
        let bytes = [starts[start], &bytes].concat();
        let limits = Limits { pixels: 1_000_000, memory: 16_000_000 };
        prop_assert_eq!(look(&bytes, orientation, &limits), look(&bytes, orientation, &limits));
    }
}
