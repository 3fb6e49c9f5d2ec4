//! Tests of GIF.

use proptest::prelude::*;

use super::{read, sniff};
use crate::testing::{described, flaws, lines, mutated, sound};

/// A screen of 3 x 2 with a table of two colours.
const SCREEN: &[u8] = b"GIF89a\x03\0\x02\0\x80\0\0colour";
const PICTURE: &[u8] = b"\x2c\0\0\0\0\x03\0\x02\0\0\x02\x03abc\x01d\0";
const COMMENT: &[u8] = b"\x21\xfe\x03Mad\x04e by\0";
const LOOP: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
const END: &[u8] = b";";
const PACKET: &str = r#"<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:p="http://ns.adobe.com/xap/1.0/" p:CreatorTool="T"/></r:RDF><?xpacket end="w"?>"#;

/// The packet as it stands, then bytes that lead every reader to the end.
fn xmp() -> Vec<u8> {
    let mut out = b"\x21\xff\x0bXMP DataXMP".to_vec();
    out.extend(PACKET.as_bytes());
    out.push(1);
    out.extend((0..=255).rev());
    out.push(0);
    out
}

fn sample() -> Vec<u8> {
    [SCREEN, COMMENT, LOOP, &xmp(), PICTURE, END].concat()
}

#[test]
fn extensions_become_fields() {
    let bytes = sample();
    let found = described(read, &bytes);
    assert_eq!((found.mime, found.width, found.height), ("image/gif", Some(3), Some(2)));
    assert_eq!(lines(&found), ["File:Comment=Made by", "XMP-xmp:CreatorTool=T"]);
    assert!(found.flaws.is_empty(), "{:?}", found.flaws);
    let at = found.fields[1].at.clone();
    assert_eq!(&bytes[at.start as usize..at.end as usize], b"T");
    assert!(sniff(&bytes) && !sniff(b"GIF88a"));
}

#[test]
fn the_coded_picture_survives_a_change_of_metadata() {
    let coded = |parts: &[&[u8]]| described(read, &parts.concat()).coded;
    let bare = coded(&[SCREEN, LOOP, PICTURE, END]);
    assert!(bare.is_some());
    assert_eq!(bare, described(read, &sample()).coded);
    assert_eq!(bare, coded(&[SCREEN, LOOP, COMMENT, PICTURE, COMMENT, END]));
    assert_ne!(bare, coded(&[SCREEN, PICTURE, END]));
    assert_ne!(bare, coded(&[SCREEN, LOOP, PICTURE, PICTURE, END]));
    let older = [b"GIF87a", &SCREEN[6..]].concat();
    assert_eq!(bare, coded(&[&older, LOOP, PICTURE, END]));
}

#[test]
fn a_file_that_was_cut_has_no_hash() {
    let whole = sample();
    for cut in 6..whole.len() - 1 {
        let found = described(read, &whole[..cut]);
        assert_eq!(found.coded, None, "{cut}");
        assert!(!found.flaws.is_empty(), "{cut}");
    }
}

#[test]
fn lies_are_flaws() {
    let appended = [sample(), b"PK".to_vec()].concat();
    let found = described(read, &appended);
    assert_eq!(flaws(&found), ["bytes after the end of the GIF"]);
    assert_eq!(found.coded, described(read, &sample()).coded);
    let broken = [SCREEN, COMMENT, b"?", PICTURE, END].concat();
    let found = described(read, &broken);
    assert_eq!(lines(&found), ["File:Comment=Made by"]);
    assert_eq!((flaws(&found), found.coded), (vec!["GIF with a broken block"], None));
}

proptest! {
    #[test]
    fn any_blocks_are_read_soundly(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        sound(read, &bytes);
        sound(read, &[SCREEN.to_vec(), bytes].concat());
    }

    #[test]
    fn mutated_files_are_read_soundly(bytes in mutated(sample())) {
        sound(read, &bytes);
    }
}
