//! Tests of JPEG images.

use faisceau_model::{Maybe, RejectReason};
use proptest::prelude::*;
use serde_json::Value;

use super::{Picture, sniff};
use crate::testing::{dump, in_paris, mutated, read, read_as};

macro_rules! photo {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../../tests/fixtures/exif/", $name)).as_slice())
    };
}

const PHOTOS: [(&str, &[u8]); 9] = [
    photo!("32-lens_data.jpeg"),
    photo!("Canon_40D_photoshop_import.jpg"),
    photo!("Canon_PowerShot_S330.jpg"),
    photo!("FujiFilm_FinePixS1Pro_4.jpg"),
    photo!("FujiFilm_FinePixS2Pro.jpg"),
    photo!("Issue_122.jpg"),
    photo!("Olympus_X-2.jpg"),
    photo!("image01713.jpg"),
    photo!("issue_121.jpg"),
];
const EXIFTOOL: &str = include_str!("../../../tests/fixtures/exif/exiftool.json");
const CANON: &[u8] = PHOTOS[1].1;

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

fn parsed(bytes: &[u8]) -> Picture {
    super::read(bytes).unwrap()
}

#[test]
fn real_photographs_read_as_exiftool_reads_them() {
    let reference: Vec<Value> = serde_json::from_str(EXIFTOOL).unwrap();
    assert_eq!(reference.len(), PHOTOS.len());
    let mut compared = 0;
    for expected in &reference {
        let name = expected["file"].as_str().unwrap();
        let (_, bytes) = PHOTOS.iter().find(|(photo, _)| *photo == name).unwrap();
        let (imported, sink) = read_as(name, bytes, &in_paris());
        assert_eq!((imported.name(), imported.problem), (Some("jpeg"), None));
        let media = &sink.media[0];
        let text = |key: &str| expected[key].as_str().map(|text| text.trim().to_owned());
        let number = |key: &str| expected[key].as_f64();
        assert_eq!(media.width.known().copied(), expected["width"].as_i64(), "{name}");
        assert_eq!(media.height.known().copied(), expected["height"].as_i64(), "{name}");
        assert_eq!(media.make.known().cloned(), text("make"), "{name}");
        assert_eq!(media.model.known().cloned(), text("model"), "{name}");
        assert_eq!(media.software.known().cloned(), text("software"), "{name}");
        assert_eq!(media.owner.known().cloned(), text("artist"), "{name}");
        for (found, key) in [(&media.latitude, "latitude"), (&media.longitude, "longitude")] {
            let (found, expected) = (found.known().copied(), number(key));
            assert_eq!(found.is_some(), expected.is_some(), "{name} {key}");
            if let (Some(found), Some(expected)) = (found, expected) {
                assert!((found - expected).abs() < 1e-9, "{name} {key}: {found} {expected}");
                compared += 1;
            }
        }
        let local = media.taken.known().map(|at| {
            let paris = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
            let shown = at.display_in(&paris);
            shown[..19].replace('-', ":")
        });
        // ExifTool prints the fraction of a second apart.
        assert_eq!(local, text("taken"), "{name}");
    }
    assert_eq!(compared, 4);
}

#[test]
fn a_photograph_gives_all_columns() {
    let (_, sink) = read_as("a\u{1b}[31m.jpg", PHOTOS[3].1, &in_paris());
    insta::assert_snapshot!("photograph", dump(&sink.media));
}

#[test]
fn the_coded_picture_survives_a_change_of_metadata() {
    let bare = parsed(&picture(&[]));
    let told = parsed(&picture(&[(0xe1, b"Exif\0\0"), (0xfe, b"a comment"), (0xed, b"x")]));
    assert!(bare.sha256.is_some());
    assert_eq!(bare.sha256, told.sha256);
    assert_eq!((bare.width, bare.height), (Some(3), Some(2)));
    let other = parsed(&picture(&[(0xdb, &[0; 65])]));
    assert_ne!(bare.sha256, other.sha256);
    let mut longer = picture(&[]);
    longer.extend(b"what follows the end plays no part");
    assert_eq!(parsed(&longer).sha256, bare.sha256);
    let mut scan = picture(&[]);
    let at = scan.len() - 3;
    scan[at] ^= 1;
    assert_ne!(parsed(&scan).sha256, bare.sha256);
}

#[test]
fn fill_bytes_and_garbage_between_segments_are_no_part_of_the_picture() {
    let bare = picture(&[]);
    let mut filled = bare.clone();
    filled.splice(2..2, [0x00, 0x41, 0xff, 0xff]);
    assert_eq!(parsed(&filled).sha256, parsed(&bare).sha256);
}

#[test]
fn a_photograph_that_ends_too_early_keeps_its_fields() {
    let (_, whole) = read(CANON);
    let (_, cut) = read(&CANON[..CANON.len() - 200]);
    assert_eq!(cut.media[0].width, whole.media[0].width);
    assert_eq!(cut.media[0].software, whole.media[0].software);
    assert!(whole.media[0].picture_sha256.known().is_some());
    assert_eq!(cut.media[0].picture_sha256.known(), None);
    let (_, stub) = read(&CANON[..20]);
    assert_eq!(stub.rejects[0].reason, RejectReason::Truncated);
}

#[test]
fn lying_lengths_never_reach_beyond_the_file() {
    for length in [[0, 0], [0, 1], [0xff, 0xff]] {
        let mut bytes = picture(&[]);
        bytes.splice(2..2, [0xff, 0xe1, length[0], length[1]]);
        let (imported, sink) = read(&bytes);
        assert_eq!(imported.problem, None);
        assert_eq!(sink.tally.records, 1);
    }
    // A segment that swallows the frame header leaves no picture.
    let mut bytes = picture(&[]);
    bytes.splice(2..2, [0xff, 0xe1, 0xff, 0xff]);
    assert_eq!(read(&bytes).1.rejects[0].reason, RejectReason::Truncated);
}

#[test]
fn every_photograph_has_the_hash_of_its_bytes() {
    let hashes: std::collections::BTreeSet<_> =
        PHOTOS.iter().map(|(_, bytes)| read(bytes).1.media[0].sha256.clone()).collect();
    assert_eq!(hashes.len(), PHOTOS.len());
    assert!(hashes.iter().all(|hash| hash.len() == 64));
    assert!(sniff(CANON) && !sniff(b"\xff\xd8"));
    let name = read_as("x\u{1b}.jpg", CANON, &in_paris()).1.media[0].name.clone();
    assert_eq!(name, "x␛.jpg");
    assert_eq!(read(CANON).1.media[0].account, Maybe::Missing(faisceau_model::Absent::NotRecorded));
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(CANON)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_mutated_fields(bytes in mutated(&PHOTOS[3].1[..8000])) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_any_segments(tail in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = vec![0xff, 0xd8, 0xff];
        bytes.extend(tail);
        read(&bytes);
    }
}
