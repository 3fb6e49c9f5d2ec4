//! A choice between alternatives: the Dirichlet-multinomial comparison of two documents.
//!
//! In: for each document of a population how often it took each alternative. Out: ln of the ratio
//! between the probability of two documents' counts under one common profile and under two, each
//! profile drawn around that of the population. How far documents stray from the population (the
//! concentration) is fitted to it by maximum likelihood within bounds: where everybody does the
//! same, or where documents differ from one message to the next, the ratio stays near 1. Few
//! counts bring it to 0. Refuses nothing: unknown alternatives are the caller's to pool.
//!
//! Minka, Estimating a Dirichlet distribution, 2000.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::inverted::Inverted;
use crate::dirichlet::Rising;

/// How often a document took each alternative.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Counts {
    /// Number of the alternative and count, ascending, no count of 0.
    cells: Vec<(u32, u32)>,
    total: u32,
}

impl Counts {
    /// Adds counts by alternative.
    pub(crate) fn new(counts: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut cells = BTreeMap::<u32, u32>::new();
        for (cell, count) in counts.filter(|(_, count)| *count > 0) {
            let sum = cells.entry(cell).or_default();
            *sum = sum.saturating_add(count);
        }
        let total = cells.values().fold(0_u32, |total, count| total.saturating_add(*count));
        Self { cells: cells.into_iter().collect(), total }
    }

    /// Whether the document made no choice.
    pub(crate) fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// How often it took one alternative.
    pub(crate) fn of(&self, cell: u32) -> u32 {
        let place = self.cells.binary_search_by_key(&cell, |(at, _)| *at).ok();
        place.and_then(|at| self.cells.get(at)).map_or(0, |(_, count)| *count)
    }
}

/// Pseudo-count of each alternative, so that none is impossible.
const SMOOTHING: f64 = 0.5;
/// Rounds in which profile and concentration are fitted in turn.
const ROUNDS: usize = 3;
/// Steps of the search for the concentration, coarse then fine.
const STEPS: u32 = 12;

/// The prior of one choice, fitted to a population.
#[derive(Debug)]
pub(crate) struct Choice {
    total: Rising,
    cells: Vec<Rising>,
}

impl Choice {
    /// Fits `cells` alternatives to the documents. `bounds` are those of the concentration.
    pub(crate) fn fit(documents: &[Counts], cells: usize, bounds: (f64, f64)) -> Self {
        let mut strength = (bounds.0 * bounds.1).sqrt();
        let mut base = profile(documents, cells, strength);
        for _ in 0..ROUNDS {
            strength = concentration(documents, &base, bounds);
            base = profile(documents, cells, strength);
        }
        let mut most = vec![0_u32; cells];
        let mut longest = 0;
        for counts in documents {
            for &(cell, count) in &counts.cells {
                most[cell as usize] = most[cell as usize].max(count);
            }
            longest = longest.max(counts.total);
        }
        let rising =
            base.iter().zip(&most).map(|(share, &most)| Rising::new(strength * share, most));
        Self { total: Rising::new(strength, longest), cells: rising.collect() }
    }

    /// ln of the ratio between one common profile and two. 0 where a side has no counts.
    pub(crate) fn ln_ratio(&self, a: &Counts, b: &Counts) -> f64 {
        if a.is_empty() || b.is_empty() {
            return 0.0;
        }
        // Alternatives that one side alone took cancel out.
        let mut ratio = -self.total.gain(a.total, b.total);
        let mut others = b.cells.iter().peekable();
        for &(cell, count) in &a.cells {
            while others.next_if(|(other, _)| *other < cell).is_some() {}
            if let Some(&(_, other)) = others.next_if(|(other, _)| *other == cell)
                && let Some(rising) = self.cells.get(cell as usize)
            {
                ratio += rising.gain(count, other);
            }
        }
        ratio
    }

    /// `ln_ratio` of each of `xs` with each of `others`, to the last bit.
    pub(crate) fn ln_ratios(&self, xs: &[&Counts], others: &[&Counts]) -> Vec<Vec<f64>> {
        let lists = others.iter().map(|other| other.cells.as_slice());
        let inverted = Inverted::new(self.cells.len(), lists);
        let row = |a: &&Counts| {
            let start = |b: &&Counts| -self.total.gain(a.total, b.total);
            let mut ratios: Vec<f64> = others.iter().map(start).collect();
            for &(cell, count) in &a.cells {
                let Some(rising) = self.cells.get(cell as usize) else { continue };
                for &(holder, other) in inverted.holders(cell) {
                    ratios[holder as usize] += rising.gain(count, other);
                }
            }
            for (ratio, b) in ratios.iter_mut().zip(others) {
                if a.is_empty() || b.is_empty() {
                    *ratio = 0.0;
                }
            }
            ratios
        };
        xs.par_iter().map(row).collect()
    }
}

/// The population's shares. A document counts for less per word the longer it is, as far as
/// documents differ: under concentration s, n counts tell as much as n·s/(n+s) independent ones.
fn profile(documents: &[Counts], cells: usize, strength: f64) -> Vec<f64> {
    let mut base = vec![SMOOTHING; cells];
    for counts in documents {
        let weight = strength / (strength + f64::from(counts.total));
        for &(cell, count) in &counts.cells {
            base[cell as usize] += weight * f64::from(count);
        }
    }
    let total: f64 = base.iter().sum();
    base.iter().map(|share| share / total).collect()
}

/// The concentration with the highest likelihood within the bounds.
fn concentration(documents: &[Counts], base: &[f64], (low, high): (f64, f64)) -> f64 {
    let (mut low, mut high) = (libm::log(low), libm::log(high));
    let mut best = low;
    for _ in 0..2 {
        let step = (high - low) / f64::from(STEPS);
        let mut highest = f64::NEG_INFINITY;
        for at in 0..=STEPS {
            let candidate = low + step * f64::from(at);
            let likelihood = log_likelihood(documents, base, libm::exp(candidate));
            if likelihood > highest {
                (highest, best) = (likelihood, candidate);
            }
        }
        (low, high) = ((best - step).max(low), (best + step).min(high));
    }
    libm::exp(best)
}

fn log_likelihood(documents: &[Counts], base: &[f64], strength: f64) -> f64 {
    let starts: Vec<f64> = base.iter().map(|share| libm::lgamma(strength * share)).collect();
    let start = libm::lgamma(strength);
    let one = |counts: &Counts| {
        let cells = counts.cells.iter().map(|&(cell, count)| {
            let cell = cell as usize;
            libm::lgamma(strength * base[cell] + f64::from(count)) - starts[cell]
        });
        cells.sum::<f64>() - (libm::lgamma(strength + f64::from(counts.total)) - start)
    };
    documents.iter().filter(|counts| !counts.is_empty()).map(one).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(all: &[u32]) -> Counts {
        Counts::new((0..).zip(all.iter().copied()))
    }

    fn population(documents: &[&[u32]]) -> Vec<Counts> {
        documents.iter().map(|all| counts(all)).collect()
    }

    #[test]
    fn the_ratio_is_that_of_the_formula() {
        let choice = Choice {
            total: Rising::new(2.0, 9),
            cells: vec![Rising::new(1.0, 9), Rising::new(1.0, 9)],
        };
        // Prior (1, 1): one count each, same alternative (1/3)/(1/4), other alternative (1/6)/(1/4).
        let same = choice.ln_ratio(&counts(&[1, 0]), &counts(&[1, 0]));
        let other = choice.ln_ratio(&counts(&[1, 0]), &counts(&[0, 1]));
        assert!((same - libm::log(4.0 / 3.0)).abs() < 1e-12, "{same}");
        assert!((other - libm::log(2.0 / 3.0)).abs() < 1e-12, "{other}");
        assert_eq!(choice.ln_ratio(&counts(&[0, 0]), &counts(&[5, 1])), 0.0);
        // Beyond the table the formula goes on.
        let long = Counts::new([(0, 40_000), (1, 1)].into_iter());
        assert!(choice.ln_ratio(&long, &counts(&[9, 1])).is_finite());
    }

    #[test]
    fn steady_choices_weigh_and_fickle_ones_do_not() {
        let steady: &[&[u32]] = &[&[9, 0], &[0, 9], &[9, 0], &[0, 9], &[8, 0], &[0, 7]];
        let steady = Choice::fit(&population(steady), 2, (1.0, 200.0));
        let fickle: &[&[u32]] = &[&[5, 4], &[4, 5], &[5, 5], &[4, 4], &[5, 4], &[4, 5]];
        let fickle = Choice::fit(&population(fickle), 2, (1.0, 200.0));
        let ratio = |choice: &Choice| choice.ln_ratio(&counts(&[9, 0]), &counts(&[9, 0]));
        assert!(ratio(&steady) > 0.4, "{}", ratio(&steady));
        assert!(ratio(&fickle) < 0.5 * ratio(&steady), "{}", ratio(&fickle));
        let against = steady.ln_ratio(&counts(&[9, 0]), &counts(&[0, 9]));
        assert!(against < -2.0, "{against}");
    }

    #[test]
    fn the_bounds_hold() {
        let documents = population(&[&[1, 0], &[0, 1]]);
        let base = profile(&documents, 2, 10.0);
        let strength = concentration(&documents, &base, (1.0, 200.0));
        assert!((1.0 - 1e-9..=200.0 + 1e-9).contains(&strength), "{strength}");
    }
}
