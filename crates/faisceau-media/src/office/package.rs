//! The archive that an office document is. In: the file. Out: its members, unpacked within limits,
//! each with the range of its packed bytes.
//!
//! APPNOTE.TXT 6.3.10 (<https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>). Refused: archives
//! with too many members, encrypted members, members that unpack to more than a limit or are packed
//! too tightly to be text.

use std::io::{Cursor, Read};
use std::ops::Range;

use memchr::memmem;
use zip::ZipArchive;

use crate::collector::Collector;

/// Most members.
const MEMBERS: usize = 10_000;
/// Most bytes of one member, unpacked.
const MEMBER: u64 = 32 << 20;
/// Most bytes of all members that are read, unpacked.
const UNPACKED: u64 = 96 << 20;
/// Most bytes that one packed byte may become: deflate reaches 1,032, text about 20.
const RATIO: u64 = 200;
/// Below this size no ratio is looked at.
const SMALL: u64 = 1 << 20;

pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    length: u64,
}

/// A member, unpacked.
pub(super) struct Member {
    pub(super) bytes: Vec<u8>,
    /// Where it lies, packed.
    pub(super) at: Range<u64>,
    /// Whether it lies as it is.
    pub(super) stored: bool,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, &'static str> {
        // Counted before the archive is opened, which takes memory for each of them.
        if memmem::find_iter(bytes, b"PK\x01\x02").take(MEMBERS + 1).count() > MEMBERS {
            return Err("an archive with too many members");
        }
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| "an archive that cannot be read")?;
        Ok(Self { zip, left: UNPACKED, length: bytes.len() as u64 })
    }

    /// The names of members that begin and end like this, in the order of the archive.
    pub(super) fn names(&self, begin: &str, end: &str) -> Vec<String> {
        let names = self.zip.file_names().filter_map(Result::ok);
        let fits = names.filter(|name| name.starts_with(begin) && name.ends_with(end));
        fits.map(std::borrow::Cow::into_owned).collect()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A member, if there is one of that name; what is wrong with it is noted.
    pub(super) fn member(&mut self, name: &str, out: &mut Collector) -> Option<Member> {
        let index = self.zip.index_for_name(name)?;
        match self.read(index) {
            Ok(member) => Some(member),
            Err((at, detail)) => {
                out.flaw(at, detail);
                None
            }
        }
    }

    fn read(&mut self, index: usize) -> Result<Member, (u64, &'static str)> {
        let mut file =
            self.zip.by_index(index).map_err(|_| (0, "a member of the archive cannot be read"))?;
        let start = file.data_start().unwrap_or_default().min(self.length);
        let packed = file.compressed_size();
        let most = MEMBER.min(self.left);
        let mut bytes = Vec::new();
        let read = file.by_ref().take(most + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        self.left = self.left.saturating_sub(length);
        if length > most {
            return Err((start, "a member of the archive unpacks to more than the limit"));
        }
        if length > SMALL && length / RATIO > packed {
            return Err((start, "a member of the archive is packed too tightly"));
        }
        if read.is_err() {
            return Err((start, "a member of the archive is damaged"));
        }
        let stored = file.compression() == zip::CompressionMethod::Stored;
        Ok(Member { bytes, at: start..start.saturating_add(packed).min(self.length), stored })
    }
}
