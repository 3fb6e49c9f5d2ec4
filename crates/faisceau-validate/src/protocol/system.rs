//! What is validated: anything that gives trials a score and a likelihood ratio.

use faisceau_weigh::validation::{Trial, cross_validated};

use super::plan::Material;
use super::task::Task;

/// The answers of a system to a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Scores of all trials, higher for one hand. Read for AUC, EER, ranks and recall.
    pub scores: Vec<Trial>,
    /// Natural log LRs of trials whose authors the fit had not seen. Empty when there were too
    /// few trials to fit.
    pub lrs: Vec<Trial>,
}

impl Outcome {
    /// Scores of one signal, calibrated by logistic regression, five folds by author.
    pub fn calibrated(scores: Vec<Trial>) -> Self {
        let lrs = cross_validated(&scores).unwrap_or_default();
        Self { scores, lrs }
    }
}

/// A system under validation.
pub trait System: Sync {
    /// Its name in reports.
    fn name(&self) -> &str;

    /// Whether this kind of material is the one it reads: text, times or both.
    fn takes(&self, material: Material) -> bool;

    /// Its answers. Must not depend on the number of threads.
    fn outcome(&self, task: &Task<'_>) -> Outcome;
}
