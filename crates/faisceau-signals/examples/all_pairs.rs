//! Compares all pairs of many accounts; prints the time, the peak memory and a fingerprint.
//!
//! `cargo run --release -p faisceau-signals --example all_pairs -- datasets/reference 1000 500`
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

mod worlds;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use faisceau_signals::{Material, Pairs, compare_pairs};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, words, every @ ..] = &arguments[..] else {
        return Err("expected: FOLDER ACCOUNTS WORDS [ONE-PAIR-IN]".into());
    };
    let (count, words): (usize, usize) = (count.parse()?, words.parse()?);
    let every: u32 = every.first().map_or(Ok(1), |every| every.parse())?;
    let reference = worlds::reference(Path::new(folder))?;
    let pool = worlds::Words::of(&reference, "en");
    let (accounts, posts) = worlds::accounts(&pool, count, words);
    let material = Material {
        accounts: &accounts,
        account_rows: &[],
        devices: &[],
        posts: &posts,
        addresses: &[],
        media: &[],
        reference: &reference,
    };
    let before = worlds::peak_megabytes();
    let all = (0..count as u32).flat_map(|a| (a + 1..count as u32).map(move |b| (a, b)));
    let listed: Vec<(u32, u32)> = if every == 1 {
        Vec::new()
    } else {
        all.filter(|(a, b)| (a * 31 + b) % every == 0).collect()
    };
    let pairs = if every == 1 { Pairs::All } else { Pairs::Listed(&listed) };
    let start = Instant::now();
    let comparisons = compare_pairs(&material, pairs);
    let seconds = start.elapsed().as_secs_f64();
    let mut signals = BTreeMap::<&str, (usize, u64)>::new();
    for comparison in &comparisons {
        let (number, bits) = signals.entry(&comparison.signal).or_default();
        *number += 1;
        *bits = bits.rotate_left(5).wrapping_mul(31) ^ comparison.score.to_bits();
    }
    println!(
        "{count} accounts of {words} words: {} comparisons, {seconds:.2} s",
        comparisons.len()
    );
    for (signal, (number, bits)) in signals {
        println!("  {signal}: {number}, fingerprint {bits:016x}");
    }
    let (before, after) =
        (before.unwrap_or_default(), worlds::peak_megabytes().unwrap_or_default());
    println!("  peak memory {after} MB, {before} MB before");
    Ok(())
}
