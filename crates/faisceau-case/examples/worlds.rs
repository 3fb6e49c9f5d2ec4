//! Groups on planted worlds over seeds, with and without decoys.
//!
//! `cargo run --release -p faisceau-case --example worlds -- 100 40` runs forty worlds from seed 100
//! on and prints how many of the pairs that one hand holds were joined, and how many others.
#![expect(clippy::print_stdout, reason = "a command")]

#[path = "../tests/planted/mod.rs"]
mod planted;

use std::error::Error;

use planted::{Outcome, outcome};

fn main() -> Result<(), Box<dyn Error>> {
    let numbers: Vec<u64> =
        std::env::args().skip(1).map(|n| n.parse()).collect::<Result<_, _>>()?;
    let [first, count] = numbers[..] else { return Err("expected: FIRST_SEED COUNT".into()) };
    let folder = tempfile::tempdir()?;
    for decoys in [true, false] {
        let mut all = Outcome::default();
        let (mut wrong_worlds, mut whole_worlds) = (0, 0);
        for seed in first..first + count {
            let root = folder.path().join(format!("{seed}-{decoys}"));
            let found = outcome(&faisceau_testkit::demo(seed), decoys, &root)?;
            if found.wrong > 0 {
                wrong_worlds += 1;
                println!("seed {seed}: {found:?}");
            }
            whole_worlds += u64::from(found.right == found.planted);
            all = all.and(found);
        }
        let with = if decoys { "with decoys" } else { "without decoys" };
        println!(
            "{with}: {count} worlds, {} of {} planted pairs joined, {} wrong in {wrong_worlds} \
             worlds, {whole_worlds} worlds whole",
            all.right, all.planted, all.wrong
        );
    }
    Ok(())
}
