//! How long a search among 100,000 looks takes, beside comparing all pairs, and how many pictures
//! are looked at in a second.
//!
//! The hashes are made, with planted copies; comparing all pairs is done for a part of the pictures
//! and the time for all is stated. The photographs are those of the folder `FAISCEAU_PICTURES`.

#![expect(clippy::unwrap_used, reason = "a bench without its data has nothing to measure")]
#![expect(clippy::print_stdout, reason = "a bench prints")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock and a setting")]

use std::sync::LazyLock;
use std::time::Instant;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use faisceau_media::alike::{Hash, How, Index, Limits, Look, Pair, look};

const PICTURES: u64 = 100_000;
/// Every so many pictures one is a copy of another, at distances of 0 to 47.
const PLANTED: u64 = 100;
const PARTS: usize = 15;
/// Pictures that are compared with all others when all pairs are compared.
const COMPARED: usize = 100;

static LOOKS: LazyLock<Vec<(u64, Look)>> = LazyLock::new(looks);

fn main() {
    let started = Instant::now();
    let index = Index::build(&LOOKS);
    println!("{PICTURES} looks of {} hashes: built in {:?}", PARTS + 1, started.elapsed());
    for distance in [15, 31, 47] {
        let started = Instant::now();
        let found = index.pairs(distance);
        let took = started.elapsed();
        let planted = planted(distance);
        let complete = planted.iter().filter(|pair| found.pairs.contains(pair)).count();
        println!(
            "distance {distance}: {took:?}; {} pairs; {complete} of {} planted",
            found.pairs.len(),
            planted.len(),
        );
    }
    let started = Instant::now();
    let near = brute(31);
    let all = started.elapsed() * (PICTURES as u32 / COMPARED as u32);
    println!("all pairs, one thread: {all:?} (from {COMPARED} pictures; {near} hits)");
    divan::main();
}

fn random(mut seed: u64) -> impl FnMut() -> u64 {
    move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    }
}

/// Of each hundred pictures the last is a copy of the first: as it is, mirrored, cropped, or both.
fn looks() -> Vec<(u64, Look)> {
    let mut next = random(0x2545_F491_4F6C_DD1D);
    let mut hash = move || Hash(std::array::from_fn(|_| next()));
    let mut looks: Vec<(u64, Look)> = (0..PICTURES)
        .map(|id| {
            let parts = (0..PARTS).map(|_| hash()).collect();
            (id, Look { whole: hash(), unframed: None, parts, contrast: 100 })
        })
        .collect();
    for pair in planted(47) {
        let (first, second) = (pair.first as usize, pair.second as usize);
        let original = match pair.how {
            How::AsItIs | How::Mirrored => looks[first].1.whole,
            How::Cropped | How::CroppedAndMirrored => looks[first].1.parts[first / 100 % PARTS],
        };
        let mirror = matches!(pair.how, How::Mirrored | How::CroppedAndMirrored);
        let mut copy = if mirror { original.mirrored() } else { original };
        let mut next = random(pair.first + 1);
        while (if mirror { copy.mirrored() } else { copy }).distance(original) < pair.distance {
            let bit = next() >> 32 & 255;
            copy.0[(bit / 64) as usize] ^= 1 << (bit % 64);
        }
        looks[second].1.whole = copy;
    }
    looks
}

fn planted(distance: u32) -> Vec<Pair> {
    let hows = [How::AsItIs, How::Mirrored, How::Cropped, How::CroppedAndMirrored];
    (0..PICTURES / PLANTED)
        .map(|n| Pair {
            first: n * PLANTED,
            second: n * PLANTED + PLANTED - 1,
            distance: (n % 48) as u32,
            how: hows[(n / 48 % 4) as usize],
        })
        .filter(|pair| pair.distance <= distance)
        .collect()
}

fn brute(distance: u32) -> usize {
    let mut near = 0;
    for (id, look) in &LOOKS[..COMPARED] {
        for hash in std::iter::once(&look.whole).chain(&look.parts) {
            for hash in [*hash, hash.mirrored()] {
                let within = |(other, look): &&(u64, Look)| {
                    other != id && hash.distance(look.whole) <= distance
                };
                near += LOOKS.iter().filter(within).count();
            }
        }
    }
    near
}

#[divan::bench(sample_count = 10)]
fn build(bencher: Bencher) {
    bencher.counter(ItemsCount::new(PICTURES)).bench(|| Index::build(black_box(&LOOKS)));
}

#[divan::bench(sample_count = 3)]
fn search_within_31(bencher: Bencher) {
    let index = Index::build(&LOOKS);
    bencher.counter(ItemsCount::new(PICTURES)).bench(|| index.pairs(black_box(31)));
}

#[divan::bench(sample_count = 3)]
fn look_at_photographs(bencher: Bencher) {
    let Some(folder) = std::env::var_os("FAISCEAU_PICTURES") else {
        println!("FAISCEAU_PICTURES is not set: no photographs");
        return;
    };
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<Vec<u8>> =
        files.filter(|file| file.is_file()).map(|file| std::fs::read(file).unwrap()).collect();
    let limits = Limits::default();
    let seen = files.into_iter().filter(|file| look(file, 1, &limits).is_ok());
    let seen: Vec<Vec<u8>> = seen.collect();
    let bytes = seen.iter().map(Vec::len).sum::<usize>();
    bencher
        .counter(ItemsCount::new(seen.len()))
        .counter(BytesCount::new(bytes))
        .bench(|| seen.iter().filter(|file| look(file, 1, &limits).is_ok()).count());
}
