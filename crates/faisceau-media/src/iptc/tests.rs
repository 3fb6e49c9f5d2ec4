//! Tests of IPTC.

use proptest::prelude::*;

use super::{date, read, time};
use crate::testing::{described, flaws, lines, mutated, sound};

/// Datasets one after the other.
fn datasets(datasets: &[(u8, u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (record, number, value) in datasets {
        out.extend([0x1c, *record, *number]);
        out.extend((value.len() as u16).to_be_bytes());
        out.extend(*value);
    }
    out
}

fn sample() -> Vec<u8> {
    datasets(&[
        (1, 90, b"\x1b%G"),
        (2, 0, b"\0\x04"),
        (2, 40, b"FBMD23000969010000"),
        (2, 103, b"qA1b2C3d"),
        (2, 80, b"Ren\xc3\xa9e"),
        (2, 80, b"Ren\xe9"),
        (2, 55, b"20120714"),
        (2, 60, b"163012+0200"),
    ])
}

#[test]
fn datasets_become_fields() {
    let found = described(read, &sample());
    assert_eq!(
        lines(&found),
        [
            "IPTC:SpecialInstructions=FBMD23000969010000",
            "IPTC:OriginalTransmissionReference=qA1b2C3d",
            "IPTC:By-line=Renée",
            "IPTC:By-line=René",
            "IPTC:DateCreated=2012:07:14",
            "IPTC:TimeCreated=16:30:12+02:00",
        ]
    );
    assert!(found.flaws.is_empty());
    let at = found.fields[0].at.clone();
    assert_eq!(&sample()[at.start as usize..at.end as usize], b"FBMD23000969010000");
}

#[test]
fn a_long_dataset_states_its_length_elsewhere() {
    let mut bytes = b"\x1c\x02\x78\x80\x04\0\0\x9c\x40".to_vec();
    bytes.extend(vec![b'a'; 40_000]);
    bytes.extend(datasets(&[(2, 90, b"Lyon")]));
    let found = described(read, &bytes);
    assert_eq!(lines(&found)[1], "IPTC:City=Lyon");
    assert_eq!(found.fields[0].at, 9..40_009);
}

#[test]
fn broken_datasets_end_the_block() {
    let city = datasets(&[(2, 90, b"Lyon")]);
    for (rest, flaw) in [
        (&b"\x1c\x02\x5a\0\x09short"[..], "IPTC with a dataset that is longer than its block"),
        (b"\x1d\x02\x5a\0\x01a", "IPTC without the marker of a dataset"),
        (b"\x1c\x02\x5a\x80\x09123456789", "IPTC with a length that cannot be"),
        (b"\x1c\x02", "IPTC that ends within a dataset"),
    ] {
        let found = described(read, &[&city, rest].concat());
        assert_eq!(lines(&found), ["IPTC:City=Lyon"]);
        assert_eq!(flaws(&found), [flaw]);
        assert_eq!(found.flaws[0].at, city.len() as u64);
    }
    // Zeros fill a block up.
    assert!(described(read, &[&city[..], &[0; 9]].concat()).flaws.is_empty());
}

#[test]
fn dates_and_times_take_the_form_of_exif() {
    assert_eq!(date("2012-07-14"), "2012:07:14");
    assert_eq!(date("July"), "July");
    assert_eq!(time("163012"), "16:30:12");
    assert_eq!(time("163012-0930\0"), "16:30:12-09:30");
    assert_eq!(time("16:30:12"), "16:30:12");
    assert_eq!(time("é"), "é");
}

proptest! {
    #[test]
    fn any_bytes_are_read_soundly(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        sound(read, &bytes);
    }

    #[test]
    fn mutated_datasets_are_read_soundly(bytes in mutated(sample())) {
        sound(read, &bytes);
    }

    #[test]
    fn any_text_is_a_time(text in "\\PC{0,12}") {
        let _ = (date(&text), time(&text));
    }
}
