//! Maker notes: serial numbers, owners and ids that makers keep in a directory of their own.
//!
//! Layouts are told by the first bytes, or by the maker where there are none. Names and layouts
//! follow `ExifTool`'s documentation of tags and Exiv2's of maker notes. A program that moved the
//! notes without mending their offsets leaves values beyond the end, which are flaws.

mod layouts;
mod structures;

use std::ops::Range;

use super::directory::{self, Directory, Entry, Order};
use super::tags::Tag;
use crate::collector::Collector;
use crate::part::Part;
use layouts::{Base, LAYOUTS, Layout, Start};

/// Reads the notes of a maker.
pub(super) fn read(
    tiff: &Part<'_>,
    order: Order,
    note: &Part<'_>,
    make: &str,
    out: &mut Collector,
) {
    if structures::read(note, make, out) {
        return;
    }
    let of = |layout: &&Layout| {
        note.bytes().starts_with(layout.prefix)
            && (layout.makes.is_empty() || layout.makes.iter().any(|name| begins(make, name)))
    };
    let Some(layout) = LAYOUTS.iter().find(of) else { return };
    let within = note.offset_in(tiff);
    let Some((start, order)) = start(layout, note, order) else {
        out.flaw(note.whole().start, "maker notes that are too short");
        return;
    };
    let base = match layout.base {
        Base::Tiff => 0,
        Base::Note => within as i64,
        Base::Inner(shift) => (within + shift) as i64,
    };
    let Some(at) = within.checked_add(start) else { return };
    let order = right_order(tiff, order, at);
    let base = base + moved(tiff, order, at, base, within..within + note.len());
    let reader = Reader { tiff, order, base };
    reader.directory(at, layout, layout.tags, out);
}

/// Where the directory begins in the notes, and its byte order.
fn start(layout: &Layout, note: &Part<'_>, order: Order) -> Option<(usize, Order)> {
    let bytes = note.bytes();
    Some(match layout.start {
        Start::At(at) => (at, order),
        Start::OrderAt(mark, at) => (at, Order::of(bytes.get(mark..)?).unwrap_or(order)),
        Start::PointerAt(at) => (Order::Little.u32_at(bytes, at)? as usize, Order::Little),
        Start::Inner(at) => {
            let order = Order::of(bytes.get(at..)?)?;
            (at + order.u32_at(bytes, at + 4)? as usize, order)
        }
    })
}

/// Programs turn the order of a file and leave the notes as they were: a count of entries that is
/// sensible one way and not the other tells it.
fn right_order(tiff: &Part<'_>, order: Order, at: usize) -> Order {
    let count = |order: Order| order.u16_at(tiff.bytes(), at).unwrap_or(0);
    let sensible = |count: u16| (1..=0xff).contains(&count);
    if !sensible(count(order)) && sensible(count(order.other())) { order.other() } else { order }
}

/// By how much a program moved the notes without mending their offsets: 0 where all values lie
/// inside the notes; else what brings the first of them right behind the directory, if that brings
/// them all inside.
fn moved(tiff: &Part<'_>, order: Order, at: usize, base: i64, notes: Range<usize>) -> i64 {
    let (values, end) = directory::offsets(tiff.bytes(), order, at);
    let inside = |shift: i64| {
        let within = values.iter().filter(|(offset, length)| {
            let start = offset + base + shift;
            start >= notes.start as i64 && start + length <= notes.end as i64
        });
        within.count()
    };
    let Some(first) = values.iter().map(|(offset, _)| *offset).min() else { return 0 };
    let shift = end as i64 - (first + base);
    let all = values.len();
    if inside(0) < all && inside(shift) == all { shift } else { 0 }
}

struct Reader<'a, 'b> {
    tiff: &'b Part<'a>,
    order: Order,
    /// What offsets in entries count from.
    base: i64,
}

impl Reader<'_, '_> {
    fn directory(&self, at: usize, layout: &Layout, tags: &[Tag], out: &mut Collector) {
        let Some(directory) = Directory::read(self.tiff, self.order, at, self.base, out) else {
            return;
        };
        for entry in &directory.entries {
            if let Some((_, tags)) = layout.subs.iter().find(|(tag, _)| *tag == entry.tag) {
                if let Some(at) = self.sub(entry, layout) {
                    self.flat(at, layout, tags, out);
                }
            } else if let Some((_, read)) = layout.binary.iter().find(|(tag, _)| *tag == entry.tag)
            {
                read(entry, layout.group, out);
            } else if let Some(tag) = Tag::find(tags, entry.tag) {
                add(entry, layout, tag, out);
            }
        }
    }

    /// A directory inside the notes, whose entries are not followed further.
    fn flat(&self, at: usize, layout: &Layout, tags: &[Tag], out: &mut Collector) {
        let Some(directory) = Directory::read(self.tiff, self.order, at, self.base, out) else {
            return;
        };
        for entry in &directory.entries {
            if let Some(tag) = Tag::find(tags, entry.tag) {
                add(entry, layout, tag, out);
            }
        }
    }

    /// Where the directory of an entry begins: the value itself, or what it points to.
    fn sub(&self, entry: &Entry<'_>, layout: &Layout) -> Option<usize> {
        if entry.data.len() > 4 {
            return Some(entry.data.offset_in(self.tiff) + layout.sub_head);
        }
        let offset = i64::from(entry.numbers().next()?);
        usize::try_from(offset + self.base).ok()
    }
}

fn add(entry: &Entry<'_>, layout: &Layout, tag: &Tag, out: &mut Collector) {
    out.add(layout.group, tag.name, &tag.print(entry), entry.data.whole());
}

/// Whether the maker's name begins with a word, whatever the case.
fn begins(make: &str, word: &str) -> bool {
    make.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}
