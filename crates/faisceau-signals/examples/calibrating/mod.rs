//! Makes the tables of `calibration.json` from the bundled reference.
//!
//! In: the reference. Out: bins. Shared by the command that writes the file and by the test that
//! makes one bin again.

use faisceau_signals::alterego::{self, Rivals, Times};
use faisceau_signals::style::{PARTS, writing_style};
use faisceau_signals::{Fusion, Reference, SplitMix64, Weight, Weights};
use faisceau_weigh::validation::{Bin, Several, Trial, fit_bin, fuse};

/// Words a side of the bins of style: the ladder of the signal.
pub(crate) const WORDS: [usize; 8] = [100, 140, 180, 250, 350, 500, 700, 1000];
/// Active hours a side of the bins of time.
pub(crate) const HOURS: [usize; 7] = [2, 4, 8, 15, 30, 60, 120];
/// Signals of time that are weighed, each with what it compares.
pub(crate) const TIMES: [(&str, Times); 2] =
    [("hour_of_week", Times::Hours), ("posting_times", Times::Both)];
/// Sources of rivals, each with the condition of its table.
pub(crate) const RIVALS: [Rivals; 3] = [Rivals::Local, Rivals::FewLocal, Rivals::Reference];
/// Draws of authors with replacement.
const REPLICATES: usize = 200;
const SEED: u64 = 0x7265_706c_6963_6174;

/// Words a side of the trials from which the weights of the parts are found.
const FUSED_AT: [usize; 3] = [180, 250, 500];
/// Ridge of the fusion: parts that say the same share their weight.
const RIDGE: f64 = 0.1;

/// The weights of the parts, from trials of all languages and lengths together.
pub(crate) fn fusion(reference: &Reference) -> Option<Fusion> {
    let trials = |words| {
        let trials = alterego::style(reference.authors(), words, Rivals::Local);
        trials.into_iter().map(|t| Several { a: t.a, b: t.b, scores: t.parts })
    };
    let trials: Vec<Several> = FUSED_AT.into_iter().flat_map(trials).collect();
    let fused = fuse(&trials, RIDGE)?;
    // A sum of 1: the score stays on the scale of one part.
    let sum: f64 = fused.weights.iter().sum();
    let weight = |(part, weight): (&&str, &f64)| Weight {
        part: (*part).to_owned(),
        weight: (weight / sum * 1000.0).round() / 1000.0,
    };
    let parts = PARTS.iter().zip(&fused.weights).map(weight).collect();
    let signals = vec![Weights { signal: writing_style::CARD.name.to_owned(), parts }];
    Some(Fusion { version: 1, ground: GROUND.to_owned(), signals })
}

const GROUND: &str = "Prior-neutral logistic regression with a ridge of 0.01 over the alter-ego \
    trials of all sites of the reference at 180, 250 and 500 words together, rivals from the same \
    site; weights below 0 are 0; divided by their sum.";

/// The bin of `writing_style` at `words` words a side.
pub(crate) fn style_bin(reference: &Reference, words: usize, rivals: Rivals) -> Option<Bin> {
    bin(words, &style_trials(reference, words, rivals))
}

/// The trials of `writing_style`, fused.
pub(crate) fn style_trials(
    reference: &Reference,
    words: usize,
    rivals: Rivals,
) -> Vec<alterego::Trial> {
    let fused = |t: alterego::PartTrial| alterego::Trial {
        a: t.a,
        b: t.b,
        score: reference.fused(writing_style::CARD.name, &PARTS, &t.parts),
    };
    alterego::style(reference.authors(), words, rivals).into_iter().map(fused).collect()
}

/// The bin of a signal of time at `hours` active hours a side.
pub(crate) fn time_bin(reference: &Reference, hours: usize, what: Times) -> Option<Bin> {
    bin(hours, &alterego::matched(reference, reference.hours(), hours, what))
}

fn bin(material: usize, trials: &[alterego::Trial]) -> Option<Bin> {
    let trials: Vec<Trial> =
        trials.iter().map(|t| Trial { a: t.a, b: t.b, score: t.score }).collect();
    fit_bin(material as i64, &trials, &draws(&trials))
}

/// How often each author is drawn in each replicate; only authors with trials take part.
fn draws(trials: &[Trial]) -> Vec<Vec<u32>> {
    let mut authors: Vec<usize> = trials.iter().map(|trial| trial.a).collect();
    authors.sort_unstable();
    authors.dedup();
    let mut chance = SplitMix64::new(SEED);
    let size = authors.last().map_or(0, |last| last + 1);
    let draw = |_| {
        let mut times = vec![0; size];
        for _ in 0..authors.len() {
            times[authors[chance.below(authors.len())]] += 1;
        }
        times
    };
    (0..REPLICATES).map(draw).collect()
}
