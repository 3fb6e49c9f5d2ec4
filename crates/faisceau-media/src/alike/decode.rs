//! The luminance of a picture from the bytes of a file: JPEG, PNG, WebP, GIF, BMP.
//!
//! In: a file that an adversary may have written. Out: one byte a pixel, as the picture is stored
//! (not turned); of an animation the first frame; what is transparent lies on white. Refused, from
//! the header and before any of it is unpacked: a picture of more pixels, or one that needs more
//! memory, than [`Limits`] allow. A JPEG that ends too early is seen as far as it goes.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Most passes of a progressive JPEG: encoders write a dozen, and each costs a whole decoding.
const SCANS: usize = 40;
/// Bytes a pixel that the JPEG decoder needs at most: coefficients of four components, and colours.
const JPEG_BYTES: u64 = 12;

/// How much a picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels.
    pub pixels: u64,
    /// Most bytes of memory for the pixels while they are unpacked.
    pub memory: u64,
}

impl Default for Limits {
    /// The largest photographs that telephones take today have 200 million pixels; such are refused,
    /// and those of 64 million seen.
    fn default() -> Self {
        Self { pixels: 64_000_000, memory: 384 << 20 }
    }
}

/// Why a picture has no look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// Not in a format that is read.
    Format,
    /// More pixels than allowed, by its header; or it needs more memory.
    TooLarge,
    /// The decoder does not understand it.
    Broken,
    /// Nearly one colour, or a smooth gradient: it would look like every other such picture.
    Plain,
}

/// A picture without its colours.
#[derive(Debug)]
pub(super) struct Luminance {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Row after row, `width * height` of them.
    pub(super) pixels: Vec<u8>,
}

/// Decodes the file.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Luminance, Unseen> {
    let format = image::guess_format(bytes).map_err(|_| Unseen::Format)?;
    // A defect of a decoder on a broken picture costs that picture and not the case.
    let decoded = catch_unwind(AssertUnwindSafe(|| match format {
        ImageFormat::Jpeg => jpeg(bytes, limits),
        ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif | ImageFormat::Bmp => {
            other(bytes, format, limits)
        }
        _ => Err(Unseen::Format),
    }));
    let luminance = decoded.unwrap_or(Err(Unseen::Broken))?;
    let whole = luminance.width.checked_mul(luminance.height) == Some(luminance.pixels.len());
    if whole && !luminance.pixels.is_empty() { Ok(luminance) } else { Err(Unseen::Broken) }
}

fn jpeg(bytes: &[u8], limits: &Limits) -> Result<Luminance, Unseen> {
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_max_scans(SCANS)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| Unseen::Broken)?;
    let (width, height) = decoder.dimensions().ok_or(Unseen::Broken)?;
    check(width as u64, height as u64, JPEG_BYTES, limits)?;
    let direct = matches!(decoder.input_colorspace(), Some(ColorSpace::YCbCr | ColorSpace::Luma));
    if !direct {
        decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::RGB));
    }
    let mut pixels = decoder.decode().map_err(|_| Unseen::Broken)?;
    if !direct {
        pixels = pixels.as_chunks().0.iter().map(|&[r, g, b]| luma([r, g, b, 255])).collect();
    }
    Ok(Luminance { width, height, pixels })
}

fn other(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<Luminance, Unseen> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut allowed = image::Limits::no_limits();
    allowed.max_alloc = Some(limits.memory);
    reader.limits(allowed);
    let decoder = reader.into_decoder().map_err(|error| unseen(&error))?;
    let (width, height) = decoder.dimensions();
    // As it is stored, and once more as red, green, blue and alpha.
    let each = u64::from(decoder.color_type().bytes_per_pixel()) + 4;
    check(u64::from(width), u64::from(height), each, limits)?;
    let pixels = match DynamicImage::from_decoder(decoder).map_err(|error| unseen(&error))? {
        DynamicImage::ImageLuma8(grey) => grey.into_raw(),
        image => image.into_rgba8().pixels().map(|pixel| luma(pixel.0)).collect(),
    };
    Ok(Luminance { width: width as usize, height: height as usize, pixels })
}

fn unseen(error: &image::ImageError) -> Unseen {
    match error {
        image::ImageError::Limits(_) => Unseen::TooLarge,
        _ => Unseen::Broken,
    }
}

fn check(width: u64, height: u64, bytes: u64, limits: &Limits) -> Result<(), Unseen> {
    let pixels = width.saturating_mul(height);
    if pixels == 0 {
        return Err(Unseen::Broken);
    }
    let fits = pixels <= limits.pixels && pixels.saturating_mul(bytes) <= limits.memory;
    if fits { Ok(()) } else { Err(Unseen::TooLarge) }
}

/// Luminance of ITU-R BT.601, as JPEG stores it, in integers; on white.
fn luma([r, g, b, alpha]: [u8; 4]) -> u8 {
    let [r, g, b, alpha] = [r, g, b, alpha].map(u32::from);
    let luma = (77 * r + 150 * g + 29 * b + 128) >> 8;
    ((luma * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}
