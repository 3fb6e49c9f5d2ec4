//! AVI videos.
//!
//! In: a file as a stream. Out: date, program, camera, texts, size; the hash of the media data. Lists
//! of frames are only hashed. Refused: a list of metadata of more than 16 MiB; the `strd` chunks of
//! some cameras, whose EXIF has no header of its own.
//!
//! "AVI RIFF File Reference" (<https://learn.microsoft.com/windows/win32/directshow/avi-riff-file-reference>),
//! "`OpenDML` AVI File Format Extensions" 1.02; RIFF: "Multimedia Programming Interface and Data
//! Specifications 1.0", chapter 2.

mod date;
mod names;
#[cfg(test)]
mod tests;

use std::io;

use sha2::{Digest, Sha256};

use crate::blocks;
use crate::collector::Collector;
use crate::part::Part;
use crate::stream::Stream;

/// Chunks of the file.
const RIFF: &str = "RIFF";
/// Chunks of Nikon.
const NIKON: &str = "Nikon";
/// Longest list that is held in memory.
const HELD: u64 = 16 << 20;
/// Most chunks of one list that are looked at.
const CHUNKS: usize = 4_096;
/// Deepest nesting of lists.
const DEPTH: usize = 4;

/// Whether the head is of an AVI file.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"AVI ")
}

/// Reads a video. `coded` is the SHA-256 over the contents of all `movi` lists in their order.
pub(crate) fn read(reader: &mut dyn io::Read, out: &mut Collector) -> io::Result<()> {
    let mut stream = Stream::new(reader);
    out.found.mime = "video/x-msvideo";
    let (mut hash, mut media, mut complete) = (Sha256::new(), false, true);
    loop {
        let start = stream.at;
        let head = stream.hold(8)?;
        let chunk_head =
            head.first_chunk().copied().map(header).filter(|(kind, _)| *kind != [0; 4]);
        let Some((kind, length)) = chunk_head else {
            if head.iter().any(|byte| *byte != 0) {
                out.flaw(start, "no chunk follows the last one");
            }
            break;
        };
        // A file above 1 GiB is a row of RIFF chunks; what each holds is read as one list.
        if kind == *b"RIFF" {
            stream.hold(4)?;
            continue;
        }
        let place = stream.at;
        let list = if kind == *b"LIST" && length >= 4 { stream.hold(4)? } else { Vec::new() };
        let left = length - list.len() as u64;
        let whole = if list == b"movi" {
            let place = stream.at;
            let whole = stream.pass(Some(left), |bytes| hash.update(bytes))?;
            media |= stream.at > place;
            complete &= whole;
            whole
        } else if left <= HELD && !matches!(&kind, b"idx1" | b"JUNK") {
            let held = stream.hold(left)?;
            let whole = held.len() as u64 == left;
            let bytes = [list, held].concat();
            chunk(kind, &Part::at(&bytes, place), DEPTH, out);
            whole
        } else {
            stream.pass(Some(left), |_| ())?
        };
        if !whole {
            out.flaw(start, "a chunk claims more bytes than there are");
        }
        stream.hold(length & 1)?;
    }
    if !media {
        out.flaw(stream.at, "no media data");
    }
    out.found.coded = (media && complete).then(|| hash.finalize().into());
    Ok(())
}

/// Four characters and a size, least significant byte first.
fn header(bytes: [u8; 8]) -> ([u8; 4], u64) {
    let [a, b, c, d, size @ ..] = bytes;
    ([a, b, c, d], u64::from(u32::from_le_bytes(size)))
}

/// Reads a chunk; one of type `LIST` begins with what it lists.
fn chunk(kind: [u8; 4], body: &Part<'_>, depth: usize, out: &mut Collector) {
    match &kind {
        b"LIST" => match depth.checked_sub(1) {
            Some(depth) => list(&body.from(4), depth, out),
            None => out.flaw(body.whole().start, "lists are nested deeper than is read"),
        },
        b"avih" => size(body, out),
        b"IDIT" => out.add(RIFF, "DateTimeOriginal", &date::from_text(&text(body)), body.whole()),
        b"nctg" => nikon(body, out),
        b"_PMX" => blocks::xmp(body, out),
        b"C2PA" => blocks::c2pa(body, out),
        kind => {
            if let Some(name) = names::information(*kind) {
                let text = text(body);
                let shown = if *kind == *b"ICRD" { text.replace('-', ":") } else { text };
                out.add(RIFF, name, &shown, body.whole());
            }
        }
    }
}

/// The chunks of a list.
fn list(body: &Part<'_>, depth: usize, out: &mut Collector) {
    let mut rest = body.clone();
    for _ in 0..CHUNKS {
        let Some((kind, length)) = rest.bytes().first_chunk().copied().map(header) else { return };
        let inner = rest.from(8);
        let claimed = usize::try_from(length).unwrap_or(usize::MAX);
        if claimed > inner.len() {
            out.flaw(rest.whole().start, "a chunk claims more bytes than there are");
        }
        let Some(body) = inner.get(0..claimed.min(inner.len())) else { return };
        chunk(kind, &body, depth, out);
        rest = inner.from(claimed.saturating_add(claimed & 1));
    }
    out.flaw(rest.whole().start, "more chunks than are read");
}

/// Width and height stand in the main header.
fn size(body: &Part<'_>, out: &mut Collector) {
    let at = |at: usize| {
        body.bytes().get(at..).and_then(<[u8]>::first_chunk).copied().map(u32::from_le_bytes)
    };
    if let (Some(width @ 1..), Some(height @ 1..)) = (at(32), at(36)) {
        out.add(RIFF, "ImageWidth", &width.to_string(), body.place(32..36));
        out.add(RIFF, "ImageHeight", &height.to_string(), body.place(36..40));
        (out.found.width, out.found.height) = (Some(width), Some(height));
    }
}

/// Records of Nikon: number, length, text.
fn nikon(body: &Part<'_>, out: &mut Collector) {
    let mut rest = body.clone();
    for _ in 0..CHUNKS {
        let Some([a, b, c, d]) = rest.bytes().first_chunk().copied() else { return };
        let length = usize::from(u16::from_le_bytes([c, d]));
        let Some(value) = rest.get(4..4 + length) else {
            return out.flaw(rest.whole().start, "a record claims more bytes than there are");
        };
        if let Some(name) = names::nikon(u16::from_le_bytes([a, b])) {
            out.add(NIKON, name, &text(&value), value.whole());
        }
        rest = rest.from(4 + length);
    }
}

/// A text up to the first NUL; old programs write the alphabet of Windows, which is shown as Latin-1.
fn text(body: &Part<'_>) -> String {
    let bytes = body.bytes().split(|byte| *byte == 0).next().unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
