//! Systems run over a plan.

use super::plan::{Plan, Scope};
use super::sides::Cut;
use super::system::System;
use super::task::Task;
use super::{Material, Outcome};
use crate::corpus::Corpus;

/// The outcome of one system on one task.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    /// The system.
    pub system: String,
    /// The cut.
    pub cut: Cut,
    /// The scope.
    pub scope: Scope,
    /// The amount of material.
    pub material: Material,
    /// What came out.
    pub outcome: Outcome,
}

/// Runs each system on each task that it takes, in the order of the plan. `progress` is told how
/// many of how many are done.
pub fn validate(
    corpus: &Corpus,
    systems: &[&dyn System],
    plan: &Plan,
    progress: &mut dyn FnMut(usize, usize),
) -> Vec<Validation> {
    let takers = |material: Material| systems.iter().filter(move |s| s.takes(material));
    let rounds = plan.cuts.len() * plan.scopes.len();
    let total = rounds * plan.materials.iter().map(|&m| takers(m).count()).sum::<usize>();
    let mut validations = Vec::new();
    for &cut in &plan.cuts {
        for &scope in &plan.scopes {
            for &material in plan.materials.iter().filter(|&&m| takers(m).next().is_some()) {
                let task = Task::new(corpus, cut, scope, material);
                for system in takers(material) {
                    let (name, outcome) = (system.name().to_owned(), system.outcome(&task));
                    validations.push(Validation { system: name, cut, scope, material, outcome });
                    progress(validations.len(), total);
                }
            }
        }
    }
    validations
}
