use proptest::prelude::*;

use super::*;
use crate::Description;

/// A property set with the code page of Windows: identifier and value of each property.
fn set(properties: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let (mut index, mut body) = (Vec::new(), Vec::new());
    let start = 8 + 8 * properties.len();
    for (id, value) in properties {
        index.extend(id.to_le_bytes());
        index.extend(((start + body.len()) as u32).to_le_bytes());
        body.extend(value);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let head = [(start + body.len()) as u32, properties.len() as u32];
    [head.map(u32::to_le_bytes).concat(), index, body].concat()
}

fn text(text: &[u8]) -> Vec<u8> {
    [&30u32.to_le_bytes(), &(text.len() as u32 + 1).to_le_bytes(), text, &[0]].concat()
}

fn time(steps: u64) -> Vec<u8> {
    [&64u32.to_le_bytes()[..], &steps.to_le_bytes()].concat()
}

fn number(number: u32) -> Vec<u8> {
    [3, number].map(u32::to_le_bytes).concat()
}

/// A stream of property sets.
fn stream(sets: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut stream = vec![0xfe, 0xff, 0, 0];
    stream.resize(24, 0);
    stream.extend((sets.len() as u32).to_le_bytes());
    let mut at = 28 + 20 * sets.len();
    for (format, body) in sets {
        stream.extend(format.to_le_bytes());
        stream.extend([0; 12]);
        stream.extend((at as u32).to_le_bytes());
        at += body.len();
    }
    [stream, sets.iter().flat_map(|(_, body)| body.clone()).collect()].concat()
}

/// A compound file ([MS-CFB] 2.2, 2.6): the table is sector 0, the directory sectors 1 and 2. The first
/// stream lies in sectors of its own, the second one in small sectors.
fn file(large: &[u8], small: &[u8]) -> Vec<u8> {
    let end = 0xffff_fffe_u32;
    let mut large = large.to_vec();
    large.resize(4_096, 0);
    let small_sectors = small.len().div_ceil(64);
    let holder = (small_sectors * 64).div_ceil(512);
    // 3: table of small sectors; 4 to 11: the large stream; 12 on: the small sectors.
    let mut table = vec![0xffff_fffd, 2, end, end];
    table.extend((5..12).chain([end]));
    table.extend((13..12 + holder as u32).chain([end]));
    table.resize(128, u32::MAX);
    let mut small_table: Vec<u32> = (1..small_sectors as u32).chain([end]).collect();
    small_table.resize(128, u32::MAX);

    let mut head = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    head.resize(512, 0xff);
    for (at, word) in [(44, 1), (48, 1), (56, 4_096), (60, 3), (64, 1), (68, end), (72, 0), (76, 0)]
    {
        head[at..at + 4].copy_from_slice(&u32::to_le_bytes(word));
    }
    head[30..34].copy_from_slice(&[9, 0, 6, 0]);

    let entry = |name: &str, start: u32, size: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = entry.len() as u8 + 2;
        entry.resize(128, 0);
        entry[64] = length;
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&(size as u32).to_le_bytes());
        entry
    };
    let mut directory = [
        entry("Root Entry", 12, small_sectors * 64),
        entry("WordDocument", end, 0),
        entry("\u{5}SummaryInformation", 4, large.len()),
        entry("\u{5}DocumentSummaryInformation", 0, small.len()),
    ]
    .concat();
    directory.resize(1_024, 0);
    let words =
        |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut small = small.to_vec();
    small.resize(holder * 512, 0);
    [head, words(&table), directory, words(&small_table), large, small].concat()
}

fn sample() -> Vec<u8> {
    let summary = set(&[
        (1, [2, 1252].map(u32::to_le_bytes).concat()),
        (2, text(b"T")),
        (4, text(b"Zo\xe9")),
        (8, text(b"Bob")),
        (10, time(2_660_000_000)),
        (12, time(11_644_473_600 * 10_000_000)),
        (18, text(b"Microsoft Word 9.0")),
    ]);
    let document = set(&[(15, text(b"ACME")), (23, number((9 << 16) + 6_926))]);
    let name = [&2u32.to_le_bytes(), &12u32.to_le_bytes()[..], b"client name\0"].concat();
    let own = set(&[(0, [&1u32.to_le_bytes()[..], &name].concat()), (2, text(b"Smith"))]);
    file(&stream(&[(SUMMARY, summary)]), &stream(&[(DOCUMENT, document), (OWN, own)]))
}

fn described(bytes: &[u8]) -> Description {
    let mut out = Collector::default();
    read(&Part::file(bytes), &mut out);
    out.found
}

#[test]
fn both_streams_are_read() {
    let found = described(&sample());
    assert_eq!(found.mime, "application/msword");
    for (name, value) in [
        ("Title", "T"),
        ("Author", "Zoé"),
        ("LastModifiedBy", "Bob"),
        ("TotalEditTime", "266"),
        ("CreateDate", "1970:01:01 00:00:00"),
        ("Software", "Microsoft Word 9.0"),
        ("Company", "ACME"),
        ("AppVersion", "9.6926"),
        ("ClientName", "Smith"),
    ] {
        assert_eq!(found.value(&[FLASHPIX], name), Some(value), "{name}");
    }
    let author = found.fields.iter().find(|field| field.name == "Author").unwrap();
    assert_eq!(author.at, 5 * 512..13 * 512);
    assert!(found.flaws.is_empty(), "{:?}", found.flaws);
}

#[test]
fn chains_that_come_back_end() {
    let mut bytes = sample();
    // The directory is a chain of one sector that names itself.
    bytes[512 + 4..512 + 8].copy_from_slice(&1u32.to_le_bytes());
    assert_eq!(described(&bytes).value(&[FLASHPIX], "Author"), Some("Zoé"));
    // So is the list of tables.
    bytes[68..72].copy_from_slice(&1u32.to_le_bytes());
    bytes[1_024 + 508..1_024 + 512].copy_from_slice(&1u32.to_le_bytes());
    described(&bytes);
    assert_eq!(described(b"\xd0\xcf\x11\xe0").flaws.len(), 1);
}

proptest! {
    #[test]
    fn any_change_is_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..10),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sample();
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let found = described(&bytes);
        let end = bytes.len() as u64;
        prop_assert!(found.fields.iter().all(|field| field.at.start < field.at.end && field.at.end <= end));
        described(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn any_set_is_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        properties::sets(&bytes);
        described(&file(&bytes, &stream(&[(OWN, bytes.clone())])));
    }
}
