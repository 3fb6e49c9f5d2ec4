//! From the model to bytes.

/// Appends to a string, which takes all.
macro_rules! put {
    ($out:expr, $($argument:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($argument)*);
    }};
}

mod content;
mod docx;
mod drawn;
mod escaped;
mod html;
mod outline;
mod pdf;
mod rendering;
mod values;
mod words;
mod world;
mod xlsx;

pub use docx::docx;
#[cfg(test)]
pub(crate) use escaped::shown;
pub use html::html;
pub use pdf::pdf;
#[cfg(test)]
pub(crate) use pdf::set;
pub use rendering::Rendering;
pub use xlsx::xlsx;
