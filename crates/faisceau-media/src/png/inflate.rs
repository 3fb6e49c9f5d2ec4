//! Unpacks within limits.
//!
//! In: a zlib stream of a chunk. Out: its bytes, as many as the limits of a text and of a whole file
//! allow. A broken or cut stream gives what could be unpacked, and a flaw.
//!
//! RFC 1950, <https://www.rfc-editor.org/rfc/rfc1950>.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::collector::Collector;
use crate::part::Part;

/// Most bytes of one text.
const TEXT: u64 = 4 << 20;
/// Most bytes of a file.
const FILE: u64 = 32 << 20;

/// What may still be unpacked of a file.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(FILE)
    }
}

impl Budget {
    /// The bytes of a stream.
    pub(super) fn inflate(&mut self, packed: &Part<'_>, out: &mut Collector) -> Option<Vec<u8>> {
        let place = packed.whole().start;
        let limit = TEXT.min(self.0);
        if limit == 0 {
            out.flaw(place, "a PNG that unpacks to too much");
            return None;
        }
        let mut bytes = Vec::new();
        let result = ZlibDecoder::new(packed.bytes()).take(limit).read_to_end(&mut bytes);
        self.0 -= bytes.len() as u64;
        if result.is_err() {
            out.flaw(place, "a compressed text that is broken");
        } else if bytes.len() as u64 == limit {
            out.flaw(place, "a compressed text that unpacks to too much");
        }
        (!bytes.is_empty()).then_some(bytes)
    }
}
