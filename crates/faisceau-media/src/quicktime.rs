//! MP4, MOV, M4V, 3GP and their kin.
//!
//! In: a file as a stream, since videos are long. Out: times, devices, programs, places and texts of
//! the movie and of each track; the hash of the media data. What is in `mdat` is only hashed. Refused:
//! a compressed movie header (`cmov`), and a box of metadata of more than 64 MiB.
//!
//! ISO/IEC 14496-12, section 8; <https://developer.apple.com/documentation/quicktime-file-format>;
//! 3GPP TS 26.244, section 8 (<https://www.3gpp.org/dynareport/26244.htm>).

mod gpmf;
mod keys;
mod movie;
mod names;
mod nikon;
mod position;
#[cfg(test)]
mod tests;
mod text;
mod time;
mod track;
mod user_data;
mod xml;

use std::io;

use sha2::{Digest, Sha256};

use crate::bmff::{self, brands};
use crate::collector::Collector;
use crate::part::Part;
use crate::stream::Stream;

pub(crate) use movie::movie;

/// The movie, and what belongs to the whole file.
pub(crate) const QUICKTIME: &str = "QuickTime";
/// Boxes of Canon.
pub(crate) const CANON: &str = "Canon";
/// Pairs of a written-out key and a value.
const KEYS: &str = "Keys";
/// The list that iTunes defined.
const ITEM_LIST: &str = "ItemList";
/// Entries of that list with a name of their own.
const ITUNES: &str = "iTunes";
/// The box `udta`.
const USER_DATA: &str = "UserData";
/// Boxes of `GoPro`.
const GOPRO: &str = "GoPro";

/// Longest box that is held in memory.
const HELD: u64 = 64 << 20;

/// Groups of tracks, as `ExifTool` numbers them: in the order of the file.
const TRACKS: [&str; 32] = [
    "Track1", "Track2", "Track3", "Track4", "Track5", "Track6", "Track7", "Track8", "Track9",
    "Track10", "Track11", "Track12", "Track13", "Track14", "Track15", "Track16", "Track17",
    "Track18", "Track19", "Track20", "Track21", "Track22", "Track23", "Track24", "Track25",
    "Track26", "Track27", "Track28", "Track29", "Track30", "Track31", "Track32",
];

/// The group of a track, counted from 1.
pub(crate) fn track_group(number: usize) -> Option<&'static str> {
    TRACKS.get(number.checked_sub(1)?).copied()
}

/// Reads a video. `coded` is the SHA-256 over the contents of all `mdat` boxes in their order, which
/// stays the same when a program moves or rewrites the movie header only.
pub(crate) fn read(reader: &mut dyn io::Read, out: &mut Collector) -> io::Result<()> {
    let mut stream = Stream::new(reader);
    out.found.mime = "video/quicktime";
    let (mut hash, mut media, mut complete) = (Sha256::new(), false, true);
    loop {
        let start = stream.at;
        let mut head = stream.hold(8)?;
        if head.starts_with(&[0, 0, 0, 1]) {
            head.extend(stream.hold(8)?);
        }
        let Some(header) = bmff::header(&head) else {
            if head.iter().any(|byte| *byte != 0) {
                out.flaw(start, "no box follows the last one");
            }
            break;
        };
        let whole = match &header.kind {
            b"mdat" => {
                let place = stream.at;
                let whole = stream.pass(header.body, |bytes| hash.update(bytes))?;
                media |= stream.at > place;
                complete &= whole;
                whole
            }
            b"ftyp" | b"moov" | b"meta" | b"uuid" if header.body.unwrap_or(0) <= HELD => {
                let length = header.body.unwrap_or(HELD);
                let place = stream.at;
                let bytes = stream.hold(length)?;
                described(header.kind, &Part::at(&bytes, place), out);
                match header.body {
                    Some(length) => bytes.len() as u64 == length,
                    None => stream.pass(None, |_| ())?,
                }
            }
            b"moov" | b"meta" => {
                out.flaw(start, "a box of metadata is too long to be read");
                stream.pass(header.body, |_| ())?
            }
            _ => stream.pass(header.body, |_| ())?,
        };
        if !whole {
            out.flaw(start, "a box claims more bytes than there are");
        }
    }
    if !media {
        out.flaw(stream.at, "no media data");
    }
    out.found.coded = (media && complete).then(|| hash.finalize().into());
    Ok(())
}

/// Reads a box at the top of the file.
fn described(kind: bmff::Kind, body: &Part<'_>, out: &mut Collector) {
    match &kind {
        b"ftyp" => out.found.mime = brands(body, out),
        b"moov" => movie(body, out),
        b"meta" => keys::list(&bmff::meta(body, out), None, out),
        _ => bmff::uuid(body, out),
    }
}
