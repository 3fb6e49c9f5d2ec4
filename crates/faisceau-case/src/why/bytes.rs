//! The bytes at a place of an exhibit.

use std::io::{Read, Seek, SeekFrom};

use faisceau_model::{ExhibitNo, Place, excerpt};

use crate::case::Case;

/// Bytes read at a place, at most.
const WINDOW: u64 = 4096;
/// Largest JSON exhibit that is parsed to follow a pointer.
const JSON_LIMIT: u64 = 512 << 20;
/// Characters shown.
const SHOWN: usize = 240;

impl Case {
    /// What stands at a place, made inert, or why it cannot be shown.
    pub(crate) fn bytes_at(&self, exhibit: ExhibitNo, place: &Place) -> String {
        self.try_bytes_at(exhibit, place).unwrap_or_else(|error| format!("cannot be read: {error}"))
    }

    fn try_bytes_at(&self, exhibit: ExhibitNo, place: &Place) -> std::io::Result<String> {
        let mut file = self.store.open_exhibit(exhibit)?;
        match place {
            Place::Line { byte, .. } => {
                let window = read_at(&mut file, *byte, WINDOW)?;
                let end = window.iter().position(|&b| b == b'\n').unwrap_or(window.len());
                Ok(excerpt(&String::from_utf8_lossy(&window[..end]), SHOWN))
            }
            Place::Bytes { start, len } => {
                let window = read_at(&mut file, *start, (*len).min(WINDOW))?;
                Ok(excerpt(&String::from_utf8_lossy(&window), SHOWN))
            }
            Place::Pointer(pointer) => {
                let mut bytes = Vec::new();
                file.take(JSON_LIMIT).read_to_end(&mut bytes)?;
                // An X archive wraps its array in an assignment.
                let start = bytes.iter().position(|b| matches!(b, b'{' | b'[')).unwrap_or(0);
                let json: serde_json::Value = serde_json::Deserializer::from_slice(&bytes[start..])
                    .into_iter()
                    .next()
                    .unwrap_or(Ok(serde_json::Value::Null))?;
                let found = json.pointer(pointer).map(ToString::to_string);
                Ok(excerpt(&found.unwrap_or_else(|| "nothing stands there".to_owned()), SHOWN))
            }
            Place::Whole => {
                let window = read_at(&mut file, 0, 32)?;
                let hex: Vec<String> = window.iter().map(|b| format!("{b:02x}")).collect();
                Ok(format!("{} …", hex.join(" ")))
            }
        }
    }
}

fn read_at(file: &mut std::fs::File, at: u64, len: u64) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(len).read_to_end(&mut bytes)?;
    Ok(bytes)
}
