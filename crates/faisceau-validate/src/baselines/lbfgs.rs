//! L-BFGS without bounds, stepping as `SciPy`'s L-BFGS-B does under scikit-learn's settings.
//!
//! In: a start, a function with its gradient. Out: the point at which it stops: a gradient of at
//! most 1e-4 in every direction, no progress, or 1000 iterations. Sources: Byrd, Lu, Nocedal and
//! Zhu 1995; Nocedal and Wright 2006, algorithm 7.4.

use super::line_search::{Search, Step};

/// Corrections that are kept.
const MEMORY: usize = 10;
/// Largest entry of the gradient at which it stops (scikit-learn's `tol`).
const GRADIENT: f64 = 1e-4;
/// Smallest relative progress.
const PROGRESS: f64 = 64.0 * f64::EPSILON;
/// Most iterations.
const MOST_ITERATIONS: usize = 1000;
/// Most evaluations in one search along a line.
const MOST_EVALUATIONS: usize = 50;

/// A step with the change of the gradient along it.
struct Correction {
    step: Vec<f64>,
    change: Vec<f64>,
}

/// Minimises a function from a start.
pub(super) fn minimise(start: Vec<f64>, function: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Vec<f64> {
    let mut point = start;
    let (mut value, mut gradient) = function(&point);
    let mut corrections: Vec<Correction> = Vec::new();
    for iteration in 0..MOST_ITERATIONS {
        if largest(&gradient) <= GRADIENT {
            break;
        }
        let direction = direction(&gradient, &corrections);
        let slope = dot(&gradient, &direction);
        if slope >= 0.0 {
            break;
        }
        let first = if iteration == 0 { 1.0 / dot(&direction, &direction).sqrt() } else { 1.0 };
        let mut search = Search::new(value, slope, first);
        let mut length = first;
        let mut evaluations = 0;
        let (next, next_value, next_gradient) = loop {
            let next: Vec<f64> =
                point.iter().zip(&direction).map(|(x, d)| x + length * d).collect();
            let (value, gradient) = function(&next);
            evaluations += 1;
            match search.next(value, dot(&gradient, &direction)) {
                Step::Try(other) if evaluations < MOST_EVALUATIONS => length = other,
                Step::Try(_) => return point,
                Step::Done => break (next, value, gradient),
            }
        };
        let progress = value - next_value;
        let change: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let step: Vec<f64> = direction.iter().map(|d| length * d).collect();
        let before = value;
        (point, value, gradient) = (next, next_value, next_gradient);
        if progress <= PROGRESS * before.abs().max(value.abs()).max(1.0) {
            break;
        }
        if dot(&change, &step) > f64::EPSILON * -slope * length {
            if corrections.len() == MEMORY {
                corrections.remove(0);
            }
            corrections.push(Correction { step, change });
        }
    }
    point
}

/// The direction of descent, by two passes over the corrections.
fn direction(gradient: &[f64], corrections: &[Correction]) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(corrections.len());
    for Correction { step, change } in corrections.iter().rev() {
        let share = dot(step, &direction) / dot(step, change);
        direction.iter_mut().zip(change).for_each(|(d, y)| *d -= share * y);
        shares.push(share);
    }
    if let Some(Correction { step, change }) = corrections.last() {
        let scale = dot(step, change) / dot(change, change);
        for d in &mut direction {
            *d *= scale;
        }
    }
    for (Correction { step, change }, share) in corrections.iter().zip(shares.iter().rev()) {
        let back = share - dot(change, &direction) / dot(step, change);
        direction.iter_mut().zip(step).for_each(|(d, s)| *d += back * s);
    }
    direction
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest, x| x.abs().max(largest))
}

#[cfg(test)]
#[expect(clippy::unreadable_literal, reason = "numbers as they were recorded")]
mod tests {
    use super::*;

    #[test]
    fn scipy_stopped_here() {
        // scipy 1.17.1: minimize(f, [0, 0, 0], jac=True, method="L-BFGS-B",
        // options=dict(gtol=1e-4, ftol=64*eps, maxls=50, maxiter=1000)), x:
        let function = |x: &[f64]| {
            let (a, b) = (x[1] - x[0] * x[0], 1.0 - x[0]);
            let value = 100.0 * a * a + b * b + libm::cosh(x[2] - 0.5);
            let slope = vec![-400.0 * x[0] * a - 2.0 * b, 200.0 * a, libm::sinh(x[2] - 0.5)];
            (value, slope)
        };
        let point = minimise(vec![0.0; 3], function);
        for (found, expected) in point.iter().zip([1.000002241394, 1.000004461097, 0.499997168235])
        {
            assert!((found - expected).abs() < 1e-9, "{point:?}");
        }
    }
}
