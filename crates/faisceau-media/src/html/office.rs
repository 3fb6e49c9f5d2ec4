//! Properties that programs of Microsoft Office write into pages: `<o:Author>` and the like, inside
//! `<xml>`, most often in a comment (`<!--[if gte mso 9]><xml>…`).
//!
//! In: the source of a comment, or of an element `xml`. Out: fields of the group `HTML-office`, as
//! `ExifTool` names them. Refused: counts of words and pages, which tell nobody from another.

use std::borrow::Cow;

use memchr::memmem;
use quick_xml::escape::unescape;

use super::findings::{Class, Findings};
use super::trackers::start;

const OFFICE: &str = "HTML-office";
/// Most elements of one source.
const ELEMENTS: usize = 256;
/// Longest source, in bytes.
const SOURCE: usize = 65_536;
/// Longest element, in bytes.
const VALUE: usize = 4_096;

/// Elements, and the names of their fields.
const NAMES: [(&str, &str); 15] = [
    ("Subject", "Subject"),
    ("Author", "Author"),
    ("Keywords", "Keywords"),
    ("Description", "Description"),
    ("Template", "Template"),
    ("LastAuthor", "LastAuthor"),
    ("Revision", "RevisionNumber"),
    ("Version", "RevisionNumber"),
    ("TotalTime", "TotalEditTime"),
    ("Created", "CreateDate"),
    ("LastSaved", "ModifyDate"),
    ("LastPrinted", "LastPrinted"),
    ("Category", "Category"),
    ("Manager", "Manager"),
    ("Company", "Company"),
];

/// Reads a comment that begins at this byte of the text.
pub(super) fn of_comment(comment: &str, begin: usize, found: &mut Findings<'_>) {
    if comment.starts_with("[if ") {
        source(begin, found);
    }
}

/// Reads what stands in an element whose tag ends at this byte of the text.
pub(super) fn of_element(begin: usize, found: &mut Findings<'_>) {
    source(begin, found);
}

fn source(begin: usize, found: &mut Findings<'_>) {
    let text = found.text;
    let Some(source) = text.get(begin..).filter(|_| found.takes_source()) else { return };
    let source = start(source, SOURCE);
    // Of a comment and of an element, what stands behind is another part of the page.
    let source = source.split_once("</xml").map_or(source, |(inside, _)| inside);
    for at in memmem::find_iter(source.as_bytes(), "<o:").take(ELEMENTS) {
        let rest = start(source.get(at + 3..).unwrap_or_default(), VALUE);
        let Some((tag, rest)) = rest.split_once('>') else { continue };
        let Some((_, name)) = NAMES.iter().find(|(of, _)| *of == tag) else { continue };
        let Some((value, _)) = rest.split_once("</o:").filter(|(v, _)| !v.contains('<')) else {
            continue;
        };
        let written = unescape(value).map_or_else(|_| value.to_owned(), Cow::into_owned);
        let is_time = name.ends_with("Date") || *name == "LastPrinted";
        let written = if is_time { dated(&written) } else { written };
        let end = at + 3 + tag.len() + 1 + value.len();
        found.add(Class::Page, OFFICE, name, &written, begin + at..begin + end);
    }
}

/// `2004-03-05T23:03:00Z` as `ExifTool` writes it.
fn dated(text: &str) -> String {
    match text.trim().split_once('T') {
        Some((day, time)) => format!("{} {time}", day.replace('-', ":")),
        None => text.to_owned(),
    }
}
