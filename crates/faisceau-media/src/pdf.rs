//! PDF documents. In: a file. Out: what each of its revisions says of the document: information
//! dictionary, file identifier, XMP.
//!
//! ISO 32000-1:2008, 14.3 "Metadata", 14.4 "File identifiers", 7.5.6 "Incremental updates", 7.6
//! "Encryption". The newest revision comes first; the fields of an older one follow under the same
//! names, as `exiftool -a` shows them. Four names are our own: `Revisions` (how many states the file
//! holds), `RevisionEnds` (the byte at which each ends, the oldest first: the file cut there is that
//! state), `FileIDPermanent` and `FileIDChanging` (the two halves of the identifier: the first is
//! that of the document as it was made, and later versions keep it). Refused: the strings of an
//! encrypted document, filters other than `FlateDecode`.

mod document;
mod information;
mod object;
mod stream;
mod text;
mod xref;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use memchr::memmem;

use crate::collector::Collector;
use crate::part::Part;
use document::{Document, Found, Revision, SECTIONS};
use information::shown;
use object::{Object, Parser, Value};

const PDF: &str = "PDF";
/// Most information dictionaries, and most packets of XMP.
const DICTIONARIES: usize = 256;
/// Where the head of an object is searched for what it is.
const NEAR: usize = 2_000;

/// Whether the head is of a PDF: readers accept some bytes before its mark.
pub(crate) fn sniff(head: &[u8]) -> bool {
    let start = head.get(..head.len().min(1_024)).unwrap_or_default();
    start.windows(5).any(|window| window == b"%PDF-")
}

/// Reads a PDF.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "application/pdf";
    let document = Document::new(file.bytes());
    Reader { file, out, document, seen: BTreeSet::new(), encrypted: false }.read();
    // What stands in compressed objects is not counted: enough to say that there are some.
    let marks: [&[u8]; 2] = [b"/Subtype/Image", b"/Subtype /Image"];
    if marks.iter().any(|mark| memmem::find(file.bytes(), mark).is_some()) {
        let detail = "pictures inside the document, whose own metadata are not read";
        out.flaw(file.whole().start, detail);
    }
}

struct Reader<'f, 'a, 'o> {
    file: &'f Part<'a>,
    out: &'o mut Collector,
    document: Document<'a>,
    /// Dictionaries and streams that were read: where each begins, and the stream it was in.
    seen: BTreeSet<(usize, usize)>,
    encrypted: bool,
}

impl Reader<'_, '_, '_> {
    fn read(&mut self) {
        self.head();
        self.structure();
        let revisions = self.document.revisions.clone();
        for (index, revision) in revisions.iter().enumerate() {
            if index == 0 {
                self.encryption(revision);
            }
            self.identifier(revision);
            self.information(revision);
            self.catalog(revision, index == 0);
        }
        self.left_behind();
        if self.document.left.parsed == 0 || self.document.left.unpacked == 0 {
            let detail = "the document asks for more work than the limit: not all of it was read";
            self.out.flaw(self.file.whole().start, detail);
        }
    }

    /// Version and linearization, from the first bytes.
    fn head(&mut self) {
        let head = self.document.head;
        let rest = self.file.bytes().get(head..).unwrap_or_default();
        let Some(version) = rest.strip_prefix(b"%PDF-") else {
            self.out.flaw(self.file.place(0..0).start, "the head of a PDF is missing");
            return;
        };
        let digits = version.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.');
        let length = digits.count().min(8);
        let written = String::from_utf8_lossy(version.get(..length).unwrap_or_default());
        self.out.add(PDF, "PDFVersion", &written, self.file.place(head + 5..head + 5 + length));

        let near = rest.get(..1_024).unwrap_or(rest);
        let first = memmem::find(near, b"<<").map(|at| Parser::new(rest, at).object());
        let linear = first.flatten().filter(|first| {
            let length = first.get(b"L").and_then(Object::integer);
            first.get(b"Linearized").is_some() && length == Some(rest.len())
        });
        let (value, at) = match linear {
            Some(first) => ("true", head + first.at.start..head + first.at.end),
            None => ("false", head..head + 5 + length),
        };
        self.out.add(PDF, "Linearized", value, self.file.place(at));
    }

    /// The revisions, and what is wrong with them.
    fn structure(&mut self) {
        let revisions = &self.document.revisions;
        let Some(newest) = revisions.first() else {
            self.out.flaw(self.file.whole().start, "no trailer of a PDF can be read");
            return;
        };
        let trailer = self.document.sections.get(newest.first).map(|section| &section.trailer.at);
        let at = self.file.place(trailer.cloned().unwrap_or_default());
        if self.document.searching {
            let detail = "no cross-reference section can be read: the objects were searched";
            self.out.flaw(at.start, detail);
        } else {
            if self.document.sections.len() >= SECTIONS {
                self.out.flaw(at.start, "more revisions than are read: the oldest are left out");
            }
            self.out.add(PDF, "Revisions", &revisions.len().to_string(), at.clone());
            let mut ends: Vec<usize> = revisions.iter().map(|revision| revision.end).collect();
            ends.sort_unstable();
            let written: Vec<String> = ends.iter().map(ToString::to_string).collect();
            self.out.add(PDF, "RevisionEnds", &written.join(" "), at);
        }
        if let Some(lost) = self.document.sections.get(self.document.reached) {
            let at = self.file.place(lost.at..lost.at).start;
            self.out.flaw(at, "a cross-reference section to which the newest one does not lead");
        }
        let end = revisions.iter().map(|revision| revision.end).max().unwrap_or_default();
        let behind = self.file.bytes().get(end..).unwrap_or_default();
        if !self.document.searching && !behind.iter().all(|byte| object::is_blank(*byte)) {
            self.out.flaw(self.file.place(end..end).start, "bytes behind the end of the document");
        }
    }

    fn encryption(&mut self, revision: &Revision) {
        let Some(found) = self.of_trailer(revision, b"Encrypt") else { return };
        if !found.object.is_dictionary() {
            return;
        }
        self.encrypted = true;
        let number = |key: &[u8], default| {
            found.object.get(key).and_then(Object::integer).unwrap_or(default)
        };
        let name = |key: &[u8]| found.object.get(key).and_then(Object::name).map(text::text);
        let filter = name(b"Filter").unwrap_or_default();
        let mut value = format!("{filter} V{}", number(b"V", 0));
        if filter == "Standard" {
            let _ = write!(value, ".{}", number(b"R", 0));
        }
        if let Some(handler) = name(b"SubFilter") {
            let _ = write!(value, " ({handler})");
        }
        if filter == "Standard" {
            let _ = write!(value, " ({}-bit)", number(b"Length", 40));
        }
        let at = self.place(&found, &found.object);
        self.out.flaw(at.start, "the document is encrypted: its strings are not read");
        self.out.add(PDF, "Encryption", &value, at);
    }

    fn catalog(&mut self, revision: &Revision, newest: bool) {
        let Some(catalog) = self.of_trailer(revision, b"Root") else { return };
        if let Some(metadata) = self.under(revision.first, &catalog, b"Metadata") {
            self.xmp(revision.first, &metadata);
        }
        if !newest {
            return;
        }
        for (key, name) in [(b"Version".as_slice(), "PDFVersion"), (b"Lang", "Language")] {
            if let Some(found) = self.under(revision.first, &catalog, key)
                && !(self.encrypted && name == "Language")
            {
                let at = self.place(&found, &found.object);
                self.out.add(PDF, name, &shown(&found.object, 0), at);
            }
        }
        let pages = self.under(revision.first, &catalog, b"Pages");
        let count = pages.and_then(|pages| self.under(revision.first, &pages, b"Count"));
        if let Some(count) = count {
            let at = self.place(&count, &count.object);
            self.out.add(PDF, "PageCount", &shown(&count.object, 0), at);
        }
    }

    /// A stream of XMP.
    fn xmp(&mut self, first: usize, found: &Found) {
        let dictionary = &found.object;
        let readable = !self.encrypted || self.plain_metadata(first);
        if found.packed.is_some() || !dictionary.is_dictionary() || !readable {
            return;
        }
        if self.seen.len() >= DICTIONARIES || !self.is_new(found) {
            return;
        }
        let at = self.file.place(dictionary.at.clone());
        let Some(range) = self.document.stream(first, dictionary) else {
            self.out.flaw(at.start, "a stream of metadata has no end");
            return;
        };
        let Some(packed) = self.file.get(range.clone()) else { return };
        match stream::unpack(packed.bytes(), dictionary, &mut self.document.left) {
            Ok(std::borrow::Cow::Borrowed(_)) => crate::blocks::xmp(&packed, self.out),
            Ok(std::borrow::Cow::Owned(bytes)) => {
                crate::blocks::xmp(&Part::unpacked(&bytes, self.file.place(range)), self.out);
            }
            Err(detail) => self.out.flaw(at.start, detail),
        }
    }

    /// Whether an encrypted document leaves its metadata plain.
    fn plain_metadata(&mut self, first: usize) -> bool {
        let section = self.document.sections.get(first);
        let Some(object) = section.and_then(|section| section.trailer.get(b"Encrypt")).cloned()
        else {
            return false;
        };
        let encryption = self.document.follow(first, &Found { object, packed: None });
        let flag = encryption.as_ref().and_then(|found| found.object.get(b"EncryptMetadata"));
        matches!(flag.map(|flag| &flag.value), Some(Value::Bool(false)))
    }

    /// What no trailer leads to and is still in the file: information dictionaries of states that
    /// were overwritten, and the XMP of pictures placed on the pages.
    fn left_behind(&mut self) {
        let heads = self.document.heads();
        let bytes = self.file.bytes();
        for (index, (number, at)) in heads.iter().enumerate() {
            let next = heads.get(index + 1).map_or(bytes.len(), |(_, next)| *next);
            let near = bytes.get(*at..next.min(at.saturating_add(NEAR))).unwrap_or_default();
            let has = |word: &[u8]| memmem::find(near, word).is_some();
            let is_metadata = has(b"/Metadata") && has(b"/XML");
            let dated = has(b"/CreationDate") || has(b"/ModDate");
            let is_information = dated && (has(b"/Producer") || has(b"/Creator"));
            if !is_metadata && !is_information {
                continue;
            }
            let Some(found) = self.document.at(*at, *number) else { continue };
            if found.object.get(b"Subtype").and_then(Object::name) == Some(b"XML") {
                self.xmp(0, &found);
            } else if is_information && !self.encrypted && self.is_lost(&found) {
                let at = self.file.place(found.object.at.clone()).start;
                self.out.flaw(at, "an information dictionary to which no trailer leads");
                self.dictionary(0, &found);
            }
        }
    }

    fn is_lost(&self, found: &Found) -> bool {
        let keyed = found.object.get(b"Producer").or_else(|| found.object.get(b"Creator"));
        keyed.is_some() && !self.seen.contains(&spot(found))
    }

    /// The object under a key of a trailer.
    fn of_trailer(&mut self, revision: &Revision, key: &[u8]) -> Option<Found> {
        let object = self.document.trailer(revision, key)?.clone();
        self.document.follow(revision.first, &Found { object, packed: None })
    }

    /// The object under a key of a dictionary.
    fn under(&mut self, first: usize, found: &Found, key: &[u8]) -> Option<Found> {
        let object = found.object.get(key)?.clone();
        self.document.follow(first, &Found { object, packed: found.packed.clone() })
    }

    fn is_new(&mut self, found: &Found) -> bool {
        self.seen.insert(spot(found))
    }

    fn place(&self, found: &Found, object: &Object) -> Range<u64> {
        self.file.place(found.packed.clone().unwrap_or_else(|| object.at.clone()))
    }
}

fn spot(found: &Found) -> (usize, usize) {
    (found.packed.as_ref().map_or(0, |packed| packed.start), found.object.at.start)
}

#[cfg(test)]
mod tests;
