//! The weights of the parts of a fused signal.
//!
//! In: a reference. Out: `fusion.json`. One set of weights for all languages and lengths: a few
//! numbers that carry to other material, where weights for each would follow its noise.

use faisceau_signals::alterego::{self, Rivals};
use faisceau_signals::style::{PARTS, writing_style};
use faisceau_signals::{Fusion, Reference, Weight, Weights};
use faisceau_weigh::validation::{Several, fuse};

/// Words a side of the trials from which the weights of the parts are found.
const FUSED_AT: [usize; 3] = [180, 250, 500];
/// Ridge of the fusion: parts that say the same share their weight.
const RIDGE: f64 = 0.1;

/// The weights of the parts, from trials of all languages and lengths together.
pub fn fusion(reference: &Reference) -> Option<Fusion> {
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

const GROUND: &str = "Prior-neutral logistic regression with a ridge of 0.1 over the alter-ego \
    trials of all sites of the reference at 180, 250 and 500 words together, rivals from the same \
    site; weights below 0 are 0; divided by their sum.";

/// The file as it is stored.
pub fn fusion_json(fusion: &Fusion) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(fusion)? + "\n")
}
