//! The note as a whole, on a made-up case and on a hostile one.

pub(crate) mod attached;
mod drawn;
mod english;
mod figures;
mod hostile;
mod model;
pub(crate) mod never;
pub(crate) mod page;
mod renderings;
pub(crate) mod walk;

#[path = "../../tests/act/mod.rs"]
mod act;
#[path = "../../tests/sample/mod.rs"]
pub(crate) mod sample;
