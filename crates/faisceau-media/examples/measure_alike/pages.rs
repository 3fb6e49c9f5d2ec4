//! Pages that are alike without being copies: screen shots of made-up conversations in one layout.

use image::{Rgb, RgbImage};

/// How many are made.
pub(crate) const PAGES: u64 = 300;

/// A white page with the head of an application, and bubbles left and right with lines of text.
pub(crate) fn page(number: u64) -> RgbImage {
    let mut seed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut chance = move |below: u32| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 33) as u32 % below
    };
    let mut page = RgbImage::from_pixel(540, 1_080, Rgb([255; 3]));
    fill(&mut page, [0, 0, 540, 90], 60);
    text(&mut page, [90, 30], 120 + chance(200), 220, &mut chance);
    fill(&mut page, [0, 1_000, 540, 80], 235);
    let mut y = 110;
    loop {
        let (lines, width) = (1 + chance(6), 160 + chance(240));
        let height = 24 * lines + 20;
        if y + height > 990 {
            return page;
        }
        let mine = chance(2) == 0;
        let left = if mine { 520 - width } else { 20 };
        fill(&mut page, [left, y, width, height], if mine { 205 } else { 232 });
        for line in 0..lines {
            let shorter = if line + 1 == lines { chance(width / 2) } else { chance(30) };
            let long = width - 20 - shorter.min(width - 40);
            text(&mut page, [left + 10, y + 12 + 24 * line], long, 40, &mut chance);
        }
        y += height + 10 + chance(10);
    }
}

/// Words of dark strokes.
fn text(
    page: &mut RgbImage,
    [left, top]: [u32; 2],
    width: u32,
    level: u8,
    chance: &mut impl FnMut(u32) -> u32,
) {
    let mut x = 0;
    while x + 8 < width {
        if chance(6) > 0 {
            fill(page, [left + x, top + chance(3), 2, 12], level);
            fill(page, [left + x, top + chance(12), 6, 2], level);
        }
        x += 9;
    }
}

fn fill(page: &mut RgbImage, [left, top, width, height]: [u32; 4], level: u8) {
    for y in top..top + height {
        for x in left..left + width {
            if let Some(pixel) = page.get_pixel_mut_checked(x, y) {
                *pixel = Rgb([level; 3]);
            }
        }
    }
}
