//! Tests of JPEG files.

use proptest::prelude::*;

use crate::{Description, describe};

const CANON: &[u8] = include_bytes!("../../tests/fixtures/exif/Canon_40D_photoshop_import.jpg");
const FUJI: &[u8] = include_bytes!("../../tests/fixtures/exif/FujiFilm_FinePixS1Pro_4.jpg");

/// A picture of 3 x 2 with these segments before its frame header.
fn picture(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    let frame: &[u8] = &[8, 0, 2, 0, 3, 1, 1, 0x11, 0];
    for (marker, payload) in segments.iter().chain(&[(0xc0, frame), (0xda, &[1, 1, 0, 0, 63, 0])]) {
        out.extend([0xff, *marker]);
        out.extend((payload.len() as u16 + 2).to_be_bytes());
        out.extend(*payload);
    }
    // Scan data with stuffing and a restart.
    out.extend([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]);
    out
}

fn read(bytes: &[u8]) -> Description {
    describe(bytes).unwrap()
}

#[test]
fn the_coded_picture_survives_a_change_of_metadata() {
    let bare = read(&picture(&[]));
    let told = read(&picture(&[(0xe1, b"Exif\0\0"), (0xfe, b"a comment"), (0xed, b"x")]));
    assert!(bare.coded.is_some());
    assert_eq!(bare.coded, told.coded);
    assert_eq!((bare.width, bare.height), (Some(3), Some(2)));
    assert_eq!(told.value(&["File"], "Comment"), Some("a comment"));
    let other = read(&picture(&[(0xdb, &[0; 65])]));
    assert_ne!(bare.coded, other.coded);
    assert_eq!(other.tables.unwrap().quantisation, [(0, [0; 64])]);
    let mut longer = picture(&[]);
    longer.extend(b"what follows the end plays no part");
    let longer = read(&longer);
    assert_eq!(longer.coded, bare.coded);
    assert_eq!(longer.value(&["File"], "TrailerBytes"), Some("34"));
    let mut scan = picture(&[]);
    let at = scan.len() - 3;
    scan[at] ^= 1;
    assert_ne!(read(&scan).coded, bare.coded);
}

#[test]
fn fill_bytes_and_garbage_between_segments_are_no_part_of_the_picture() {
    let bare = picture(&[]);
    let mut filled = bare.clone();
    filled.splice(2..2, [0xff, 0x00, 0x41, 0xff, 0xff]);
    assert_eq!(read(&filled).coded, read(&bare).coded);
}

#[test]
fn a_photograph_that_ends_too_early_keeps_its_fields() {
    let (whole, cut) = (read(CANON), read(&CANON[..CANON.len() - 200]));
    assert_eq!((cut.width, &cut.fields), (whole.width, &whole.fields));
    assert!(whole.coded.is_some() && cut.coded.is_none());
    assert!(cut.flaws.iter().any(|flaw| flaw.detail.contains("too early")), "{:?}", cut.flaws);
    let stub = read(&CANON[..20]);
    assert_eq!((stub.width, stub.coded), (None, None));
}

#[test]
fn lying_lengths_never_reach_beyond_the_file() {
    for length in [[0, 0], [0, 1], [0xff, 0xff]] {
        let mut bytes = picture(&[]);
        bytes.splice(2..2, [0xff, 0xe1, length[0], length[1]]);
        read(&bytes);
    }
    // A segment that swallows the frame header leaves no picture.
    let mut bytes = picture(&[]);
    bytes.splice(2..2, [0xff, 0xe1, 0xff, 0xff]);
    assert_eq!(read(&bytes).height, None);
}

#[test]
fn every_value_lies_where_it_is_said_to_lie() {
    let found = read(FUJI);
    let make = found.fields.iter().find(|field| field.name == "Make").unwrap();
    let at = make.at.start as usize..make.at.end as usize;
    assert_eq!(&FUJI[at], b"FUJIFILM\0");
    let preview = found.thumbnail.unwrap();
    assert!(FUJI[preview.start as usize..].starts_with(&[0xff, 0xd8]));
}

#[test]
fn segments_of_makers_are_read() {
    let ducky = [b"Ducky".as_slice(), &[0, 2, 0, 8, 0, 0, 0, 2], "\0h\0i".as_bytes()].concat();
    let found = read(&picture(&[(0xec, &ducky)]));
    assert_eq!(found.value(&["Ducky"], "Comment"), Some("hi"));
    let info = b"OLYMPUS [picture info]\r\nTimeDate=909698819\r\nSerial#=#00000001\r\n";
    let found = read(&picture(&[(0xec, info)]));
    assert_eq!(found.value(&["PictureInfo"], "SerialNumber"), Some("#00000001"));
    assert_eq!(found.value(&["PictureInfo"], "DateTimeOriginal"), Some("1998:10:29 22:06:59"));
    let gopro = [b"GoPro\0DEVC\0\x01\0\x20CASNc\x0e\0\x01C3221324657219\0\0".as_slice()].concat();
    let found = read(&picture(&[(0xe6, &gopro)]));
    assert_eq!(found.value(&["GoPro"], "CameraSerialNumber"), Some("C3221324657219"));
}

proptest! {
    #[test]
    fn never_panics_on_mutated_photographs(
        changes in prop::collection::vec((0..CANON.len(), any::<u8>()), 1..30),
        cut in 3..CANON.len(),
    ) {
        for original in [CANON, FUJI] {
            let mut bytes = original.to_vec();
            for (at, byte) in &changes {
                bytes[*at] = *byte;
            }
            bytes.truncate(cut);
            bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
            read(&bytes);
        }
    }

    #[test]
    fn never_panics_on_any_segments(tail in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = vec![0xff, 0xd8, 0xff];
        bytes.extend(tail);
        read(&bytes);
    }
}
