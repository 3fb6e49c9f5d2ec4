//! The fuzz target of WARC files, plain and in gzip.
//!
//! A crash is a panic, an overflow, a hang, memory beyond the limit of the runner, or a broken
//! promise: places that go backwards, the same bytes read as something else the second time, or an
//! exchange that is not read back as it was written.

#![no_main]


use faisceau_archive::warc::{Item, Limits, Reader, entity, exchanges};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits {
    max_head: 16 << 10,
    max_block: 1 << 20,
    max_total: 8 << 20,
    max_ratio: 200,
    ratio_floor: 1 << 16,
};

fuzz_target!(|data: &[u8]| {
    let items = read(data, usize::MAX);
    assert_eq!(items, read(data, 7), "in pieces it is another file");
    let places = items.iter().map(|item| match item {
        Item::Record(record) => record.place.at,
        Item::Broken(broken) => broken.place.at,
    });
    assert!(places.is_sorted(), "{items:?}");
    for item in &items {
        if let Item::Record(record) = item {
            let _ = (entity(record, 1 << 16), record.target(), record.id());
        }
    }
    let (found, complete) = exchanges(data);
    assert!(complete <= data.len() as u64);
    for exchange in found {
        let (again, _) = exchanges(&exchange.members());
        assert_eq!(again, [exchange]);
    }
});

fn read(data: &[u8], piece: usize) -> Vec<Item> {
    let mut reader = Reader::new(Pieces(data, piece), LIMITS).expect("memory");
    let mut items = Vec::new();
    while let Some(item) = reader.next_item().expect("memory") {
        items.push(item);
        assert!(items.len() <= data.len() * 201 + 2, "more items than bytes");
    }
    items
}

/// A file that gives a few bytes at a time.
struct Pieces<'d>(&'d [u8], usize);

impl std::io::Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(self.1);
        self.0.read(&mut buffer[..length])
    }
}
