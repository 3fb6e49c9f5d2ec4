//! Application segments of single makers and programs.

use crate::civil::civil;
use crate::collector::Collector;
use crate::part::Part;

/// Save-for-web of Photoshop: tags with length; 2 is a comment, 3 the rights.
pub(super) fn ducky(part: &Part<'_>, out: &mut Collector) {
    let mut rest = part.clone();
    while let Some([t1, t0, l1, l0]) = rest.bytes().first_chunk::<4>() {
        let (tag, length) =
            (u16::from_be_bytes([*t1, *t0]), usize::from(u16::from_be_bytes([*l1, *l0])));
        let Some(value) = rest.get(4..4 + length) else { return };
        let name = match tag {
            2 => "Comment",
            3 => "Copyright",
            _ => "",
        };
        // The number of characters comes first, the text is UTF-16.
        if let (false, Some(text)) = (name.is_empty(), value.get(4..value.len())) {
            let text = crate::exif::utf16(text.bytes(), true);
            out.add("Ducky", name, &text, value.whole());
        }
        rest = rest.from(4 + length);
    }
}

/// Lines `Name=value` of early cameras.
pub(super) fn picture_info(part: &Part<'_>, out: &mut Collector) {
    let text = part.bytes();
    if !text.windows(14).take(64).any(|window| window == b"[picture info]") {
        return;
    }
    let mut at = 0;
    for line in text.split(|byte| matches!(byte, b'\r' | b'\n')) {
        let range = at..at + line.len();
        at = range.end + 1;
        let line = faisceau_model::decode(line);
        let Some((name, value)) = line.split_once('=') else { continue };
        let name = match name.trim() {
            "TimeDate" => "DateTimeOriginal",
            "Serial#" => "SerialNumber",
            "Type" => "CameraType",
            _ => continue,
        };
        let value = match (name, value.trim().parse::<i64>()) {
            ("DateTimeOriginal", Ok(second)) => civil(second).unwrap_or_default(),
            _ => value.trim().to_owned(),
        };
        out.add("PictureInfo", name, &value, part.place(range));
    }
}

/// `GPMF` of `GoPro`: keys of four letters, a type, the size of an element and their number.
pub(super) fn gopro(part: &Part<'_>, out: &mut Collector) {
    let mut rest = part.clone();
    while let Some(head) = rest.bytes().first_chunk::<8>() {
        let [k0, k1, k2, k3, kind, size, n1, n0] = *head;
        let length = usize::from(size) * usize::from(u16::from_be_bytes([n1, n0]));
        if kind == 0 {
            // A container: its content comes next.
            rest = rest.from(8);
            continue;
        }
        let Some(value) = rest.get(8..8 + length) else { return };
        let name = match &[k0, k1, k2, k3] {
            b"CASN" => "CameraSerialNumber",
            b"FMWR" => "FirmwareVersion",
            b"MINF" => "Model",
            _ => "",
        };
        if &[k0, k1, k2, k3] == b"MUID" && kind == b'L' {
            let numbers = value.bytes().chunks_exact(4);
            let numbers =
                numbers.map(|four| four.iter().fold(0, |n: u32, b| n << 8 | u32::from(*b)));
            let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
            out.add("GoPro", "MediaUniqueID", &numbers.join(" "), value.whole());
        } else if !name.is_empty() && kind == b'c' {
            out.add("GoPro", name, &faisceau_model::decode(value.bytes()), value.whole());
        }
        rest = rest.from(8 + length.next_multiple_of(4));
    }
}
