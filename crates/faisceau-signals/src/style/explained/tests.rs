use std::fmt::Write;

use faisceau_model::rows::Post;
use faisceau_model::{ExhibitNo, Moment, Place, Precision, ZoneSource};
use proptest::prelude::*;

use super::*;
use crate::compare::compare;
use crate::fusion::Fusion;
use crate::reference::{Author, Reference};

const THINGS: [&str; 12] = [
    "jardin", "train", "boulot", "film", "match", "voisin", "prof", "bus", "lycée", "marché",
    "concert", "travail",
];

/// A message in one of two manners: spaced marks and `mdr`, or plain sentences.
fn said(loud: bool, n: usize) -> String {
    let thing = THINGS[n % THINGS.len()];
    if loud {
        let more = ["et donc voilà quoi", "du coup jsp", "c nul en fait", "y a rien a dire"];
        format!("mdr le {thing} {n} c est pas possible !!! {} https://a.example/{n}", more[n % 4])
    } else {
        let more = ["mais je n'y crois pas", "ce qui ne m'étonne guère", "hélas"];
        format!("Je ne pense pas que le {thing} {n} soit là, {}. Cela viendra.", more[n % 3])
    }
}

fn key(n: usize) -> AccountKey {
    AccountKey::by_id("x", &format!("{n:02}"))
}

fn post(account: usize, n: usize, text: &str) -> Post {
    let place = Place::Pointer(format!("/{account}/{n}"));
    let at = 1_750_000_000 + (account * 977 + n * 86_400) as i64;
    let at = Moment::new(at * 1_000_000, Precision::Second, ZoneSource::Unix).unwrap();
    Post {
        at: Maybe::Known(at),
        text: Maybe::Known(text.to_owned()),
        lang: Maybe::Known("fr".to_owned()),
        ..Post::new(ExhibitNo::top(1), &place, 0, key(account))
    }
}

/// Sixteen accounts, every fourth of them loud.
fn posts() -> Vec<Post> {
    let all = (0..16).flat_map(|a| (0..24).map(move |n| (a, n)));
    all.map(|(a, n)| post(a, n, &said(a % 4 == 0, n * 16 + a))).collect()
}

/// One author, so that the language is one of the reference.
fn reference() -> Reference {
    let author = Author {
        author: "ref".to_owned(),
        source: "own".to_owned(),
        lang: "fr".to_owned(),
        halves: [vec![said(false, 1)], vec![said(false, 2)]],
    };
    Reference::new(vec![author], Vec::new(), Fusion::plain())
}

fn parts(posts: &[Post], accounts: &[AccountKey]) -> (Vec<Comparison>, Vec<Contribution>) {
    let reference = reference();
    let material = Material {
        accounts,
        account_rows: &[],
        devices: &[],
        posts,
        addresses: &[],
        media: &[],
        reference: &reference,
    };
    let comparisons = compare(&material);
    let rows = explain_style(&material, &comparisons.iter().collect::<Vec<_>>());
    (comparisons, rows)
}

fn plain(rows: &[Contribution]) -> String {
    let mut out = String::new();
    for row in rows {
        let account = row.account.known().map_or("-", AccountKey::as_str);
        let (id, of, value) = (&row.id, &row.comparison, row.value);
        writeln!(out, "{id} {of} {account} {} {:?} {value:+.3}", row.part, row.item).unwrap();
        writeln!(out, "    {}\n    <- {}", row.detail.join(" | "), row.rows.join(" ")).unwrap();
    }
    out
}

#[test]
fn the_habits_and_the_words_of_two_loud_accounts() {
    let (_, rows) = parts(&posts(), &[key(0), key(4)]);
    insta::assert_snapshot!(plain(&rows));
}

#[test]
fn a_passage_is_of_its_post_and_its_tokens_add_up() {
    let posts = posts();
    let (comparisons, rows) = parts(&posts, &[key(0), key(1), key(4)]);
    let of_style = comparisons.iter().filter(|c| c.signal == writing_style::CARD.name);
    assert_eq!(of_style.count(), 3);
    let passages: Vec<&Contribution> =
        rows.iter().filter(|row| row.part == lambda_g::CARD.name).collect();
    assert_eq!(passages.len(), 3 * 2 * PASSAGES);
    for row in passages {
        let post = posts.iter().find(|post| post.id.to_string() == row.rows[0]).unwrap();
        assert_eq!(Some(&post.account), row.account.known());
        // A link is a symbol of its own.
        let start = row.item.split('\u{1}').next().unwrap();
        assert!(post.text.known().unwrap().contains(start), "{start}");
        let part = |entry: &String| -> f64 {
            let (bytes, said) = entry.split_once('=').unwrap();
            let (from, to) = bytes.split_once('-').unwrap();
            assert!(row.item.get(from.parse().unwrap()..to.parse().unwrap()).is_some());
            said.split(' ').next().unwrap().parse().unwrap()
        };
        let sum: f64 = row.detail.iter().map(part).sum();
        assert!((sum - row.value).abs() < 0.001 * row.detail.len() as f64, "{sum} {}", row.value);
        assert!(row.item.chars().count() <= LENGTH);
    }
    let apart = rows.iter().find(|row| row.value < 0.0 && row.part == habits::CARD.name).unwrap();
    assert_eq!(apart.rows, ["posts?account=x:00", "posts?account=x:01"]);
}

#[test]
fn the_order_of_the_posts_does_not_matter_and_other_signals_have_no_parts() {
    let mut posts = posts();
    let (comparisons, rows) = parts(&posts, &[key(0), key(4)]);
    posts.reverse();
    assert_eq!(parts(&posts, &[key(4), key(0)]).1, rows);
    let reference = reference();
    let material = Material {
        accounts: &[],
        account_rows: &[],
        devices: &[],
        posts: &posts,
        addresses: &[],
        media: &[],
        reference: &reference,
    };
    let mut other = comparisons[0].clone();
    "same_camera".clone_into(&mut other.signal);
    assert!(explain_style(&material, &[&other]).is_empty());
    let unknown = Comparison { a: key(90), b: key(91), ..comparisons[0].clone() };
    assert!(explain_style(&material, &[&unknown]).is_empty());
}

fn token(bytes: Range<usize>, log10_ratio: f64) -> TokenWeight {
    TokenWeight { passage: 0, bytes, seen: "x".to_owned(), log10_ratio }
}

#[test]
fn the_heaviest_stretch_is_short_enough_and_starts_at_a_token() {
    let text = "é ".repeat(400);
    let weight = |n: usize| if n >= 300 { -0.5 } else { 0.1 };
    let tokens: Vec<TokenWeight> = (0..400).map(|n| token(3 * n..3 * n + 2, weight(n))).collect();
    let stretch = Stretch::heaviest(0, &text, &tokens).unwrap();
    assert!(stretch.text.chars().count() <= LENGTH);
    assert_eq!(stretch.tokens.len(), 150);
    assert_eq!(stretch.start, 750);
    assert!(stretch.detail()[0].starts_with("0-2=+0.100"), "{:?}", stretch.detail()[0]);
    let long = "w".repeat(LENGTH + 1);
    assert!(Stretch::heaviest(0, &long, &[token(0..LENGTH + 1, 9.0)]).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_gives_whole_stretches(
        texts in prop::collection::vec("(\\PC|[a-z .!\u{1}]){0,400}", 8..10),
    ) {
        let documents: Vec<Vec<&str>> = texts.iter().map(|text| vec![text.as_str()]).collect();
        let grammar = LambdaG::new(&documents, "fr");
        let everyone: Vec<usize> = (0..documents.len()).collect();
        let weights = grammar.explain(0, 1, &everyone, "x");
        if let Some(stretch) = Stretch::heaviest(0, &texts[0], &weights) {
            prop_assert!(stretch.text.chars().count() <= LENGTH);
            prop_assert!(texts[0][stretch.start..].starts_with(stretch.text));
            prop_assert_eq!(stretch.detail().len(), stretch.tokens.len());
        }
    }
}
