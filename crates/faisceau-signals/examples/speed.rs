//! Prints how many pairs of accounts are compared in a second.
//!
//! `cargo run --release -p faisceau-signals --example speed -- datasets/reference`
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use faisceau_model::rows::Post;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_signals::{Material, Reference, compare};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("the folder of the reference is missing")?;
    let folder = Path::new(&folder);
    let authors = zstd::decode_all(&*std::fs::read(folder.join("authors.jsonl.zst"))?)?;
    let reference = Reference::parse(
        &authors,
        &std::fs::read(folder.join("hours.json"))?,
        &std::fs::read(folder.join("fusion.json"))?,
    )?;
    for count in [30, 200] {
        let (mut accounts, mut posts) = (Vec::new(), Vec::new());
        let english = reference.authors().iter().filter(|author| author.lang == "en");
        let halves = english.clone().chain(english).flat_map(|author| &author.halves);
        for (number, texts) in halves.enumerate().take(count) {
            let account = AccountKey::by_id("x", &format!("{number:03}"));
            for (at, text) in texts.iter().enumerate() {
                // Accounts that repeat an author's half get other words, or all would be copies.
                let text = if number < 182 { text.clone() } else { text.replace('e', "é") };
                posts.push(post(&account, posts.len(), at as i64 * 40_000, text));
            }
            accounts.push(account);
        }
        let material = Material {
            account_rows: &[],
            devices: &[],
            accounts: &accounts,
            posts: &posts,
            addresses: &[],
            media: &[],
            reference: &reference,
        };
        let start = Instant::now();
        let comparisons = compare(&material).len();
        let seconds = start.elapsed().as_secs_f64();
        let pairs = (count * (count - 1) / 2) as f64;
        println!(
            "{count} accounts, {pairs} pairs, {comparisons} comparisons: {seconds:.2} s, {:.0} pairs/s",
            pairs / seconds
        );
    }
    Ok(())
}

fn post(account: &AccountKey, number: usize, second: i64, text: String) -> Post {
    let place = Place::Line { number: number as u64 + 1, byte: 0 };
    let exhibit = ExhibitNo::top(1);
    Post {
        at: Maybe::or_absent(Moment::from_unix_seconds(second), Absent::Unreadable),
        text: Maybe::Known(text),
        ..Post::new(exhibit, &place, 0, account.clone())
    }
}
