//! Images: what made them, and where and when, as they say themselves.
//!
//! Big platforms strip metadata on upload: the absence of a field proves nothing.

mod exif;
pub(crate) mod jpeg;
pub(crate) mod png;
mod row;

pub(crate) use row::{Found, attached, is_image};
