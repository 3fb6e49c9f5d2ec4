//! The bytes at a place of an exhibit.

use std::io::{self, Read, Seek, SeekFrom};

use faisceau_import::words_at;
use faisceau_model::{ExhibitNo, Place, excerpt};

use crate::case::Case;
use crate::error::CaseError;
use crate::why::json_place::locate;

/// Bytes read at a place, at most.
const WINDOW: u64 = 4096;
/// Largest JSON exhibit that is read to follow a pointer; the importers take no larger one.
const JSON_LIMIT: u64 = 512 << 20;
/// Characters shown.
const SHOWN: usize = 240;

impl Case {
    /// What stands at a place, made inert, once the exhibit is found to be what was taken in.
    pub(crate) fn bytes_at(&self, exhibit: ExhibitNo, place: &Place) -> Result<String, CaseError> {
        if !self.sound.borrow().contains(&exhibit) {
            self.store.check_exhibit(exhibit)?;
            self.sound.borrow_mut().insert(exhibit);
        }
        self.read_place(exhibit, place).map_err(|source| CaseError::Place {
            exhibit: exhibit.to_string(),
            place: place.to_string(),
            source,
        })
    }

    fn read_place(&self, exhibit: ExhibitNo, place: &Place) -> io::Result<String> {
        let mut file = self.store.open_exhibit(exhibit)?;
        let bytes = match place {
            Place::Line { byte, .. } => {
                let window = read_at(&mut file, *byte, WINDOW)?;
                let end = window.iter().position(|&b| b == b'\n').unwrap_or(window.len());
                window[..end].to_vec()
            }
            Place::Bytes { start, len } => read_at(&mut file, *start, (*len).min(WINDOW))?,
            Place::Pointer(pointer) => {
                let mut json = Vec::new();
                file.take(JSON_LIMIT).read_to_end(&mut json)?;
                let range = locate(&json, pointer).ok_or_else(|| {
                    io::Error::new(io::ErrorKind::NotFound, format!("nothing stands at {pointer}"))
                })?;
                json[range].iter().take(WINDOW as usize).copied().collect()
            }
            Place::Row { .. } | Place::Element(_) => {
                let mut bytes = Vec::new();
                file.take(JSON_LIMIT).read_to_end(&mut bytes)?;
                let words = words_at(bytes, place)
                    .map_err(|why| io::Error::new(io::ErrorKind::NotFound, why))?;
                return Ok(excerpt(&words, SHOWN));
            }
            Place::Whole => read_at(&mut file, 0, WINDOW)?,
        };
        Ok(shown(&bytes))
    }
}

/// Text as text, anything else as its first bytes in hexadecimal.
fn shown(bytes: &[u8]) -> String {
    if bytes.contains(&0) {
        let hex: Vec<String> = bytes.iter().take(32).map(|b| format!("{b:02x}")).collect();
        return format!("{} …", hex.join(" "));
    }
    excerpt(&String::from_utf8_lossy(bytes), SHOWN)
}

fn read_at(file: &mut std::fs::File, at: u64, len: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(len).read_to_end(&mut bytes)?;
    Ok(bytes)
}
