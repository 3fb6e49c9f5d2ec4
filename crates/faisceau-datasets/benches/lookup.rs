//! How long the datasets take to unpack, and how many look-ups a second they answer.

#![expect(clippy::unwrap_used, reason = "a bench without its data has nothing to measure")]

use std::net::{IpAddr, Ipv4Addr};

use divan::{Bencher, counter::ItemsCount};
use faisceau_datasets::Bundle;
use faisceau_model::{Maybe, Moment};

const LOOKUPS: u32 = 100_000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn unpack() -> Bundle {
    Bundle::unpack().unwrap()
}

/// Addresses spread over the whole of IPv4.
fn addresses() -> Vec<IpAddr> {
    (0..LOOKUPS).map(|n| IpAddr::V4(Ipv4Addr::from_bits(n.wrapping_mul(2_654_435_761)))).collect()
}

macro_rules! lookups {
    ($($name:ident),+) => {$(
        #[divan::bench(sample_count = 20)]
        fn $name(bencher: Bencher<'_, '_>) {
            let bundle = Bundle::embedded().unwrap();
            let addresses = addresses();
            let at = Maybe::Known(Moment::from_rfc3339("2025-05-01T12:00:00Z").unwrap());
            bencher.counter(ItemsCount::new(LOOKUPS)).bench_local(|| {
                for ip in &addresses {
                    divan::black_box(bundle.$name(*ip, at));
                }
            });
        }
    )+};
}

lookups!(country, asn, tor, vpn, relay);
