//! Whether two pictures are copies of one another, though their bytes differ.
//!
//! In: the bytes of pictures. Out: pairs of pictures that look the same, with how far their hashes
//! are apart and whether one is mirrored or cropped. What is found and what is not was measured:
//! docs/images-alike.md. A pair is a hint that a person looks at, never an identity.

mod decode;
mod grid;
mod hash;
mod index;
mod look;
mod tables;
mod text;

pub use decode::{Limits, Unseen};
pub use hash::Hash;
pub use index::{FARTHEST, Found, How, Index, Pair, nearest};
pub use look::{Look, look};
pub use text::NoLook;

/// The distance within which two pictures are taken for copies: chosen by measurement, see
/// docs/images-alike.md.
pub const NEAR: u32 = 31;
