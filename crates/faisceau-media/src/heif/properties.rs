//! The properties of items: size, rotation, colour profile, configuration of the decoder.
//!
//! In: the boxes of a `meta` box. Out: the properties, and which item has which.
//!
//! ISO/IEC 23008-12, sections 6.5 and 9.3 (`iprp`, `ipco`, `ipma`).

use std::collections::BTreeMap;
use std::ops::Range;

use super::items::wide;
use crate::bmff::{Atom, Kind, inside, number};
use crate::collector::Collector;
use crate::part::Part;

/// Most associations of an item with a property.
const ASSOCIATIONS: usize = 65_536;

/// All properties.
#[derive(Debug, Default)]
pub(super) struct Properties<'a> {
    /// The properties in their order.
    list: Vec<Atom<'a>>,
    /// Numbers of properties, from 1, by item.
    of: BTreeMap<u32, Vec<usize>>,
}

impl<'a> Properties<'a> {
    /// Reads them from the boxes of a `meta` box.
    pub(super) fn read(meta: &[Atom<'a>], out: &mut Collector) -> Self {
        let boxes = inside(meta, *b"iprp", out);
        let mut properties = Self { list: inside(&boxes, *b"ipco", out), of: BTreeMap::new() };
        let mut left = ASSOCIATIONS;
        for atom in boxes.iter().filter(|atom| atom.kind == *b"ipma") {
            if properties.associations(atom, &mut left).is_none() {
                out.flaw(
                    atom.body.whole().start,
                    "the list of properties of items is broken, or too long",
                );
            }
        }
        properties
    }

    fn associations(&mut self, atom: &Atom<'_>, left: &mut usize) -> Option<()> {
        let (version, body) = atom.full()?;
        let long = atom.body.bytes().get(3)? & 1 == 1;
        let (count, mut rest) = number(body.bytes(), 4)?;
        for _ in 0..count {
            let (id, after) = wide(version > 0, rest)?;
            let (numbers, after) = number(after, 1)?;
            rest = after;
            for _ in 0..numbers {
                let (index, after) = number(rest, if long { 2 } else { 1 })?;
                rest = after;
                *left = left.checked_sub(1)?;
                // The highest bit says whether a reader must know the property.
                let index = index & if long { 0x7fff } else { 0x7f };
                self.of.entry(id).or_default().push(index as usize);
            }
        }
        Some(())
    }

    fn all(&self, id: u32) -> impl Iterator<Item = &Atom<'a>> {
        let numbers = self.of.get(&id).into_iter().flatten();
        numbers.filter_map(|number| self.list.get(number.checked_sub(1)?))
    }

    fn first(&self, id: u32, kind: Kind) -> Option<&Atom<'a>> {
        self.all(id).find(|atom| atom.kind == kind)
    }

    /// Width and height of an item, before it is turned.
    pub(super) fn size(&self, id: u32) -> Option<(u32, u32)> {
        let (_, body) = self.first(id, *b"ispe")?.full()?;
        let (width, rest) = wide(true, body.bytes())?;
        Some((width, wide(true, rest)?.0))
    }

    /// By how many degrees the item is turned against the clock when it is shown, and where that stands.
    pub(super) fn rotation(&self, id: u32) -> Option<(u32, Range<u64>)> {
        let body = &self.first(id, *b"irot")?.body;
        let quarters = *body.bytes().first()? & 3;
        Some((u32::from(quarters) * 90, body.whole()))
    }

    /// The ICC profile of an item.
    pub(super) fn profile(&self, id: u32) -> Option<Part<'a>> {
        let icc = |atom: &Atom<'a>| atom.body.strip(b"prof").or_else(|| atom.body.strip(b"rICC"));
        self.all(id).filter(|atom| atom.kind == *b"colr").find_map(icc)
    }

    /// What the decoder of an item must know beside its bytes.
    pub(super) fn configurations(&self, id: u32) -> impl Iterator<Item = &Part<'a>> {
        let known = |atom: &&Atom<'a>| matches!(&atom.kind, b"hvcC" | b"av1C" | b"vvcC" | b"lhvC");
        self.all(id).filter(known).map(|atom| &atom.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bmff::atoms;
    use crate::bmff::write::{atom, full};

    #[test]
    fn properties_are_associated_by_numbers_of_7_or_15_bits() {
        let size = |width: u8| full(*b"ispe", 0, &[0, 0, 0, width, 0, 0, 0, 9]);
        let profile = atom(*b"colr", b"profICC");
        let list = atom(*b"ipco", &[size(1), size(2), profile, atom(*b"irot", &[1])].concat());
        let short = full(*b"ipma", 0, &[0, 0, 0, 1, 0, 5, 2, 0x82, 4]);
        let mut long = full(*b"ipma", 1, &[0, 0, 0, 1, 0, 1, 0, 5, 3, 0x80, 1, 0, 3, 0, 99]);
        long[11] = 1;
        let file = atom(*b"iprp", &[list, short, long].concat());
        let mut out = Collector::default();
        let meta = atoms(&Part::file(&file), &mut out);
        let properties = Properties::read(&meta, &mut out);
        assert_eq!(out.found.flaws, vec![]);
        assert_eq!(
            (properties.size(5), properties.rotation(5).map(|(turn, _)| turn)),
            (Some((2, 9)), Some(90))
        );
        assert_eq!((properties.size(65_541), properties.rotation(65_541)), (Some((1, 9)), None));
        assert_eq!(
            properties.profile(65_541).map(|part| part.bytes().to_vec()),
            Some(b"ICC".to_vec())
        );
        assert_eq!(properties.size(6), None);
    }

    #[test]
    fn associations_are_limited() {
        let item = [&[0, 5, 255], [1; 255].as_slice()].concat();
        let file = atom(
            *b"iprp",
            &full(*b"ipma", 0, &[&[0, 0, 4, 0], item.repeat(1_024).as_slice()].concat()),
        );
        let mut out = Collector::default();
        let meta = atoms(&Part::file(&file), &mut out);
        assert_eq!(Properties::read(&meta, &mut out).of[&5].len(), ASSOCIATIONS);
        assert_eq!(out.found.flaws.len(), 1);
    }
}
