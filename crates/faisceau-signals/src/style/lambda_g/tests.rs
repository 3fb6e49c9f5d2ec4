use std::fmt::Write;
use std::path::Path;

use faisceau_weigh::validation::{Scores, Trial, auc, cllr, cross_validated};
use proptest::prelude::*;

use super::explanation::plain;
use super::*;
use crate::reference::{Author, Reference};
use crate::style::{Passage, Population, Writing, limit_words};

/// Two hands on changing subjects: one links with `mais`, the other with `et donc`.
fn texts() -> Vec<Vec<String>> {
    let subjects = ["chat", "train", "pain", "vélo", "film", "jardin", "match", "bus"];
    let hand = |number: usize| {
        let line = move |(at, subject): (usize, &str)| match (number + at) % 2 {
            0 if number < 8 => format!("Moi je trouve le {subject} bien, mais pas trop !"),
            0 => format!("ben c'est ça , le {subject}... et donc voilà quoi"),
            _ if number < 8 => format!("Je ne crois pas que le {subject} soit là, mais bon."),
            _ => format!("y a plus de {subject} , et donc c'est nul..."),
        };
        let rotated = subjects.iter().cycle().skip(number).take(8).copied();
        rotated.enumerate().map(line).collect()
    };
    (0..16).map(hand).collect()
}

fn passages(texts: &[Vec<String>]) -> Vec<Vec<&str>> {
    texts.iter().map(|text| text.iter().map(String::as_str).collect()).collect()
}

#[test]
fn the_same_grammar_is_nearer_whatever_the_subject() {
    let texts = texts();
    let grammar = LambdaG::new(&passages(&texts), "fr");
    let everyone: Vec<usize> = (0..16).collect();
    let score = |a, b| grammar.score(a, b, &everyone, "x").unwrap();
    assert!(score(0, 1) > 0.2, "{}", score(0, 1));
    assert!(score(0, 9) < -0.2, "{}", score(0, 9));
    assert_eq!(score(2, 13), score(13, 2));
}

#[test]
fn too_few_rivals_another_language_and_an_empty_text_are_refused() {
    let mut texts = texts();
    texts.push(Vec::new());
    let documents = passages(&texts);
    let grammar = LambdaG::new(&documents, "fr");
    assert!(grammar.score(0, 1, &[0, 1, 2, 3, 4, 5, 6, 7], "x").is_some());
    assert_eq!(grammar.score(0, 1, &[0, 1, 2, 3, 4, 5, 6], "x"), None);
    assert_eq!(grammar.score(0, 1, &[2, 2, 2, 2, 2, 2, 2], "x"), None);
    let everyone: Vec<usize> = (0..16).collect();
    assert_eq!(grammar.score(0, 16, &everyone, "x"), None);
    assert_eq!(grammar.score(16, 0, &everyone, "x"), None);
    assert_eq!(grammar.score(3, 3, &everyone, "x"), None);
    assert_eq!(LambdaG::new(&documents, "und").score(0, 1, &everyone, "x"), None);
    assert!(LambdaG::new(&documents, "und").explain(0, 1, &everyone, "x").is_empty());
}

#[test]
fn the_parts_of_the_tokens_add_up_to_the_score() {
    let texts = texts();
    let documents = passages(&texts);
    let grammar = LambdaG::new(&documents, "fr");
    let everyone: Vec<usize> = (0..16).collect();
    let weights = grammar.explain(0, 1, &everyone, "x");
    let sum: f64 = weights.iter().map(|weight| weight.log10_ratio).sum();
    let lambda = grammar.lambdas(0, "x", &[1], &everyone)[0].unwrap();
    assert!((sum - lambda.sum).abs() < 1e-9, "{sum} {lambda:?}");
    assert!(lambda.scale * lambda.scale >= 2.0 * grammar.documents[0].length as f64);
    let covered: usize = weights.iter().map(|weight| weight.bytes.len()).sum();
    let written: usize =
        documents[0].iter().flat_map(|text| text.split_whitespace()).map(str::len).sum();
    assert_eq!(covered, written);
}

#[test]
fn the_explanation_shows_the_words_with_their_part() {
    let mut texts = texts();
    texts[0].push("Un \u{202e}piège\u{1b}[2J".to_owned());
    let documents = passages(&texts);
    let grammar = LambdaG::new(&documents, "fr");
    let everyone: Vec<usize> = (0..16).collect();
    let mut shown = plain(&documents[0], &grammar.explain(0, 1, &everyone, "x"));
    shown.push_str("----\n");
    shown.push_str(&plain(&documents[0], &grammar.explain(0, 9, &everyone, "x")));
    insta::assert_snapshot!(shown);
}

#[test]
fn the_order_of_the_pool_and_of_the_other_documents_does_not_matter() {
    let texts = texts();
    let documents = passages(&texts);
    let grammar = LambdaG::new(&documents, "fr");
    let everyone: Vec<usize> = (0..16).collect();
    let backwards: Vec<usize> = (0..16).rev().collect();
    let score = grammar.score(0, 9, &everyone, "x");
    assert_eq!(score, grammar.score(0, 9, &backwards, "x"));
    // A document that is in nobody's pool changes nothing but the median length.
    let mut more = documents.clone();
    more.insert(0, documents[7].clone());
    let shifted: Vec<usize> = (1..17).collect();
    assert_eq!(score, LambdaG::new(&more, "fr").score(1, 10, &shifted, "x"));
}

#[test]
fn the_deviation_leaves_one_rival_out() {
    let spread = Spread::of(&[-1000.0, -1002.0, -1004.0, -900.0]);
    assert!((spread.variance(Some(-900.0)) - 8.0 / 3.0).abs() < 1e-9);
    assert!((Spread::of(&[1.0, 3.0]).variance(None) - 1.0).abs() < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn arbitrary_text_gives_finite_numbers(
        texts in prop::collection::vec(prop::collection::vec("(\\PC|[a-z ]){0,40}", 0..4), 8..12),
        french: bool,
    ) {
        let documents = passages(&texts);
        let grammar = LambdaG::new(&documents, if french { "fr" } else { "en" });
        let everyone: Vec<usize> = (0..texts.len()).collect();
        if let Some(score) = grammar.score(0, 1, &everyone, "x") {
            prop_assert!(score.is_finite());
            prop_assert_eq!(Some(score), grammar.score(1, 0, &everyone, "x"));
        }
        let weights = grammar.explain(0, 1, &everyone, "x");
        prop_assert!(weights.iter().all(|weight| weight.log10_ratio.is_finite()));
        let shown = plain(&documents[0], &weights);
        prop_assert_eq!(shown.lines().count(), documents[0].len());
    }
}

/// The alter-ego trials of one site: `lambda_g` and `char_impostors` of the same pairs.
fn trials(authors: &[(usize, &Author)], words: usize, language: &str) -> Vec<[Trial; 2]> {
    let half = |texts: &mut dyn Iterator<Item = &String>| {
        let passages = limit_words(texts.map(|text| Passage::of_text(text)), words);
        Writing::new(String::new(), language.to_owned(), passages)
    };
    let cut = authors.iter().map(|&(number, author)| {
        let halves = [half(&mut author.halves[0].iter().rev()), half(&mut author.halves[1].iter())];
        (number, &author.author, halves)
    });
    let long = |halves: &[Writing; 2]| halves.iter().all(|half| half.words() * 5 >= words * 4);
    let cut: Vec<_> = cut.filter(|(_, _, halves)| long(halves)).collect();
    let count = cut.len();
    let sides = (0..2).flat_map(|side| cut.iter().map(move |(_, _, halves)| &halves[side]));
    let documents: Vec<Vec<&str>> = sides.map(|half| half.sample(words)).collect();
    let (grammar, population) = (LambdaG::new(&documents, language), Population::new(&documents));
    let row = |x: usize| {
        let (own, other) = if x < count { (x, count) } else { (x - count, 0) };
        let candidates: Vec<usize> = (other..other + count).collect();
        let rivals: Vec<usize> = (0..count).filter(|&n| n != own).map(|n| other + n).collect();
        let key = cut[own].1;
        let lambda = grammar.scores(x, key, &candidates, &rivals);
        [lambda, population.scores(x, key, &candidates, &rivals)]
    };
    let rows: Vec<[Vec<Option<f64>>; 2]> = (0..2 * count).into_par_iter().map(row).collect();
    let pairs = (0..count).flat_map(|i| (0..count).map(move |j| (i, j)));
    let trial = |(i, j): (usize, usize)| {
        [0, 1].map(|signal| {
            let both = (rows[i][signal][j].unwrap(), rows[count + j][signal][i].unwrap());
            Trial { a: cut[i].0, b: cut[j].0, score: f64::midpoint(both.0, both.1) }
        })
    };
    pairs.map(trial).collect()
}

/// Error figures on the bundled reference, and what both signals give added on one scale: each
/// divided by its mean over trials of one hand.
fn figures(reference: &Reference, language: &str, words: usize) -> (String, [f64; 3]) {
    let of_language = reference.authors().iter().enumerate().filter(|(_, a)| a.lang == language);
    let mut sites = BTreeMap::<&str, Vec<(usize, &Author)>>::new();
    for (number, author) in of_language {
        sites.entry(&author.source).or_default().push((number, author));
    }
    let all: Vec<[Trial; 2]> =
        sites.values().flat_map(|authors| trials(authors, words, language)).collect();
    let own = |signal: usize| -> Vec<Trial> { all.iter().map(|both| both[signal]).collect() };
    let mean = |signal: usize| {
        let same = Scores::of(&own(signal)).same;
        same.iter().sum::<f64>() / same.len() as f64
    };
    let (one, other) = (mean(0), mean(1));
    let sum =
        |both: &[Trial; 2]| Trial { score: both[0].score / one + both[1].score / other, ..both[0] };
    let mut costs = [0.0; 3];
    let mut line = format!("{language} {words}:");
    let named =
        [("lambda_g", own(0)), ("char_impostors", own(1)), ("sum", all.iter().map(sum).collect())];
    for (at, (name, trials)) in named.into_iter().enumerate() {
        let area = auc(&Scores::of(&trials));
        costs[at] = cllr(&Scores::of(&cross_validated(&trials).unwrap()));
        write!(line, " {name} AUC {area:.3} Cllr {:.3};", costs[at]).unwrap();
    }
    (line, costs)
}

#[test]
fn it_adds_to_the_character_sequences_on_the_reference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/reference");
    let authors = std::fs::read(folder.join("authors.jsonl.zst")).unwrap();
    let authors = zstd::decode_all(&*authors).unwrap();
    let hours = std::fs::read(folder.join("hours.json")).unwrap();
    let reference = Reference::parse(&authors, &hours).unwrap();
    let mut lines = Vec::new();
    for (language, words) in [("fr", 180), ("fr", 250), ("en", 250)] {
        let (line, [grammar, characters, both]) = figures(&reference, language, words);
        assert!(grammar < 0.75 && both < characters && both < grammar, "{line}");
        lines.push(line);
    }
    insta::assert_snapshot!(lines.join("\n"));
}
