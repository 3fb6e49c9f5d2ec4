//! A million connections, as a case with a server log has them.

#![expect(clippy::unwrap_used, reason = "a bench without its data has nothing to measure")]

use std::net::{Ipv4Addr, Ipv6Addr};

use divan::{Bencher, counter::ItemsCount};
use faisceau_datasets::Bundle;
use faisceau_enrich::{Enrichment, Overlay, Proxies, enrich};
use faisceau_model::rows::Connection;
use faisceau_model::{Absent, ExhibitNo, Maybe, Moment, Place};

const ROWS: u64 = 1_000_000;
const BATCH: u64 = 1_000;

fn main() {
    divan::main();
}

/// A number without a pattern for each row, the same at every run (`SplitMix64`).
fn mix(row: u64) -> u64 {
    let mut z = row.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn connection(row: u64, addresses: u64) -> Connection {
    let random = mix(row % addresses);
    let ip = if random.is_multiple_of(10) {
        Ipv6Addr::from_bits(0x2a01_0e0a << 96 | u128::from(random) << 32).to_string()
    } else {
        Ipv4Addr::from_bits(random as u32).to_string()
    };
    let place = Place::Line { number: row + 1, byte: row * 120 };
    let exhibit = ExhibitNo::top(1);
    let at = Moment::from_unix_seconds(1_700_000_000 + row as i64);
    Connection {
        at: Maybe::or_absent(at, Absent::NotRecorded),
        ..Connection::new(exhibit, &place, 0, ip, "web")
    }
}

/// All addresses differ, or ten thousand come again and again.
#[divan::bench(args = [10_000, ROWS], sample_count = 5, sample_size = 1)]
fn a_million(bencher: Bencher<'_, '_>, addresses: u64) {
    let bundle = Bundle::embedded().unwrap();
    let batch = |start: u64| (start..start + BATCH).map(|row| connection(row, addresses)).collect();
    let batches: Vec<Vec<Connection>> = (0..ROWS).step_by(BATCH as usize).map(batch).collect();
    let (overlay, proxies) = (Overlay::empty(), Proxies::default());
    let with = Enrichment { bundle, overlay: &overlay, proxies: &proxies, tor: None };
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| enrich(&batches, &with));
}
