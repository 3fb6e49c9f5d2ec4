//! A document as DOCX (ECMA-376, Office Open XML), for correction in a word processor.
//!
//! In: the model. Out: a package of parts whose texts are character data. There are no field codes
//! but the page numbers of our own footer, no relation that leaves the package, no macro, no clock
//! and no chance: same document, same bytes. Figures are tables of their values. Ids stand whole,
//! without characters added: a word processor breaks a word that is longer than its line.

mod body;
mod paragraph;
mod parts;
mod table;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::ReportError;
use crate::model::Document;

/// Renders a document for a word processor.
///
/// # Errors
/// When the day of the document is no date, or the package cannot be written.
pub fn docx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let refused = || ReportError::Date(document.as_of.clone());
    let day: jiff::civil::Date = document.as_of.parse().map_err(|_| refused())?;
    let (body, lists) = body::body(document);
    pack(&[
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(document, day)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/_rels/document.xml.rels", parts::RELATIONS.to_owned()),
        ("word/document.xml", body),
        ("word/footer1.xml", parts::footer(document)),
        ("word/numbering.xml", parts::numbering(lists)),
        ("word/settings.xml", parts::settings(document.language)),
        ("word/styles.xml", parts::styles(document.language)),
        ("word/fontTable.xml", parts::FONTS.to_owned()),
        ("word/theme/theme1.xml", parts::THEME.to_owned()),
    ])
}

fn pack(parts: &[(&str, String)]) -> Result<Vec<u8>, ReportError> {
    let failed = |message: String| ReportError::Written { format: "DOCX", message };
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, options).map_err(|e| failed(e.to_string()))?;
        zip.write_all(text.as_bytes()).map_err(|e| failed(e.to_string()))?;
    }
    Ok(zip.finish().map_err(|e| failed(e.to_string()))?.into_inner())
}
