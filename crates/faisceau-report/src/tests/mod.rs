//! The note as a whole, on a made-up case and on a hostile one.

mod figures;
mod hostile;
mod model;
mod page;
pub(crate) mod walk;

#[path = "../../tests/sample/mod.rs"]
pub(crate) mod sample;
