//! From the model to bytes.

mod content;
mod docx;
mod escaped;
mod html;
mod outline;
mod pdf;
mod values;
mod world;
mod xlsx;

pub use docx::docx;
pub use html::html;
pub use pdf::pdf;
pub use xlsx::xlsx;
#[cfg(test)]
pub(crate) use pdf::set;
