use std::fmt::Write;

use proptest::prelude::*;

use super::draw::halves;
use super::explanation::TokenWeight;
use super::*;

/// Smallest part that is printed, as log10: a factor of 2.
const LEAST: f64 = 0.301;

/// Writes passages with the parts of their tokens, which are in the order of the text.
fn plain(passages: &[&str], weights: &[TokenWeight]) -> String {
    let mut out = String::new();
    for (number, passage) in passages.iter().enumerate() {
        let mut at = 0;
        let first = weights.partition_point(|weight| weight.passage < number);
        for weight in weights[first..].iter().take_while(|weight| weight.passage == number) {
            let Some(token) = passage.get(weight.bytes.clone()) else { continue };
            let Some(before) = passage.get(at..weight.bytes.start) else { continue };
            inert(&mut out, before);
            inert(&mut out, token);
            at = weight.bytes.end;
            if weight.log10_ratio.abs() >= LEAST {
                // Writing to a string does not fail.
                let _ = write!(out, "{{{:+.1}", weight.log10_ratio);
                if weight.seen != token {
                    out.push(' ');
                    inert(&mut out, &weight.seen);
                }
                out.push('}');
            }
        }
        inert(&mut out, passage.get(at..).unwrap_or_default());
        out.push('\n');
    }
    out
}

fn inert(out: &mut String, text: &str) {
    for c in text.chars() {
        // Marks that turn the direction of writing have no category of their own here.
        let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || turns {
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
    }
}

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
    let row = grammar.row(0, &[1, 9]);
    assert!(row[0] > row[1] + 0.4, "{row:?}");
}

#[test]
fn another_language_and_an_empty_text_say_nothing() {
    let mut texts = texts();
    texts.push(Vec::new());
    let documents = passages(&texts);
    let everyone: Vec<usize> = (0..16).collect();
    assert_eq!(LambdaG::new(&documents, "fr").row(16, &[0, 1]), [0.0, 0.0]);
    assert_eq!(LambdaG::new(&documents, "und").row(0, &[1, 9]), [0.0, 0.0]);
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
    let text = &grammar.documents[0];
    let mixtures: Vec<f64> = halves(&rivals(0, &everyone), "x")
        .into_iter()
        .filter(|half| half.members.binary_search(&1).is_err())
        .filter_map(|half| Some(text.log10(&half.model(&grammar.documents, grammar.mixture)?)))
        .collect();
    let mean = mixtures.iter().sum::<f64>() / mixtures.len() as f64;
    let lambda = text.log10(&grammar.models[1]) - mean;
    assert!((sum - lambda).abs() < 1e-9, "{sum} {lambda:?}");
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
        prop_assert!(grammar.row(0, &everyone).iter().all(|score| score.is_finite()));
        let weights = grammar.explain(0, 1, &everyone, "x");
        prop_assert!(weights.iter().all(|weight| weight.log10_ratio.is_finite()));
        let shown = plain(&documents[0], &weights);
        prop_assert_eq!(shown.lines().count(), documents[0].len());
    }
}
