use super::items::Items;
use super::*;
use crate::bmff::write::{atom, full};
use proptest::prelude::*;

/// A tile, the sources of an item's bytes, and what goes into them.
const TILES: [&[u8]; 2] = [b"first tile", b"second tile"];
const EXIF: &[u8] = b"\0\0\0\x06Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0";
const XMP: &[u8] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>";

fn be16(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// The packet as it is stored: its first extent stands last.
fn turned() -> Vec<u8> {
    [&XMP[4..], &XMP[..4]].concat()
}

/// An entry of an item; the third part of a `mime` item is its media type.
fn entry(id: u16, kind: bmff::Kind, media_type: &[u8]) -> Vec<u8> {
    full(*b"infe", 2, &[&be16(&[id, 0]), kind.as_slice(), b"\0", media_type].concat())
}

/// An item of a method, and its extents: start and length.
fn place(id: u16, method: u16, extents: &[(u32, u32)]) -> Vec<u8> {
    let numbers =
        extents.iter().flat_map(|(start, length)| [start.to_be_bytes(), length.to_be_bytes()]);
    [be16(&[id, method, 0, extents.len() as u16]), numbers.flatten().collect()].concat()
}

/// A picture of two tiles: item 1 is the grid in `idat`, 2 and 3 are tiles, 4 is EXIF, 5 is XMP in two
/// extents. All media bytes stand at the start of `mdat`, whose place the caller does not know.
fn picture_of(tiles: [&[u8]; 2], exif: &[u8]) -> Vec<u8> {
    let media = [tiles[0], tiles[1], exif, &turned()].concat();
    let brands = atom(*b"ftyp", b"heic\0\0\0\0mif1heic");
    let file = |start: u32| {
        let lengths =
            [tiles[0].len(), tiles[1].len(), exif.len(), XMP.len()].map(|length| length as u32);
        let starts = [0, lengths[0], lengths[0] + lengths[1], lengths[0] + lengths[1] + lengths[2]]
            .map(|offset| start + offset);
        let of = |item: usize| (starts[item], lengths[item]);
        let xmp = [(starts[3] + lengths[3] - 4, 4), (starts[3], lengths[3] - 4)];
        let places = [
            be16(&[0x4400, 5]),
            place(1, 1, &[(0, 4)]),
            place(2, 0, &[of(0)]),
            place(3, 0, &[of(1)]),
            place(4, 0, &[of(2)]),
            place(5, 0, &xmp),
        ];
        let entries = [
            be16(&[5]),
            entry(1, *b"grid", b""),
            entry(2, *b"hvc1", b""),
            entry(3, *b"hvc1", b""),
            entry(4, *b"Exif", b""),
            entry(5, *b"mime", b"application/rdf+xml\0"),
        ];
        let size = |width: u32, height: u32| {
            full(*b"ispe", 0, &[width.to_be_bytes(), height.to_be_bytes()].concat())
        };
        let list =
            [size(10, 20), size(40, 30), atom(*b"hvcC", b"configuration"), atom(*b"irot", &[3])];
        let associations =
            [&[0, 0, 0, 3, 0, 1, 2, 2, 0x84], &[0, 2, 2, 1, 0x83, 0, 3, 2, 1], [3].as_slice()];
        let properties =
            [atom(*b"ipco", &list.concat()), full(*b"ipma", 0, &associations.concat())];
        let meta = [
            full(*b"hdlr", 0, b"\0\0\0\0pict"),
            full(*b"pitm", 0, &be16(&[1])),
            full(*b"iloc", 1, &places.concat()),
            full(*b"iinf", 0, &entries.concat()),
            atom(*b"iprp", &properties.concat()),
            full(*b"iref", 0, &atom(*b"dimg", &be16(&[1, 2, 2, 3]))),
            atom(*b"idat", b"grid"),
        ];
        [brands.clone(), full(*b"meta", 0, &meta.concat()), atom(*b"mdat", &media)].concat()
    };
    let start = file(0).len() - media.len();
    file(start as u32)
}

fn described(file: &[u8]) -> Collector {
    let mut out = Collector::default();
    read(&Part::file(file), &mut out);
    out
}

/// The items of a file, and what is read of them.
fn with_items<T>(file: &[u8], then: impl FnOnce(&Items, &Source<'_, '_>) -> T) -> T {
    let mut out = Collector::default();
    let file = Part::file(file);
    let top = atoms(&file, &mut out);
    let meta = bmff::meta(&first(&top, *b"meta").unwrap().body, &mut out);
    let data = first(&meta, *b"idat").map(|atom| atom.body.clone());
    then(&Items::read(&meta, &mut out), &Source { file: &file, data })
}

fn bytes_of(file: &[u8], id: u32) -> Option<(Vec<u8>, Range<u64>)> {
    with_items(file, |items, source| {
        let parts = source.extents(id, items, &mut 1_000_000, &mut Collector::default())?;
        Some(joined(&parts))
    })
}

#[test]
fn size_rotation_and_media_type() {
    let found = described(&picture_of(TILES, EXIF)).found;
    assert_eq!((found.mime, found.width, found.height), ("image/heic", Some(40), Some(30)));
    assert_eq!(found.value(&["QuickTime"], "Rotation"), Some("270"));
    assert_eq!(found.value(&["QuickTime"], "CompatibleBrands"), Some("mif1, heic"));
    assert_eq!(found.flaws, vec![]);
}

#[test]
fn items_are_put_together_from_their_extents() {
    let file = picture_of(TILES, EXIF);
    let at = |part: &[u8]| {
        let start = file.windows(part.len()).position(|window| window == part).unwrap() as u64;
        start..start + part.len() as u64
    };
    assert_eq!(
        bytes_of(&file, 1),
        Some((b"grid".to_vec(), at(b"idatgrid").start + 4..at(b"idatgrid").end))
    );
    assert_eq!(bytes_of(&file, 3), Some((TILES[1].to_vec(), at(TILES[1]))));
    assert_eq!(bytes_of(&file, 5), Some((XMP.to_vec(), at(&turned()))));
    assert_eq!(bytes_of(&file, 9), None);
}

#[test]
fn exif_begins_behind_its_offset() {
    let read = |bytes: &[u8]| {
        let mut out = Collector::default();
        let tiff = tiff(&Part::file(bytes), &mut out).map(|part| part.bytes().to_vec());
        (tiff, out.found.flaws.len())
    };
    assert_eq!(read(EXIF), (Some(EXIF[10..].to_vec()), 0));
    assert_eq!(read(b"\0\0\0\0II*\0"), (Some(b"II*\0".to_vec()), 0));
    assert_eq!(read(b"II*\0tiff"), (Some(b"II*\0tiff".to_vec()), 1));
    assert_eq!(read(b"Exif\0\0II*\0"), (Some(b"II*\0".to_vec()), 1));
    assert_eq!(read(b"\xff\xff\xff\xffMM\0*"), (None, 1));
    assert_eq!(read(b"\0"), (None, 1));
}

#[test]
fn the_hash_is_that_of_the_picture_alone() {
    let coded = |file: &[u8]| described(file).found.coded;
    let plain = coded(&picture_of(TILES, EXIF));
    let parts = [b"grid".as_slice(), b"configuration", TILES[0], b"configuration", TILES[1]];
    assert_eq!(plain, Some(Sha256::digest(parts.concat()).into()));
    assert_eq!(coded(&picture_of(TILES, b"\0\0\0\0MM\0*other, and longer")), plain);
    assert_ne!(coded(&picture_of([TILES[0], b"second tilt"], EXIF)), plain);
    let file = picture_of(TILES, EXIF);
    let cut = file.len() - XMP.len() - EXIF.len() - 1;
    assert_eq!(coded(&file[..cut]), None, "a byte of the second tile is missing");
}

#[test]
fn items_of_another_file_or_encrypted_are_refused() {
    let file = picture_of(TILES, EXIF);
    let place = place(3, 0, &[]);
    let at = file.windows(6).position(|window| window == &place[..6]).unwrap();
    let mut elsewhere = file.clone();
    elsewhere[at + 5] = 1;
    let found = described(&elsewhere).found;
    let refused = "the bytes of an item are not in this file";
    assert!(found.coded.is_none() && found.flaws.iter().any(|flaw| flaw.detail == refused));
    let mut encrypted = file.clone();
    let at = file.windows(8).position(|window| window == b"\0\x04\0\0Exif").unwrap();
    encrypted[at + 3] = 1;
    assert_eq!(
        described(&encrypted).found.flaws[0].detail,
        "a block of metadata is encrypted or compressed"
    );
}

#[test]
fn extents_that_overlap_are_not_read_twice() {
    let extents = vec![(0, 200); 60_000];
    let places = [be16(&[0x4400, 1]), place(1, 0, &extents)].concat();
    let meta = [full(*b"pitm", 0, &be16(&[1])), full(*b"iloc", 1, &places)].concat();
    let found = described(&full(*b"meta", 0, &meta)).found;
    assert_eq!(
        (found.coded, found.flaws[0].detail),
        (None, "items are longer than the file: they overlap")
    );
}

#[test]
fn extents_without_bytes_are_limited() {
    // Widths of zero: each item has 65,535 extents that take no byte of the box.
    let items: Vec<u8> = (1..=100_u16).flat_map(|id| be16(&[id, 0, 0, u16::MAX])).collect();
    let meta = full(*b"iloc", 1, &[be16(&[0x0000, 100]), items].concat());
    let file = full(*b"meta", 0, &meta);
    let extents = with_items(&file, |items, _| {
        items.of.values().map(|item| item.extents.len()).sum::<usize>()
    });
    assert_eq!(extents, 65_536);
}

#[test]
fn a_picture_made_of_itself_ends() {
    let file = picture_of(TILES, EXIF);
    let at = file.windows(4).position(|window| window == b"dimg").unwrap();
    let mut looped = file;
    looped[at + 9] = 1;
    assert_eq!(with_items(&looped, |items, _| coded_items(1, items)), [1, 3]);
}

#[test]
fn a_photograph_of_a_telephone() {
    let found = described(include_bytes!("../../tests/fixtures/exif/IMG_5195.HEIC")).found;
    assert_eq!((found.mime, found.width, found.height), ("image/heic", Some(2566), Some(3313)));
    assert_eq!(found.flaws, vec![]);
    let coded = found.coded.map(|hash| crate::hex::hex(&hash));
    let expected = "a24914611d6020aee0dacb866e57deab8a68afa62ee9e4da5a5ad85595a9aa38";
    assert_eq!(coded.as_deref(), Some(expected));
}

proptest! {
    #[test]
    fn mutated_files_are_read_without_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut file = picture_of(TILES, EXIF);
        for (at, value) in changes {
            let at = at.index(file.len());
            file[at] = value;
        }
        let whole = described(&file).found;
        prop_assert!(whole.fields.iter().all(|field| field.at.end <= file.len() as u64));
        file.truncate(cut.index(file.len()));
        let cut = described(&file).found;
        prop_assert!(cut.fields.iter().all(|field| field.at.end <= file.len() as u64));
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        described(&bytes);
        described(&full(*b"meta", 0, &bytes));
    }
}
