//! Metadata of `GoPro` cameras in `udta`.
//!
//! In: the content of the box `GPMF`: keys of four characters, each with type, size and count. Out: the
//! name, the serial number and the program of the camera, and the identifier of the recording.
//!
//! <https://github.com/gopro/gpmf-parser>, section "GPMF Deeper Dive".

use super::{GOPRO, text};
use crate::collector::Collector;
use crate::part::Part;

/// Most entries that are looked at.
const ENTRIES: usize = 4_096;
/// Most numbers of an identifier.
const NUMBERS: usize = 16;

/// Reads the entries. One that holds others has type 0, and its entries follow its header, so all are
/// read as one list, and depth needs no limit.
pub(super) fn read(body: &Part<'_>, out: &mut Collector) {
    let mut rest = body.clone();
    for _ in 0..ENTRIES {
        let Some([a, b, c, d, kind, size, high, low]) = rest.bytes().first_chunk::<8>().copied()
        else {
            return;
        };
        let length = usize::from(size) * usize::from(u16::from_be_bytes([high, low]));
        rest = rest.from(8);
        if kind == 0 {
            continue;
        }
        let Some(value) = rest.get(0..length) else {
            return out
                .flaw(rest.whole().start, "an entry of GPMF claims more bytes than there are");
        };
        let name = match &[a, b, c, d] {
            b"CASN" => "CameraSerialNumber",
            b"DVNM" => "DeviceName",
            b"FMWR" => "FirmwareVersion",
            b"MINF" => "Model",
            b"MUID" => "MediaUniqueID",
            _ => "",
        };
        match kind {
            _ if name.is_empty() => {}
            b'c' => {
                out.add(GOPRO, name, &text::any(text::before_nul(value.bytes())), value.whole());
            }
            b'L' => out.add(GOPRO, name, &numbers(value.bytes()), value.whole()),
            _ => {}
        }
        // Entries end on a multiple of four bytes.
        rest = rest.from(length.next_multiple_of(4));
    }
}

fn numbers(bytes: &[u8]) -> String {
    let numbers = bytes.chunks_exact(4).take(NUMBERS).filter_map(<[u8]>::first_chunk);
    numbers.map(|number| u32::from_be_bytes(*number).to_string()).collect::<Vec<_>>().join(" ")
}
