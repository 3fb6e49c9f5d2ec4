//! Cross-validated log LRs, as the script makes them.
//!
//! In: one matrix a feature, and which cells are trials. Out: for each trial whose two authors
//! are of one fold, the natural log LR of a fit to the authors of the other folds. Both classes
//! weigh one half. Features are standardised over all cells.

use faisceau_weigh::validation::Trial;

use super::exact_lgamma::sum;
use super::matrix::Matrix;
use super::numpy_permutation::permutation;
use super::ridge::{Sample, fit, log_odds};

/// Folds.
const FOLDS: usize = 5;
/// Seed of the permutation that makes them.
const SEED: u32 = 1;

/// Which cells are trials: all, or those inside one site.
#[derive(Debug, Clone)]
pub(super) struct Allowed {
    /// The site of each author.
    pub(super) sites: Vec<String>,
    /// Whether pairs of two sites are left out.
    pub(super) within: bool,
}

impl Allowed {
    pub(super) fn pair(&self, i: usize, j: usize) -> bool {
        !self.within || self.sites[i] == self.sites[j]
    }
}

/// Each feature with mean 0 and deviation 1 over all cells, cell by cell.
fn standardised(features: &[&Matrix]) -> Vec<Vec<f64>> {
    // `NumPy` sums one column in blocks, several columns row by row.
    let total =
        |values: &[f64]| if features.len() == 1 { sum(values) } else { values.iter().sum() };
    let columns: Vec<Vec<f64>> = features
        .iter()
        .map(|feature| {
            let all = feature.values.len() as f64;
            let mean = total(&feature.values) / all;
            let squares: Vec<f64> =
                feature.values.iter().map(|x| (x - mean) * (x - mean)).collect();
            let deviation = (total(&squares) / all).sqrt() + 1e-12;
            feature.values.iter().map(|x| (x - mean) / deviation).collect()
        })
        .collect();
    let cells = columns.first().map_or(0, Vec::len);
    (0..cells).map(|cell| columns.iter().map(|column| column[cell]).collect()).collect()
}

/// The cross-validated log LRs, in the order of the cells. `None` when a fold has too little.
pub(super) fn cross_validated(features: &[&Matrix], allowed: &Allowed) -> Option<Vec<Trial>> {
    let size = features.first()?.size;
    let cells = standardised(features);
    let mut fold = vec![0; size];
    for (author, number) in permutation(SEED, size).into_iter().enumerate() {
        fold[author] = number % FOLDS;
    }
    let pairs = || (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
    let trials: Vec<(usize, usize)> = pairs().filter(|&(i, j)| allowed.pair(i, j)).collect();
    let mut lrs = Vec::new();
    for held in 0..FOLDS {
        let seen: Vec<(usize, usize)> =
            trials.iter().copied().filter(|&(i, j)| fold[i] != held && fold[j] != held).collect();
        let same = seen.iter().filter(|(i, j)| i == j).count() as f64;
        let different = seen.len() as f64 - same;
        let samples: Vec<Sample> = seen
            .iter()
            .map(|&(i, j)| Sample {
                features: cells[i * size + j].clone(),
                same: i == j,
                weight: 0.5 / if i == j { same } else { different } * seen.len() as f64,
            })
            .collect();
        let model = fit(&samples)?;
        let unseen = trials.iter().filter(|(i, j)| fold[*i] == held && fold[*j] == held);
        lrs.extend(unseen.map(|&(a, b)| Trial {
            a,
            b,
            score: log_odds(&model, &cells[a * size + b]),
        }));
    }
    lrs.sort_by_key(|trial| (trial.a, trial.b));
    Some(lrs)
}

/// The log odds of a fit to all trials, for ranks alone: nothing is held out.
pub(super) fn refitted(features: &[&Matrix], allowed: &Allowed) -> Option<Matrix> {
    let size = features.first()?.size;
    let cells = standardised(features);
    // The script weighs the classes by all cells, also those that are no trials.
    let (same, all) = (size as f64, (size * size) as f64);
    let sample = |(i, j): (usize, usize)| Sample {
        features: cells[i * size + j].clone(),
        same: i == j,
        weight: 0.5 / if i == j { same } else { all - same } * all,
    };
    let pairs = (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
    let samples: Vec<Sample> = pairs.filter(|&(i, j)| allowed.pair(i, j)).map(sample).collect();
    let model = fit(&samples)?;
    Some(Matrix { size, values: cells.iter().map(|cell| log_odds(&model, cell)).collect() })
}
