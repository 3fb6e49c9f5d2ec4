//! The zip envelope of a workbook, checked before anything of it is read into memory.
//!
//! In: the bytes. Out: a workbook that can be read. Refused: archives that are broken or
//! encrypted, that unpack to more than the limit (counted while unpacking, for the sizes that an
//! archive announces are its maker's), that announce more texts than they hold, and XML in an
//! encoding in which those announcements could not be found.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, Xlsx};
use faisceau_model::{Place, excerpt};
use memchr::memmem;
use zip::ZipArchive;

use crate::contract::ImportError;

/// Bytes of a workbook as it lies.
pub(super) const PACKED: u64 = 128 << 20;
/// Bytes of all its parts together.
const UNPACKED: u64 = 512 << 20;
/// Parts.
const PARTS: usize = 10_000;
/// Bytes read at a time.
const INPUT: usize = 64 * 1024;
/// Bytes of a block that are looked at again with the next one, for what lies across.
const ACROSS: usize = 64;
/// Bytes of the shortest text of the table of texts: `<si/>`, with which none is announced less.
const SHORTEST: u64 = 5;

/// Encodings whose letters, digits and quotes are those of ASCII.
const ENCODINGS: [&str; 5] = ["utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"];

/// A workbook in memory.
pub(super) type Book = Xlsx<Cursor<Vec<u8>>>;

/// Opens a workbook that has passed the checks.
pub(super) fn open(bytes: Vec<u8>) -> Result<Book, ImportError> {
    check(&bytes)?;
    guarded(|| Xlsx::new(Cursor::new(bytes)))
        .map_err(|detail| broken(format!("the workbook cannot be read: {detail}")))
}

/// What a reading gives, or what is wrong in words. A defect of the reader on a broken workbook
/// costs that workbook and not the case.
pub(super) fn guarded<T, E: std::fmt::Display>(
    read: impl FnOnce() -> Result<T, E>,
) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(excerpt(&error.to_string(), 200)),
        Err(_) => Err("its reader failed on it".to_owned()),
    }
}

fn check(bytes: &[u8]) -> Result<(), ImportError> {
    let archive = |error| broken(format!("the workbook is not a whole zip archive: {error}"));
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(archive)?;
    if zip.len() > PARTS {
        return Err(limit(format!("the workbook has more than {PARTS} parts")));
    }
    let mut left = UNPACKED;
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).map_err(archive)?;
        let name = excerpt(&part.name().map_err(archive)?, 60);
        let damaged =
            |error| broken(format!("the part `{name}` of the workbook is damaged: {error}"));
        let mut found = Found::default();
        let (mut block, mut kept) = (vec![0; ACROSS + INPUT], 0);
        loop {
            let room = block.get_mut(kept..).unwrap_or_default();
            let read = part.read(room).map_err(damaged)?;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read as u64).ok_or_else(too_large)?;
            let filled = block.get(..kept + read).unwrap_or_default();
            found.look(filled, read as u64);
            kept = filled.len().min(ACROSS);
            let tail = filled.len() - kept;
            block.copy_within(tail..tail + kept, 0);
        }
        found.verdict(&name)?;
    }
    Ok(())
}

/// What a part says of itself.
#[derive(Default)]
struct Found {
    len: u64,
    announced: u64,
    foreign: bool,
}

impl Found {
    fn look(&mut self, block: &[u8], read: u64) {
        if self.len == 0 {
            self.foreign = is_foreign(block);
        }
        self.len += read;
        for at in memmem::find_iter(block, b"uniqueCount") {
            let rest = block.get(at + b"uniqueCount".len()..).unwrap_or_default();
            self.announced = self.announced.max(number(rest));
        }
    }

    fn verdict(&self, name: &str) -> Result<(), ImportError> {
        if self.foreign {
            return Err(broken(format!("the part `{name}` of the workbook is XML, but not UTF-8")));
        }
        if self.announced > self.len / SHORTEST {
            let detail = format!("the part `{name}` announces {} texts", self.announced);
            return Err(limit(format!("{detail}, more than it has room for")));
        }
        Ok(())
    }
}

/// The number in quotes after `=`.
fn number(text: &[u8]) -> u64 {
    let digits = text
        .iter()
        .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\''))
        .take_while(|b| b.is_ascii_digit());
    digits.fold(0, |sum: u64, b| sum.saturating_mul(10).saturating_add(u64::from(b - b'0')))
}

/// Whether this is the start of XML in another encoding than those whose letters are ASCII.
fn is_foreign(start: &[u8]) -> bool {
    let wide = [&b"\xff\xfe"[..], b"\xfe\xff", b"<\0", b"\0<", b"\0\0"];
    if wide.iter().any(|mark| start.starts_with(mark)) {
        return true;
    }
    let head = String::from_utf8_lossy(start.get(..200).unwrap_or(start)).to_lowercase();
    let declared = head.split_once("?>").and_then(|(declaration, _)| {
        let (_, rest) = declaration.split_once("encoding")?;
        rest.split(['"', '\'']).nth(1)
    });
    declared.is_some_and(|encoding| !ENCODINGS.contains(&encoding))
}

fn too_large() -> ImportError {
    limit(format!("the workbook unpacks to more than {UNPACKED} bytes"))
}

pub(super) fn broken(detail: String) -> ImportError {
    ImportError::Broken { place: Place::Whole, detail }
}

fn limit(detail: String) -> ImportError {
    ImportError::Limit { place: Place::Whole, detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_is_found_in_any_spelling() {
        for text in [r#"="12" x"#, "= '12'", " =\n\"12\"/>"] {
            assert_eq!(number(text.as_bytes()), 12, "{text}");
        }
        assert_eq!(number(b"=\"99999999999999999999999\""), u64::MAX);
        let mut found = Found::default();
        found.look(br#"<sst uniqueCount="1"><si/></sst>"#, 32);
        assert!(found.verdict("x").is_ok());
        found.look(br#"<sst uniqueCount="900000000000">"#, 32);
        assert!(found.verdict("x").is_err());
    }

    #[test]
    fn wide_encodings_are_told() {
        for start in [&b"\xff\xfe<\0"[..], b"<\0?\0", b"<?xml version='1.0' encoding='UTF-16'?><a>"]
        {
            assert!(is_foreign(start));
        }
        for start in
            [&b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>"[..], b"<a/>", b"\x89PNG", b"P\0"]
        {
            assert!(!is_foreign(start));
        }
    }
}
