//! Tests of colour profiles.

use proptest::prelude::*;

use super::{HEADER_LENGTH, read};
use crate::testing::{described, flaws, lines, mutated, sound};

/// A profile with these tags.
fn profile(tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = vec![0; HEADER_LENGTH];
    out[4..8].copy_from_slice(b"appl");
    for (index, number) in [2012_u16, 7, 14, 16, 30, 12].iter().enumerate() {
        out[24 + 2 * index..26 + 2 * index].copy_from_slice(&number.to_be_bytes());
    }
    out[36..44].copy_from_slice(b"acspAPPL");
    out[48..52].copy_from_slice(b"DEL\0");
    out[84..100].fill(7);
    out.extend((tags.len() as u32).to_be_bytes());
    let mut start = out.len() + 12 * tags.len();
    for (name, data) in tags {
        out.extend(*name);
        out.extend((start as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        start += data.len();
    }
    out.extend(tags.iter().flat_map(|(_, data)| data.clone()));
    out
}

/// A text in several languages.
fn languages(texts: &[(&[u8; 4], &str)]) -> Vec<u8> {
    let mut out = b"mluc\0\0\0\0".to_vec();
    out.extend((texts.len() as u32).to_be_bytes());
    out.extend(12_u32.to_be_bytes());
    let mut start = 16 + 12 * texts.len();
    for (code, text) in texts {
        out.extend(*code);
        out.extend((2 * text.len() as u32).to_be_bytes());
        out.extend((start as u32).to_be_bytes());
        start += 2 * text.len();
    }
    let units = texts.iter().flat_map(|(_, text)| text.encode_utf16());
    out.extend(units.flat_map(u16::to_be_bytes));
    out
}

fn sample() -> Vec<u8> {
    profile(&[
        (b"desc", b"desc\0\0\0\0\0\0\0\x06DELL\0x".to_vec()),
        (b"cprt", b"text\0\0\0\0Nobody\0".to_vec()),
        (b"dscm", languages(&[(b"enUS", "Screen"), (b"frFR", "Ecran"), (b"de\0\0", "Schirm")])),
        (b"mmod", b"mmod\0\0\0\0\0\0\x06\x10\0\0\xa0\x3c\x12\x34\x56\x78\0\0\0\0".to_vec()),
        (b"calt", b"dtim\0\0\0\0\x07\xdc\0\x07\0\x0e\0\x10\0\x1e\0\x0c".to_vec()),
        (b"rXYZ", b"XYZ \0\0\0\0".to_vec()),
    ])
}

#[test]
fn header_and_tags_become_fields() {
    let found = described(read, &sample());
    assert_eq!(
        lines(&found),
        [
            "ICC-header:ProfileCMMType=appl",
            "ICC-header:PrimaryPlatform=APPL",
            "ICC-header:DeviceManufacturer=DEL",
            "ICC-header:ProfileDateTime=2012:07:14 16:30:12",
            "ICC-header:ProfileID=7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7",
            "ICC_Profile:ProfileDescription=DELL",
            "ICC_Profile:ProfileCopyright=Nobody",
            "ICC_Profile:ProfileDescriptionML=Screen",
            "ICC_Profile:ProfileDescriptionML-fr-FR=Ecran",
            "ICC_Profile:ProfileDescriptionML-de=Schirm",
            "ICC_Profile:MakeAndModel=00000610 0000a03c 12345678 00000000",
            "ICC_Profile:CalibrationDateTime=2012:07:14 16:30:12",
        ]
    );
    assert!(found.flaws.is_empty());
}

#[test]
fn what_is_no_profile_is_refused() {
    let mut bytes = sample();
    bytes[36] = b'b';
    for bytes in [&bytes[..], &sample()[..100], b""] {
        let found = described(read, bytes);
        assert!(found.fields.is_empty());
        assert_eq!(flaws(&found), ["a colour profile without its signature"]);
    }
}

#[test]
fn tags_that_lie_are_flaws() {
    let mut bytes = sample();
    bytes[HEADER_LENGTH + 8..HEADER_LENGTH + 12].fill(0xff);
    let found = described(read, &bytes);
    assert_eq!(flaws(&found), ["a tag beyond the end of the colour profile"]);
    assert!(lines(&found).contains(&"ICC_Profile:ProfileCopyright=Nobody".to_owned()));
    let mut bytes = sample();
    bytes[HEADER_LENGTH..HEADER_LENGTH + 4].fill(0xff);
    assert_eq!(flaws(&described(read, &bytes))[0], "a colour profile with too many tags");
}

#[test]
fn a_tag_counts_once() {
    let text = |text: &str| format!("text\0\0\0\0{text}\0").into_bytes();
    let found = described(read, &profile(&[(b"cprt", text("first")), (b"cprt", text("again"))]));
    assert_eq!(found.fields.last().unwrap().value, "first");
}

proptest! {
    #[test]
    fn mutated_profiles_are_read_soundly(bytes in mutated(sample())) {
        sound(read, &bytes);
    }

    #[test]
    fn any_tags_are_read_soundly(tags in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = sample();
        bytes.truncate(HEADER_LENGTH);
        bytes.extend(tags);
        sound(read, &bytes);
    }
}
