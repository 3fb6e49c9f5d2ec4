//! Tests of PNG images.

use faisceau_model::{Maybe, RejectReason};
use proptest::prelude::*;

use super::SIGNATURE;
use crate::testing::{dump, mutated, read, read_as};

/// A picture of 3 x 2 whose chunks are these; checksums are zero, for nobody reads them.
fn picture(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut out = SIGNATURE.to_vec();
    let header: &[u8] = &[0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0];
    for (kind, data) in [(b"IHDR", header)].iter().chain(chunks) {
        out.extend((data.len() as u32).to_be_bytes());
        out.extend(*kind);
        out.extend(*data);
        out.extend([0; 4]);
    }
    out
}

const DATA: (&[u8; 4], &[u8]) = (b"IDAT", b"pixels");
const END: (&[u8; 4], &[u8]) = (b"IEND", b"");

#[test]
fn a_screenshot_gives_all_columns() {
    let (imported, sink) =
        read_as("capture.png", &picture(&[DATA, END]), &crate::testing::in_paris());
    assert_eq!(imported.name(), Some("png"));
    insta::assert_snapshot!("screenshot", dump(&sink.media));
}

#[test]
fn the_coded_picture_survives_a_change_of_texts() {
    let hash = |chunks: &[(&[u8; 4], &[u8])]| {
        read(&picture(chunks)).1.media[0].picture_sha256.known().cloned().unwrap()
    };
    let bare = hash(&[DATA, END]);
    assert_eq!(bare, hash(&[(b"tEXt", b"Software\0x"), DATA, (b"tIME", b"1234567"), END]));
    assert_ne!(bare, hash(&[(b"IDAT", b"pixelz"), END]));
    assert_ne!(bare, hash(&[(b"PLTE", b"abc"), DATA, END]));
}

#[test]
fn fields_of_a_chunk_are_read() {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    // Make, ASCII, 4 bytes, in place.
    tiff.extend(b"\x01\x0f\0\x02\0\0\0\x04abc\0\0\0\0\0");
    let (_, sink) = read(&picture(&[(b"eXIf", &tiff), DATA, END]));
    assert_eq!(sink.media[0].make, Maybe::Known("abc".to_owned()));
}

#[test]
fn a_screenshot_that_was_cut_is_rejected() {
    let whole = picture(&[DATA, END]);
    for cut in SIGNATURE.len()..whole.len() - 1 {
        let (_, sink) = read(&whole[..cut]);
        assert_eq!(sink.rejects[0].reason, RejectReason::Truncated, "{cut}");
    }
    assert_eq!(read(&whole).1.media.len(), 1);
}

#[test]
fn a_chunk_that_lies_about_its_length_is_rejected() {
    let mut bytes = picture(&[DATA, END]);
    let at = SIGNATURE.len() + 25;
    bytes[at..at + 4].fill(0xff);
    assert_eq!(read(&bytes).1.rejects[0].reason, RejectReason::Truncated);
    let mut bytes = picture(&[]);
    bytes[SIGNATURE.len() + 4] = b'X';
    assert_eq!(read(&bytes).1.rejects[0].reason, RejectReason::Syntax);
}

const SAMPLE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0\0\0\0\0\
\0\0\0\x06IDATpixels\0\0\0\0\0\0\0\0IEND\0\0\0\0";

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(SAMPLE)) {
        read(&bytes);
    }
}
