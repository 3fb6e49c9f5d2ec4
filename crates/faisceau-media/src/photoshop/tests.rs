//! Tests of image resources.

use proptest::prelude::*;

use super::read;
use crate::collector::Collector;
use crate::part::Part;
use crate::testing::{described, flaws, lines, mutated, sound};

/// A block with a name.
fn block(number: u16, name: &[u8], data: &[u8]) -> Vec<u8> {
    let mut out = b"8BIM".to_vec();
    out.extend(number.to_be_bytes());
    out.push(name.len() as u8);
    out.extend(name);
    if name.len().is_multiple_of(2) {
        out.push(0);
    }
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
    out
}

fn unicode(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_be_bytes().to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
    out
}

fn sample() -> Vec<u8> {
    let version = [b"\0\0\0\x01\x01".to_vec(), unicode("Adobe Photoshop"), unicode("Reader")];
    let addresses = [
        b"\0\0\0\x02".to_vec(),
        vec![0; 8],
        unicode("http://a/"),
        vec![0; 8],
        unicode("http://b/"),
    ];
    let thumbnail = [&[0; 28][..], b"\xff\xd8\xff\xd9"].concat();
    [
        block(0x0404, b"", b"\x1c\x02\x5a\0\x04Lyon"),
        block(0x0425, b"digest", &[0xab; 16]),
        block(0x040a, b"odd", b"\x01"),
        block(0x040b, b"", b"http://c/"),
        block(0x0421, b"", &version.concat()),
        block(0x041e, b"", &addresses.concat()),
        block(0x041a, b"", &[vec![0; 20], unicode("holiday")].concat()),
        block(0x040c, b"", &thumbnail),
    ]
    .concat()
}

#[test]
fn blocks_become_fields() {
    let bytes = sample();
    let found = described(read, &bytes);
    assert_eq!(
        lines(&found),
        [
            "IPTC:City=Lyon",
            "Photoshop:IPTCDigest=abababababababababababababababab",
            "Photoshop:CopyrightFlag=1",
            "Photoshop:URL=http://c/",
            "Photoshop:WriterName=Adobe Photoshop",
            "Photoshop:ReaderName=Reader",
            "Photoshop:URL_List=http://a/",
            "Photoshop:URL_List=http://b/",
            "Photoshop:SlicesGroupName=holiday",
        ]
    );
    assert!(found.flaws.is_empty());
    let at = found.thumbnail.unwrap();
    assert_eq!(&bytes[at.start as usize..at.end as usize], b"\xff\xd8\xff\xd9");
}

#[test]
fn a_thumbnail_that_was_unpacked_has_no_place() {
    let mut out = Collector::default();
    read(&Part::unpacked(&sample(), 7..9), &mut out);
    assert_eq!(out.found.thumbnail, None);
    assert!(out.found.fields.iter().all(|field| field.at == (7..9)));
}

#[test]
fn blocks_of_others_are_passed_over() {
    let mut bytes = block(0x040b, b"", b"http://a/");
    bytes[..4].copy_from_slice(b"MeSa");
    bytes.extend(block(0x040b, b"", b"http://b/"));
    assert_eq!(lines(&described(read, &bytes)), ["Photoshop:URL=http://b/"]);
}

#[test]
fn broken_blocks_end_the_reading() {
    let whole = block(0x040b, b"", b"http://a/");
    let mut lying = block(0x040b, b"", b"http://b/");
    lying[8..12].copy_from_slice(&[0xff; 4]);
    for (rest, flaw) in [
        (lying, "image resources with a block that is longer than they are"),
        (b"8BIX\0\0\0\0\0\0\0\0".to_vec(), "image resources with an unknown signature"),
        (b"8BIM".to_vec(), "image resources that end within a block"),
    ] {
        let found = described(read, &[whole.clone(), rest].concat());
        assert_eq!(lines(&found), ["Photoshop:URL=http://a/"]);
        assert_eq!(flaws(&found), [flaw]);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_soundly(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        sound(read, &bytes);
    }

    #[test]
    fn mutated_blocks_are_read_soundly(bytes in mutated(sample())) {
        sound(read, &bytes);
    }
}
