//! Coordination: whatever was written, nothing panics, and the order of the rows is of no account.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place, Precision, ZoneSource};
use faisceau_signals::coordination::{Shares, co_posting, raids, shared_objects, together};
use proptest::prelude::*;

fn post(number: u64, account: u8, at: i64, fine: bool, text: &str, thread: &str) -> Post {
    let place = Place::Line { number, byte: 0 };
    let precision = if fine { Precision::Second } else { Precision::Minute };
    Post {
        at: Maybe::Known(Moment::new(at * 1_000_000, precision, ZoneSource::Unix).unwrap()),
        text: Maybe::Known(text.to_owned()),
        thread: Maybe::Known(thread.to_owned()),
        target: Maybe::Known(text.chars().take(5).collect()),
        media: vec![text.chars().take(40).collect()],
        ..Post::new(ExhibitNo::top(1), &place, 0, AccountKey::by_id("x", &account.to_string()))
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,200}",
        "(https?://|www\\.|#|@|utm_|\\?|&|=|/|é|́|\u{202e}| |a\\.b){0,40}",
        Just("https://a.example/x?utm_source=1 #un @lui".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn posts_of_any_text_are_read_in_any_order(
        rows in prop::collection::vec(
            (0..6_u8, 0..90_000_i64, any::<bool>(), texts(), "[ab]{0,1}"), 0..40,
        ),
    ) {
        let mut posts: Vec<Post> = (1..)
            .zip(&rows)
            .map(|(number, (account, at, fine, text, thread))| {
                post(number, *account, *at, *fine, text, thread)
            })
            .collect();
        let mut accounts: Vec<AccountKey> = posts.iter().map(|p| p.account.clone()).collect();
        accounts.sort();
        accounts.dedup();
        let found = raids(&posts);
        let seen = shared_objects::coverage(&accounts, &posts, &[]);
        posts.reverse();
        prop_assert_eq!(raids(&posts), found);
        prop_assert_eq!(shared_objects::coverage(&accounts, &posts, &[]), seen);
    }

    #[test]
    fn shares_at_any_time_are_counted_in_any_order(
        rows in prop::collection::vec(
            (
                "[a-d]",
                "[x-z]",
                prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>(), 0..100_i64],
                prop_oneof![Just(0_u32), Just(60), Just(3600)],
            ),
            0..40,
        ),
        window in prop_oneof![Just(i64::MAX), 0..400_i64],
    ) {
        let mut triples: Vec<(&str, &str, i64, u32)> =
            rows.iter().map(|(a, o, at, width)| (a.as_str(), o.as_str(), *at, *width)).collect();
        let shares = Shares::new(&triples);
        triples.reverse();
        let turned = Shares::new(&triples);
        prop_assert_eq!(co_posting(&shares, window), co_posting(&turned, window));
        let found = together(&shares, |_| true);
        prop_assert!(found.pairs.iter().all(|pair| pair.score.is_finite() && pair.a < pair.b));
        prop_assert_eq!(together(&turned, |_| true), found);
    }
}
