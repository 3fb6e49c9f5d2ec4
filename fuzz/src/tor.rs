//! The fuzz target of the Tor documents: bundles of documents, and the index as bytes.
//!
//! A crash is a panic, an overflow, a hang, memory beyond the limit of the runner, or a broken
//! promise: an index that does not read back what it wrote, or that says something else when its
//! documents come twice.

#![no_main]

use std::net::IpAddr;

use faisceau_datasets::Span;
use faisceau_tor::{Authorities, Limits, TorIndex, TorIndexBuilder};
use libfuzzer_sys::fuzz_target;
use sha2::Digest as _;

const MAGIC: &[u8] = b"FSC-TOR\n";
const HEAD: usize = 8 + 4 + 32;
/// 2021-08-29, the day of the sample.
const DAY_S: i64 = 1_630_195_200;

fuzz_target!(|data: &[u8]| {
    if data.starts_with(MAGIC) && data.len() > HEAD {
        // The checksum is made right: the reader of the content is what is tried.
        let sum = sha2::Sha256::digest(&data[HEAD..]);
        if let Ok(index) = TorIndex::from_bytes(&[&data[..12], &sum, &data[HEAD..]].concat()) {
            ask(&index);
        }
    } else {
        documents(data);
    }
});

fn documents(data: &[u8]) {
    let limits = Limits { file: 1 << 20, total: 4 << 20, files: 100, ..Limits::default() };
    let mut builder = TorIndexBuilder::new(Authorities::bundled().expect("authorities"), limits);
    let first = builder.add("fuzz", data);
    if let Ok(first) = first {
        let again = builder.add("fuzz", data).expect("the same once more");
        assert_eq!((again.consensuses, again.exit_lists), (0, 0), "{first:?}");
    }
    ask(&builder.finish());
}

fn ask(index: &TorIndex) {
    let read = TorIndex::from_bytes(&index.to_bytes());
    assert_eq!(read.as_ref(), Ok(index));
    for ip in ["192.0.2.1", "162.247.74.201", "2001:db8::1"] {
        let ip: IpAddr = ip.parse().expect("an address");
        let whole = Span { from_s: 0, to_s: i64::from(u32::MAX) };
        for span in [whole, Span { from_s: DAY_S, to_s: DAY_S + 86_399 }] {
            for sighting in index.ask(ip, span).relays {
                let _ = sighting.allows(443, Some(ip));
            }
            let _ = index.neighbours(ip, span);
        }
        let _ = index.exonerator(ip, DAY_S);
    }
}
