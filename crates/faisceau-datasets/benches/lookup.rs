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

/// Addresses of the bundled history of Tor exits, each asked for at an instant of its whole span,
/// both drawn at random (a linear congruential generator, the same each time).
fn history() -> Vec<(IpAddr, Maybe<Moment>)> {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/tor/tor_exit_intervals.csv.zst");
    let text = zstd::decode_all(std::fs::File::open(path).unwrap()).unwrap();
    let text = String::from_utf8(text).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|l| l.split(',').collect()).collect();
    let second = |text: &str| Moment::from_rfc3339(&text.replace('Z', ":00Z")).unwrap().at_s();
    let from = second(rows.iter().map(|row| row[1]).min().unwrap());
    let until = second(rows.iter().map(|row| row[2]).max().unwrap());
    let mut state = 1_u64;
    let mut draw = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % bound
    };
    let mut one = || {
        let ip = rows[draw(rows.len() as u64) as usize][0].parse().unwrap();
        let at = from + draw((until - from) as u64) as i64;
        (ip, Maybe::Known(Moment::from_unix_seconds(at).unwrap()))
    };
    (0..LOOKUPS).map(|_| one()).collect()
}

#[divan::bench(sample_count = 20)]
fn tor_over_the_whole_history(bencher: Bencher<'_, '_>) {
    let bundle = Bundle::embedded().unwrap();
    let asked = history();
    bencher.counter(ItemsCount::new(LOOKUPS)).bench_local(|| {
        for (ip, at) in &asked {
            divan::black_box(bundle.tor(*ip, *at));
        }
    });
}
