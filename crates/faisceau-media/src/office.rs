//! Office documents: Office Open XML (docx, xlsx, pptx) and `OpenDocument` (odt, ods, odp). In: a file,
//! which is a ZIP archive. Out: who wrote it, with what, when, and what it keeps of its history.
//!
//! ECMA-376 and `OpenDocument` 1.3. Groups and names are those of `ExifTool` (`XML`, `XMP-dc`,
//! `XMP-meta`) for properties; those of [`traces`] and `ThumbnailSHA256` are our own. A field lies
//! where the packed member lies. Refused: encrypted documents, and what the limits of the archive
//! refuse.

mod opendocument;
mod package;
mod properties;
mod traces;
mod xml;

use memchr::memmem;
use sha2::{Digest, Sha256};

use crate::collector::Collector;
use crate::hex::hex;
use crate::part::Part;
use package::Package;

const XML: &str = "XML";
const DC: &str = "XMP-dc";
const META: &str = "XMP-meta";

/// What `[Content_Types].xml` says of the main part, and the media type of the whole.
const TYPES: [(&str, &str); 7] = [
    (
        "wordprocessingml.document.main",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "wordprocessingml.template.main",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ),
    ("ms-word.document.macroEnabled", "application/vnd.ms-word.document.macroEnabled"),
    (
        "spreadsheetml.sheet.main",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("ms-excel.sheet.macroEnabled", "application/vnd.ms-excel.sheet.macroEnabled"),
    (
        "presentationml.presentation.main",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (
        "presentationml.slideshow.main",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    ),
];

/// Media types of `OpenDocument`.
const OPEN_TYPES: [&str; 4] = [
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.graphics",
];

/// Small pictures of the first page.
const THUMBNAILS: [&str; 5] = [
    "docProps/thumbnail.jpeg",
    "docProps/thumbnail.jpg",
    "docProps/thumbnail.png",
    "docProps/thumbnail.emf",
    "Thumbnails/thumbnail.png",
];

/// Whether the head is of an office document: the parts of one are among the first of the archive.
pub(crate) fn sniff(head: &[u8]) -> bool {
    const OPEN: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.";
    let marks: [&[u8]; 5] = [b"[Content_Types].xml", b"docProps/", b"word/", b"ppt/", b"xl/"];
    // A local header is thirty bytes, then comes the name.
    let names = memchr::memmem::find_iter(head, b"PK\x03\x04").map(|at| head.get(at + 30..));
    let mut names = names.flatten().take(64);
    head.starts_with(b"PK\x03\x04")
        && names
            .any(|name| name.starts_with(OPEN) || marks.iter().any(|mark| name.starts_with(mark)))
}

/// Reads an office document.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "application/zip";
    let mut package = match Package::open(file.bytes()) {
        Ok(package) => package,
        Err(detail) => {
            out.flaw(file.whole().start, detail);
            return;
        }
    };
    let of_open = package.has("mimetype").then(|| package.member("mimetype", out)).flatten();
    if let Some(member) = of_open {
        let written = String::from_utf8_lossy(&member.bytes);
        let known = OPEN_TYPES.iter().find(|known| **known == written.trim());
        out.found.mime = known.unwrap_or(&"application/zip");
        opendocument::fields(&mut package, out);
    } else if let Some(member) = package.member("[Content_Types].xml", out) {
        let says =
            |(word, _): &&(&str, &str)| memmem::find(&member.bytes, word.as_bytes()).is_some();
        out.found.mime = TYPES.iter().find(says).map_or("application/zip", |(_, mime)| mime);
        properties::fields(&mut package, out);
    } else {
        out.flaw(file.whole().start, "an archive that is no office document");
        return;
    }
    traces::fields(&mut package, out);
    thumbnail(&mut package, out);
    pictures(&package, file, out);
}

/// The pictures inside are counted: their own metadata are not read, and may tell what the document
/// does not.
fn pictures(package: &Package<'_>, file: &Part<'_>, out: &mut Collector) {
    const FOLDERS: [&str; 4] = ["word/media/", "ppt/media/", "xl/media/", "Pictures/"];
    let count: usize = FOLDERS.iter().map(|folder| package.names(folder, "").len()).sum();
    if count > 0 {
        out.add(XML, "EmbeddedPictures", &count.to_string(), file.whole());
        out.flaw(
            file.whole().start,
            "pictures inside the document, whose own metadata are not read",
        );
    }
}

fn thumbnail(package: &mut Package<'_>, out: &mut Collector) {
    for name in THUMBNAILS {
        let Some(member) = package.member(name, out) else { continue };
        let hash = hex(&Sha256::digest(&member.bytes));
        out.add(XML, "ThumbnailSHA256", &hash, member.at.clone());
        if member.stored && member.bytes.starts_with(&[0xff, 0xd8]) {
            out.found.thumbnail = Some(member.at);
        }
    }
}

#[cfg(test)]
mod tests;
