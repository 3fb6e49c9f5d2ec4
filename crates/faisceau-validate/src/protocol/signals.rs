//! The signals as systems: style, times, and both.
//!
//! Each in two ways: calibrated inside the corpus, on authors who are not tested, which tells what
//! the signal could do; or as a case would weigh it, with the calibration and the caps of a
//! reference that never saw the corpus, held against the corpus without its truth, which tells
//! what it does.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_signals::Reference;
use faisceau_signals::alterego::{self, Rivals, Times};
use faisceau_signals::style::writing_style;
use faisceau_signals::timing::posting_times;
use faisceau_weigh::validation::{FOLDS, Fused, Scores, Several, Trial, fit, fuse};
use faisceau_weigh::{Calibration, Shift};

use super::plan::Material;
use super::system::{Outcome, System};
use super::task::Task;
use crate::reference::style_trials;

/// Ridge of the fit to two scores: next to none.
const RIDGE: f64 = 1e-4;

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// Texts.
    Style,
    /// Times.
    Time,
    /// Both; their LRs are multiplied.
    Both,
    /// Both, as one fit to both scores: the check that multiplying counts nothing twice.
    Fused,
}

/// The signals of style and time.
#[derive(Debug, Clone, Copy)]
pub struct Signals<'a> {
    /// What is read.
    pub read: Read,
    /// The reference that tops the population up and weighs the parts.
    pub reference: &'a Reference,
    /// The calibration of a case, or `None` to calibrate inside the corpus.
    pub weighed_by: Option<&'a Calibration>,
    /// Whether the calibration of style is held against the trials and lowered, as a case does.
    pub held: bool,
}

impl System for Signals<'_> {
    fn name(&self) -> &'static str {
        match (self.read, self.weighed_by.is_some()) {
            (Read::Style, false) => "writing_style",
            (Read::Time, false) => "posting_times",
            (Read::Both, false) => "style × time",
            (Read::Style, true) => "writing_style, as a case weighs it",
            (Read::Time, true) => "posting_times, as a case weighs it",
            (Read::Both, true) => "style × time, as a case weighs them",
            (Read::Fused, _) => "style + time, one fit",
        }
    }

    fn takes(&self, material: Material) -> bool {
        let wanted = match self.read {
            Read::Style => (true, false),
            Read::Time => (false, true),
            Read::Both | Read::Fused => (true, true),
        };
        (material.words.is_some(), material.posts.is_some()) == wanted
    }

    fn outcome(&self, task: &Task<'_>) -> Outcome {
        match self.read {
            Read::Style => self.style(task),
            Read::Time => self.time(task),
            Read::Both => product(&self.style(task), &self.time(task)),
            Read::Fused => fused(&self.style(task), &self.time(task)),
        }
    }
}

impl Signals<'_> {
    fn style(&self, task: &Task<'_>) -> Outcome {
        let words = task.material.words.unwrap_or_default();
        let trials = style_trials(self.reference, &task.authors, words, Rivals::Local);
        let trials: Vec<(Trial, i64)> =
            trials.iter().map(|trial| (plain(trial), words as i64)).collect();
        let shift = self.shift(&trials);
        self.weighed(writing_style::CARD.name, &trials, shift.as_ref())
    }

    /// What the calibration of style is found to be worth on the trials. Each side is an account.
    fn shift(&self, trials: &[(Trial, i64)]) -> Option<Shift> {
        let table = self.weighed_by?.table_of(writing_style::CARD.name, "")?;
        let sides = |of: fn(&Trial) -> usize| {
            trials.iter().map(|(trial, _)| of(trial)).collect::<BTreeSet<usize>>().len() as u64
        };
        let accounts = sides(|trial| trial.a) + sides(|trial| trial.b);
        let scores = trials.iter().map(|(trial, material)| (*material, trial.score));
        self.held.then(|| Shift::of(table, accounts, scores))
    }

    fn time(&self, task: &Task<'_>) -> Outcome {
        let trials = alterego::unmatched(self.reference, &task.hours, Times::Both);
        let trials: Vec<(Trial, i64)> =
            trials.iter().map(|sized| (plain(&sized.trial), sized.hours as i64)).collect();
        self.weighed(posting_times::CARD.name, &trials, None)
    }

    /// Trials with their material. A case says nothing where its calibration has no bin: LR 1.
    fn weighed(&self, signal: &str, trials: &[(Trial, i64)], shift: Option<&Shift>) -> Outcome {
        let scores: Vec<Trial> = trials.iter().map(|(trial, _)| *trial).collect();
        let Some(calibration) = self.weighed_by else { return Outcome::calibrated(scores) };
        let lr = |(trial, material): &(Trial, i64)| {
            let lr = calibration.lr(signal, "", *material, trial.score);
            let lr = lr.map(|lr| shift.map_or(lr, |shift| shift.lowered(lr)));
            let log10 = lr.map_or(0.0, faisceau_model::Lr::log10);
            Trial { score: log10 * core::f64::consts::LN_10, ..*trial }
        };
        Outcome { scores, lrs: trials.iter().map(lr).collect() }
    }
}

/// The LRs of both multiplied; of style alone where the times say nothing.
fn product(style: &Outcome, time: &Outcome) -> Outcome {
    // The order of all trials is read on fits to all of them; LRs have seen neither author.
    let scores = match (fitted(&style.scores), fitted(&time.scores)) {
        (Some(style), Some(time)) => sum(&style, &time),
        (Some(style), None) => style,
        (None, _) => Vec::new(),
    };
    Outcome { scores, lrs: sum(&style.lrs, &time.lrs) }
}

/// LRs of one fit to both scores, on authors whom it has not seen. Times that say nothing are 0.
fn fused(style: &Outcome, time: &Outcome) -> Outcome {
    let times: BTreeMap<(usize, usize), f64> =
        time.scores.iter().map(|t| ((t.a, t.b), t.score)).collect();
    let both: Vec<Several> = style
        .scores
        .iter()
        .map(|t| {
            let time = times.get(&(t.a, t.b)).copied().unwrap_or(0.0);
            Several { a: t.a, b: t.b, scores: vec![t.score, time] }
        })
        .collect();
    let lr = |model: &Fused, t: &Several| {
        let ln = t.scores.iter().zip(&model.weights).map(|(score, weight)| score * weight);
        Trial { a: t.a, b: t.b, score: model.intercept + ln.sum::<f64>() }
    };
    let scores = fuse(&both, RIDGE).map(|model| both.iter().map(|t| lr(&model, t)).collect());
    let mut lrs = Vec::new();
    for held in 0..FOLDS {
        let unseen = |t: &&Several| t.a % FOLDS != held && t.b % FOLDS != held;
        let seen: Vec<Several> = both.iter().filter(unseen).cloned().collect();
        let Some(model) = fuse(&seen, RIDGE) else { return Outcome::default() };
        let tested = both.iter().filter(|t| t.a % FOLDS == held && t.b % FOLDS == held);
        lrs.extend(tested.map(|t| lr(&model, t)));
    }
    Outcome { scores: scores.unwrap_or_default(), lrs }
}

/// Natural log LRs of a fit to the same trials.
fn fitted(trials: &[Trial]) -> Option<Vec<Trial>> {
    let Scores { same, different } = Scores::of(trials);
    let even = |scores: Vec<f64>| scores.into_iter().map(|score| (score, 1.0)).collect::<Vec<_>>();
    let model = fit(&even(same), &even(different))?;
    Some(trials.iter().map(|t| Trial { score: model.ln_lr(t.score), ..*t }).collect())
}

/// Log LRs with those that the other list has for the same trial.
fn sum(trials: &[Trial], others: &[Trial]) -> Vec<Trial> {
    let others: BTreeMap<(usize, usize), f64> =
        others.iter().map(|t| ((t.a, t.b), t.score)).collect();
    let of_pair = |t: &Trial| others.get(&(t.a, t.b)).copied().unwrap_or(0.0);
    trials.iter().map(|t| Trial { score: t.score + of_pair(t), ..*t }).collect()
}

fn plain(trial: &alterego::Trial) -> Trial {
    Trial { a: trial.a, b: trial.b, score: trial.score }
}
