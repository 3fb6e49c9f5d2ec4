//! The formats of a document for its readers.
//!
//! In: a document. Out: the bytes of one format. JSON is not among them: it is the model itself.

use std::str::FromStr;

use super::{docx, html, pdf, xlsx};
use crate::error::ReportError;
use crate::model::Document;

/// A format that a document is rendered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rendering {
    /// PDF/A, for the file of the court.
    Pdf,
    /// For correction in a word processor.
    Docx,
    /// One page for reading on a screen.
    Html,
    /// The tables alone, for a spreadsheet.
    Xlsx,
}

impl Rendering {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Docx, Self::Html, Self::Xlsx];

    /// Its name, which is the extension of its files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
        }
    }

    /// Renders a document.
    ///
    /// # Errors
    /// What the renderer of the format refuses.
    pub fn bytes(self, document: &Document) -> Result<Vec<u8>, ReportError> {
        match self {
            Self::Pdf => pdf(document),
            Self::Docx => docx(document),
            Self::Html => Ok(html(document).into_bytes()),
            Self::Xlsx => xlsx(document),
        }
    }
}

impl FromStr for Rendering {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|format| format.as_str() == text);
        known.ok_or_else(|| {
            let all = Self::ALL.map(Self::as_str).join(", ");
            format!("no format is called `{}`; there are: {all}", faisceau_model::excerpt(text, 20))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_its_extension_alone() {
        for format in Rendering::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        let refused = "do\u{1b}[31mc".parse::<Rendering>().unwrap_err();
        assert_eq!(refused, "no format is called `do␛[31mc`; there are: pdf, docx, html, xlsx");
    }
}
