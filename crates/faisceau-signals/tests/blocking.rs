//! Blocking and listed pairs, on small planted crowds and on arbitrary text.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind};
use faisceau_signals::blocking::{Builder, Candidates, Reason, Reasons, Shared};
use faisceau_signals::{Material, Pairs, Reference, compare, compare_pairs};
use proptest::prelude::*;

const AUTHORS: &[u8] = include_bytes!("../../../datasets/reference/authors.jsonl.zst");
const FUSION: &[u8] = include_bytes!("../../../datasets/reference/fusion.json");
const HOURS: &[u8] = include_bytes!("../../../datasets/reference/hours.json");

fn key(name: &str) -> AccountKey {
    AccountKey::by_id("x", name)
}

fn post(account: &AccountKey, number: u64, text: &str) -> Post {
    let at = Moment::from_unix_seconds(1_700_000_000 + number as i64 * 7200).unwrap();
    Post {
        at: Maybe::Known(at),
        text: Maybe::Known(text.to_owned()),
        ..Post::new(
            ExhibitNo::top(1),
            &Place::Line { number: number + 1, byte: 0 },
            0,
            account.clone(),
        )
    }
}

/// Both halves of the reference authors of a site, 20 messages each, as accounts `00a` and `00b`.
fn halves(reference: &Reference, source: &str) -> (Vec<AccountKey>, Vec<Post>) {
    let (mut accounts, mut posts) = (Vec::new(), Vec::new());
    let authors = reference.authors().iter().filter(|author| author.source == source);
    for (number, author) in authors.enumerate() {
        for (half, texts) in ["a", "b"].into_iter().zip(&author.halves) {
            let key = key(&format!("{number:02}{half}"));
            for text in texts.iter().take(20) {
                posts.push(post(&key, posts.len() as u64, text));
            }
            accounts.push(key);
        }
    }
    (accounts, posts)
}

fn candidates(accounts: &[AccountKey], posts: &[Post]) -> Candidates {
    let mut builder = Builder::new(accounts);
    for post in posts {
        builder.post(post);
    }
    builder.finish()
}

#[test]
fn each_reason_is_told_and_what_is_left_out_is_counted() {
    let accounts: Vec<AccountKey> = (0..80).map(|n| key(&format!("{n:02}"))).collect();
    let mut builder = Builder::new(&accounts);
    let text = "Tout le monde sait ce que tu as fait hier soir devant la gare de Lyon";
    builder.post(&post(&accounts[1], 0, text));
    builder.post(&post(&accounts[2], 1, &format!("{} !!", text.to_uppercase())));
    builder.post(&post(&accounts[3], 2, &format!("ah {text}, oui")));
    builder.post(&post(&accounts[8], 3, "voir https://a.example/x"));
    builder.post(&post(&accounts[9], 4, "c'est https://a.example/x."));
    builder.post(&Post { kind: PostKind::Forwarded, ..post(&accounts[4], 5, text) });
    builder.post(&post(&key("nobody"), 6, text));
    builder.value(&accounts[20], Shared::Address, "192.0.2.1");
    builder.value(&accounts[21], Shared::Address, "192.0.2.1");
    builder.value(&accounts[20], Shared::Identifier, "a@b.example");
    builder.value(&accounts[21], Shared::Identifier, "a@b.example");
    builder.value(&key("nobody"), Shared::Media, "00ff");
    // The same letters under another kind tie nobody.
    builder.value(&accounts[22], Shared::Media, "192.0.2.1");
    for account in &accounts[..60] {
        builder.value(account, Shared::Address, "198.51.100.1");
    }
    let found = builder.finish();
    let only = |reasons: &[Reason]| {
        Some(reasons.iter().fold(Reasons::default(), |all, &reason| all.with(reason)))
    };
    assert_eq!(found.reasons_of((1, 2)), only(&[Reason::SameText, Reason::NearCopy]));
    assert_eq!(found.reasons_of((1, 3)), only(&[Reason::NearCopy]));
    assert_eq!(found.reasons_of((8, 9)), only(&[Reason::Link]));
    assert_eq!(found.reasons_of((20, 21)), only(&[Reason::Address, Reason::Identifier]));
    assert_eq!(found.pairs, [(1, 2), (1, 3), (2, 3), (8, 9), (20, 21)]);
    let counts = &found.counts;
    assert_eq!((counts.accounts, counts.possible, counts.kept), (80, 3160, 5));
    assert_eq!(counts.kept_for, [1, 1, 1, 0, 1, 3, 0]);
    assert_eq!(counts.too_common, [1, 0, 0, 0, 0, 0, 0]);
    assert_eq!((counts.posts, counts.posts_left_out, counts.with_text), (7, 2, 0));
}

#[test]
fn most_halves_of_real_authors_are_neighbours() {
    let reference = Reference::parse(&zstd::decode_all(AUTHORS).unwrap(), HOURS, FUSION).unwrap();
    let (accounts, posts) = halves(&reference, "blog");
    let found = candidates(&accounts, &posts);
    let has_style =
        |a: u32| found.reasons_of((a, a + 1)).is_some_and(|reasons| reasons.has(Reason::Style));
    let authors = accounts.len() / 2;
    let kept = (0..authors).filter(|&n| has_style(2 * n as u32)).count();
    assert!(kept * 10 >= authors * 7, "{kept} of {authors}");
    assert_eq!(found.counts.neighbours, 50);
}

#[test]
fn listed_pairs_get_the_scores_that_they_have_among_all() {
    let reference = Reference::parse(&zstd::decode_all(AUTHORS).unwrap(), HOURS, FUSION).unwrap();
    let (accounts, posts) = halves(&reference, "blog");
    let accounts = &accounts[..24];
    let posts: Vec<Post> =
        posts.into_iter().filter(|post| accounts.contains(&post.account)).collect();
    let material = Material {
        accounts,
        account_rows: &[],
        devices: &[],
        posts: &posts,
        addresses: &[],
        media: &[],
        reference: &reference,
    };
    let all = compare(&material);
    assert!(all.iter().any(|comparison| comparison.signal == "writing_style"));
    let listed = [(0, 1), (2, 9), (4, 5), (10, 23)];
    let some = compare_pairs(&material, Pairs::Listed(&listed));
    let wanted = |a: &AccountKey, b: &AccountKey| {
        listed
            .iter()
            .any(|&(x, y): &(u32, u32)| accounts[x as usize] == *a && accounts[y as usize] == *b)
    };
    let brief = |comparisons: &[faisceau_model::rows::Comparison]| -> Vec<_> {
        comparisons
            .iter()
            .filter(|one| wanted(&one.a, &one.b))
            .map(|one| (one.a.clone(), one.b.clone(), one.signal.clone(), one.score.to_bits()))
            .collect()
    };
    assert!(!some.is_empty());
    assert_eq!(brief(&some).len(), some.len());
    assert_eq!(brief(&some), brief(&all));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn any_text_in_any_order_gives_the_same_candidates(
        texts in prop::collection::vec((0_usize..6, "\\PC{0,60}|[a-c ]{0,400}|(je ne sais pas ){0,90}"), 0..24),
        seed in 0_usize..24,
    ) {
        let accounts: Vec<AccountKey> = (0..5).map(|n| key(&n.to_string())).collect();
        let posts: Vec<Post> = texts
            .iter()
            .enumerate()
            .map(|(at, (account, text))| post(&key(&account.to_string()), at as u64, text))
            .collect();
        let mut turned = posts.clone();
        turned.rotate_left(seed.min(posts.len()));
        turned.reverse();
        let found = candidates(&accounts, &posts);
        prop_assert_eq!(&found, &candidates(&accounts, &turned));
        prop_assert!(found.pairs.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(found.pairs.iter().all(|&(a, b)| a < b && b < 5));
        prop_assert_eq!(found.pairs.len(), found.reasons.len());
    }
}
