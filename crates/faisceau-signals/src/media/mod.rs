//! Family media: images and what made them.
//!
//! In: images with the account that posted them. Out: a score for each picture, camera, document or
//! kind of device that two accounts share.

mod copies;
pub mod near_image;
pub mod same_camera;
pub mod same_device;
pub mod same_document;
pub mod same_image;
mod shared;

pub(crate) use copies::Copies;
