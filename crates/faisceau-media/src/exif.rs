//! EXIF: the directories of a TIFF structure, and what camera makers hide in theirs.
//!
//! In: a TIFF structure, of an EXIF segment or of a whole file. Out: the fields of [`tags`] and of
//! the maker notes of [`maker`]. A directory that is broken in part gives its sound entries.
//! Refused: structures without byte order, directories beyond [`DIRECTORIES`] or seen before.
//!
//! CIPA DC-008 (Exif 3.0), TIFF 6.0.

mod directory;
mod maker;
mod position;
mod tags;
mod value;

use std::collections::BTreeSet;

use crate::blocks;
use crate::collector::Collector;
use crate::field::group;
use crate::part::Part;
use directory::{Directory, Entry, Order};
use tags::Tag;
pub(crate) use value::utf16;

/// Most directories of one structure: faxes of many pages have one each.
const DIRECTORIES: usize = 64;

/// Pointers to other directories and to blocks of other kinds.
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;
const SUB: u16 = 0x014a;
const MAKER: u16 = 0x927c;
const XMP: u16 = 0x02bc;
const IPTC: u16 = 0x83bb;
const PHOTOSHOP: u16 = 0x8649;
const ICC: u16 = 0x8773;
const THUMBNAIL: (u16, u16) = (0x0201, 0x0202);

/// Names of the directories of the main chain: scans and faxes have one a page.
const CHAIN: [&str; 32] = [
    group::IFD0,
    group::IFD1,
    "IFD2",
    "IFD3",
    "IFD4",
    "IFD5",
    "IFD6",
    "IFD7",
    "IFD8",
    "IFD9",
    "IFD10",
    "IFD11",
    "IFD12",
    "IFD13",
    "IFD14",
    "IFD15",
    "IFD16",
    "IFD17",
    "IFD18",
    "IFD19",
    "IFD20",
    "IFD21",
    "IFD22",
    "IFD23",
    "IFD24",
    "IFD25",
    "IFD26",
    "IFD27",
    "IFD28",
    "IFD29",
    "IFD30",
    "IFD31",
];
const SUBS: [&str; 4] = ["SubIFD", "SubIFD1", "SubIFD2", "SubIFD3"];

/// Reads a structure.
pub(crate) fn read(tiff: &Part<'_>, out: &mut Collector) {
    let Some(order) = Order::of(tiff.bytes()) else {
        out.flaw(tiff.whole().start, "no TIFF structure where EXIF should be");
        return;
    };
    let mut walk = Walk { tiff, order, seen: BTreeSet::new(), make: String::new() };
    let mut next = order.u32_at(tiff.bytes(), 4);
    for name in CHAIN {
        let Some(offset) = next.filter(|offset| *offset != 0) else { return };
        next = walk.main(offset as usize, name, out);
    }
}

/// A walk through the directories of one structure.
struct Walk<'a, 'b> {
    tiff: &'b Part<'a>,
    order: Order,
    /// Offsets of directories that were read.
    seen: BTreeSet<usize>,
    /// The maker, which tells how its notes are laid out.
    make: String,
}

impl<'a> Walk<'a, '_> {
    /// The directory at an offset, once.
    fn directory(&mut self, offset: usize, out: &mut Collector) -> Option<Directory<'a>> {
        if self.seen.len() >= DIRECTORIES || !self.seen.insert(offset) {
            return None;
        }
        Directory::read(self.tiff, self.order, offset, 0, out)
    }

    /// Reads a directory of the main chain and what hangs on it; gives the offset of the next.
    fn main(&mut self, offset: usize, name: &'static str, out: &mut Collector) -> Option<u32> {
        let directory = self.directory(offset, out)?;
        self.fields(&directory, name, tags::IFD0, out);
        if name == group::IFD1 {
            self.thumbnail(&directory, out);
        }
        Some(directory.next)
    }

    /// Adds the fields of a directory and follows its pointers.
    fn fields(
        &mut self,
        directory: &Directory<'a>,
        name: &'static str,
        tags: &[Tag],
        out: &mut Collector,
    ) {
        let mut subs = SUBS.iter();
        for entry in &directory.entries {
            match entry.tag {
                EXIF => self.follow(entry, group::EXIF, tags::EXIF, out),
                GPS => {
                    if let Some(directory) = self.pointed(entry, out) {
                        position::read(&directory, out);
                    }
                }
                SUB => {
                    for offset in entry.numbers().take(SUBS.len()) {
                        let Some(name) = subs.next() else { break };
                        if let Some(directory) = self.directory(offset as usize, out) {
                            self.fields(&directory, name, tags::IFD0, out);
                        }
                    }
                }
                MAKER => maker::read(self.tiff, self.order, &entry.data, &self.make, out),
                XMP => blocks::xmp(&entry.data, out),
                IPTC => blocks::iptc(&entry.data, out),
                PHOTOSHOP => blocks::photoshop(&entry.data, out),
                ICC => blocks::icc(&entry.data, out),
                _ => {
                    let Some(tag) = Tag::find(tags, entry.tag) else { continue };
                    let value = tag.print(entry);
                    if tag.name == "Make" && self.make.is_empty() {
                        value.trim().clone_into(&mut self.make);
                    }
                    out.add(name, tag.name, &value, entry.data.whole());
                }
            }
        }
    }

    fn pointed(&mut self, entry: &Entry<'a>, out: &mut Collector) -> Option<Directory<'a>> {
        let offset = entry.numbers().next()?;
        self.directory(offset as usize, out)
    }

    fn follow(&mut self, entry: &Entry<'a>, name: &'static str, tags: &[Tag], out: &mut Collector) {
        if let Some(directory) = self.pointed(entry, out) {
            self.fields(&directory, name, tags, out);
        }
    }

    /// The preview that the second directory points to.
    fn thumbnail(&self, directory: &Directory<'a>, out: &mut Collector) {
        let number = |tag: u16| directory.find(tag).and_then(|entry| entry.numbers().next());
        let (Some(start), Some(length)) = (number(THUMBNAIL.0), number(THUMBNAIL.1)) else {
            return;
        };
        let end = start.saturating_add(length) as usize;
        if let Some(preview) = self.tiff.get(start as usize..end)
            && preview.bytes().starts_with(&[0xff, 0xd8])
            && out.found.thumbnail.is_none()
        {
            out.found.thumbnail = Some(preview.whole());
        }
    }
}

#[cfg(test)]
mod tests;
