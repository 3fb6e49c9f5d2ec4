//! How long discrete links take: profiles, links and phrases of many accounts, all pairs.
//!
//! `cargo bench -p faisceau-signals --bench discrete`. Posts are few and short for each account, so
//! that style and hours have nothing to compare.

use divan::Bencher;
use faisceau_model::rows::{Account, Post};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_signals::{Material, Reference, SplitMix64, compare};

const POSTS: usize = 7;
const WORDS: usize = 10;

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000], sample_count = 3, sample_size = 1)]
fn all_pairs(bencher: Bencher<'_, '_>, accounts: usize) {
    let mut chance = SplitMix64::new(7);
    let (mut keys, mut profiles, mut posts) = (Vec::new(), Vec::new(), Vec::new());
    let word = |chance: &mut SplitMix64| {
        // Few words make up most of a text, as in language.
        let range = 1 << (1 + chance.below(14));
        format!("m{}", chance.below(range))
    };
    for number in 0..accounts {
        let key = AccountKey::by_id("x", &format!("{number:06}"));
        let place = Place::Line { number: number as u64 + 1, byte: 0 };
        let name: String = (0..9).map(|_| char::from(b'a' + chance.below(26) as u8)).collect();
        profiles.push(Account {
            handle: Maybe::text(&name, Absent::NotExported),
            bio: Maybe::Known(format!("{name}@gmail.com 06{:08}", chance.below(100_000_000))),
            ..Account::new(ExhibitNo::top(1), &place, 0, key.clone())
        });
        for _ in 0..POSTS {
            let place = Place::Line { number: posts.len() as u64 + 1, byte: 0 };
            let words: Vec<String> = (0..WORDS).map(|_| word(&mut chance)).collect();
            let page = chance.below(accounts);
            let text = format!("{} https://site{}.example/{page}", words.join(" "), page % 500);
            let second = chance.below(30 * 86_400) as i64;
            posts.push(Post {
                at: Maybe::or_absent(Moment::from_unix_seconds(second), Absent::Unreadable),
                text: Maybe::Known(text),
                ..Post::new(ExhibitNo::top(2), &place, 0, key.clone())
            });
        }
        keys.push(key);
    }
    let reference = Reference::empty();
    let material = Material {
        accounts: &keys,
        account_rows: &profiles,
        devices: &[],
        posts: &posts,
        addresses: &[],
        media: &[],
        reference: &reference,
    };
    bencher.bench(|| compare(&material).len());
}
