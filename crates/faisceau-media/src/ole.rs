//! Office documents of before 2007 (doc, xls, ppt). In: a file, which is a compound file. Out: the
//! properties of the document.
//!
//! [MS-OLEPS] 3, [MS-CFB]. Groups and names are those of `ExifTool` (`FlashPix`). Refused: what is
//! encrypted, and everything but the two property sets.

mod compound;
mod properties;

use crate::collector::Collector;
use crate::part::Part;
use compound::Compound;
use properties::Set;

const FLASHPIX: &str = "FlashPix";

/// Format identifiers, by their first four bytes: summary, document summary, properties of its own.
const SUMMARY: u32 = 0xf29f_85e0;
const DOCUMENT: u32 = 0xd5cd_d502;
const OWN: u32 = 0xd5cd_d505;

/// Set, property and name.
const NAMES: [(u32, u32, &str); 17] = [
    (SUMMARY, 2, "Title"),
    (SUMMARY, 3, "Subject"),
    (SUMMARY, 4, "Author"),
    (SUMMARY, 5, "Keywords"),
    (SUMMARY, 6, "Comments"),
    (SUMMARY, 7, "Template"),
    (SUMMARY, 8, "LastModifiedBy"),
    (SUMMARY, 9, "RevisionNumber"),
    (SUMMARY, 10, "TotalEditTime"),
    (SUMMARY, 11, "LastPrinted"),
    (SUMMARY, 12, "CreateDate"),
    (SUMMARY, 13, "ModifyDate"),
    (SUMMARY, 18, "Software"),
    (DOCUMENT, 2, "Category"),
    (DOCUMENT, 14, "Manager"),
    (DOCUMENT, 15, "Company"),
    (DOCUMENT, 23, "AppVersion"),
];

/// A stream that only one kind of document has, and its media type.
const TYPES: [(&str, &str); 4] = [
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
];

/// Whether the head is of a compound file.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

/// Reads a compound file.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "application/x-ole-storage";
    let Some(compound) = Compound::open(file.bytes()) else {
        out.flaw(file.whole().start, "a compound file that cannot be read");
        return;
    };
    if let Some((_, mime)) = TYPES.iter().find(|(stream, _)| compound.has(stream)) {
        out.found.mime = mime;
    }
    for name in ["\u{5}SummaryInformation", "\u{5}DocumentSummaryInformation"] {
        if !compound.has(name) {
            continue;
        }
        let Some(stream) = compound.stream(name) else {
            out.flaw(file.whole().start, "a stream of properties that cannot be read");
            continue;
        };
        for set in properties::sets(&stream.bytes) {
            for (id, value) in &set.values {
                if let Some(name) = name_of(&set, *id) {
                    out.add(FLASHPIX, &name, &version(&name, value), stream.at.clone());
                }
            }
        }
    }
}

fn name_of(set: &Set, id: u32) -> Option<String> {
    if set.format != OWN {
        let known = NAMES.iter().find(|(format, of, _)| *format == set.format && *of == id);
        return known.map(|(_, _, name)| (*name).to_owned());
    }
    let (mut name, mut begins) = (String::new(), true);
    for letter in set.names.get(&id)?.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') {
            name.push(if begins { letter.to_ascii_uppercase() } else { letter });
        }
        begins = letter == ' ';
    }
    Some(name)
}

/// A version is two numbers in one.
fn version(name: &str, value: &str) -> String {
    match value.parse::<u32>() {
        Ok(number) if name == "AppVersion" => format!("{}.{:04}", number >> 16, number & 0xffff),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests;
