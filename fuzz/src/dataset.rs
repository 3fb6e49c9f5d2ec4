//! The fuzz target of the files that a case pins: databases, tables and lists.
//!
//! A crash is a panic, an overflow, a hang, memory beyond the limit of the runner, or a broken
//! promise: a file that was inspected and then cannot be opened.

#![no_main]

use std::net::IpAddr;

use faisceau_datasets::{Bundle, DatasetKind, Pin, Pinned, Stated, Terms, inspect};
use faisceau_model::{Absent, Maybe};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for kind in [None, Some(DatasetKind::Vpn), Some(DatasetKind::Country)] {
        let terms = Terms { licence: "CC0-1.0".into(), ..Terms::default() };
        let stated = Stated { kind, date: Some("2026-01-01".into()), terms };
        if let Ok(inspected) = inspect("fuzz", data.to_vec(), &stated) {
            let mut pinned = Pinned::default();
            let pin = Pin { name: "fuzz".into(), date: inspected.date, kind: inspected.kind };
            pinned.add(&pin, data.to_vec()).expect("a file that was inspected");
            ask(&Bundle::with(pinned).expect("the bundled datasets"));
        }
    }
});

fn ask(bundle: &Bundle) {
    let at = Maybe::Missing(Absent::NotRecorded);
    for ip in ["0.0.0.0", "81.2.69.142", "255.255.255.255", "::", "2001:218::1", "ffff::ffff"] {
        let ip: IpAddr = ip.parse().expect("an address");
        let _ = (bundle.countries(ip, at), bundle.systems(ip, at), bundle.cities(ip, at));
        let _ = (bundle.flags(ip, at), bundle.pinned_lists(DatasetKind::Vpn, ip, Some(1), at));
    }
}
