//! The blocks of a CAR file (version 1).
//!
//! In: the bytes. Out: each block with its id and place, and where the file breaks. Refused: ids
//! that are not those of the protocol (CID version 1, SHA-256); their blocks are not sound.

use faisceau_model::Place;
use sha2::{Digest, Sha256};

use crate::contract::ImportError;

/// Most blocks of one file.
const MAX_BLOCKS: usize = 4_000_000;
/// The start of an id: version 1, DAG-CBOR, SHA-256 of 32 bytes.
const ID_START: [u8; 4] = [0x01, 0x71, 0x12, 0x20];
/// Length of an id.
const ID_LEN: usize = 36;

/// A block.
pub(super) struct Block<'b> {
    /// Its id, as it stands in links.
    pub(super) id: &'b [u8],
    /// What it holds.
    pub(super) data: &'b [u8],
    start: u64,
    len: u64,
}

impl Block<'_> {
    /// Whether the bytes are those that the id names.
    pub(super) fn is_sound(&self) -> bool {
        let hash = self.id.strip_prefix(&ID_START);
        hash.is_some_and(|hash| Sha256::digest(self.data).as_slice() == hash)
    }

    /// The place of its data.
    pub(super) fn place(&self) -> Place {
        Place::Bytes { start: self.start, len: self.len }
    }
}

/// The blocks after the header, and why there are no more.
pub(super) fn blocks(bytes: &[u8]) -> (Vec<Block<'_>>, Option<ImportError>) {
    let mut found = Vec::new();
    let mut at = 0;
    let mut header = true;
    while at < bytes.len() {
        let section = bytes.get(at..).and_then(section);
        let Some((prefix, section)) = section else {
            let place = Place::Bytes { start: at as u64, len: (bytes.len() - at) as u64 };
            let detail = format!("the file stops in the middle of a block (byte {})", bytes.len());
            return (found, Some(ImportError::Truncated { place, detail }));
        };
        let start = at + prefix;
        at = start + section.len();
        if std::mem::take(&mut header) {
            continue;
        }
        let (id, data) = section.split_at(ID_LEN.min(section.len()));
        if found.len() >= MAX_BLOCKS {
            let place = Place::Bytes { start: start as u64, len: (bytes.len() - start) as u64 };
            let detail = format!("more than {MAX_BLOCKS} blocks");
            return (found, Some(ImportError::Limit { place, detail }));
        }
        let start = (start + id.len()) as u64;
        found.push(Block { id, data, start, len: data.len() as u64 });
    }
    (found, None)
}

/// What stands after a length, and how many bytes the length takes.
fn section(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut len = 0_u64;
    for (index, byte) in bytes.iter().enumerate().take(9) {
        len |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            let len = usize::try_from(len).ok().filter(|&len| len > 0)?;
            let start = index + 1;
            return Some((start, bytes.get(start..start.checked_add(len)?)?));
        }
    }
    None
}
