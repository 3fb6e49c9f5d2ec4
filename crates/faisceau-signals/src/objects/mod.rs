//! Family objects: what was posted, images aside.
//!
//! In: posts. Out: a score for the rarest link, sharer's code or phrase that two accounts have in
//! common. Forwarded posts and quoted lines are left out.

pub mod alterego;
mod corpus;
mod link;
mod phrases;
pub mod rare_phrase;
pub mod shared_link;
pub mod shared_phrase;
pub mod sharer_id;
mod strongest;

pub(crate) use link::links;
pub(crate) use phrases::Phrases;
