//! Dirichlet-multinomial Bayes factors.
//!
//! In: counts of both sides. Out: ln of the ratio between the probability of both under one
//! profile and under two. The prior is the profile of all counts, its strength the most likely of
//! forty on a geometric scale (Minka 2000).

use super::matrix::Matrix;

/// Strengths that are tried.
const STRENGTHS: usize = 40;

/// Bayes factors, and the strength, from `lowest` to `highest`, under which all sides are likeliest.
pub(super) fn bayes_factors(
    first: &[Vec<f64>],
    second: &[Vec<f64>],
    [lowest, highest]: [f64; 2],
) -> Matrix {
    let cells = first.first().map_or(0, Vec::len);
    let sides = || first.iter().chain(second);
    let mut base = vec![0.0; cells];
    for side in sides() {
        base.iter_mut().zip(side).for_each(|(sum, count)| *sum += count);
    }
    let total = base.iter().sum::<f64>() + cells as f64;
    base.iter_mut().for_each(|sum| *sum = (*sum + 1.0) / total);
    let prior = |strength: f64| base.iter().map(|x| x * strength).collect::<Vec<f64>>();
    let ratio = libm::log(highest / lowest) / (STRENGTHS - 1) as f64;
    let strengths = (0..STRENGTHS).map(|step| lowest * libm::exp(ratio * step as f64));
    let likelihood = |strength: f64| {
        let prior = prior(strength);
        sides().map(|side| log_probability(side.iter().copied(), &prior)).sum::<f64>()
    };
    let (best, _) = strengths.fold((lowest, f64::NEG_INFINITY), |best, strength| {
        let likelihood = likelihood(strength);
        if likelihood >= best.1 { (strength, likelihood) } else { best }
    });
    let prior = prior(best);
    let alone = |sides: &[Vec<f64>]| -> Vec<f64> {
        sides.iter().map(|side| log_probability(side.iter().copied(), &prior)).collect()
    };
    let (alone_first, alone_second) = (alone(first), alone(second));
    Matrix::of(first.len(), |i, j| {
        let both = first[i].iter().zip(&second[j]).map(|(x, y)| x + y);
        log_probability(both, &prior) - alone_first[i] - alone_second[j]
    })
}

/// ln of the probability of counts, without the multinomial coefficient.
fn log_probability(counts: impl Iterator<Item = f64> + Clone, prior: &[f64]) -> f64 {
    let (total, seen): (f64, f64) = (prior.iter().sum(), counts.clone().sum());
    let cells = counts.zip(prior).filter(|(count, _)| *count > 0.0);
    let sum: f64 = cells.map(|(count, &a)| libm::lgamma(count + a) - libm::lgamma(a)).sum();
    libm::lgamma(total) - libm::lgamma(total + seen) + sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_profile_is_likelier_for_equal_counts() {
        let owl = vec![vec![30.0, 1.0], vec![1.0, 30.0]];
        let factors = bayes_factors(&owl, &owl, [2.0, 400.0]);
        assert!(factors.at(0, 0) > 1.0 && factors.at(0, 1) < -1.0);
        assert_eq!(bayes_factors(&[vec![0.0; 2]], &[vec![3.0, 1.0]], [2.0, 400.0]).at(0, 0), 0.0);
    }
}
