//! Tests of the EXIF fields. ExifTool is the oracle for real photographs; what they lack is
//! written here.

use std::io::Cursor;

use ::exif::experimental::Writer;
use ::exif::{Field, In, Rational, Tag, Value};
use proptest::prelude::*;

use super::read;
use crate::collector::Collector;
use crate::field::Description;
use crate::part::Part;

fn ascii(tag: Tag, text: &str) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) }
}

fn parts(tag: Tag, parts: &[(u32, u32)]) -> Field {
    let parts = parts.iter().map(|&(num, denom)| Rational { num, denom }).collect();
    Field { tag, ifd_num: In::PRIMARY, value: Value::Rational(parts) }
}

fn tiff(fields: &[Field], little: bool) -> Vec<u8> {
    let mut writer = Writer::new();
    for field in fields {
        writer.push_field(field);
    }
    let mut out = Cursor::new(Vec::new());
    writer.write(&mut out, little).unwrap();
    out.into_inner()
}

fn found(tiff: &[u8]) -> Description {
    let mut out = Collector::default();
    read(&Part::file(tiff), &mut out);
    out.found
}

#[test]
fn fields_of_all_directories_are_read_in_both_orders() {
    let fields = [
        ascii(Tag::Make, "Canon"),
        ascii(Tag::BodySerialNumber, "042021003512"),
        ascii(Tag::OffsetTimeOriginal, "+01:00"),
        ascii(Tag::GPSLatitudeRef, "N"),
        parts(Tag::GPSLatitude, &[(39, 1), (3, 1), (484, 100)]),
        parts(Tag::GPSTimeStamp, &[(7, 1), (30, 1), (1425, 100)]),
        ascii(Tag::GPSDateStamp, "2022:01:12"),
    ];
    for little in [true, false] {
        let found = found(&tiff(&fields, little));
        assert_eq!(found.value(&["IFD0"], "Make"), Some("Canon"));
        assert_eq!(found.value(&["ExifIFD"], "SerialNumber"), Some("042021003512"));
        assert_eq!(found.value(&["ExifIFD"], "OffsetTimeOriginal"), Some("+01:00"));
        assert_eq!(found.value(&["GPS"], "GPSLatitude"), Some("39.0513444444444"));
        assert_eq!(found.value(&["GPS"], "GPSTimeStamp"), Some("07:30:14.25"));
        assert_eq!(found.value(&["GPS"], "GPSDateStamp"), Some("2022:01:12"));
        assert_eq!(found.flaws, []);
    }
}

#[test]
fn fractions_without_denominator_are_flaws() {
    let found = found(&tiff(
        &[
            parts(Tag::GPSLatitude, &[(48, 0), (0, 1), (0, 1)]),
            parts(Tag::GPSTimeStamp, &[(0, 0), (0, 0), (0, 0)]),
            parts(Tag::GPSAltitude, &[(1, 0)]),
        ],
        true,
    ));
    assert_eq!(found.value(&["GPS"], "GPSLatitude"), None);
    assert_eq!(found.value(&["GPS"], "GPSTimeStamp"), None);
    assert_eq!(found.value(&["GPS"], "GPSAltitude"), Some("inf"));
    assert_eq!(found.flaws.len(), 2);
}

#[test]
fn a_directory_that_points_to_itself_ends() {
    // Big endian, first directory at 8: one entry, the EXIF pointer to 8; next directory at 8.
    let mut loops = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    loops.extend(b"\x87\x69\0\x04\0\0\0\x01\0\0\0\x08");
    loops.extend(b"\0\0\0\x08");
    assert_eq!(found(&loops).fields, []);
    assert_eq!(found(b"garbage!").flaws.len(), 1);
}

/// Canon's notes, moved by 20 bytes by a program that left their offsets as they were.
#[test]
fn notes_that_were_moved_are_found_again() {
    let notes_at = 8 + 2 + 24 + 4 + 6;
    let mut notes = b"\x01\0\x09\0\x02\0\x08\0\0\0".to_vec();
    // Written for notes twenty bytes further on.
    let written = u32::try_from(notes_at + 20 + 2 + 12 + 4).unwrap();
    notes.extend(written.to_le_bytes());
    notes.extend([0, 0, 0, 0]);
    notes.extend(b"Le Vene\0");
    let mut bytes = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    bytes.extend(b"\x0f\x01\x02\0\x06\0\0\0");
    bytes.extend(38_u32.to_le_bytes());
    bytes.extend(b"\x7c\x92\x07\0");
    bytes.extend(u32::try_from(notes.len()).unwrap().to_le_bytes());
    bytes.extend(44_u32.to_le_bytes());
    bytes.extend([0, 0, 0, 0]);
    bytes.extend(b"Canon\0");
    bytes.extend(&notes);
    let found = found(&bytes);
    assert_eq!(found.value(&["Canon"], "OwnerName"), Some("Le Vene"), "{found:?}");
}

proptest! {
    #[test]
    fn never_panics(tail in prop::collection::vec(any::<u8>(), 0..300), little in any::<bool>()) {
        let head: &[u8] = if little { b"II\x2a\0\x08\0\0\0" } else { b"MM\0\x2a\0\0\0\x08" };
        found(&[head, &tail].concat());
    }
}
