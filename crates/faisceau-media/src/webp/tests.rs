//! Tests of WebP.

use proptest::prelude::*;

use super::{read, sniff};
use crate::testing::{described, flaws, lines, mutated, sound};

/// A file of these chunks.
fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend(*kind);
        body.extend((data.len() as u32).to_le_bytes());
        body.extend(*data);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
}

const CANVAS: (&[u8; 4], &[u8]) = (b"VP8X", b"\x04\0\0\0\x2b\x01\0\xc7\0\0");
// Width 300, height 200; the two high bits of each say how to scale.
const LOSSY: (&[u8; 4], &[u8]) = (b"VP8 ", b"\0\0\0\x9d\x01\x2a\x2c\x41\xc8\x80pixels");
// One byte, then fourteen bits each, less one.
const LOSSLESS: (&[u8; 4], &[u8]) = (b"VP8L", b"\x2f\x2b\xc1\x31\0p");
const XMP: (&[u8; 4], &[u8]) = (b"XMP ", br#"<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:p="http://ns.adobe.com/xap/1.0/" p:CreatorTool="T"/></r:RDF>"#);

#[test]
fn all_three_kinds_have_a_size() {
    for chunks in [&[CANVAS, LOSSY][..], &[LOSSY], &[LOSSLESS]] {
        let found = described(read, &file(chunks));
        assert_eq!((found.mime, found.width, found.height), ("image/webp", Some(300), Some(200)));
        assert!(found.coded.is_some() && found.flaws.is_empty());
    }
    assert!(sniff(&file(&[LOSSY])) && !sniff(b"RIFF\0\0\0\0WAVE"));
}

#[test]
fn the_coded_picture_survives_a_change_of_metadata() {
    let coded = |chunks: &[(&[u8; 4], &[u8])]| described(read, &file(chunks)).coded;
    assert_eq!(coded(&[LOSSY]), coded(&[CANVAS, (b"ICCP", b"x"), LOSSY, (b"EXIF", b"II"), XMP]));
    assert_ne!(coded(&[LOSSY]), coded(&[(b"ALPH", b"a"), LOSSY]));
    assert_ne!(coded(&[LOSSY]), coded(&[LOSSLESS]));
    let found = described(read, &file(&[CANVAS, LOSSY, XMP]));
    assert_eq!(lines(&found), ["XMP-xmp:CreatorTool=T"]);
}

#[test]
fn a_file_that_was_cut_has_no_hash() {
    let whole = file(&[CANVAS, LOSSY, XMP]);
    for cut in 12..whole.len() {
        let found = described(read, &whole[..cut]);
        assert_eq!(found.coded, None, "{cut}");
        assert!(!found.flaws.is_empty(), "{cut}");
    }
}

#[test]
fn lies_are_flaws() {
    let mut long = file(&[LOSSY, XMP]);
    let at = long.windows(4).position(|kind| kind == b"XMP ").unwrap();
    long[at + 4..at + 8].fill(0xff);
    let found = described(read, &long);
    assert_eq!((flaws(&found), found.coded), (vec!["WebP that ends in a chunk"], None));
    let appended = [file(&[LOSSY]), b"PK".to_vec()].concat();
    let found = described(read, &appended);
    assert_eq!(flaws(&found), ["bytes after the end of the WebP"]);
    assert_eq!(found.coded, described(read, &file(&[LOSSY])).coded);
    let empty = described(read, &file(&[CANVAS]));
    assert_eq!((flaws(&empty), empty.coded), (vec!["WebP without a picture"], None));
}

proptest! {
    #[test]
    fn any_chunks_are_read_soundly(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        sound(read, &bytes);
        sound(read, &[b"RIFF\xff\0\0\0WEBP".to_vec(), bytes].concat());
    }

    #[test]
    fn mutated_files_are_read_soundly(bytes in mutated(file(&[CANVAS, LOSSY, XMP]))) {
        sound(read, &bytes);
    }
}
