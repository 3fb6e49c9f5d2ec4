//! How long a link is looked for among many: what `faisceau why A B` waits for.
//!
//! `cargo run --release -p faisceau-tables --example find_rows -- 100000` writes that many links of
//! as many accounts and finds a hundred of them by their first account, then reads all once.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

use std::error::Error;
use std::time::Instant;

use faisceau_model::rows::Link;
use faisceau_model::{AccountKey, Maybe, Relation};
use faisceau_tables::{read, read_where, write};

const ASKED: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = std::env::args().nth(1).ok_or("expected: LINKS")?.parse()?;
    let key = |n: usize| AccountKey::by_id("forum", &format!("u{n:07}"));
    let links: Vec<Link> = (0..count)
        .map(|n| Link {
            style: Maybe::Known(n as f64 / count as f64),
            rows: vec![format!("cmp:{}", 2 * n), format!("cmp:{}", 2 * n + 1)],
            ..Link::new(n + 1, key(n), key(n + 1), Relation::SameHand)
        })
        .collect();
    let folder = tempfile::tempdir()?;
    write(folder.path(), links)?;
    let (mut worst, mut sum) = (0.0_f64, 0.0);
    for n in 0..ASKED {
        let wanted = key(n * 7919 % count);
        let start = Instant::now();
        let found: Vec<Link> = read_where(folder.path(), "a", &[wanted.as_str()])?;
        let took = start.elapsed().as_secs_f64() * 1e3;
        (worst, sum) = (worst.max(took), sum + took);
        assert_eq!(found.len(), 1, "every account is the first of one link");
    }
    let start = Instant::now();
    let all: Vec<Link> = read(folder.path())?;
    println!(
        "one of {}: {:.1} ms, at most {worst:.1} ms; all: {:.0} ms",
        all.len(),
        sum / ASKED as f64,
        start.elapsed().as_secs_f64() * 1e3
    );
    Ok(())
}
