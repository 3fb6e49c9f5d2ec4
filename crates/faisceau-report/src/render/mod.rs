//! From the model to bytes.

mod content;
mod docx;
mod drawn;
mod escaped;
mod html;
mod outline;
mod pdf;
mod values;
mod world;
mod xlsx;

pub use docx::docx;
#[cfg(test)]
pub(crate) use escaped::shown;
pub use html::html;
pub use pdf::pdf;
#[cfg(test)]
pub(crate) use pdf::set;
pub use xlsx::xlsx;
