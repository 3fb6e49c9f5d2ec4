//! Tests of the EXIF fields. ExifTool is the oracle for real photographs; what they lack is
//! written here.

use std::io::Cursor;

use ::exif::experimental::Writer;
use ::exif::{Field, In, Rational, Tag, Value};
use faisceau_model::{Absent, Maybe, Precision, ZoneSource};
use proptest::prelude::*;

use super::{Camera, offset, read, says_something};

fn ascii(tag: Tag, text: &str) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) }
}

fn place(tag: Tag, parts: [(u32, u32); 3]) -> Field {
    let parts = parts.map(|(num, denom)| Rational { num, denom });
    Field { tag, ifd_num: In::PRIMARY, value: Value::Rational(parts.to_vec()) }
}

fn tiff(fields: &[Field]) -> Vec<u8> {
    let mut writer = Writer::new();
    for field in fields {
        writer.push_field(field);
    }
    let mut out = Cursor::new(Vec::new());
    writer.write(&mut out, false).unwrap();
    out.into_inner()
}

fn camera(fields: &[Field]) -> Camera {
    read(tiff(fields), None)
}

#[test]
fn serials_owner_and_explicit_time() {
    let camera = camera(&[
        ascii(Tag::Make, "Canon\0"),
        ascii(Tag::BodySerialNumber, " 042021003512 "),
        ascii(Tag::LensSerialNumber, "0000a1b2c3"),
        ascii(Tag::CameraOwnerName, "Le Vengeur"),
        ascii(Tag::Artist, "somebody"),
        ascii(Tag::ImageUniqueID, "0f1e2d3c"),
        ascii(Tag::DateTimeOriginal, "2024:03:12 10:05:00"),
        ascii(Tag::SubSecTimeOriginal, "25"),
        ascii(Tag::OffsetTimeOriginal, "+01:00"),
    ]);
    let known = |text: &str| Maybe::Known(text.to_owned());
    assert_eq!(camera.body_serial, known("042021003512"));
    assert_eq!(camera.lens_serial, known("0000a1b2c3"));
    assert_eq!(camera.owner, known("Le Vengeur"));
    assert_eq!(camera.unique_id, known("0f1e2d3c"));
    let taken = camera.taken.into_known().unwrap();
    assert_eq!(taken.to_string(), "2024-03-12 09:05:00.250 UTC");
    assert_eq!((taken.precision(), taken.zone()), (Precision::Milli, ZoneSource::Explicit));
    assert_eq!(camera.model, Maybe::Missing(Absent::NotExported));
}

#[test]
fn values_that_say_nothing_link_nobody() {
    let camera = camera(&[
        ascii(Tag::Make, "   "),
        ascii(Tag::Model, "Unknown"),
        ascii(Tag::BodySerialNumber, "0000000000"),
        ascii(Tag::LensSerialNumber, "0"),
        ascii(Tag::CameraOwnerName, "unknown"),
        ascii(Tag::ImageUniqueID, "00000000000000000000000000000000"),
        ascii(Tag::DateTimeOriginal, "0000:00:00 00:00:00"),
        ascii(Tag::GPSLatitudeRef, "N"),
        place(Tag::GPSLatitude, [(0, 1), (0, 1), (0, 1)]),
        ascii(Tag::GPSLongitudeRef, "E"),
        place(Tag::GPSLongitude, [(0, 1), (0, 1), (0, 1)]),
    ]);
    assert_eq!(camera, Camera::none());
    assert!(says_something("D300") && says_something("10") && !says_something("00:00-0"));
}

#[test]
fn the_owner_falls_back_to_the_artist() {
    let camera = camera(&[ascii(Tag::CameraOwnerName, "unknown"), ascii(Tag::Artist, "Ian")]);
    assert_eq!(camera.owner, Maybe::Known("Ian".to_owned()));
}

#[test]
fn a_time_without_offset_is_never_explicit() {
    let fields = [ascii(Tag::DateTimeOriginal, "2024:03:12 10:05:00")];
    let day = camera(&fields).taken.into_known().unwrap();
    assert_eq!((day.precision(), day.zone()), (Precision::Day, ZoneSource::Assumed));
    let paris = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    let second = read(tiff(&fields), Some(&paris)).taken.into_known().unwrap();
    assert_eq!(second.to_string(), "2024-03-12 09:05:00 UTC");
    assert_eq!((second.precision(), second.zone()), (Precision::Second, ZoneSource::Assumed));
    let never = camera(&[ascii(Tag::DateTimeOriginal, "2024:13:45 10:05:00")]);
    assert_eq!(never.taken, Maybe::Missing(Absent::Unreadable));
}

#[test]
fn offsets_are_strict() {
    assert_eq!(offset("-05:30").unwrap().seconds(), -19_800);
    assert_eq!(offset("Z").unwrap().seconds(), 0);
    for text in ["", "+5:00", "+05:60", "+15:00", "05:00", "+0a:00", "   :  ", "+é:00"] {
        assert_eq!(offset(text), None, "{text}");
    }
}

#[test]
fn a_position_that_cannot_be_is_unreadable() {
    let at = |latitude: [(u32, u32); 3], side: &str| {
        camera(&[
            ascii(Tag::GPSLatitudeRef, side),
            place(Tag::GPSLatitude, latitude),
            ascii(Tag::GPSLongitudeRef, "W"),
            place(Tag::GPSLongitude, [(1, 1), (30, 1), (0, 1)]),
        ])
    };
    let found = at([(48, 1), (51, 1), (3600, 100)], "S");
    assert_eq!(found.latitude, Maybe::Known(-48.86));
    assert_eq!(found.longitude, Maybe::Known(-1.5));
    for (latitude, side) in [
        ([(91, 1), (0, 1), (0, 1)], "N"),
        ([(48, 0), (0, 1), (0, 1)], "N"),
        ([(48, 1), (0, 1), (0, 1)], "X"),
    ] {
        let none = at(latitude, side);
        assert_eq!(none.latitude, Maybe::Missing(Absent::Unreadable));
        assert_eq!(none.longitude, Maybe::Missing(Absent::Unreadable));
    }
}

#[test]
fn a_directory_that_points_to_itself_ends() {
    // Big endian, first directory at 8: one entry, the EXIF pointer to 8; next directory at 8.
    let mut loops = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    loops.extend(b"\x87\x69\0\x04\0\0\0\x01\0\0\0\x08");
    loops.extend(b"\0\0\0\x08");
    assert_eq!(read(loops, None), Camera::none());
    assert_eq!(read(b"garbage!".to_vec(), None).make, Maybe::Missing(Absent::Unreadable));
}

proptest! {
    #[test]
    fn never_panics(tail in prop::collection::vec(any::<u8>(), 0..200), le in any::<bool>()) {
        let mut bytes = if le { b"II\x2a\0\x08\0\0\0".to_vec() } else { b"MM\0\x2a\0\0\0\x08".to_vec() };
        bytes.extend(tail);
        read(bytes, None);
    }
}
