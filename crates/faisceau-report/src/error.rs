//! What can go wrong while a document is rendered.

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A path inside the renderer's own virtual tree was refused.
    #[error("the virtual file `{0}` has no valid path")]
    Path(&'static str),
    /// The day of the note is no date that a PDF can hold.
    #[error("`{0}` is not a date that a PDF can hold")]
    Date(String),
    /// The model could not be written as data for the template.
    #[error("the note could not be handed to the template: {0}")]
    Data(#[from] serde_json::Error),
    /// The typesetter refused the template.
    #[error("typesetting failed: {0}")]
    Typeset(String),
    /// The PDF could not be written in the standard asked for.
    #[error("the PDF could not be written: {0}")]
    Export(String),
    /// A file of another format could not be written.
    #[error("the {format} could not be written: {message}")]
    Written {
        /// `DOCX`, `XLSX`.
        format: &'static str,
        /// What its writer says.
        message: String,
    },
}
