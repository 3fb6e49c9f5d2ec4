//! Compares all pairs of many accounts by style, time, addresses, links and mails, and weighs
//! them; prints the time, the peak memory and a fingerprint.
//!
//! `cargo run --release -p faisceau-signals --example all_pairs -- datasets/reference 1000 500`
//! makes 1,000 accounts of 500 words. A number behind it compares one pair in so many.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

mod worlds;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use faisceau_signals::{Material, Pairs, compare_pairs};
use faisceau_weigh::{Calibration, Shifts, weigh};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, words, every @ ..] = &arguments[..] else {
        return Err("expected: FOLDER ACCOUNTS WORDS [ONE-PAIR-IN]".into());
    };
    let (count, words): (usize, usize) = (count.parse()?, words.parse()?);
    let every: u32 = every.first().map_or(Ok(1), |every| every.parse())?;
    let folder = Path::new(folder);
    let reference = worlds::reference(folder)?;
    let file = |name: &str| std::fs::read_to_string(folder.join(name));
    let calibration = Calibration::parse(&file("calibration.json")?, &file("discrete.toml")?)?;
    let pool = worlds::Words::of(&reference, "en");
    let (accounts, mut posts) = worlds::accounts(&pool, count, words);
    worlds::discrete::write(&mut posts);
    let addresses = worlds::discrete::addresses(count);
    let material = Material {
        accounts: &accounts,
        account_rows: &[],
        devices: &[],
        posts: &posts,
        addresses: &addresses,
        media: &[],
        reference: &reference,
    };
    let before = worlds::Used::now();
    let all = (0..count as u32).flat_map(|a| (a + 1..count as u32).map(move |b| (a, b)));
    let listed: Vec<(u32, u32)> = if every == 1 {
        Vec::new()
    } else {
        all.filter(|(a, b)| (a * 31 + b) % every == 0).collect()
    };
    let pairs = if every == 1 { Pairs::All } else { Pairs::Listed(&listed) };
    let start = Instant::now();
    let comparisons = compare_pairs(&material, pairs);
    let (compared, after) = (start.elapsed().as_secs_f64(), worlds::Used::now());
    let start = Instant::now();
    let shifts = Shifts::of(&comparisons, &calibration, true);
    let links =
        weigh(&comparisons, &calibration, &shifts, accounts.len() * (accounts.len() - 1) / 2);
    let (weighed, end) = (start.elapsed().as_secs_f64(), worlds::Used::now());
    let mut signals = BTreeMap::<&str, (usize, u64)>::new();
    for comparison in &comparisons {
        let (number, bits) = signals.entry(&comparison.signal).or_default();
        *number += 1;
        *bits = bits.rotate_left(5).wrapping_mul(31) ^ comparison.score.to_bits();
    }
    println!(
        "{count} accounts of {words} words: {} comparisons, {compared:.2} s ({:.1} s of processor)",
        comparisons.len(),
        after.processor - before.processor
    );
    println!(
        "{} links, {weighed:.2} s ({:.1} s of processor)",
        links.len(),
        end.processor - after.processor
    );
    for (signal, (number, bits)) in signals {
        println!("  {signal}: {number}, fingerprint {bits:016x}");
    }
    println!(
        "  peak memory {} MB comparing, {} MB weighing, {} MB before",
        after.peak, end.peak, before.peak
    );
    Ok(())
}
