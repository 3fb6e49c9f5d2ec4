//! Copies of a picture as people and platforms make them: each is encoded, as it would be found.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{GrayImage, Rgb, RgbImage};

/// Longest side of what copies are made from; of those that a messenger makes, the next.
pub(crate) const LONGEST: u32 = 1_000;
/// Longest side that a messenger keeps.
pub(crate) const MESSENGER: u32 = 1_600;

/// How a copy is made; its name stands in the table.
pub(crate) type Copy = (&'static str, fn(&RgbImage) -> Vec<u8>);

/// All of them, in the order of the table.
pub(crate) const COPIES: &[Copy] = &[
    ("JPEG, quality 90", |p| jpeg(p, 90)),
    ("JPEG, quality 70", |p| jpeg(p, 70)),
    ("JPEG, quality 50", |p| jpeg(p, 50)),
    ("JPEG, quality 30", |p| jpeg(p, 30)),
    ("PNG", png),
    ("half the size", |p| jpeg(&scaled(p, 1, 2), 85)),
    ("a quarter of the size", |p| jpeg(&scaled(p, 1, 4), 85)),
    ("twice the size", |p| jpeg(&scaled(p, 2, 1), 85)),
    ("messenger: long side 1600, quality 65, twice", |p| {
        jpeg(&seen(&jpeg(&fitted(p, MESSENGER), 65)), 65)
    }),
    ("messenger, then long side 800, quality 60", |p| {
        jpeg(&fitted(&seen(&jpeg(&fitted(p, MESSENGER), 65)), 800), 60)
    }),
    ("grey", |p| {
        let grey: GrayImage = imageops::grayscale(p);
        jpeg(&image::DynamicImage::ImageLuma8(grey).into_rgb8(), 85)
    }),
    ("brighter by 40 levels", |p| jpeg(&imageops::brighten(p, 40), 85)),
    ("darker by 40 levels", |p| jpeg(&imageops::brighten(p, -40), 85)),
    ("contrast + 30 %", |p| jpeg(&imageops::contrast(p, 30.0), 85)),
    ("contrast - 30 %", |p| jpeg(&imageops::contrast(p, -30.0), 85)),
    ("text across, half transparent", |p| jpeg(&text_across(p), 85)),
    ("band below with text, half transparent", |p| jpeg(&band(p), 85)),
    ("mirrored", |p| jpeg(&imageops::flip_horizontal(p), 85)),
    ("mirrored, messenger", |p| jpeg(&fitted(&imageops::flip_horizontal(p), 800), 60)),
    ("cropped 2 % on all sides", |p| jpeg(&cropped(p, [20, 20, 20, 20]), 85)),
    ("cropped 5 % on all sides", |p| jpeg(&cropped(p, [50, 50, 50, 50]), 85)),
    ("cropped 7 % on all sides", |p| jpeg(&cropped(p, [70, 70, 70, 70]), 85)),
    ("cropped 10 % on all sides", |p| jpeg(&cropped(p, [100, 100, 100, 100]), 85)),
    ("cropped 5 % on the left", |p| jpeg(&cropped(p, [50, 0, 0, 0]), 85)),
    ("cropped 5 % on the right", |p| jpeg(&cropped(p, [0, 0, 50, 0]), 85)),
    ("cropped 5 % above", |p| jpeg(&cropped(p, [0, 50, 0, 0]), 85)),
    ("cropped 5 % below", |p| jpeg(&cropped(p, [0, 0, 0, 50]), 85)),
    ("cropped 8 % below", |p| jpeg(&cropped(p, [0, 0, 0, 80]), 85)),
    ("cropped 10 % below", |p| jpeg(&cropped(p, [0, 0, 0, 100]), 85)),
    ("cropped 10 % on the left", |p| jpeg(&cropped(p, [100, 0, 0, 0]), 85)),
    ("cropped 15 % below", |p| jpeg(&cropped(p, [0, 0, 0, 150]), 85)),
    ("cropped 5 % left, 3 % above", |p| jpeg(&cropped(p, [50, 30, 0, 0]), 85)),
    ("cropped to the square in the middle", |p| jpeg(&square(p), 85)),
    ("cropped 5 % on all sides, messenger", |p| {
        jpeg(&fitted(&cropped(p, [50, 50, 50, 50]), 800), 60)
    }),
    ("cropped 5 % on all sides, mirrored", |p| {
        jpeg(&imageops::flip_horizontal(&cropped(p, [50, 50, 50, 50])), 85)
    }),
    ("black bars above and below", |p| jpeg(&framed(p, 0, p.height() / 8, 0), 85)),
    ("white frame", |p| jpeg(&framed(p, p.width() / 20, p.width() / 20, 255), 85)),
    ("white frame, messenger", |p| {
        jpeg(&fitted(&framed(p, p.width() / 20, p.width() / 20, 255), 800), 60)
    }),
    ("caption on a white strip above", |p| jpeg(&caption(p), 85)),
    ("turned by 1 degree", |p| jpeg(&turned(p, 0.999_848, 0.017_452), 85)),
    ("turned by 2 degrees", |p| jpeg(&turned(p, 0.999_391, 0.034_899), 85)),
    ("screen shot of a telephone", |p| jpeg(&screen(p), 85)),
];

/// Makes a copy: of the picture itself if a messenger does it, else of the picture made smaller.
pub(crate) fn made((name, make): Copy, picture: &RgbImage, smaller: &RgbImage) -> Vec<u8> {
    make(if name.starts_with("messenger") { picture } else { smaller })
}

pub(crate) fn fitted(picture: &RgbImage, longest: u32) -> RgbImage {
    let side = picture.width().max(picture.height());
    if side <= longest { picture.clone() } else { scaled(picture, longest, side) }
}

fn scaled(picture: &RgbImage, times: u32, by: u32) -> RgbImage {
    let [width, height] =
        [picture.width(), picture.height()].map(|side| (side * times / by).max(1));
    imageops::resize(picture, width, height, FilterType::Triangle)
}

fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    bytes
}

pub(crate) fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn seen(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().into_rgb8()
}

/// Without thousandths on the left, above, on the right, below.
fn cropped(picture: &RgbImage, [left, top, right, bottom]: [u32; 4]) -> RgbImage {
    let (width, height) = picture.dimensions();
    let [x, y] = [width * left / 1_000, height * top / 1_000];
    let [right, bottom] = [width * right / 1_000, height * bottom / 1_000];
    imageops::crop_imm(picture, x, y, width - x - right, height - y - bottom).to_image()
}

fn square(picture: &RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    let side = width.min(height);
    imageops::crop_imm(picture, (width - side) / 2, (height - side) / 2, side, side).to_image()
}

fn framed(picture: &RgbImage, across: u32, down: u32, level: u8) -> RgbImage {
    let (width, height) = (picture.width() + 2 * across, picture.height() + 2 * down);
    let mut framed = RgbImage::from_pixel(width, height, Rgb([level; 3]));
    imageops::replace(&mut framed, picture, i64::from(across), i64::from(down));
    framed
}

fn caption(picture: &RgbImage) -> RgbImage {
    let strip = picture.height() * 15 / 100;
    let mut all = RgbImage::from_pixel(picture.width(), picture.height() + strip, Rgb([255; 3]));
    imageops::replace(&mut all, picture, 0, i64::from(strip));
    write(&mut all, [picture.width() / 20, strip / 4], strip / 2, 0, 255);
    all
}

fn text_across(picture: &RgbImage) -> RgbImage {
    let mut marked = picture.clone();
    let letters = picture.width() / 16;
    write(&mut marked, [picture.width() / 10, picture.height() / 2], letters, 255, 128);
    marked
}

fn band(picture: &RgbImage) -> RgbImage {
    let mut marked = picture.clone();
    let top = picture.height() * 90 / 100;
    for y in top..picture.height() {
        for x in 0..picture.width() {
            mix(&mut marked, x, y, 0, 128);
        }
    }
    let letters = picture.height() / 16;
    write(&mut marked, [picture.width() / 20, top + letters / 3], letters, 255, 200);
    marked
}

/// As a telephone shows it: the whole width of a tall white screen, lines of text above and below.
fn screen(picture: &RgbImage) -> RgbImage {
    let picture = fitted(picture, 1_080);
    let width = picture.width();
    let mut screen = RgbImage::from_pixel(width, width * 2, Rgb([250; 3]));
    let top = (screen.height().saturating_sub(picture.height())) / 2;
    imageops::replace(&mut screen, &picture, 0, i64::from(top));
    let letters = width / 25;
    for line in 0..4 {
        let y = line * letters * 2 + letters;
        for y in [y, screen.height() - y - letters] {
            write(&mut screen, [width / 20, y], letters, 40, 255);
        }
    }
    screen
}

/// Letters of five by seven dots, each a few pixels: the word SAMPLE, as often as fits.
fn write(picture: &mut RgbImage, [left, top]: [u32; 2], letters: u32, level: u8, opacity: u32) {
    const SAMPLE: [[u8; 7]; 7] = [
        [15, 16, 16, 14, 1, 1, 30],
        [14, 17, 17, 31, 17, 17, 17],
        [17, 27, 21, 21, 17, 17, 17],
        [30, 17, 17, 30, 16, 16, 16],
        [16, 16, 16, 16, 16, 16, 31],
        [31, 16, 16, 30, 16, 16, 31],
        [0; 7],
    ];
    let dot = (letters / 7).max(1);
    for y in 0..7 * dot {
        for x in 0..(picture.width() - left).saturating_sub(left) {
            let (column, row) = (x / dot, (y / dot) as usize);
            let letter = SAMPLE[(column / 6 % 7) as usize][row];
            if column % 6 < 5 && letter >> (4 - column % 6) & 1 == 1 {
                mix(picture, left + x, top + y, level, opacity);
            }
        }
    }
}

fn mix(picture: &mut RgbImage, x: u32, y: u32, level: u8, opacity: u32) {
    if let Some(pixel) = picture.get_pixel_mut_checked(x, y) {
        for value in &mut pixel.0 {
            let mixed = u32::from(*value) * (256 - opacity) + u32::from(level) * opacity;
            *value = (mixed / 256) as u8;
        }
    }
}

/// Turned about its middle, of the same size, black in the corners.
fn turned(picture: &RgbImage, cos: f32, sin: f32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let [middle_x, middle_y] = [width, height].map(|side| side as f32 / 2.0);
    RgbImage::from_fn(width, height, |x, y| {
        let [x, y] = [x as f32 - middle_x, y as f32 - middle_y];
        let [x, y] = [cos * x + sin * y + middle_x, cos * y - sin * x + middle_y];
        imageops::interpolate_bilinear(picture, x, y).unwrap_or(Rgb([0; 3]))
    })
}
