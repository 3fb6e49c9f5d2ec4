//! What platforms hand over of an account: its own export, or the answer to a request.

pub(crate) mod x_archive;

pub use x_archive::x_archive_owner;
