//! What the first bytes of a file show: bytes come in, a [`Kind`] goes out; it refuses to believe
//! a file name.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::unstable::read::ZipIterable;

use crate::exhibit::Kind;
use crate::unpack::compressed::{Content, Method};

/// How many bytes at the start are looked at: one block of a tar archive.
pub(crate) const HEAD: usize = 512;
/// How a record of a WARC file begins (ISO 28500, section 4).
const WARC: &[u8; 7] = b"WARC/1.";
/// How many members of a zip archive are looked at for the marks of a document.
const MAX_NAMES: usize = 10_000;

/// Says what a file is. `head` is its first [`HEAD`] bytes, or all of them.
pub(crate) fn kind(path: &Path, head: &[u8]) -> io::Result<Kind> {
    Ok(match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => {
            if is_document(File::open(path)?) {
                Kind::Document
            } else {
                Kind::Zip
            }
        }
        [0x1f, 0x8b, 8, ..] if holds_warc(path)? => Kind::WarcGzip,
        [0x1f, 0x8b, 8, ..] if holds_tar(Method::Gzip, path)? => Kind::TarGzip,
        [0x1f, 0x8b, 8, ..] => Kind::Gzip,
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] if holds_tar(Method::Xz, path)? => Kind::TarXz,
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Kind::Xz,
        [0x28, 0xb5, 0x2f, 0xfd, ..] if holds_tar(Method::Zstd, path)? => Kind::TarZstd,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Kind::Zstd,
        [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..]
        | [b'R', b'a', b'r', b'!', 0x1a, 7, ..]
        | [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => {
            Kind::OtherArchive
        }
        head if head.starts_with(WARC) => Kind::Warc,
        head if is_tar(head) => Kind::Tar,
        _ => Kind::Plain,
    })
}

/// Whether a block is the header of a tar member: its check sum is right and it has a name.
fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.first_chunk::<HEAD>() else { return false };
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    let field: u32 = block[148..156].iter().map(|b| u32::from(*b)).sum();
    // The sum is taken with the field of the sum itself full of spaces.
    let expected = sum - field + 8 * u32::from(b' ');
    let digits = block[148..156].iter().skip_while(|b| **b == b' ');
    let stated = digits
        .take_while(|b| (b'0'..=b'7').contains(*b))
        .fold(0_u32, |n, b| n * 8 + u32::from(b - b'0'));
    block[0] != 0 && stated == expected
}

/// Whether the content of a compressed file is a tar archive. Damage is for the reader to tell.
fn holds_tar(method: Method, path: &Path) -> io::Result<bool> {
    let Ok(mut content) = Content::new(method, BufReader::new(File::open(path)?)) else {
        return Ok(false);
    };
    let mut head = [0; HEAD];
    Ok(content.read_exact(&mut head).is_ok() && is_tar(&head))
}

/// Whether the content of a gzip file begins with a WARC record.
fn holds_warc(path: &Path) -> io::Result<bool> {
    let Ok(mut content) = Content::new(Method::Gzip, BufReader::new(File::open(path)?)) else {
        return Ok(false);
    };
    let mut head = [0; WARC.len()];
    Ok(content.read_exact(&mut head).is_ok() && &head == WARC)
}

/// Whether a zip archive is the envelope of one document: Office Open XML and OPC
/// (`[Content_Types].xml`), `OpenDocument` and EPUB (`mimetype` first), Java and Android
/// (`META-INF/MANIFEST.MF`).
fn is_document(file: File) -> bool {
    let Ok(mut archive) = ZipIterable::try_new(file, zip::read::Config::default()) else {
        return false;
    };
    let Ok(members) = archive.files() else { return false };
    members.map_while(Result::ok).take(MAX_NAMES).enumerate().any(|(index, member)| {
        match member.name_raw() {
            b"mimetype" => index == 0,
            name => name == b"[Content_Types].xml" || name == b"META-INF/MANIFEST.MF",
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_header_without_magic_is_known_by_its_check_sum() {
        let mut header = tar::Header::new_old();
        header.set_path("log.txt").unwrap();
        header.set_size(3);
        header.set_cksum();
        assert!(is_tar(header.as_bytes()));
        let mut other = *header.as_bytes();
        other[3] ^= 1;
        assert!(!is_tar(&other));
        assert!(!is_tar(&[0; HEAD]));
        assert!(!is_tar(&header.as_bytes()[..HEAD - 1]));
    }

    proptest! {
        #[test]
        fn junk_is_no_tar_and_never_panics(bytes in prop::collection::vec(any::<u8>(), 512)) {
            prop_assert!(!is_tar(&bytes));
        }
    }
}
