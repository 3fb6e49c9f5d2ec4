//! Boxes of type `uuid` that hold a block of metadata: XMP, C2PA, Canon's EXIF.
//!
//! In: a `uuid` box. Out: what [`crate::blocks`] reads of it. Others are passed over.
//!
//! XMP specification part 3, section 1.1.2 (ISO 16684-1:2019 annex); C2PA specification 2.2, section
//! A.5 (<https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html>);
//! Canon's is known from the work of Laurent Clévy (<https://github.com/lclevy/canon_cr3>).

use super::{Atom, atoms, first};
use crate::collector::Collector;
use crate::part::Part;
use crate::{blocks, quicktime};

const XMP: [u8; 16] = *b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";
const C2PA: [u8; 16] = *b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";
const CANON: [u8; 16] = *b"\x85\xc0\xb6\x87\x82\x0f\x11\xe0\x81\x11\xf4\xce\x46\x2b\x6a\x48";

/// Reads the content of a `uuid` box.
pub(crate) fn uuid(body: &Part<'_>, out: &mut Collector) {
    let Some(id) = body.bytes().first_chunk::<16>() else { return };
    let content = body.from(16);
    match *id {
        XMP => blocks::xmp(&content, out),
        C2PA => manifest(&content, out),
        CANON => canon(&atoms(&content, out), out),
        _ => {}
    }
}

/// Hands on the store behind version, flags and purpose.
fn manifest(content: &Part<'_>, out: &mut Collector) {
    match store(content) {
        Some(store) => blocks::c2pa(&store, out),
        None if content.from(4).bytes().starts_with(b"merkle\0") => {}
        None => out.flaw(content.whole().start, "a C2PA box without a manifest store"),
    }
}

/// The boxes of a store; where a manifest is meant, eight bytes before them tell of a Merkle tree.
fn store<'a>(content: &Part<'a>) -> Option<Part<'a>> {
    let named = content.from(4);
    let end = named.bytes().iter().position(|byte| *byte == 0)?;
    let data = named.from(end + 1);
    let begins = |skip: &usize| data.from(*skip).bytes().get(4..8) == Some(b"jumb");
    [0, 8].into_iter().find(begins).map(|skip| data.from(skip))
}

/// `CMT1` and `CMT2` are TIFF structures with the tags of EXIF. `CMT3` (maker notes) and `CMT4` (GPS)
/// number their tags otherwise, and a reader of a main directory would name them wrongly.
fn canon(atoms: &[Atom<'_>], out: &mut Collector) {
    if let Some(version) = first(atoms, *b"CNCV") {
        let text = String::from_utf8_lossy(version.body.bytes());
        out.add(quicktime::CANON, "CompressorVersion", &text, version.body.whole());
    }
    for atom in atoms.iter().filter(|atom| matches!(&atom.kind, b"CMT1" | b"CMT2")) {
        blocks::exif(&atom.body, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_begins_behind_its_purpose() {
        let store = |bytes: &[u8]| store(&Part::file(bytes)).map(|part| part.bytes().to_vec());
        let boxes = b"\0\0\0\x0cjumbrest";
        let manifest = [b"\0\0\0\0manifest\0".as_slice(), &[0; 8], boxes].concat();
        assert_eq!(store(&manifest), Some(boxes.to_vec()));
        assert_eq!(store(&[b"\0\0\0\0update\0".as_slice(), boxes].concat()), Some(boxes.to_vec()));
        assert_eq!(store(b"\0\0\0\0merkle\0tree"), None);
        assert_eq!(store(b"\0\0\0\0manifest"), None);
        assert_eq!(store(b""), None);
    }

    #[test]
    fn canon_names_its_program() {
        let content =
            [CANON.as_slice(), &super::super::write::atom(*b"CNCV", b"CanonCR3_001")].concat();
        let mut out = Collector::default();
        uuid(&Part::file(&content), &mut out);
        assert_eq!(out.found.value(&["Canon"], "CompressorVersion"), Some("CanonCR3_001"));
        uuid(&Part::file(&content[..15]), &mut out);
        assert_eq!(out.found.fields.len(), 1);
    }
}
