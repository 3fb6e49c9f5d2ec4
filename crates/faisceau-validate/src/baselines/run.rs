//! All baselines on one corpus.

use serde::{Deserialize, Serialize};

use super::counts::Counts;
use super::figures::{Figures, figures};
use super::folds::{cross_validated, refitted};
use super::hours::{self, Counting};
use super::matrix::Matrix;
use super::ngrams;
use super::processor::Processor;
use super::sides::Sides;
use super::tfidf;
use super::words;
use crate::corpus::Corpus;
use crate::protocol::Cut;

/// Most n-grams of two to five characters.
const MOST_NGRAMS: usize = 200_000;

/// The options of the script.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Words a side (`--words`).
    pub words: usize,
    /// Posts a side at most, for the hours (`--posts`).
    pub posts: usize,
    /// How histories are cut (`--protocol`).
    pub cut: Cut,
    /// Only pairs of one site (`--within`).
    pub within: bool,
    /// Share of the words that a side must hold (`--minwords`).
    pub least_share: f64,
    /// The processor on which the script ran.
    pub processor: Processor,
}

/// One baseline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Its name in the script.
    pub name: String,
    /// Its figures; none when a fold holds too few authors, or a class no trial.
    pub figures: Option<Figures>,
}

/// All baselines on one corpus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baselines {
    /// Authors with enough text on both sides.
    pub authors: usize,
    /// Words a side.
    pub words: usize,
    /// Posts a side at most.
    pub posts: usize,
    /// `halves` or `days`.
    pub protocol: String,
    /// Whether only pairs of one site are trials.
    pub within: bool,
    /// The processor whose ties they have.
    pub processor: Processor,
    /// In the order of the script.
    pub results: Vec<Baseline>,
}

/// Runs the baselines. `progress` is told how many of how many steps are done.
pub fn run(
    corpus: &Corpus,
    settings: &Settings,
    progress: &mut dyn FnMut(usize, usize),
) -> Baselines {
    let sides = Sides::of(corpus, settings);
    let scorers = scorers();
    let steps = 2 * scorers.len() + FUSIONS.len();
    let mut done = 0;
    let mut step = || {
        done += 1;
        progress(done, steps);
    };
    let mut results = Vec::new();
    let mut matrices = Vec::new();
    for (_, score) in &scorers {
        matrices.push(if sides.size() > 0 { Some(score(&sides)) } else { None });
        step();
    }
    for ((name, _), matrix) in scorers.iter().zip(&matrices) {
        let lrs = matrix.as_ref().and_then(|matrix| cross_validated(&[matrix], &sides.allowed));
        let figures = matrix.as_ref().zip(lrs).and_then(|(m, lrs)| figures(&sides.trials(m), &lrs));
        results.push(Baseline { name: (*name).to_owned(), figures });
        step();
    }
    for (name, members) in FUSIONS {
        let named = |name: &&str| {
            let at = scorers.iter().position(|(other, _)| other == name)?;
            matrices.get(at)?.as_ref()
        };
        let features: Option<Vec<&Matrix>> = members.iter().map(named).collect();
        let figures = features.and_then(|features| {
            let lrs = cross_validated(&features, &sides.allowed)?;
            let scores = refitted(&features, &sides.allowed)?;
            figures(&sides.trials(&scores), &lrs)
        });
        results.push(Baseline { name: name.to_owned(), figures });
        step();
    }
    Baselines {
        authors: sides.size(),
        words: settings.words,
        posts: settings.posts,
        protocol: settings.cut.as_str().to_owned(),
        within: settings.within,
        processor: settings.processor,
        results,
    }
}

const CHAR4: &str = "char4 tf-idf cosine";
const DELTA: &str = "300 MFW+punct cosine delta";
const TIME: &str = "time h24we active-hours DM-BF";

/// Fusions by logistic regression, with their members.
const FUSIONS: [(&str, &[&str]); 2] =
    [("FUSION style", &[CHAR4, DELTA]), ("FUSION style+time", &[CHAR4, DELTA, TIME])];

type Scorer = (&'static str, Box<dyn Fn(&Sides) -> Matrix>);

fn scorers() -> Vec<Scorer> {
    let grams = |cut: fn(&str) -> Vec<String>, most: Option<usize>| {
        move |sides: &Sides| {
            let terms = sides.documents.iter().map(|text| cut(text)).collect();
            tfidf::cosines(&Counts::new(terms, 2, most, sides.processor))
        }
    };
    let time = |weekend: bool, active: bool| {
        move |sides: &Sides| {
            let counting = Counting { weekend, active };
            hours::dirichlet(&sides.times, counting, sides.processor)
        }
    };
    let posts = Counting { weekend: false, active: false };
    vec![
        (CHAR4, Box::new(grams(|text| ngrams::over_everything(text, 4), None))),
        ("char2-5 tf-idf cosine", Box::new(grams(ngrams::inside_words, Some(MOST_NGRAMS)))),
        (DELTA, Box::new(|sides| words::delta(&sides.documents, sides.processor))),
        (
            "400 MFW Dirichlet-multinomial BF",
            Box::new(|sides| words::dirichlet(&sides.documents, sides.processor)),
        ),
        ("time h24 posts cosine", Box::new(move |sides| hours::cosines(&sides.times, posts))),
        ("time h24 posts DM-BF", Box::new(time(false, false))),
        ("time h24 active-hours DM-BF", Box::new(time(false, true))),
        ("time h24we posts DM-BF", Box::new(time(true, false))),
        (TIME, Box::new(time(true, true))),
    ]
}
