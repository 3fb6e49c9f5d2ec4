//! Matroska and `WebM` videos.
//!
//! In: a file as a stream. Out: programs, times, titles, identifiers, tags; the hash of all clusters.
//! Blocks of media are only hashed. Refused: an element of metadata of more than 64 MiB.
//!
//! RFC 8794 (EBML), RFC 9559 (Matroska), <https://www.matroska.org/technical/tagging.html>.

mod ebml;
mod fields;
mod tags;
#[cfg(test)]
mod tests;

use std::io;

use sha2::{Digest, Sha256};

use crate::collector::Collector;
use crate::part::Part;
use crate::stream::Stream;
use ebml::{elements, id};

/// The file and its segment.
const MATROSKA: &str = "Matroska";
/// Longest element that is held in memory.
const HELD: u64 = 64 << 20;

/// Whether the head is of a file in EBML.
pub(crate) fn sniff(head: &[u8]) -> bool {
    head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3])
}

/// Reads a video. `coded` is the SHA-256 over the contents of all clusters in their order; of a cluster
/// of unknown length, over the elements that it holds. `None` if the segment is cut.
pub(crate) fn read(reader: &mut dyn io::Read, out: &mut Collector) -> io::Result<()> {
    let mut stream = Stream::new(reader);
    out.found.mime = "video/x-matroska";
    let mut clusters = Clusters { hash: Sha256::new(), any: false, complete: true, open: false };
    let mut end = 0;
    loop {
        let start = stream.at;
        let head = ebml::head(&mut stream)?;
        let Some((element, size)) = ebml::parse(&head) else {
            if !head.is_empty() {
                out.flaw(start, "no element follows the last one");
            }
            break;
        };
        let top = id::TOP.contains(&element);
        clusters.open &= !top;
        let whole = match (element, size) {
            (id::SEGMENT, size) => {
                end = size.map_or(end, |size| stream.at.saturating_add(size));
                true
            }
            (id::CLUSTER, None) => {
                clusters.open = true;
                true
            }
            (id::CLUSTER, Some(_)) => clusters.pass(&mut stream, size)?,
            (_, Some(_)) if clusters.open => {
                clusters.hash.update(&head);
                clusters.pass(&mut stream, size)?
            }
            (_, Some(size)) if top && size <= HELD => {
                let place = stream.at;
                let bytes = stream.hold(size)?;
                described(element, &Part::at(&bytes, place), out);
                bytes.len() as u64 == size
            }
            (_, Some(_)) => stream.pass(size, |_| ())?,
            (_, None) => {
                out.flaw(
                    start,
                    "an element without a length, which only a segment or a cluster may be",
                );
                break;
            }
        };
        if !whole {
            out.flaw(start, "an element claims more bytes than there are");
        }
    }
    if stream.at < end {
        out.flaw(stream.at, "the segment is cut");
        clusters.complete = false;
    }
    if !clusters.any {
        out.flaw(stream.at, "no media data");
    }
    out.found.coded = (clusters.any && clusters.complete).then(|| clusters.hash.finalize().into());
    Ok(())
}

/// The clusters read so far.
struct Clusters {
    hash: Sha256,
    any: bool,
    complete: bool,
    /// Whether the next element may belong to a cluster of unknown length.
    open: bool,
}

impl Clusters {
    fn pass(&mut self, stream: &mut Stream<'_>, length: Option<u64>) -> io::Result<bool> {
        let place = stream.at;
        let whole = stream.pass(length, |bytes| self.hash.update(bytes))?;
        self.any |= stream.at > place;
        self.complete &= whole;
        Ok(whole)
    }
}

/// Reads an element of metadata.
fn described(element: u32, body: &Part<'_>, out: &mut Collector) {
    let inside = || elements(body);
    match element {
        id::EBML => fields::header(&inside(), out),
        id::INFO => fields::information(&inside(), out),
        id::TRACKS => fields::tracks(&inside(), out),
        id::ATTACHMENTS => fields::attachments(&inside(), out),
        id::TAGS => tags::tags(&inside(), out),
        _ => {}
    }
}
