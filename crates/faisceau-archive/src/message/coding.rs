//! Content codings (RFC 9110, section 8.4; RFC 7932, RFC 8878): a coded body comes in, the plain one
//! goes out. Refused: to decode more than the limit, and zstd windows above 8 MiB (RFC 9659).

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::error::Flaw;

/// Base-2 logarithm of the largest zstd window.
const ZSTD_WINDOW: u32 = 23;
/// What is read of the decoder at once, in bytes.
const CHUNK: usize = 16 << 10;

/// A decoded body, and whether its end was found.
pub(super) struct Decoded {
    pub(super) body: Vec<u8>,
    pub(super) flaw: Option<Flaw>,
}

/// Undoes one coding. Reads one byte beyond the limit, so that the caller can tell.
///
/// # Errors
/// When nothing could be decoded: the body stays as it came.
pub(super) fn decode(coding: &str, body: &[u8], limit: u64) -> Result<Decoded, Flaw> {
    let mut out = Vec::new();
    let limit = limit.saturating_add(1);
    let result = match coding {
        "gzip" | "x-gzip" => pour(MultiGzDecoder::new(body), limit, &mut out),
        "deflate" if is_zlib(body) => pour(ZlibDecoder::new(body), limit, &mut out),
        // Some servers leave out the zlib envelope that RFC 9110 asks for.
        "deflate" => pour(DeflateDecoder::new(body), limit, &mut out),
        "br" => pour(brotli_decompressor::Decompressor::new(body, CHUNK), limit, &mut out),
        "zstd" => zstd(body, limit, &mut out),
        other => return Err(Flaw::UnknownCoding(other.chars().take(40).collect())),
    };
    match result {
        Ok(()) => Ok(Decoded { body: out, flaw: None }),
        Err(_) if out.is_empty() => Err(Flaw::NotCoded(coding.to_owned())),
        Err(e) => {
            let (have, why) = (out.len() as u64, e.to_string());
            let flaw = Some(Flaw::Broken { coding: coding.to_owned(), have, why });
            Ok(Decoded { body: out, flaw })
        }
    }
}

fn zstd(body: &[u8], limit: u64, out: &mut Vec<u8>) -> io::Result<()> {
    let mut decoder = zstd::Decoder::with_buffer(body)?;
    decoder.window_log_max(ZSTD_WINDOW)?;
    pour(decoder, limit, out)
}

/// The two bytes that a zlib stream begins with (RFC 1950, section 2.2).
fn is_zlib(body: &[u8]) -> bool {
    body.first_chunk().is_some_and(|head: &[u8; 2]| {
        head[0] & 0x0f == 8 && u16::from_be_bytes(*head).is_multiple_of(31)
    })
}

/// Reads a decoder to its end or to the limit; what came before an error stays.
fn pour(mut from: impl Read, limit: u64, out: &mut Vec<u8>) -> io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    while (out.len() as u64) < limit {
        let room = usize::try_from(limit - out.len() as u64).unwrap_or(CHUNK).min(CHUNK);
        let window = buffer.get_mut(..room).unwrap_or_default();
        match from.read(window) {
            Ok(0) => return Ok(()),
            Ok(read) => out.extend_from_slice(window.get(..read).unwrap_or_default()),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}
