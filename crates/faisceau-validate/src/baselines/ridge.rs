//! Logistic regression with a ridge penalty, as scikit-learn's `LogisticRegression` states it.
//!
//! In: rows of features, outcomes, weights. Out: intercept and coefficients that nearly minimise
//! C Σ weight × cross-entropy + ½ |coefficients|², the intercept free. "Nearly" as scikit-learn
//! does it: L-BFGS from zero that stops at a gradient of 1e-4, which shows in the fourth decimal.

use super::lbfgs::minimise;

/// The inverse of the penalty.
const C: f64 = 10.0;

/// One row: features, outcome, weight.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) features: Vec<f64>,
    pub(super) same: bool,
    pub(super) weight: f64,
}

/// The natural log odds of features: coefficients first, then the intercept.
pub(super) fn log_odds(model: &[f64], features: &[f64]) -> f64 {
    let intercept = model.last().copied().unwrap_or_default();
    features.iter().zip(model).map(|(x, b)| x * b).sum::<f64>() + intercept
}

/// Fits. `None` without both outcomes, or when a value is not a number.
pub(super) fn fit(samples: &[Sample]) -> Option<Vec<f64>> {
    let width = samples.first()?.features.len() + 1;
    if samples.iter().all(|s| s.same) || samples.iter().all(|s| !s.same) {
        return None;
    }
    let model = minimise(vec![0.0; width], |model| cost(samples, model));
    model.iter().all(|x| x.is_finite()).then_some(model)
}

/// The mean cost with its gradient.
fn cost(samples: &[Sample], model: &[f64]) -> (f64, Vec<f64>) {
    let total: f64 = samples.iter().map(|sample| sample.weight).sum();
    let ridge = 1.0 / (C * total);
    let coefficients = model.len() - 1;
    let mut gradient = vec![0.0; model.len()];
    let mut cost = 0.0;
    for sample in samples {
        let odds = log_odds(model, &sample.features);
        let wrong = if sample.same { -odds } else { odds };
        cost += sample.weight * (wrong.max(0.0) + libm::log1p(libm::exp(-wrong.abs())));
        let p = 1.0 / (1.0 + libm::exp(-odds));
        let slope = sample.weight * (p - f64::from(u8::from(sample.same)));
        let (last, others) = (coefficients, &sample.features);
        gradient.iter_mut().zip(others).for_each(|(g, x)| *g += slope * x);
        gradient[last] += slope;
    }
    for g in &mut gradient {
        *g /= total;
    }
    let penalised = &model[..coefficients];
    gradient.iter_mut().zip(penalised).for_each(|(g, b)| *g += ridge * b);
    (cost / total + ridge / 2.0 * penalised.iter().map(|b| b * b).sum::<f64>(), gradient)
}

#[cfg(test)]
#[expect(clippy::unreadable_literal, reason = "numbers as they were recorded")]
mod tests {
    use super::*;

    #[test]
    fn scikit_learn_gave_these() {
        // scikit-learn 1.9.1: LogisticRegression(C=10.0, max_iter=1000).fit(X, y, sample_weight=w)
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
        for (found, expected) in model.iter().zip([1.842668619, 1.745534815, -1.821707896]) {
            assert!((found - expected).abs() < 1e-8, "{model:?}");
        }
        assert!(fit(&samples[..1]).is_none());
    }
}
