//! A small picture, made here: PNG (ISO/IEC 15948), 8 by 8, one colour beside another.

use std::io::{self, Write};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

const SIDE: u32 = 8;

fn piece(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [length.as_slice(), &kind, data, &crc.sum().to_be_bytes()].concat()
}

/// The bytes of the picture.
pub(crate) fn picture() -> io::Result<Vec<u8>> {
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::default());
    for _ in 0..SIDE {
        rows.write_all(&[0])?;
        for column in 0..SIDE {
            let colour = if column < SIDE / 2 { [0x1f, 0x4e, 0x79] } else { [0xf2, 0xc1, 0x4e] };
            rows.write_all(&colour)?;
        }
    }
    let side = SIDE.to_be_bytes();
    // Eight bits, RGB, no interlacing.
    let header = [side.as_slice(), &side, &[8, 2, 0, 0, 0]].concat();
    Ok([
        b"\x89PNG\r\n\x1a\n".to_vec(),
        piece(*b"IHDR", &header),
        piece(*b"IDAT", &rows.finish()?),
        piece(*b"IEND", &[]),
    ]
    .concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_reader_sees_both_colours() {
        let picture = image::load_from_memory(&picture().unwrap()).unwrap().to_rgb8();
        assert_eq!(picture.dimensions(), (8, 8));
        assert_eq!(picture.get_pixel(0, 7).0, [0x1f, 0x4e, 0x79]);
        assert_eq!(picture.get_pixel(7, 0).0, [0xf2, 0xc1, 0x4e]);
    }
}
