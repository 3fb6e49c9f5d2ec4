use super::*;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place};

use crate::SplitMix64;

fn post(number: u64, account: u32, at: i64, thread: &str) -> Post {
    let place = Place::Line { number, byte: 0 };
    let key = AccountKey::by_id("x", &format!("{account:03}"));
    Post {
        at: Maybe::Known(Moment::from_unix_seconds(at).unwrap()),
        thread: Maybe::Known(thread.to_owned()),
        ..Post::new(ExhibitNo::top(1), &place, 0, key)
    }
}

/// 60 accounts write in 40 threads over 60 days, by day; some threads draw answers at once.
fn ordinary(seed: u64) -> Vec<Post> {
    let mut chance = SplitMix64::new(seed);
    let mut posts = Vec::new();
    for _ in 0..1500 {
        let at = chance.below(60) as i64 * 86_400 + 28_800 + chance.below(50_000) as i64;
        let thread = format!("t{:02}", chance.below(40));
        for answer in 0..=(chance.below(8) / 7 * chance.below(4)) as i64 {
            let account = chance.below(60) as u32;
            posts.push(post(posts.len() as u64 + 1, account, at + answer * 300, &thread));
        }
    }
    posts
}

fn raided(posts: &mut Vec<Post>, at: i64, thread: &str) {
    for account in 0..20_u32 {
        // The first is always first, the others come in turns.
        let turn = (i64::from(account) * 5 + at / 86_400) % 19;
        let delay = if account == 0 { 0 } else { 20 + turn * 20 };
        posts.push(post(posts.len() as u64 + 1, account, at + delay, thread));
    }
}

#[test]
fn an_ordinary_world_has_no_raid() {
    let found: usize = (0..5).map(|seed| raids(&ordinary(seed)).len()).sum();
    assert_eq!(found, 0);
    assert_eq!(raids(&[]), []);
}

#[test]
fn raids_are_found_with_their_onset_and_their_leader() {
    let mut posts = ordinary(7);
    let starts = [5, 17, 30, 44].map(|day| day * 86_400 + 70_000);
    for (n, at) in starts.iter().enumerate() {
        raided(&mut posts, *at, &format!("t{n:02}"));
    }
    let found = raids(&posts);
    let onsets: Vec<(i64, &str)> =
        found.iter().map(|raid| (raid.onset.at_s(), raid.target.as_str())).collect();
    let planted: Vec<(i64, String)> =
        starts.iter().enumerate().map(|(n, at)| (*at, format!("t{n:02}"))).collect();
    for (at, thread) in &planted {
        let near = |(onset, name): &&(i64, &str)| name == thread && (at - onset).abs() < 3600;
        assert!(onsets.iter().any(|one| near(&one)), "{at} {thread}: {onsets:?}");
    }
    assert_eq!(found.len(), 4);
    for raid in &found {
        assert!(raid.accounts.len() >= 19 && raid.log10_chance <= HIGHEST_CHANCE);
        assert!(raid.expected < 3.0 && raid.searched > 1000);
        assert_eq!(raid.leaders, ["x:000"]);
    }
    posts.reverse();
    assert_eq!(raids(&posts), found, "the order of the rows is of no account");
}
