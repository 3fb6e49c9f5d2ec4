//! What an office document keeps besides its properties: who commented and changed it, where it lay,
//! from what template it came, and the numbers of its editing sessions.
//!
//! ECMA-376 part 1, 17.15.1.70 to 72 (`rsid`, `rsidRoot`, `rsids`), 17.15.1.6 (`attachedTemplate`),
//! 17.13 (annotations), 19.4 (comments of slides); [MS-DOCX] 2.5 (`docId`, `people`); [MS-XLSX]
//! 2.6 (`absPath`). `ExifTool` does not read them: the names are our own.

use std::collections::{BTreeMap, BTreeSet};

use super::XML;
use super::package::Package;
use super::xml;
use crate::collector::Collector;

/// Where a value stands: the member (or how members begin), the element around it if that matters,
/// the element, the attribute (none: its text), and the name of the field.
const PLACES: [(&str, &str, &str, &str, &str); 24] = [
    ("word/settings.xml", "", "docId", "val", "DocId"),
    ("word/settings.xml", "rsids", "rsidRoot", "val", "RsidRoot"),
    ("word/_rels/settings.xml.rels", "", "Relationship", "Target", "AttachedTemplate"),
    ("word/people.xml", "", "person", "author", "Person"),
    ("word/people.xml", "person", "presenceInfo", "userId", "PersonUserId"),
    ("word/comments.xml", "", "comment", "author", "CommentAuthor"),
    ("word/comments.xml", "", "comment", "initials", "CommentInitials"),
    ("word/document.xml", "", "ins", "author", "ChangeAuthor"),
    ("word/document.xml", "", "del", "author", "ChangeAuthor"),
    ("word/document.xml", "", "rPrChange", "author", "ChangeAuthor"),
    ("word/document.xml", "", "pPrChange", "author", "ChangeAuthor"),
    ("xl/workbook.xml", "", "absPath", "url", "AbsolutePath"),
    ("xl/workbook.xml", "", "fileSharing", "userName", "ReservedBy"),
    ("xl/workbook.xml", "", "revisionPtr", "documentId", "DocumentId"),
    ("xl/persons/", "", "person", "displayName", "Person"),
    ("xl/persons/", "", "person", "userId", "PersonUserId"),
    ("xl/comments", "authors", "author", "", "CommentAuthor"),
    ("ppt/commentAuthors.xml", "", "cmAuthor", "name", "CommentAuthor"),
    ("ppt/commentAuthors.xml", "", "cmAuthor", "initials", "CommentInitials"),
    ("ppt/authors.xml", "", "author", "name", "CommentAuthor"),
    ("ppt/authors.xml", "", "author", "userId", "PersonUserId"),
    ("content.xml", "change-info", "creator", "", "ChangeAuthor"),
    ("content.xml", "annotation", "creator", "", "CommentAuthor"),
    ("settings.xml", "", "config-item", "", ""),
];

/// Most members that are looked through.
const MEMBERS: usize = 64;
/// Most different values under one name.
const VALUES: usize = 64;
/// Numbers of editing sessions in one field, so that none is cut, and most of them.
const SESSIONS: usize = 200;
const ALL_SESSIONS: usize = 20_000;

pub(super) fn fields(package: &mut Package<'_>, out: &mut Collector) {
    let mut members: Vec<String> = Vec::new();
    for (begin, ..) in PLACES {
        for name in package.names(begin, "") {
            let whole = begin == name || begin.ends_with('/') || begin == "xl/comments";
            if whole && members.len() < MEMBERS && !members.contains(&name) {
                members.push(name);
            }
        }
    }
    for name in members {
        one(package, &name, out);
    }
}

fn one(package: &mut Package<'_>, name: &str, out: &mut Collector) {
    let Some(member) = package.member(name, out) else { return };
    let places: Vec<_> = PLACES.iter().filter(|(begin, ..)| name.starts_with(begin)).collect();
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut sessions = Vec::new();
    let whole = xml::walk(&member.bytes, |around, element| {
        let parent = around.last().map(|parent| parent.name.as_str()).unwrap_or_default();
        if element.name == "rsid" && sessions.len() < ALL_SESSIONS {
            sessions.push(element.attribute("val").to_owned());
        }
        for (_, within, of, attribute, field) in &places {
            if element.name != *of || !(within.is_empty() || parent == *within) {
                continue;
            }
            let value =
                if attribute.is_empty() { &element.text } else { element.attribute(attribute) };
            let field = match *of {
                "config-item" => match element.attribute("name") {
                    known @ ("PrinterName" | "Rsid" | "RsidRoot") => known,
                    _ => continue,
                },
                "Relationship" if !element.attribute("Type").ends_with("/attachedTemplate") => {
                    continue;
                }
                _ => field,
            };
            let known = seen.entry(field.to_owned()).or_default();
            if known.len() < VALUES && known.insert(value.to_owned()) {
                out.add(XML, field, value, member.at.clone());
            }
        }
    });
    if !sessions.is_empty() {
        out.add(XML, "RsidCount", &sessions.len().to_string(), member.at.clone());
    }
    for some in sessions.chunks(SESSIONS) {
        out.add(XML, "Rsids", &some.join(" "), member.at.clone());
    }
    if !whole {
        out.flaw(member.at.start, "a member of the document that cannot be read to the end");
    }
}
