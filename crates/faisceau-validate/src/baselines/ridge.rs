//! Logistic regression with a ridge penalty, as scikit-learn's `LogisticRegression` states it.
//!
//! In: rows of features, outcomes, weights. Out: coefficients that minimise
//! C Σ weight × cross-entropy + ½ |coefficients|², the intercept free. Newton's method to
//! convergence, where the script stops at a gradient of 1e-4.

/// The inverse of the penalty.
const C: f64 = 10.0;
/// Most steps of Newton's method.
const MOST_STEPS: usize = 100;
/// Largest coefficient change at which it has converged.
const CONVERGED: f64 = 1e-11;

/// One row: features, outcome, weight.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) features: Vec<f64>,
    pub(super) same: bool,
    pub(super) weight: f64,
}

/// The natural log odds of features: intercept first, then coefficients.
pub(super) fn log_odds(model: &[f64], features: &[f64]) -> f64 {
    let intercept = model.first().copied().unwrap_or_default();
    intercept + model.iter().skip(1).zip(features).map(|(b, x)| b * x).sum::<f64>()
}

/// Fits. `None` without both outcomes, or without convergence.
pub(super) fn fit(samples: &[Sample]) -> Option<Vec<f64>> {
    let width = samples.first()?.features.len() + 1;
    let both = samples.iter().any(|s| s.same) && samples.iter().any(|s| !s.same);
    let mut model = vec![0.0; width];
    for _ in 0..MOST_STEPS {
        let mut step = newton_step(samples, &model)?;
        let before = cost(samples, &model);
        let moved =
            |step: &[f64]| -> Vec<f64> { model.iter().zip(step).map(|(b, s)| b + s).collect() };
        // Halved until it descends.
        for _ in 0..40 {
            if cost(samples, &moved(&step)) <= before * (1.0 + 1e-14) {
                break;
            }
            step.iter_mut().for_each(|s| *s /= 2.0);
        }
        model = moved(&step);
        if step.iter().all(|s| s.abs() < CONVERGED) {
            return both.then_some(model);
        }
    }
    None
}

fn cost(samples: &[Sample], model: &[f64]) -> f64 {
    let entropy = |sample: &Sample| {
        let odds = log_odds(model, &sample.features);
        let wrong = if sample.same { -odds } else { odds };
        sample.weight * (wrong.max(0.0) + libm::log1p(libm::exp(-wrong.abs())))
    };
    let penalty: f64 = model.iter().skip(1).map(|b| b * b).sum();
    C * samples.iter().map(entropy).sum::<f64>() + penalty / 2.0
}

fn newton_step(samples: &[Sample], model: &[f64]) -> Option<Vec<f64>> {
    let width = model.len();
    let mut gradient = vec![0.0; width];
    let mut hessian = vec![vec![0.0; width]; width];
    for at in 1..width {
        gradient[at] = -model[at];
        hessian[at][at] = 1.0;
    }
    for sample in samples {
        let p = 1.0 / (1.0 + libm::exp(-log_odds(model, &sample.features)));
        let slope = C * sample.weight * (f64::from(u8::from(sample.same)) - p);
        let curvature = C * sample.weight * p * (1.0 - p);
        let feature = |at: usize| if at == 0 { 1.0 } else { sample.features[at - 1] };
        for i in 0..width {
            gradient[i] += slope * feature(i);
            for (j, cell) in hessian[i].iter_mut().enumerate() {
                *cell += curvature * feature(i) * feature(j);
            }
        }
    }
    solve(hessian, gradient)
}

/// Gaussian elimination with pivots.
fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let width = right.len();
    for column in 0..width {
        let largest = |one: &usize, other: &usize| {
            rows[*one][column].abs().total_cmp(&rows[*other][column].abs())
        };
        let pivot = (column..width).max_by(largest)?;
        rows.swap(column, pivot);
        right.swap(column, pivot);
        let (done, below) = rows.split_at_mut(column + 1);
        let lead = done.last()?;
        if lead[column].is_nan() || lead[column] == 0.0 {
            return None;
        }
        for (row, at) in below.iter_mut().zip(column + 1..) {
            let share = row[column] / lead[column];
            row.iter_mut().zip(lead).for_each(|(x, y)| *x -= share * y);
            right[at] -= share * right[column];
        }
    }
    for column in (0..width).rev() {
        let known: f64 = (column + 1..width).map(|at| rows[column][at] * right[at]).sum();
        right[column] = (right[column] - known) / rows[column][column];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scikit_learn_gave_these() {
        // LogisticRegression(C=10.0, tol=1e-12, max_iter=10000).fit(X, y, sample_weight=w)
        let rows = [
            (0.5, 1.0, true, 1.0),
            (1.5, -0.5, true, 0.5),
            (-1.0, 0.25, false, 2.0),
            (0.0, 2.0, true, 1.0),
            (2.0, 1.0, true, 0.25),
            (-0.5, -1.5, false, 1.5),
            (0.75, 0.5, false, 1.0),
            (-2.0, 1.0, false, 0.75),
        ];
        let samples: Vec<Sample> = rows
            .iter()
            .map(|&(x, z, same, weight)| Sample { features: vec![x, z], same, weight })
            .collect();
        let model = fit(&samples).unwrap();
        for (found, expected) in model.iter().zip([-1.821755555, 1.842681131, 1.745516480]) {
            assert!((found - expected).abs() < 1e-6, "{model:?}");
        }
        assert!(fit(&samples[..1]).is_none());
    }
}
