//! What a file says of itself: images, videos, documents.
//!
//! In: the bytes of a file. Out: a [`Description`]: what kind of file it is, and every field of its
//! metadata that matters for attribution, each with its place in the file. The names of fields are
//! those of `ExifTool` (family 1), the standard of the trade; values are written as `exiftool -n`
//! writes them. The crate knows no exhibit and no account, opens nothing, and believes nothing: the
//! file was written by an adversary. A flaw ends the reading of what it breaks, never of the file.

pub mod alike;
mod blocks;
mod bmff;
mod c2pa;
mod charset;
mod civil;
mod collector;
mod container;
mod decimal;
pub mod devices;
mod exif;
mod field;
mod gif;
mod heif;
mod hex;
mod html;
mod icc;
mod iptc;
mod jpeg;
mod matroska;
mod office;
mod ole;
mod part;
mod pdf;
mod photoshop;
mod png;
pub mod quantisation;
mod quicktime;
mod riff_avi;
mod stream;
mod tables;
#[cfg(test)]
mod testing;
mod tiff;
pub mod traces;
mod webp;
mod xmp;

pub use container::{Kind, describe, describe_stream, kind};
pub use field::{Description, Field, Flaw, group};
pub use hex::hex;
pub use tables::{Component, Frame, Huffman, Tables};
