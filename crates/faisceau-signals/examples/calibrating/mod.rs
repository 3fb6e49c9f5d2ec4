//! Makes the tables of `calibration.json` from the bundled reference.
//!
//! In: the reference. Out: bins. Shared by the command that writes the file and by the test that
//! makes one bin again.

use faisceau_signals::alterego::{self, Rivals};
use faisceau_signals::{Reference, SplitMix64};
use faisceau_weigh::validation::{Bin, Trial, fit_bin};

/// Words a side of the bins of style: the ladder of the signal.
pub(crate) const WORDS: [usize; 8] = [100, 140, 180, 250, 350, 500, 700, 1000];
/// Active hours a side of the bins of time.
pub(crate) const HOURS: [usize; 5] = [8, 15, 30, 60, 120];
/// Sources of rivals, each with the condition of its table.
pub(crate) const RIVALS: [Rivals; 3] = [Rivals::Local, Rivals::FewLocal, Rivals::Reference];
/// Draws of authors with replacement.
const REPLICATES: usize = 200;
const SEED: u64 = 0x7265_706c_6963_6174;

/// The bin of `char_impostors` at `words` words a side.
pub(crate) fn style_bin(reference: &Reference, words: usize, rivals: Rivals) -> Option<Bin> {
    bin(words, &alterego::style(reference.authors(), words, rivals))
}

/// The bin of `hour_of_week` at `hours` active hours a side.
pub(crate) fn time_bin(reference: &Reference, hours: usize) -> Option<Bin> {
    bin(hours, &alterego::timing(reference, reference.hours(), hours))
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
