//! The report as data.
//!
//! In: outcomes of systems. Out: figures for each system, cut, scope and amount of material, in a
//! stable order. Where there were too few trials to fit, there are no figures and the counts say
//! why.

use faisceau_weigh::validation::{
    Ece, Ends, Misleading, Scores, Tippett, Trial, auc, cllr, cllr_interval, cllr_min, ece, eer,
    median_same, misleading, recall_at, tippett, top,
};
use serde::{Deserialize, Serialize};

use crate::baselines::Baselines;
use crate::corpus::Corpus;
use crate::protocol::{MOST_AUTHORS, Validation, draws};

/// The version of the report.
const VERSION: u32 = 1;
/// Draws of authors for the interval of Cllr.
const REPLICATES: usize = 500;
/// Share of pairs of different hands that may pass when recall is read.
const FALSE_PAIRS: f64 = 1e-3;

/// What the corpus is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorpusSummary {
    /// Its name, as the user gave it.
    pub name: String,
    /// Its authors.
    pub authors: usize,
    /// Authors beyond [`MOST_AUTHORS`], who are not compared.
    pub authors_left_out: usize,
    /// Its posts.
    pub posts: usize,
    /// Sites with their authors.
    pub sites: Vec<(String, usize)>,
    /// First and last second since the Unix epoch, if there is a post.
    pub period_s: Option<[i64; 2]>,
    /// Records that could not be read.
    pub rejects: u64,
}

impl CorpusSummary {
    /// The summary of a corpus.
    pub fn new(name: &str, corpus: &Corpus) -> Self {
        let mut sites = std::collections::BTreeMap::<&str, usize>::new();
        for author in &corpus.authors {
            *sites.entry(&author.source).or_default() += 1;
        }
        let first = corpus.authors.iter().filter_map(|author| author.posts.first());
        let last = corpus.authors.iter().filter_map(|author| author.posts.last());
        let first = first.map(|post| post.at_s).min();
        let last = last.map(|post| post.at_s).max();
        Self {
            name: name.to_owned(),
            authors: corpus.authors.len(),
            authors_left_out: corpus.authors.len().saturating_sub(MOST_AUTHORS),
            posts: corpus.authors.iter().map(|author| author.posts.len()).sum(),
            sites: sites.into_iter().map(|(site, count)| (site.to_owned(), count)).collect(),
            period_s: first.zip(last).map(|(first, last)| [first, last]),
            rejects: corpus.rejects.count,
        }
    }
}

/// The figures of one system at one amount of material.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryFigures {
    /// Area under the ROC of the score.
    pub auc: f64,
    /// Equal error rate of the score, on the convex hull.
    pub eer: f64,
    /// Cllr of LRs of unseen authors, in bits.
    pub cllr: f64,
    /// Bounds of 95 % of the Cllr of authors drawn with replacement.
    pub cllr_interval: [f64; 2],
    /// Cllr of the same LRs after the best monotone calibration.
    pub cllr_min: f64,
    /// Share of trials of one hand found while one pair of different hands in 1000 passes.
    pub recall_at_one_in_1000: f64,
    /// Share of authors whose own second side comes first.
    pub top1: f64,
    /// Share of authors whose own second side is among the first ten.
    pub top10: f64,
    /// Median log10 LR of one hand.
    pub median_same_log10_lr: f64,
    /// Misleading evidence at 10, 100, 1000.
    pub misleading: Misleading,
    /// Empirical cross-entropy over prior odds.
    pub ece: Vec<Ece>,
    /// Tippett plot.
    pub tippett: Vec<Tippett>,
}

/// One system at one amount of material under one protocol.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The system.
    pub system: String,
    /// `halves` or `days`.
    pub cut: String,
    /// `within` or `across`.
    pub scope: String,
    /// Words a side.
    pub words: Option<usize>,
    /// Posts a side.
    pub posts: Option<usize>,
    /// Authors with a trial of one hand.
    pub authors: usize,
    /// Trials of one hand.
    pub same: usize,
    /// Trials of different hands.
    pub different: usize,
    /// Trials of different hands whose authors are of one fold, on which the LRs were tested.
    pub different_tested: usize,
    /// The figures; none with too few trials to fit.
    pub figures: Option<EntryFigures>,
}

/// The whole report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidationReport {
    /// The version of this format.
    pub version: u32,
    /// The corpus.
    pub corpus: CorpusSummary,
    /// Systems, in the order in which they were run.
    pub entries: Vec<Entry>,
    /// Baselines, with the definitions of the published script.
    pub baselines: Vec<Baselines>,
}

impl ValidationReport {
    /// The report of outcomes and baselines.
    pub fn new(
        corpus: CorpusSummary,
        validations: &[Validation],
        baselines: Vec<Baselines>,
    ) -> Self {
        let entries = validations.iter().map(entry).collect();
        Self { version: VERSION, corpus, entries, baselines }
    }

    /// The report as JSON, with a line end.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

fn entry(validation: &Validation) -> Entry {
    let outcome = &validation.outcome;
    let (scores, lrs) = (Scores::of(&outcome.scores), Scores::of(&outcome.lrs));
    Entry {
        system: validation.system.clone(),
        cut: validation.cut.as_str().to_owned(),
        scope: validation.scope.as_str().to_owned(),
        words: validation.material.words,
        posts: validation.material.posts,
        authors: scores.same.len(),
        same: scores.same.len(),
        different: scores.different.len(),
        different_tested: lrs.different.len(),
        figures: figures(&outcome.scores, &outcome.lrs),
    }
}

fn figures(trials: &[Trial], lr_trials: &[Trial]) -> Option<EntryFigures> {
    let (scores, lrs) = (Scores::of(trials), Scores::of(lr_trials));
    let classes = [&scores.same, &scores.different, &lrs.same, &lrs.different];
    if classes.iter().any(|class| class.is_empty() || class.iter().any(|x| !x.is_finite())) {
        return None;
    }
    let (low, high) = cllr_interval(lr_trials, &draws(lr_trials, REPLICATES))?;
    let rates = misleading(&lrs);
    Some(EntryFigures {
        auc: rounded(auc(&scores)),
        eer: rounded(eer(&scores, Ends::Open)),
        cllr: rounded(cllr(&lrs)),
        cllr_interval: [rounded(low), rounded(high)],
        cllr_min: rounded(cllr_min(&lrs, Ends::Open)),
        recall_at_one_in_1000: rounded(recall_at(&scores, FALSE_PAIRS)),
        top1: rounded(top(trials, 1)),
        top10: rounded(top(trials, 10)),
        median_same_log10_lr: rounded(median_same(&lrs)),
        misleading: Misleading {
            same: rates.same.map(rounded),
            different: rates.different.map(rounded),
        },
        ece: ece(&lrs)
            .into_iter()
            .map(|point| Ece {
                system: rounded(point.system),
                best: rounded(point.best),
                silent: rounded(point.silent),
                ..point
            })
            .collect(),
        tippett: tippett(&lrs.map(|lr| lr / core::f64::consts::LN_10)),
    })
}

/// Six decimals: beyond them figures say nothing, and the file stays short.
fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6 + 0.0
}
