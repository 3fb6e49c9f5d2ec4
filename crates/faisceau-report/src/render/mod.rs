//! From the model to bytes.

mod content;
mod drawn;
mod pdf;
mod world;

pub use pdf::pdf;
#[cfg(test)]
pub(crate) use pdf::set;
