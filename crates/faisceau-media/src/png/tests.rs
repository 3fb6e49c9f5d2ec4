//! Tests of PNG.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::{SIGNATURE, read, sniff};
use crate::testing::{described, flaws, lines, mutated, sound};

/// A picture of 3 x 2 whose chunks are these; checksums are zero, for nobody reads them.
fn picture(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut out = SIGNATURE.to_vec();
    for (kind, data) in [HEADER].iter().chain(chunks) {
        out.extend((data.len() as u32).to_be_bytes());
        out.extend(*kind);
        out.extend(*data);
        out.extend([0; 4]);
    }
    out
}

const HEADER: (&[u8; 4], &[u8]) = (b"IHDR", &[0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
const DATA: (&[u8; 4], &[u8]) = (b"IDAT", b"pixels");
const END: (&[u8; 4], &[u8]) = (b"IEND", b"");

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const XMP: &str = r#"<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:p="http://ns.adobe.com/xap/1.0/" p:CreatorTool="T"/></r:RDF>"#;

fn sample() -> Vec<u8> {
    let xmp = [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], XMP.as_bytes()].concat();
    let iptc = b"\x1c\x02\x5a\0\x04Lyon".iter().map(|byte| format!("{byte:02x}"));
    let iptc = format!("\niptc\n       9\n{}\n", iptc.collect::<Vec<_>>().join("\n"));
    let profile = [&b"Raw profile type iptc\0\0"[..], &packed(iptc.as_bytes())].concat();
    let comment = [&b"Comment\0\x01\0fr-ca\0\0"[..], &packed("é".as_bytes())].concat();
    picture(&[
        (b"tEXt", b"Software\0Tool \xe9"),
        (b"tEXt", b"Creation Time\0Sat, 14 Jul 2012 16:30:12 +0200"),
        (b"tEXt", b"date:create\x002012"),
        (b"tEXt", b"parameters\0a cat, Steps: 20"),
        (b"tIME", &[0x07, 0xdc, 7, 14, 16, 30, 12]),
        (b"iTXt", &xmp),
        (b"iTXt", &comment),
        (b"zTXt", &profile),
        DATA,
        END,
    ])
}

#[test]
fn chunks_become_fields() {
    let found = described(read, &sample());
    assert_eq!((found.mime, found.width, found.height), ("image/png", Some(3), Some(2)));
    assert_eq!(
        lines(&found),
        [
            "PNG:Software=Tool é",
            "PNG:CreationTime=2012:07:14 16:30:12+02:00",
            "PNG:Datecreate=2012",
            "PNG:Parameters=a cat, Steps: 20",
            "PNG:ModifyDate=2012:07:14 16:30:12",
            "XMP-xmp:CreatorTool=T",
            "PNG:Comment-fr-CA=é",
            "IPTC:City=Lyon",
        ]
    );
    assert!(found.flaws.is_empty());
    let at = found.fields[3].at.clone();
    assert_eq!(&sample()[at.start as usize..at.end as usize], b"a cat, Steps: 20");
    assert!(sniff(&sample()) && !sniff(b"\x89PNG"));
}

#[test]
fn the_coded_picture_is_critical_chunks_and_transparency() {
    let coded = |chunks: &[(&[u8; 4], &[u8])]| described(read, &picture(chunks)).coded;
    let mut hash = Sha256::new();
    for part in [HEADER.0, HEADER.1, b"tRNS", b"a", b"IDAT", b"pixels"] {
        hash.update(part);
    }
    // As the importer computes it: the end is not part of it.
    let expected: [u8; 32] = hash.finalize().into();
    let transparency: (&[u8; 4], &[u8]) = (b"tRNS", b"a");
    assert_eq!(coded(&[transparency, DATA, END]), Some(expected));
    let texts = [transparency, (b"tEXt", b"Software\0x"), DATA, (b"tIME", b"1234567"), END];
    assert_eq!(coded(&texts), Some(expected));
    assert_ne!(coded(&[transparency, (b"IDAT", b"pixelz"), END]), Some(expected));
    assert_ne!(coded(&[DATA, END]), Some(expected));
}

#[test]
fn a_picture_that_was_cut_has_no_hash() {
    let whole = sample();
    assert!(described(read, &whole).coded.is_some());
    for cut in SIGNATURE.len()..whole.len() - 1 {
        let found = described(read, &whole[..cut]);
        assert_eq!(found.coded, None, "{cut}");
        assert!(!found.flaws.is_empty(), "{cut}");
    }
}

#[test]
fn lies_are_flaws() {
    let mut long = picture(&[(b"tEXt", b"Software\0x"), DATA, END]);
    let at = long.windows(4).position(|kind| kind == b"IDAT").unwrap() - 4;
    long[at..at + 4].fill(0xff);
    let found = described(read, &long);
    assert_eq!(lines(&found), ["PNG:Software=x"]);
    assert_eq!((flaws(&found), found.flaws[0].at), (vec!["PNG that ends in a chunk"], at as u64));
    let appended = [sample(), b"PK".to_vec()].concat();
    let found = described(read, &appended);
    assert_eq!(flaws(&found), ["bytes after the end of the PNG"]);
    assert_eq!(found.coded, described(read, &sample()).coded);
    let mut headless = picture(&[DATA, END]);
    headless[SIGNATURE.len() + 4] = b'X';
    let found = described(read, &headless);
    assert_eq!((flaws(&found), found.coded), (vec!["PNG whose first chunk is not `IHDR`"], None));
    let nameless = described(read, &picture(&[(b"tEXt", b"no end"), DATA, END]));
    assert_eq!(flaws(&nameless), ["a text without its key"]);
    let broken = described(read, &picture(&[(b"zTXt", b"Comment\0\0xx"), DATA, END]));
    assert_eq!(flaws(&broken), ["a compressed text that is broken"]);
}

#[test]
fn a_bomb_is_unpacked_up_to_the_limit() {
    let bomb = [&b"Comment\0\0"[..], &packed(&vec![b'a'; 5 << 20])].concat();
    let chunk: (&[u8; 4], &[u8]) = (b"zTXt", &bomb);
    let found = described(read, &picture(&[chunk, DATA, END]));
    assert_eq!(found.fields[0].value.chars().count(), 501);
    assert_eq!(flaws(&found), ["a compressed text that unpacks to too much"]);
    let found = described(read, &picture(&[&[chunk; 9][..], &[DATA, END]].concat()));
    assert_eq!(found.fields.len(), 8);
    assert_eq!(flaws(&found).last(), Some(&"a PNG that unpacks to too much"));
}

proptest! {
    #[test]
    fn any_chunks_are_read_soundly(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        sound(read, &[SIGNATURE.to_vec(), bytes].concat());
    }

    #[test]
    fn mutated_pictures_are_read_soundly(bytes in mutated(sample())) {
        sound(read, &bytes);
    }
}
