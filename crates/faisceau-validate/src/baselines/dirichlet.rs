//! Dirichlet-multinomial Bayes factors.
//!
//! In: counts of both sides. Out: ln of the ratio between the probability of both under one
//! profile and under two. The prior is the profile of all counts, its strength the most likely of
//! those that are tried (Minka 2000).

use super::exact_lgamma::{lgamma, sum};
use super::matrix::Matrix;

/// Bayes factors, with the strength, of those given, under which all sides are likeliest.
pub(super) fn bayes_factors(first: &[Vec<f64>], second: &[Vec<f64>], strengths: &[f64]) -> Matrix {
    let cells = first.first().map_or(0, Vec::len);
    let sides = || first.iter().chain(second);
    let mut base = vec![0.0; cells];
    for side in sides() {
        base.iter_mut().zip(side).for_each(|(sum, count)| *sum += count);
    }
    let total = base.iter().sum::<f64>() + cells as f64;
    for sum in &mut base {
        *sum = (*sum + 1.0) / total;
    }
    let likelihood = |strength: f64| {
        let prior = Prior::new(&base, strength);
        sides().map(|side| prior.log_probability(side)).sum::<f64>()
    };
    let (best, _) = strengths.iter().fold((1.0, f64::NEG_INFINITY), |best, &strength| {
        let likelihood = likelihood(strength);
        if likelihood >= best.1 { (strength, likelihood) } else { best }
    });
    let prior = Prior::new(&base, best);
    let alone = |sides: &[Vec<f64>]| -> Vec<f64> {
        sides.iter().map(|side| prior.log_probability(side)).collect()
    };
    let (alone_first, alone_second) = (alone(first), alone(second));
    Matrix::of(first.len(), |i, j| {
        let both: Vec<f64> = first[i].iter().zip(&second[j]).map(|(x, y)| x + y).collect();
        prior.log_probability(&both) - alone_first[i] - alone_second[j]
    })
}

/// A prior with what is the same for all counts.
struct Prior {
    cells: Vec<f64>,
    lgamma_cells: Vec<f64>,
    total: f64,
    lgamma_total: f64,
}

impl Prior {
    fn new(base: &[f64], strength: f64) -> Self {
        let cells: Vec<f64> = base.iter().map(|x| x * strength).collect();
        let total = sum(&cells);
        let lgamma_cells = cells.iter().map(|&a| lgamma(a)).collect();
        Self { cells, lgamma_cells, total, lgamma_total: lgamma(total) }
    }

    /// ln of the probability of counts, without the multinomial coefficient.
    fn log_probability(&self, counts: &[f64]) -> f64 {
        let cells = self.cells.iter().zip(&self.lgamma_cells);
        let term = |(&count, (&a, &lgamma_a)): (&f64, (&f64, &f64))| {
            if count > 0.0 { lgamma(count + a) - lgamma_a } else { 0.0 }
        };
        let terms: Vec<f64> = counts.iter().zip(cells).map(term).collect();
        self.lgamma_total - lgamma(self.total + sum(counts)) + sum(&terms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_profile_is_likelier_for_equal_counts() {
        let owl = vec![vec![30.0, 1.0], vec![1.0, 30.0]];
        let factors = bayes_factors(&owl, &owl, &[2.0, 400.0]);
        assert!(factors.at(0, 0) > 1.0 && factors.at(0, 1) < -1.0);
        assert_eq!(bayes_factors(&[vec![0.0; 2]], &[vec![3.0, 1.0]], &[2.0, 400.0]).at(0, 0), 0.0);
    }
}
