//! Co-posting of a million posts in a window of 60 s, scored pairs, and raids.
//!
//! `FAISCEAU_SHARES=FILE cargo bench -p faisceau-signals --bench coordination` writes the million
//! rows to FILE as coordination-network-toolkit reads them, so that it can be run on the same.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a bench, and its setting")]

use std::fmt::Write as _;
use std::sync::LazyLock;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_signals::SplitMix64;
use faisceau_signals::coordination::{Shares, co_posting, raids, together};

const POSTS: usize = 1_000_000;
const ACCOUNTS: usize = 50_000;
const OBJECTS: usize = 200_000;

/// Accounts, objects and times: a tenth of the objects draws most of the shares, in bursts that
/// die away within days.
static ROWS: LazyLock<Vec<(String, String, i64)>> = LazyLock::new(|| {
    let mut chance = SplitMix64::new(7);
    let births: Vec<i64> = (0..OBJECTS).map(|_| chance.below(180 * 86_400) as i64).collect();
    (0..POSTS)
        .map(|_| {
            let object = if chance.below(4) == 0 {
                chance.below(OBJECTS)
            } else {
                chance.below(OBJECTS / 10).min(chance.below(OBJECTS / 10)) / 2
            };
            let account = chance.below(ACCOUNTS).min(chance.below(ACCOUNTS));
            // The product of two even numbers is near 0 more often than far.
            let delay = chance.below(1000) * chance.below(600);
            (format!("a{account}"), format!("o{object}"), births[object] + delay as i64)
        })
        .collect()
});

static SHARES: LazyLock<Shares> = LazyLock::new(|| {
    let triples: Vec<(&str, &str, i64, u32)> = ROWS
        .iter()
        .map(|(account, object, at)| (account.as_str(), object.as_str(), *at, 0))
        .collect();
    Shares::new(&triples)
});

fn main() {
    if let Ok(file) = std::env::var("FAISCEAU_SHARES") {
        let mut text =
            "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n".to_owned();
        for (number, (account, object, at)) in ROWS.iter().enumerate() {
            writeln!(text, "m{number},{account},{account},{object},,x,{at},").unwrap();
        }
        std::fs::write(file, text).unwrap();
    }
    divan::main();
}

/// From triples of names to counted edges.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn co_posting_60_s(bencher: Bencher<'_, '_>) {
    let rows = &*ROWS;
    bencher.counter(ItemsCount::new(POSTS)).bench(|| {
        let triples: Vec<(&str, &str, i64, u32)> = rows
            .iter()
            .map(|(account, object, at)| (account.as_str(), object.as_str(), *at, 0))
            .collect();
        black_box(co_posting(&Shares::new(&triples), 60))
    });
}

/// Nominating and scoring all pairs.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn scored_pairs(bencher: Bencher<'_, '_>) {
    let shares = &*SHARES;
    bencher.counter(ItemsCount::new(POSTS)).bench(|| black_box(together(shares, |_| true)));
}

/// Raids among 200,000 posts.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn raids_200_000(bencher: Bencher<'_, '_>) {
    let posts: Vec<Post> = (1..)
        .zip(ROWS.iter().take(200_000))
        .map(|(number, (account, object, at))| {
            let place = Place::Line { number, byte: 0 };
            let key = AccountKey::by_id("x", account);
            Post {
                at: Maybe::Known(Moment::from_unix_seconds(*at).unwrap()),
                thread: Maybe::Known(object.clone()),
                ..Post::new(ExhibitNo::top(1), &place, 0, key)
            }
        })
        .collect();
    bencher.counter(ItemsCount::new(posts.len())).bench(|| black_box(raids(&posts)));
}
