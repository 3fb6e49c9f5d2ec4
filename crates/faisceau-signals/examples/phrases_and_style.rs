//! Measures what a common phrase adds to the style that already saw it.
//!
//! `cargo run --release -p faisceau-signals --example phrases_and_style -- CORPORA`: for each log10
//! LR that a phrase could be given, the Cllr of style (cross-validated) plus that. Where the least
//! Cllr stands above the cap of the signal, adding the capped LR counts nothing twice.
#![expect(clippy::print_stdout, reason = "a program that prints its measurements")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::Path;

use faisceau_signals::Author;
use faisceau_signals::alterego::{self, Rivals};
use faisceau_signals::objects::alterego::phrases;
use faisceau_weigh::validation::{Scores, Trial, cllr, cross_validated};
use flate2::read::GzDecoder;

const WORTH: [f64; 7] = [0.0, 0.3, 0.6, 1.0, 1.3, 1.6, 2.0];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("call: phrases_and_style CORPORA")?;
    for (corpus, words) in [("fr_comments_dev", 250), ("en_irc_dev", 250), ("en_irc_dev", 1000)] {
        let authors = authors(&Path::new(&folder).join(format!("{corpus}.csv.gz")))?;
        let of_pair: BTreeMap<(usize, usize), (bool, bool)> = phrases(&authors, words)
            .iter()
            .map(|trial| ((trial.a, trial.b), (trial.rare.is_some(), trial.shared.is_some())))
            .collect();
        let style = alterego::style(&authors, words, Rivals::Local);
        let style: Vec<Trial> =
            style.iter().map(|t| Trial { a: t.a, b: t.b, score: t.parts.iter().sum() }).collect();
        let style = cross_validated(&style).ok_or("too few trials")?;
        for (signal, rare) in [("rare_phrase", true), ("shared_phrase", false)] {
            let curve: Vec<String> = WORTH
                .iter()
                .map(|worth| {
                    let with = |trial: &Trial| {
                        let found = of_pair.get(&(trial.a, trial.b)).copied().unwrap_or_default();
                        let found = if rare { found.0 } else { found.1 };
                        let more = if found { worth * std::f64::consts::LN_10 } else { 0.0 };
                        Trial { score: trial.score + more, ..*trial }
                    };
                    let all: Vec<Trial> = style.iter().map(with).collect();
                    format!("{worth}: {:.4}", cllr(&Scores::of(&all)))
                })
                .collect();
            println!("{corpus} {words} words, {signal} worth {}", curve.join("  "));
        }
    }
    Ok(())
}

fn authors(path: &Path) -> Result<Vec<Author>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_reader(GzDecoder::new(File::open(path)?));
    let mut authors = BTreeMap::<String, Author>::new();
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let field = |name: &str| row.get(name).cloned().unwrap_or_default();
        let author = authors.entry(field("author")).or_insert_with(|| Author {
            author: field("author"),
            lang: field("lang"),
            source: field("source"),
            halves: <_>::default(),
        });
        author.halves[usize::from(field("split") == "B")].push(field("text"));
    }
    Ok(authors.into_values().collect())
}
