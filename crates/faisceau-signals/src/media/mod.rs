//! Family media: images and what made them.
//!
//! In: images with the account that posted them. Out: a score for each picture or camera that two
//! accounts share. Likeness of pictures is not looked at: equality only.

pub mod same_camera;
pub mod same_image;
mod shared;
