//! What every rendering of a document for reading says alike: its title, the heads of its sections,
//! its foot.

use super::words::Words;
use crate::kind::DocumentKind;
use crate::model::{Document, Section};

/// The title on the first page: a note names its case in the card below.
pub(super) fn title(document: &Document) -> &str {
    match document.kind {
        DocumentKind::Note => document.kind.title(document.language),
        _ => &document.title,
    }
}

/// The head of a section; empty for one without a title.
pub(super) fn heading(document: &Document, section: &Section) -> String {
    match (section.number.as_str(), section.title.as_str()) {
        (_, "") => String::new(),
        ("", title) => title.to_owned(),
        (number, title) if is_annex(document, section) => {
            format!("{}\u{a0}{number} – {title}", Words::of(document.language).annex)
        }
        (number, title) => format!("{number}\u{a0}\u{a0}{title}"),
    }
}

/// Whether a section is an annex of a note.
fn is_annex(document: &Document, section: &Section) -> bool {
    document.kind == DocumentKind::Note && section.number.as_str() >= "A"
}

/// Whether a section starts a page: the first annex of a note does.
pub(super) fn starts_page(document: &Document, section: &Section) -> bool {
    is_annex(document, section) && section.number == "A"
}

/// What stands at the foot of each page.
pub(super) fn foot(document: &Document) -> String {
    match &document.journal {
        Some(journal) => {
            let head: String = journal.chars().take(12).collect();
            format!("{} – journal {head}", document.title)
        }
        None => document.title.clone(),
    }
}
