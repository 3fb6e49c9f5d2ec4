//! A small writer of EXIF: a TIFF structure in little-endian order (EXIF 2.32, CIPA DC-008).
//!
//! In: what a camera would say. Out: the bytes behind `Exif\0\0`. Tags of a directory are written
//! in rising order, as the standard asks.

/// What a camera writes.
#[derive(Debug, Clone)]
pub(crate) struct Exif {
    pub(crate) make: &'static str,
    pub(crate) model: &'static str,
    pub(crate) serial: String,
    /// `2026:08-14 20:15:09`, the camera's wall clock, and its offset from UTC.
    pub(crate) taken: String,
    pub(crate) offset: &'static str,
    /// Latitude north and longitude east, in hundredths of a minute.
    pub(crate) place: Option<(u32, u32)>,
}

enum Value {
    Text(String),
    Bytes([u8; 4]),
    Degrees(u32),
    Directory(Vec<(u16, Value)>),
}

impl Exif {
    /// The TIFF structure.
    pub(crate) fn tiff(&self) -> Vec<u8> {
        let text = |text: &str| Value::Text(text.to_owned());
        let camera = vec![
            (0x9000, Value::Bytes(*b"0232")),
            (0x9003, text(&self.taken)),
            (0x9011, text(self.offset)),
            (0xa431, text(&self.serial)),
        ];
        let mut root = vec![
            (0x010f, text(self.make)),
            (0x0110, text(self.model)),
            (0x0132, text(&self.taken)),
            (0x8769, Value::Directory(camera)),
        ];
        if let Some((north, east)) = self.place {
            let place = vec![
                (0x0001, text("N")),
                (0x0002, Value::Degrees(north)),
                (0x0003, text("E")),
                (0x0004, Value::Degrees(east)),
            ];
            root.push((0x8825, Value::Directory(place)));
        }
        let mut out = b"II*\0\x08\0\0\0".to_vec();
        out.extend(directory(&root, 8));
        out
    }
}

/// A directory that starts at `start`, with the values that do not fit their entries behind it.
fn directory(entries: &[(u16, Value)], start: usize) -> Vec<u8> {
    let mut head = (entries.len() as u16).to_le_bytes().to_vec();
    let data_start = start + 2 + 12 * entries.len() + 4;
    let mut data = Vec::new();
    for (tag, value) in entries {
        let (kind, count, bytes): (u16, usize, Vec<u8>) = match value {
            Value::Text(text) => {
                let bytes = [text.as_bytes(), &[0]].concat();
                (2, bytes.len(), bytes)
            }
            Value::Bytes(bytes) => (7, 4, bytes.to_vec()),
            Value::Degrees(hundredths) => (5, 3, degrees(*hundredths)),
            Value::Directory(inner) => {
                let at = data_start + data.len();
                data.extend(directory(inner, at));
                (4, 1, (at as u32).to_le_bytes().to_vec())
            }
        };
        head.extend(tag.to_le_bytes());
        head.extend(kind.to_le_bytes());
        head.extend((count as u32).to_le_bytes());
        if bytes.len() <= 4 {
            head.extend(&bytes);
            head.extend(vec![0; 4 - bytes.len()]);
        } else {
            head.extend(((data_start + data.len()) as u32).to_le_bytes());
            data.extend(&bytes);
            // Values start at even offsets.
            data.extend(vec![0; bytes.len() % 2]);
        }
    }
    head.extend([0; 4]);
    head.extend(data);
    head
}

/// Degrees, minutes and hundredths of a minute as three rationals.
fn degrees(hundredths: u32) -> Vec<u8> {
    [(hundredths / 6000, 1), (hundredths % 6000, 100), (0, 1)]
        .into_iter()
        .flat_map(|(n, d): (u32, u32)| [n.to_le_bytes(), d.to_le_bytes()].concat())
        .collect()
}
