//! Sets the note with Typst and writes it as an archivable, tagged PDF (PDF/A-2a).
//!
//! The identifier and the time stamp of the file come from the note: same note, same bytes.

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::content;
use super::world::{NoteWorld, covered};
use crate::error::ReportError;
use crate::model::Document;

/// Renders the note.
///
/// # Errors
/// When the day of the note is no date, or the typesetter or the standard refuses the document.
pub fn pdf(note: &Document) -> Result<Vec<u8>, ReportError> {
    let document = set(note)?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a])
        .map_err(|error| ReportError::Export(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident(note)),
        creator: Smart::Custom(Some(format!("faisceau {}", note.tool_version))),
        timestamp: Some(Timestamp::new_utc(date(&note.as_of)?)),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| ReportError::Export(messages(&errors)))
}

/// Lays the note out in pages.
pub(crate) fn set(note: &Document) -> Result<PagedDocument, ReportError> {
    let data = content::data(note, &covered);
    let world = NoteWorld::new(serde_json::to_vec(&data)?)?;
    let result = typst::compile::<PagedDocument>(&world).output;
    // The typesetter remembers every note it has set; a workbench sets many.
    comemo::evict(2);
    result.map_err(|errors| ReportError::Typeset(messages(&errors)))
}

fn ident(note: &Document) -> String {
    let journal = note.journal.as_deref().unwrap_or_default();
    format!("{}\n{}\n{journal}", note.title, note.as_of)
}

fn date(text: &str) -> Result<Datetime, ReportError> {
    let refused = || ReportError::Date(text.to_owned());
    let date: jiff::civil::Date = text.parse().map_err(|_| refused())?;
    let part = |n: i8| u8::try_from(n).map_err(|_| refused());
    let (month, day) = (part(date.month())?, part(date.day())?);
    Datetime::from_ymd_hms(i32::from(date.year()), month, day, 0, 0, 0).ok_or_else(refused)
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    let texts: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    texts.join("; ")
}
