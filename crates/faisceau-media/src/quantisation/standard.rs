//! The quantisation tables that ITU-T T.81 gives as examples, and how libjpeg scales them.
//!
//! In: a quality. Out: the tables of that quality, zigzag. The values are those of ITU-T T.81
//! (1992), Annex K.1, tables K.1 and K.2 (<https://www.w3.org/Graphics/JPEG/itu-t81.pdf>); the
//! scaling is that of the Independent JPEG Group, which libjpeg and libjpeg-turbo keep.

/// Table K.1, zigzag.
pub(crate) const LUMINANCE: [u16; 64] = [
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37,
    29, 40, 58, 51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81,
    87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/// Table K.2, zigzag.
pub(crate) const CHROMINANCE: [u16; 64] = [
    17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/// Greatest value where a baseline decoder must read the file.
pub(crate) const BASELINE: u32 = 255;
/// Greatest value that libjpeg writes where it need not.
pub(crate) const EXTENDED: u32 = 32_767;

/// The table of a quality, 1 to 100: 50 is the table itself, 100 is all ones.
pub(crate) fn scaled(base: &[u16; 64], quality: u8, greatest: u32) -> [u16; 64] {
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 { 5_000 / quality } else { 200 - 2 * quality };
    base.map(|value| ((u32::from(value) * percent + 50) / 100).clamp(1, greatest) as u16)
}
