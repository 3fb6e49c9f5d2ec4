//! Images: what made them, and where and when, as they say themselves.
//!
//! Big platforms strip metadata on upload: the absence of a field proves nothing.

mod exif;
pub(crate) mod jpeg;
pub(crate) mod png;
mod row;

use crate::format::Format;
pub(crate) use row::{Found, attached, is_image};

/// The formats of this group.
pub(crate) static FORMATS: &[&Format] = &[&jpeg::FORMAT, &png::FORMAT];
