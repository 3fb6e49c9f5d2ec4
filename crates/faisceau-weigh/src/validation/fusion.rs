//! Fusion of several scores by prior-neutral logistic regression with a ridge.
//!
//! In: trials with several scores each. Out: the weights of the scores, none below 0: every score
//! rises with the support for one hand, so that a weight below 0 would be noise. Each class
//! weighs one half. Newton's method on the cross-entropy (natural log, mean) plus half the ridge
//! times the squared weights (Brümmer and du Preez 2006). `None` when a class is empty.

use super::logistic::softplus;

/// Most steps of Newton's method.
const MOST_STEPS: usize = 100;

/// Several scores of one comparison of known truth.
#[derive(Debug, Clone, PartialEq)]
pub struct Several {
    /// The first author.
    pub a: usize,
    /// The second author; the same for a trial of one hand.
    pub b: usize,
    /// The scores, in one order for all trials.
    pub scores: Vec<f64>,
}

/// ln LR = intercept + Σ weight × score.
#[derive(Debug, Clone, PartialEq)]
pub struct Fused {
    /// ln LR where all scores are 0.
    pub intercept: f64,
    /// ln LR a unit of each score.
    pub weights: Vec<f64>,
}

/// Fits the weights.
pub fn fuse(trials: &[Several], ridge: f64) -> Option<Fused> {
    let parts = trials.first()?.scores.len();
    let same = trials.iter().filter(|trial| trial.a == trial.b).count() as f64;
    let different = trials.len() as f64 - same;
    if same == 0.0 || different == 0.0 {
        return None;
    }
    let mut kept: Vec<usize> = (0..parts).collect();
    loop {
        let samples: Vec<Sample> = trials
            .iter()
            .map(|trial| {
                let one_hand = trial.a == trial.b;
                let mut x = vec![1.0];
                x.extend(kept.iter().filter_map(|&part| trial.scores.get(part)));
                Sample { x, one_hand, weight: 0.5 / if one_hand { same } else { different } }
            })
            .collect();
        let model = newton(&samples, kept.len() + 1, ridge)?;
        let worst = (1..model.len()).min_by(|&a, &b| model[a].total_cmp(&model[b]));
        if let Some(worst) = worst.filter(|&worst| model[worst] < 0.0) {
            kept.remove(worst - 1);
            continue;
        }
        let mut weights = vec![0.0; parts];
        kept.iter().zip(&model[1..]).for_each(|(&part, &weight)| weights[part] = weight);
        return Some(Fused { intercept: model[0], weights });
    }
}

struct Sample {
    /// 1, then the scores.
    x: Vec<f64>,
    one_hand: bool,
    weight: f64,
}

fn newton(samples: &[Sample], size: usize, ridge: f64) -> Option<Vec<f64>> {
    let mut model = vec![0.0; size];
    let mut cost = cost_of(samples, &model, ridge);
    for _ in 0..MOST_STEPS {
        let step = step(samples, &model, ridge)?;
        let (next, lower) = (0..30)
            .map(|halvings| 1.0 / f64::from(1_u32 << halvings))
            .map(|share| model.iter().zip(&step).map(|(x, d)| x + share * d).collect::<Vec<f64>>())
            .map(|next| (cost_of(samples, &next, ridge), next))
            .find(|(lower, _)| *lower <= cost + 1e-15)
            .map(|(lower, next)| (next, lower))?;
        let moved = next.iter().zip(&model).any(|(x, y)| (x - y).abs() > 1e-12);
        (model, cost) = (next, lower);
        if !moved {
            return Some(model);
        }
    }
    Some(model)
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn cost_of(samples: &[Sample], model: &[f64], ridge: f64) -> f64 {
    let one = |sample: &Sample| {
        let ln_lr = dot(&sample.x, model);
        sample.weight * softplus(if sample.one_hand { -ln_lr } else { ln_lr })
    };
    let weights = model.get(1..).unwrap_or_default();
    samples.iter().map(one).sum::<f64>() + ridge / 2.0 * dot(weights, weights)
}

fn step(samples: &[Sample], model: &[f64], ridge: f64) -> Option<Vec<f64>> {
    let size = model.len();
    let mut gradient: Vec<f64> =
        model.iter().enumerate().map(|(n, w)| if n == 0 { 0.0 } else { -ridge * w }).collect();
    let mut curvature = vec![vec![0.0; size]; size];
    for (n, row) in curvature.iter_mut().enumerate() {
        row[n] = if n == 0 { 1e-12 } else { ridge };
    }
    for sample in samples {
        let p = 1.0 / (1.0 + libm::exp(-dot(&sample.x, model)));
        let pull = sample.weight * (f64::from(u8::from(sample.one_hand)) - p);
        let bend = sample.weight * p * (1.0 - p);
        for (i, x) in sample.x.iter().enumerate() {
            gradient[i] += pull * x;
            for (j, y) in sample.x.iter().enumerate() {
                curvature[i][j] += bend * x * y;
            }
        }
    }
    solve(curvature, gradient)
}

/// Gauss's elimination with the largest pivot.
fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        rows.swap(column, pivot);
        right.swap(column, pivot);
        let top = rows[column].clone();
        if top[column].is_nan() || top[column].abs() < 1e-14 {
            return None;
        }
        for row in column + 1..size {
            let factor = rows[row][column] / top[column];
            rows[row].iter_mut().zip(&top).for_each(|(x, t)| *x -= factor * t);
            right[row] -= factor * right[column];
        }
    }
    for column in (0..size).rev() {
        let known: f64 = (column + 1..size).map(|n| rows[column][n] * right[n]).sum();
        right[column] = (right[column] - known) / rows[column][column];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::super::trials::test_vector;
    use super::*;

    fn trials(scores: impl Fn(f64, usize) -> Vec<f64>) -> Vec<Several> {
        let vector = test_vector();
        let same = vector.same.iter().enumerate().map(|(n, &s)| (n, n, scores(s, n)));
        let other = vector.different.iter().enumerate().map(|(n, &s)| (n, n + 1, scores(s, n)));
        same.chain(other).map(|(a, b, scores)| Several { a, b, scores }).collect()
    }

    #[test]
    fn one_score_without_ridge_gives_the_published_coefficients() {
        let model = fuse(&trials(|score, _| vec![score]), 0.0).unwrap();
        assert!((model.intercept + 0.463_315_434_9).abs() < 1e-8, "{model:?}");
        assert!((model.weights[0] - 0.972_404_868_9).abs() < 1e-8, "{model:?}");
    }

    #[test]
    fn a_ridge_shares_the_weight_and_nothing_falls_below_zero() {
        let twice = fuse(&trials(|score, _| vec![score, score]), 0.01).unwrap();
        assert!((twice.weights[0] - twice.weights[1]).abs() < 1e-6, "{twice:?}");
        let against = fuse(&trials(|score, n| vec![score, (n % 3) as f64 - score]), 0.01).unwrap();
        assert!(against.weights[0] > 0.3 && against.weights[1] >= 0.0, "{against:?}");
        assert_eq!(fuse(&[], 0.1), None);
    }
}
