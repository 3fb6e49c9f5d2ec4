//! Prior-neutral logistic calibration.
//!
//! In: scores with weights. Out: intercept and slope such that intercept + slope × score is the
//! natural log LR: each class weighs one half, so the logit needs no prior taken off. Newton's
//! method; refuses classes that a threshold separates, for the slope has no finite value there.

/// Most steps of Newton's method; ten are enough on data that overlap.
const MOST_STEPS: usize = 60;

/// A calibration: ln LR = intercept + slope × score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Logistic {
    /// ln LR at score 0.
    pub intercept: f64,
    /// ln LR a unit of the score.
    pub slope: f64,
}

impl Logistic {
    /// The natural log LR of a score.
    pub fn ln_lr(&self, score: f64) -> f64 {
        self.intercept + self.slope * score
    }
}

/// Fits scores of the same hand and of different hands, each with its weight.
pub fn fit(same: &[(f64, f64)], different: &[(f64, f64)]) -> Option<Logistic> {
    let mut samples = Vec::with_capacity(same.len() + different.len());
    for (class, outcome) in [(same, 1.0), (different, 0.0)] {
        let total: f64 = class.iter().map(|(_, weight)| weight).sum();
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        let weighed = class.iter().filter(|(_, weight)| *weight > 0.0);
        samples.extend(weighed.map(|&(score, weight)| (score, weight / total / 2.0, outcome)));
    }
    let mut model = Logistic { intercept: 0.0, slope: 0.0 };
    for _ in 0..MOST_STEPS {
        let step = step(&samples, model)?;
        model.intercept += step.intercept;
        model.slope += step.slope;
        if !model.intercept.is_finite() || !model.slope.is_finite() {
            return None;
        }
        if step.intercept.abs() < 1e-13 && step.slope.abs() < 1e-13 {
            return Some(model);
        }
    }
    None
}

/// One step of Newton's method on the cross-entropy, halved until it descends.
fn step(samples: &[(f64, f64, f64)], model: Logistic) -> Option<Logistic> {
    let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for &(score, weight, outcome) in samples {
        let p = 1.0 / (1.0 + libm::exp(-model.ln_lr(score)));
        let gradient = weight * (outcome - p);
        let curvature = weight * p * (1.0 - p);
        g0 += gradient;
        g1 += gradient * score;
        h00 += curvature;
        h01 += curvature * score;
        h11 += curvature * score * score;
    }
    let determinant = h00 * h11 - h01 * h01;
    if determinant.is_nan() || determinant <= 1e-18 {
        return None;
    }
    let mut step = Logistic {
        intercept: (h11 * g0 - h01 * g1) / determinant,
        slope: (h00 * g1 - h01 * g0) / determinant,
    };
    let before = cross_entropy(samples, model);
    for _ in 0..30 {
        let next = Logistic {
            intercept: model.intercept + step.intercept,
            slope: model.slope + step.slope,
        };
        if cross_entropy(samples, next) <= before + 1e-15 {
            break;
        }
        step = Logistic { intercept: step.intercept / 2.0, slope: step.slope / 2.0 };
    }
    Some(step)
}

fn cross_entropy(samples: &[(f64, f64, f64)], model: Logistic) -> f64 {
    let one = |&(score, weight, outcome): &(f64, f64, f64)| {
        let ln_lr = model.ln_lr(score);
        weight * softplus(if outcome > 0.5 { -ln_lr } else { ln_lr })
    };
    samples.iter().map(one).sum()
}

/// ln(1 + e^x) without overflow.
pub(crate) fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

#[cfg(test)]
mod tests {
    use super::super::trials::test_vector;
    use super::*;

    fn even(scores: &[f64]) -> Vec<(f64, f64)> {
        scores.iter().map(|&score| (score, 1.0)).collect()
    }

    #[test]
    fn the_published_coefficients_come_out() {
        let scores = test_vector();
        let model = fit(&even(&scores.same), &even(&scores.different)).unwrap();
        assert!((model.intercept + 0.463_315_434_9).abs() < 1e-9, "{model:?}");
        assert!((model.slope - 0.972_404_868_9).abs() < 1e-9, "{model:?}");
    }

    #[test]
    fn separated_classes_and_empty_ones_are_refused() {
        assert_eq!(fit(&even(&[2.0, 3.0]), &even(&[0.0, 1.0])), None);
        assert_eq!(fit(&[], &even(&[0.0, 1.0])), None);
        assert_eq!(fit(&even(&[1.0, 1.0]), &even(&[1.0])), None);
    }
}
