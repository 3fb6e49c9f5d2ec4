//! A crowd from its posts to weighed links: blocking, comparing what it keeps, weighing.
//!
//! `cargo run --release -p faisceau-signals --example crowd -- datasets/reference 10000 50 10`
//! makes 10,000 accounts of 50 posts and asks for 10 neighbours of each. For each stage it prints
//! the time, the processor time and the peak memory; then what was found of the planted pairs.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

mod worlds;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use faisceau_model::AccountKey;
use faisceau_model::rows::{Comparison, Post};
use faisceau_signals::blocking::{Builder, Reason};
use faisceau_signals::{Material, Pairs, compare_pairs};
use faisceau_weigh::{Calibration, Shifts, weigh};
use rayon::prelude::*;

/// That of the program: what is let go must be there for the next stage.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Posts made at a time.
const BATCH: usize = 50_000;

/// Measures the stages one after the other.
struct Stages {
    start: Instant,
    used: worlds::Used,
}

impl Stages {
    fn new() -> Self {
        worlds::Used::forget_peak();
        Self { start: Instant::now(), used: worlds::Used::now() }
    }

    fn end(&mut self, name: &str) {
        let now = worlds::Used::now();
        println!(
            "{name}: {:.1} s, {:.1} s of processor, {} MB at most",
            self.start.elapsed().as_secs_f64(),
            now.processor - self.used.processor,
            now.peak
        );
        *self = Self::new();
    }
}

/// The bytes that a comparison holds, without what the allocator adds.
fn held(comparison: &Comparison) -> usize {
    let texts = |list: &[String]| -> usize {
        list.iter().map(|text| size_of::<String>() + text.capacity()).sum()
    };
    size_of::<Comparison>()
        + comparison.a.as_str().len()
        + comparison.b.as_str().len()
        + comparison.signal.capacity()
        + comparison.unit.capacity()
        + comparison.shared.known().map_or(0, String::capacity)
        + texts(&comparison.innocent)
        + texts(&comparison.parts)
        + texts(&comparison.rows)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, each, neighbours] = &arguments[..] else {
        return Err("expected: FOLDER ACCOUNTS POSTS NEIGHBOURS".into());
    };
    let (count, each): (usize, usize) = (count.parse()?, each.parse()?);
    let neighbours: usize = neighbours.parse()?;
    let folder = Path::new(folder);
    let reference = worlds::reference(folder)?;
    let file = |name: &str| std::fs::read_to_string(folder.join(name));
    let calibration = Calibration::parse(&file("calibration.json")?, &file("discrete.toml")?)?;
    let pools = [worlds::Words::of(&reference, "en"), worlds::Words::of(&reference, "fr")];
    let accounts: Vec<AccountKey> = (0..count).map(worlds::account).collect();
    println!("{count} accounts of {each} posts; a row of a post has {} bytes", size_of::<Post>());
    let mut stages = Stages::new();
    let total = count * each;
    let made = |batch: usize| -> Vec<Post> {
        let numbers = batch * BATCH..((batch + 1) * BATCH).min(total);
        numbers.into_par_iter().map(|number| worlds::crowd::post(&pools, number, count)).collect()
    };
    let mut builder = Builder::new(&accounts);
    for batch in 0..total.div_ceil(BATCH) {
        for post in &made(batch) {
            builder.post(post);
        }
    }
    worlds::crowd::addresses(&mut builder, count);
    stages.end("making and reading posts");
    let candidates = builder.finish_with(neighbours);
    stages.end("blocking");
    println!("  {:?}", candidates.counts);
    let planted: Vec<(u32, u32)> = (1..count)
        .filter(|&number| worlds::crowd::author(number) != number as u64)
        .map(|number| (number as u32 - 1, number as u32))
        .collect();
    let near = |pair: &&(u32, u32)| {
        candidates.reasons_of(**pair).is_some_and(|reasons| reasons.has(Reason::Style))
    };
    println!(
        "  {} of {} planted pairs are neighbours",
        planted.iter().filter(near).count(),
        planted.len()
    );
    if neighbours == 0 {
        return Ok(());
    }
    let mut posts: Vec<Post> = Vec::with_capacity(total);
    (0..total.div_ceil(BATCH)).for_each(|batch| posts.extend(made(batch)));
    stages.end("making rows of all posts");
    let comparisons = compare_pairs(
        &Material {
            accounts: &accounts,
            account_rows: &[],
            devices: &[],
            posts: &posts,
            addresses: &[],
            media: &[],
            reference: &reference,
        },
        Pairs::Listed(&candidates.pairs),
    );
    stages.end("comparing");
    drop(posts);
    let mut signals = BTreeMap::<&str, (usize, usize)>::new();
    for comparison in &comparisons {
        let (count, bytes) = signals.entry(&comparison.signal).or_default();
        *count += 1;
        *bytes += held(comparison);
    }
    for (signal, (count, bytes)) in signals {
        println!("  {signal}: {count} comparisons, {} MB", bytes >> 20);
    }
    stages = Stages::new();
    let shifts = Shifts::of(&comparisons, &calibration, false);
    let links = weigh(&comparisons, &calibration, &shifts, candidates.counts.possible as usize);
    stages.end("weighing");
    let is_planted = |a: &AccountKey, b: &AccountKey| {
        planted.iter().any(|&(x, y)| accounts[x as usize] == *a && accounts[y as usize] == *b)
    };
    let strong: Vec<bool> =
        links.iter().filter(|link| link.total >= 2.0).map(|l| is_planted(&l.a, &l.b)).collect();
    println!(
        "  {} links, {} of LR 100 or more, of which {} planted",
        links.len(),
        strong.len(),
        strong.iter().filter(|planted| **planted).count()
    );
    Ok(())
}
