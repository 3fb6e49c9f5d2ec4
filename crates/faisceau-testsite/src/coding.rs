//! Codings of content (RFC 9110, section 8.4): true, double, broken, and one that swells.

use std::io::{self, Write};
use std::sync::OnceLock;

use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use flate2::{Compress, Compression, Crc, FlushCompress};

use crate::request::Seen;
use crate::respond::{Reply, TEXT};
use crate::wire::{After, Wire};

/// What every coded answer of this room says.
pub(crate) const SAID: &str =
    "Ce texte est arrivé codé, et il se répète. Ce texte est arrivé codé, et il se répète.\n";

/// One piece of the bomb, before its coding.
const PIECE: usize = 1 << 20;
/// How often the piece comes: 1 GiB in all.
const PIECES: u32 = 1 << 10;
/// The head of a gzip member without any field (RFC 1952).
const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn zlib(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out)
}

/// Gzip whose blocks are spoilt behind a sound beginning.
fn broken(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = gzip(bytes)?;
    let middle = out.len() / 2;
    for byte in out.iter_mut().skip(middle) {
        *byte ^= 0xff;
    }
    Ok(out)
}

/// The coded answer, and the coding that its head states.
fn coded(path: &str) -> Option<(&'static str, io::Result<Vec<u8>>)> {
    let said = SAID.as_bytes();
    Some(match path {
        "/gzip" => ("gzip", gzip(said)),
        "/x-gzip" => ("x-gzip", gzip(said)),
        "/deflate" => ("deflate", zlib(said)),
        "/raw-deflate" => ("deflate", deflate(said)),
        "/zstd" => ("zstd", zstd::bulk::compress(said, 3)),
        "/br" => ("br", brotli(said)),
        "/gzip-gzip" => ("gzip, gzip", gzip(said).and_then(|once| gzip(&once))),
        "/gzip-many" => ("gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip", many(said)),
        "/gzip-broken" => ("gzip", broken(said)),
        "/gzip-cut" => ("gzip", cut(said)),
        "/gzip-behind" => ("gzip", gzip(said).map(|all| [all.as_slice(), b"rest"].concat())),
        "/gzip-false" => ("gzip", Ok(said.to_vec())),
        "/coding-unknown" => ("rot13", Ok(said.to_vec())),
        _ => return None,
    })
}

fn cut(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = gzip(bytes)?;
    out.truncate(out.len() / 2);
    Ok(out)
}

fn many(bytes: &[u8]) -> io::Result<Vec<u8>> {
    (0..8).try_fold(bytes.to_vec(), |bytes, _| gzip(&bytes))
}

/// The coded answers of the site.
pub(crate) fn reply(seen: &Seen) -> Option<Reply> {
    let (coding, body) = coded(seen.path())?;
    Some(Reply::ok(TEXT, body.ok()?).with("Content-Encoding", coding))
}

/// A gibibyte of zeros, as gzip of about a mebibyte. A block that ends with a full flush depends on
/// nothing before it: the same one is repeated.
fn swelling() -> io::Result<Vec<u8>> {
    let zeros = vec![0; PIECE];
    let mut block = Vec::with_capacity(64 * 1024);
    let mut encoder = Compress::new(Compression::best(), false);
    encoder.compress_vec(&zeros, &mut block, FlushCompress::Full)?;
    let (mut one, mut crc) = (Crc::new(), Crc::new());
    one.update(&zeros);
    let mut out = GZIP_HEAD.to_vec();
    for _ in 0..PIECES {
        out.extend(&block);
        crc.combine(&one);
    }
    // The last block: stored and empty.
    out.extend([1, 0, 0, 0xff, 0xff]);
    out.extend(crc.sum().to_le_bytes());
    out.extend(crc.amount().to_le_bytes());
    Ok(out)
}

/// `/gzip-bomb`.
pub(crate) fn bomb(seen: &Seen, wire: &mut Wire<'_>) -> Option<io::Result<After>> {
    static BOMB: OnceLock<Vec<u8>> = OnceLock::new();
    if seen.path() != "/gzip-bomb" {
        return None;
    }
    let bomb = BOMB.get_or_init(|| swelling().unwrap_or_default());
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {TEXT}\r\nContent-Encoding: gzip\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        bomb.len()
    );
    Some(wire.send(head.as_bytes()).and_then(|()| wire.send(bomb)).map(|()| After::Close))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

    use super::*;
    use crate::{Site, client};

    fn text(mut reader: impl Read) -> io::Result<String> {
        let mut out = String::new();
        reader.read_to_string(&mut out).map(|_| out)
    }

    #[test]
    fn each_coding_is_the_one_that_the_head_states() {
        let site = Site::start().unwrap();
        let body = |target: &str, coding: &str| {
            let (head, body) = client::parts(&client::get(site.http(), target));
            assert!(head.contains(&format!("\r\nContent-Encoding: {coding}\r\n")), "{head}");
            body
        };
        assert_eq!(text(GzDecoder::new(&body("/gzip", "gzip")[..])).unwrap(), SAID);
        assert_eq!(text(GzDecoder::new(&body("/x-gzip", "x-gzip")[..])).unwrap(), SAID);
        assert_eq!(text(ZlibDecoder::new(&body("/deflate", "deflate")[..])).unwrap(), SAID);
        let raw = body("/raw-deflate", "deflate");
        assert_eq!(text(DeflateDecoder::new(&raw[..])).unwrap(), SAID);
        assert!(text(ZlibDecoder::new(&raw[..])).is_err());
        assert_eq!(zstd::decode_all(&body("/zstd", "zstd")[..]).unwrap(), SAID.as_bytes());
        assert_eq!(text(brotli::Decompressor::new(&body("/br", "br")[..], 4096)).unwrap(), SAID);
        let twice = body("/gzip-gzip", "gzip, gzip");
        assert_eq!(text(GzDecoder::new(GzDecoder::new(&twice[..]))).unwrap(), SAID);
        assert_eq!(body("/coding-unknown", "rot13"), SAID.as_bytes());
    }

    #[test]
    fn what_is_broken_cannot_be_read() {
        let site = Site::start().unwrap();
        for target in ["/gzip-broken", "/gzip-cut", "/gzip-false"] {
            let body = client::body(site.http(), target);
            assert!(text(GzDecoder::new(&body[..])).is_err(), "{target}");
        }
        let behind = client::body(site.http(), "/gzip-behind");
        assert!(behind.ends_with(b"rest"));
        assert_eq!(text(GzDecoder::new(&behind[..])).unwrap(), SAID);
        let mut many = client::body(site.http(), "/gzip-many");
        for _ in 0..8 {
            let mut inner = Vec::new();
            GzDecoder::new(&many[..]).read_to_end(&mut inner).unwrap();
            many = inner;
        }
        assert_eq!(many, SAID.as_bytes());
    }

    #[test]
    fn a_mebibyte_becomes_a_gibibyte_with_a_true_checksum() {
        let site = Site::start().unwrap();
        let (head, body) = client::parts(&client::get(site.http(), "/gzip-bomb"));
        assert!(head.contains("Content-Encoding: gzip\r\n"));
        assert!(body.len() < 1_200_000, "{}", body.len());
        let swollen = io::copy(&mut GzDecoder::new(&body[..]), &mut io::sink()).unwrap();
        assert_eq!(swollen, 1 << 30);
    }
}
