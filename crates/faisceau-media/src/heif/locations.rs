//! The box `iloc`: where the bytes of items are.
//!
//! In: the content of the box. Out: the extents of each item. Refused: more extents than the limit,
//! versions above 2.
//!
//! ISO/IEC 14496-12, section 8.11.3.

use super::items::{Items, wide};
use crate::bmff::number;
use crate::collector::Collector;
use crate::part::Part;

/// Most extents of all items; a width of zero makes an extent of no bytes, so the box sets no limit.
const EXTENTS: usize = 65_536;

/// Consecutive bytes of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    start: u64,
    /// `None`: up to the end of the source.
    length: Option<u64>,
}

impl Extent {
    /// Its bytes in their source.
    pub(super) fn of<'a>(self, source: &Part<'a>) -> Option<Part<'a>> {
        let start = usize::try_from(self.start).ok()?;
        let end = match self.length {
            Some(length) => start.checked_add(usize::try_from(length).ok()?)?,
            None => source.len(),
        };
        source.get(start..end)
    }
}

/// Reads the box; `None` if it ends too early or is of a later version.
pub(super) fn read(
    version: u8,
    body: &Part<'_>,
    items: &mut Items,
    out: &mut Collector,
) -> Option<()> {
    let (widths, rest) = number(body.bytes(), 2)?;
    let width = |shift: u32| (widths >> shift & 0xf) as usize;
    let (of_offset, of_length, of_base) = (width(12), width(8), width(4));
    let of_index = if version == 0 { 0 } else { width(0) };
    if version > 2 || [of_offset, of_length, of_base, of_index].iter().any(|width| *width > 8) {
        return None;
    }
    let (count, mut rest) = wide(version == 2, rest)?;
    let mut left = EXTENTS;
    for _ in 0..count {
        let (id, after) = wide(version == 2, rest)?;
        let (method, after) = if version == 0 { (0, after) } else { number(after, 2)? };
        let (reference, after) = number(after, 2)?;
        let (base, after) = number(after, of_base)?;
        let (extents, after) = number(after, 2)?;
        rest = after;
        let item = items.item(id)?;
        (item.method, item.elsewhere) = ((method & 0xf) as u8, reference != 0);
        // An item that is listed twice is where it was listed last.
        item.extents.clear();
        for _ in 0..extents {
            let (_, after) = number(rest, of_index)?;
            let (offset, after) = number(after, of_offset)?;
            let (length, after) = number(after, of_length)?;
            rest = after;
            let Some(fewer) = left.checked_sub(1) else {
                out.flaw(body.whole().start, "more extents of items than are read");
                return Some(());
            };
            left = fewer;
            let start = base.checked_add(offset)?;
            item.extents.push(Extent { start, length: (of_length > 0).then_some(length) });
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_of(version: u8, bytes: &[u8]) -> (Option<()>, Items) {
        let mut items = Items::default();
        let read = read(version, &Part::file(bytes), &mut items, &mut Collector::default());
        (read, items)
    }

    fn extent(start: u64, length: Option<u64>) -> Extent {
        Extent { start, length }
    }

    #[test]
    fn the_three_versions_and_all_widths() {
        // Widths of 4, 4, 0: item 7, no method, this file, two extents.
        let plain =
            [0x44, 0, 0, 1, 0, 7, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2];
        let (read, items) = read_of(0, &plain);
        assert_eq!(read, Some(()));
        assert_eq!(items.of[&7].extents, [extent(9, Some(3)), extent(1, Some(2))]);
        assert_eq!((items.of[&7].method, items.of[&7].elsewhere), (0, false));
        // Widths of 8, 0, 4 and an index of 4: item 7, method 1, another file, one extent.
        let base = [0, 0, 1, 0];
        let indexed = [
            &[0x80, 0x44, 0, 1, 0, 7, 0, 1, 0, 5],
            base.as_slice(),
            &[0, 1, 9, 9, 9, 9],
            &[0; 7],
            &[2],
        ]
        .concat();
        let (read, items) = read_of(1, &indexed);
        assert_eq!(read, Some(()));
        assert_eq!(items.of[&7].extents, [extent(258, None)]);
        assert_eq!((items.of[&7].method, items.of[&7].elsewhere), (1, true));
        // Numbers of 32 bits.
        let wide = [0x44, 0, 0, 0, 0, 1, 0, 1, 0, 7, 0, 2, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0, 3];
        let (read, items) = read_of(2, &wide);
        assert_eq!(read, Some(()));
        assert_eq!(
            (items.of[&65_543].extents.as_slice(), items.of[&65_543].method),
            ([extent(9, Some(3))].as_slice(), 2)
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert_eq!(read_of(3, &[0x44, 0, 0, 0]).0, None, "a later version");
        assert_eq!(read_of(0, &[0x94, 0, 0, 0]).0, None, "a width of nine bytes");
        assert_eq!(read_of(0, &[0x44, 0, 0, 1, 0, 7]).0, None, "too short");
        let far =
            [&[0x80, 0x80, 0, 1, 0, 7, 0, 0], [0xff; 8].as_slice(), &[0, 1], &[0xff; 8]].concat();
        assert_eq!(read_of(0, &far).0, None, "a place beyond all numbers");
    }

    #[test]
    fn an_extent_lies_inside_of_its_source() {
        let source = Part::at(b"source", 100);
        let of = |start, length| extent(start, length).of(&source).map(|part| part.whole());
        assert_eq!(of(2, Some(3)), Some(102..105));
        assert_eq!(of(2, None), Some(102..106));
        assert_eq!(of(6, Some(0)), Some(106..106));
        assert_eq!(of(2, Some(5)), None);
        assert_eq!(of(7, None), None);
        assert_eq!(of(1, Some(u64::MAX)), None);
    }
}
