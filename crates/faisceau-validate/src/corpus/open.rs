//! Decompression by the first bytes.
//!
//! In: a reader. Out: a reader of plain bytes. gzip may have several members, as `cat` makes them.
//! A zstd window above 128 MiB is refused, for it is memory that the sender chooses.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// log2 of the largest zstd window.
const MOST_WINDOW_LOG: u32 = 27;

pub(super) fn open<'a>(reader: impl Read + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
    let mut reader = BufReader::new(reader);
    // The first bytes may come one by one; they are put back before the rest.
    let mut head = Vec::new();
    reader.by_ref().take(ZSTD.len() as u64).read_to_end(&mut head)?;
    let (is_gzip, is_zstd) = (head.starts_with(&GZIP), head.starts_with(&ZSTD));
    let whole = io::Cursor::new(head).chain(reader);
    if is_gzip {
        return Ok(Box::new(BufReader::new(MultiGzDecoder::new(whole))));
    }
    if is_zstd {
        let mut decoder = zstd::Decoder::with_buffer(whole)?;
        decoder.window_log_max(MOST_WINDOW_LOG)?;
        return Ok(Box::new(BufReader::new(decoder)));
    }
    Ok(Box::new(whole))
}
