//! The items of a picture file: what each is, from where its bytes come, from which others it is made.
//!
//! In: the boxes of a `meta` box. Out: the items by number. Refused: what goes beyond the limits.
//!
//! ISO/IEC 14496-12, sections 8.11.3 (`iloc`), 8.11.4 (`pitm`), 8.11.6 (`iinf`), 8.11.12 (`iref`).

use std::collections::BTreeMap;

use super::locations::{self, Extent};
use crate::bmff::{Atom, Kind, atoms, first, number};
use crate::collector::Collector;
use crate::part::Part;

/// Most items.
const ITEMS: usize = 16_384;
/// Most references from item to item.
const PARTS: usize = 65_536;

/// An item.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// `hvc1`, `av01`, `grid`, `Exif`, `mime`…
    pub(super) kind: Kind,
    /// Media type, where the kind is `mime`.
    pub(super) content_type: String,
    /// Whether it is encrypted or compressed.
    pub(super) hidden: bool,
    /// 0: extents count from the start of the file; 1: from the start of the content of `idat`.
    pub(super) method: u8,
    /// Whether another file holds it.
    pub(super) elsewhere: bool,
    /// Where its bytes are.
    pub(super) extents: Vec<Extent>,
    /// The items it is derived from (`dimg`), in their order.
    pub(super) parts: Vec<u32>,
}

/// All items.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// The picture that is shown.
    pub(super) primary: Option<u32>,
    /// Items by number.
    pub(super) of: BTreeMap<u32, Item>,
}

impl Items {
    /// Reads them from the boxes of a `meta` box.
    pub(super) fn read(meta: &[Atom<'_>], out: &mut Collector) -> Self {
        let mut items = Self::default();
        let full = |kind| first(meta, kind).and_then(Atom::full);
        if let Some((version, body)) = full(*b"pitm") {
            items.primary = wide(version > 0, body.bytes()).map(|(id, _)| id);
        }
        if let Some((version, body)) = full(*b"iinf") {
            for atom in atoms(&body.from(if version == 0 { 2 } else { 4 }), out) {
                if atom.kind == *b"infe" && items.entry(&atom).is_none() {
                    out.flaw(atom.body.whole().start, "an entry of an item is broken");
                }
            }
        }
        if let Some((version, body)) = full(*b"iloc")
            && locations::read(version, &body, &mut items, out).is_none()
        {
            out.flaw(body.whole().start, "the list of places of items is broken");
        }
        if let Some((version, body)) = full(*b"iref") {
            items.references(version > 0, &body, out);
        }
        items
    }

    /// An item by number, made if it is new; `None` beyond the limit.
    pub(super) fn item(&mut self, id: u32) -> Option<&mut Item> {
        let full = self.of.len() >= ITEMS && !self.of.contains_key(&id);
        (!full).then(|| self.of.entry(id).or_default())
    }

    /// Reads one `infe` box. Versions 0 and 1 know only media types.
    fn entry(&mut self, atom: &Atom<'_>) -> Option<()> {
        let (version, body) = atom.full()?;
        let (id, rest) = wide(version > 2, body.bytes())?;
        let (protection, rest) = number(rest, 2)?;
        let (kind, rest) = match version {
            0 | 1 => (*b"mime", rest),
            _ => rest.split_first_chunk().map(|(kind, rest)| (*kind, rest))?,
        };
        let item = self.item(id)?;
        item.kind = kind;
        item.hidden = protection != 0;
        if kind == *b"mime" {
            let mut texts = rest.split(|byte| *byte == 0).skip(1).map(String::from_utf8_lossy);
            item.content_type = texts.next()?.into_owned();
            item.hidden |= texts.next().is_some_and(|encoding| !encoding.is_empty());
        }
        Some(())
    }

    /// Keeps of the references those that say from what an item is derived.
    fn references(&mut self, wide_ids: bool, body: &Part<'_>, out: &mut Collector) {
        let mut left = PARTS;
        for atom in atoms(body, out).iter().filter(|atom| atom.kind == *b"dimg") {
            let Some((from, rest)) = wide(wide_ids, atom.body.bytes()) else { continue };
            let Some((count, mut rest)) = number(rest, 2) else { continue };
            let Some(item) = self.item(from) else { continue };
            for _ in 0..count {
                let Some((to, after)) = wide(wide_ids, rest) else {
                    out.flaw(atom.body.whole().end, "fewer parts of a picture than it counts");
                    break;
                };
                rest = after;
                let Some(fewer) = left.checked_sub(1) else {
                    return out
                        .flaw(atom.body.whole().start, "more parts of pictures than are read");
                };
                left = fewer;
                item.parts.push(to);
            }
        }
    }
}

/// A number of an item: 32 bits, or 16.
pub(super) fn wide(wide: bool, bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (id, rest) = number(bytes, if wide { 4 } else { 2 })?;
    Some((u32::try_from(id).ok()?, rest))
}
