//! A compound file. In: the file. Out: its streams by name.
//!
//! [MS-CFB] 2 (<https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-cfb/>). Refused: chains of
//! sectors that come back to themselves or leave the file, streams longer than a limit.

use std::ops::Range;

/// Longest stream that is read, in bytes.
const STREAM: usize = 4 << 20;
/// Most entries of the directory.
const ENTRIES: usize = 10_000;
/// Most sectors of the table of sectors.
const TABLES: usize = 65_536;
/// Bytes of a small sector, and of the streams that are kept in them.
const SMALL: usize = 64;
const CUTOFF: u64 = 4_096;

pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sectors that hold the table of sectors.
    tables: Vec<u32>,
    small_table: u32,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

/// A stream, put together, and the range of the file from its first sector to its last.
pub(super) struct Stream {
    pub(super) bytes: Vec<u8>,
    pub(super) at: Range<u64>,
}

impl<'a> Compound<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            return None;
        }
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4_096,
            _ => return None,
        };
        let small_table = u32_at(bytes, 60)?;
        let mut file = Self { bytes, sector, tables: Vec::new(), small_table, entries: Vec::new() };
        file.tables = (0..109).filter_map(|index| u32_at(bytes, 76 + index * 4)).collect();
        let mut next = u32_at(bytes, 68)?;
        while file.tables.len() < TABLES
            && let Some(sector) = file.sector(next)
        {
            let words = sector.as_chunks::<4>().0;
            let (last, others) = words.split_last()?;
            file.tables.extend(others.iter().map(|word| u32::from_le_bytes(*word)));
            next = u32::from_le_bytes(*last);
        }
        let directory = file.chain(u32_at(bytes, 48)?, ENTRIES * 128)?;
        file.entries = directory.bytes.chunks_exact(128).filter_map(Entry::read).collect();
        Some(file)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The first stream of that name.
    pub(super) fn stream(&self, name: &str) -> Option<Stream> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        let size = usize::try_from(entry.size).ok().filter(|size| *size <= STREAM)?;
        let mut stream = if entry.size < CUTOFF {
            self.small_chain(entry.start, size)?
        } else {
            self.chain(entry.start, size)?
        };
        stream.bytes.truncate(size);
        Some(stream)
    }

    fn offset(&self, number: u32) -> Option<usize> {
        usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = self.offset(number)?;
        self.bytes.get(start..start.checked_add(self.sector)?)
    }

    /// What the table of sectors says of one: the number of the next.
    fn next(&self, number: u32) -> Option<u32> {
        let number = usize::try_from(number).ok()?;
        let words = self.sector / 4;
        u32_at(self.sector(*self.tables.get(number / words)?)?, number % words * 4)
    }

    /// The sectors from one on, as many as hold so many bytes.
    fn chain(&self, start: u32, most: usize) -> Option<Stream> {
        let (mut bytes, mut number) = (Vec::new(), start);
        let (mut first, mut last) = (u64::MAX, 0);
        while bytes.len() < most
            && let Some(sector) = self.sector(number)
        {
            let place = self.offset(number)? as u64;
            (first, last) = (first.min(place), last.max(place + self.sector as u64));
            bytes.extend(sector);
            number = self.next(number)?;
        }
        (!bytes.is_empty()).then_some(Stream { bytes, at: first..last })
    }

    /// The small sectors from one on, which lie within the stream of the root.
    fn small_chain(&self, start: u32, most: usize) -> Option<Stream> {
        let root = self.entries.first()?;
        let size = usize::try_from(root.size).ok().filter(|size| *size <= STREAM)?;
        let holder = self.chain(root.start, size)?;
        let table = self.chain(self.small_table, size.div_ceil(SMALL).checked_mul(4)?)?;
        let (mut bytes, mut number) = (Vec::new(), usize::try_from(start).ok()?);
        while bytes.len() < most {
            let from = number.checked_mul(SMALL)?;
            bytes.extend(holder.bytes.get(from..from.checked_add(SMALL)?)?);
            number = usize::try_from(u32_at(&table.bytes, number.checked_mul(4)?)?).ok()?;
        }
        Some(Stream { bytes, at: holder.at })
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Option<Self> {
        let length = usize::from(*bytes.get(64)?).checked_sub(2)?;
        let units = bytes.get(..length.min(62))?.as_chunks::<2>().0;
        let units: Vec<u16> = units.iter().map(|two| u16::from_le_bytes(*two)).collect();
        Some(Self {
            name: String::from_utf16_lossy(&units),
            start: u32_at(bytes, 116)?,
            // The upper half is used in files of large sectors only, which no property set needs.
            size: u64::from(u32_at(bytes, 120)?),
        })
    }
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u32::from_le_bytes(*word))
}
