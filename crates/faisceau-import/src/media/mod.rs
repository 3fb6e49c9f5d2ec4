//! Images, videos and documents: what made them, and where and when, as they say themselves.
//!
//! Big platforms strip metadata on upload: the absence of a field proves nothing.

mod columns;
mod fillers;
mod formats;
mod looks;
mod record;
mod times;
pub(crate) mod web_page;

pub(crate) use formats::FORMATS;
pub use record::is_picture;
pub(crate) use record::{Found, attached, is_media};

#[cfg(test)]
mod tests;
