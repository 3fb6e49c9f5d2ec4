//! Trials: scores whose truth is known.

/// One comparison of known truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// The first author.
    pub a: usize,
    /// The second author; the same for a trial of one hand.
    pub b: usize,
    /// The score.
    pub score: f64,
}

impl Trial {
    /// Whether one person wrote both sides.
    pub fn same(&self) -> bool {
        self.a == self.b
    }
}

/// Scores or LRs of both classes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    /// Trials of one hand.
    pub same: Vec<f64>,
    /// Trials of different hands.
    pub different: Vec<f64>,
}

impl Scores {
    /// The scores of trials.
    pub fn of(trials: &[Trial]) -> Self {
        let (same, different): (Vec<&Trial>, Vec<&Trial>) =
            trials.iter().partition(|trial| trial.same());
        let scores = |trials: Vec<&Trial>| trials.iter().map(|trial| trial.score).collect();
        Self { same: scores(same), different: scores(different) }
    }

    /// The same trials on another scale.
    #[must_use]
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        let apply = |scores: &[f64]| scores.iter().map(|&score| f(score)).collect();
        Self { same: apply(&self.same), different: apply(&self.different) }
    }
}

#[cfg(test)]
pub(crate) fn test_vector() -> Scores {
    Scores {
        same: vec![-1.0, 0.3, 0.8, 1.1, 1.6, 2.0, 2.5, 3.0],
        different: vec![-3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.2, 0.4, 1.0, 2.0],
    }
}
