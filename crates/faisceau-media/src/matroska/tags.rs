//! Tags: pairs of a name and a text.
//!
//! In: the elements of `Tags`. Out: a field for each text. Names are made as `ExifTool` makes them,
//! those of nested tags are put behind those of their parents; the language is not shown.
//!
//! RFC 9559, section 5.1.8; <https://www.matroska.org/technical/tagging.html>.

use super::MATROSKA;
use super::ebml::{Element, elements, text};
use crate::collector::Collector;
use crate::part::Part;

/// Deepest nesting of tags.
const DEPTH: usize = 4;

/// Names that are not made of the words of the tag.
const NAMES: [(&str, &str); 23] = [
    ("BPM", "BPM"),
    ("BPS", "BPS"),
    ("DATE_DIGITIZED", "CreateDate"),
    ("DATE_ENCODED", "DateEncoded"),
    ("DATE_PURCHASED", "DatePurchased"),
    ("DATE_RECORDED", "DateTimeOriginal"),
    ("DATE_RELEASED", "DateReleased"),
    ("DATE_TAGGED", "DateTagged"),
    ("DATE_WRITTEN", "DateWritten"),
    ("FAX", "FAX"),
    ("FPS", "FPS"),
    ("IMDB", "IMDB"),
    ("ISBN", "ISBN"),
    ("ISRC", "ISRC"),
    ("LCCN", "Lccn"),
    ("MCDI", "MCDI"),
    ("TMDB", "TMDB"),
    ("TVDB", "TVDB"),
    ("URL", "URL"),
    ("EMAIL", "Email"),
    ("PHONE", "Phone"),
    ("ADDRESS", "Address"),
    ("ENCODER", "Encoder"),
];

/// Reads all tags.
pub(super) fn tags(tags: &[Element<'_>], out: &mut Collector) {
    for tag in tags.iter().filter(|element| element.id == 0x7373) {
        simple(&tag.body, "", DEPTH, out);
    }
}

/// The tags that a tag holds.
fn simple(body: &Part<'_>, parent: &str, depth: usize, out: &mut Collector) {
    for tag in elements(body).iter().filter(|element| element.id == 0x67c8) {
        let parts = elements(&tag.body);
        let first = |id| parts.iter().find(|element| element.id == id);
        let Some(key) = first(0x45a3).map(|element| text(&element.body)) else { continue };
        let name = match parent {
            "" => name(&key),
            parent => format!("{parent}/{}", name(&key)),
        };
        if let Some(value) = first(0x4487) {
            let shown = text(&value.body);
            let shown = if key.starts_with("DATE_") { shown.replace('-', ":") } else { shown };
            out.add(MATROSKA, &name, &shown, value.body.whole());
        }
        match depth.checked_sub(1) {
            Some(depth) => simple(&tag.body, &name, depth, out),
            None => out.flaw(tag.body.whole().start, "tags are nested deeper than is read"),
        }
    }
}

/// `CREATION_TIME` becomes `CreationTime`; what is no letter, digit or line is left out.
fn name(key: &str) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == key) {
        return (*name).to_owned();
    }
    let mut name = String::new();
    let mut after_line = false;
    for letter in key.chars().map(|letter| letter.to_ascii_lowercase()) {
        match letter {
            '_' => after_line = true,
            'a'..='z' => {
                name.push(if after_line || name.is_empty() {
                    letter.to_ascii_uppercase()
                } else {
                    letter
                });
                after_line = false;
            }
            '0'..='9' => {
                if after_line {
                    name.push('_');
                }
                name.push(letter);
                after_line = false;
            }
            _ => {}
        }
    }
    if name.len() < 2 { format!("Tag_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(name("CREATION_TIME"), "CreationTime");
        assert_eq!(name("DATE_RECORDED"), "DateTimeOriginal");
        assert_eq!(name("com.android.version"), "Comandroidversion");
        assert_eq!(name("_STATISTICS_WRITING_APP"), "StatisticsWritingApp");
        assert_eq!(name("X"), "Tag_X");
        assert_eq!(name("é"), "Tag_");
    }
}
