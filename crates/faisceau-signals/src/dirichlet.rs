//! The Dirichlet-multinomial comparison of two count vectors.
//!
//! In: counts and a prior. Out: ln of the ratio between the probability of both counts under one
//! common profile and under two profiles, each drawn from the prior. Few counts bring it to 0.
//! The terms are kept in two ways, which round differently: [`Tabled`] takes differences of ln Γ,
//! [`Rising`] sums logarithms. The calibration was made with both, so neither stands for the other.

/// ln of the probability of `counts`, without the multinomial coefficient. `prior` has as many
/// cells as the counts, all positive.
pub(crate) fn log_probability(counts: impl Iterator<Item = f64> + Clone, prior: &[f64]) -> f64 {
    let total: f64 = prior.iter().sum();
    let seen: f64 = counts.clone().sum();
    // A cell without counts adds nothing.
    let cells = counts.zip(prior).filter(|(count, _)| *count > 0.0);
    let sum: f64 = cells.map(|(count, &alpha)| of_cell(count, alpha)).sum();
    of_total(seen, total) + sum
}

/// Counts up to which the terms of a prior are kept.
const TABLED: usize = 256;
/// Counts up to which ln of the rising factorial is kept in a table.
const MOST_TABLED: u32 = 2048;

/// A prior whose terms are kept for counts that pairs reach: the same sums as
/// [`log_probability`], to the last bit.
#[derive(Debug, Clone)]
pub(crate) struct Tabled {
    prior: Vec<f64>,
    total: f64,
    /// By total count.
    of_total: Vec<f64>,
    /// By cell and count.
    of_cell: Vec<Vec<f64>>,
}

impl Tabled {
    /// `prior` as for [`log_probability`].
    pub(crate) fn new(prior: Vec<f64>) -> Self {
        let total = prior.iter().sum();
        let counts = || (0..TABLED).map(|count| count as f64);
        let cell = |&alpha: &f64| counts().map(|count| of_cell(count, alpha)).collect();
        let of_cell = prior.iter().map(cell).collect();
        let of_total = counts().map(|seen| of_total(seen, total)).collect();
        Self { prior, total, of_total, of_cell }
    }

    /// ln of the probability of whole `counts`, as [`log_probability`] gives it.
    pub(crate) fn log_probability(&self, counts: impl Iterator<Item = f64> + Clone) -> f64 {
        let seen: f64 = counts.clone().sum();
        let known = self.of_total.get(seen as usize).copied();
        let of_total = known.unwrap_or_else(|| of_total(seen, self.total));
        let cells = counts.zip(&self.of_cell).zip(&self.prior).filter(|((c, _), _)| *c > 0.0);
        let of_cell = |((count, known), &alpha): ((f64, &Vec<f64>), &f64)| {
            known.get(count as usize).copied().unwrap_or_else(|| of_cell(count, alpha))
        };
        of_total + cells.map(of_cell).sum::<f64>()
    }
}

fn of_cell(count: f64, alpha: f64) -> f64 {
    libm::lgamma(count + alpha) - libm::lgamma(alpha)
}

fn of_total(seen: f64, total: f64) -> f64 {
    libm::lgamma(total) - libm::lgamma(total + seen)
}

/// ln Γ(alpha + n) − ln Γ(alpha), tabled for the counts that pairs of documents reach.
#[derive(Debug)]
pub(crate) struct Rising {
    alpha: f64,
    table: Vec<f64>,
}

impl Rising {
    /// `most` is the highest count of one document.
    pub(crate) fn new(alpha: f64, most: u32) -> Self {
        let reach = most.saturating_mul(2).min(MOST_TABLED);
        let mut table = Vec::with_capacity(reach as usize + 1);
        let mut value = 0.0;
        table.push(value);
        for n in 0..reach {
            value += libm::log(alpha + f64::from(n));
            table.push(value);
        }
        Self { alpha, table }
    }

    fn at(&self, n: u32) -> f64 {
        let tabled = self.table.get(n as usize).copied();
        tabled.unwrap_or_else(|| libm::lgamma(self.alpha + f64::from(n)) - libm::lgamma(self.alpha))
    }

    /// What two counts gain by being drawn from one profile.
    pub(crate) fn gain(&self, a: u32, b: u32) -> f64 {
        self.at(a.saturating_add(b)) - self.at(a) - self.at(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common_profile(a: &[f64], b: &[f64], prior: &[f64]) -> f64 {
        let of = |counts: &[f64]| log_probability(counts.iter().copied(), prior);
        let both: Vec<f64> = a.iter().zip(b).map(|(x, y)| x + y).collect();
        of(&both) - of(a) - of(b)
    }

    #[test]
    fn the_sign_follows_the_profiles_and_nothing_gives_nothing() {
        let prior = [1.0, 1.0];
        assert!(common_profile(&[9.0, 0.0], &[9.0, 0.0], &prior) > 1.0);
        assert!(common_profile(&[9.0, 0.0], &[0.0, 9.0], &prior) < -1.0);
        assert_eq!(common_profile(&[0.0, 0.0], &[0.0, 9.0], &prior), 0.0);
    }

    #[test]
    fn what_is_kept_is_what_is_computed() {
        let prior = [0.3, 4.0, 1.7];
        let tabled = Tabled::new(prior.to_vec());
        for counts in [[0.0, 0.0, 0.0], [1.0, 0.0, 9.0], [255.0, 256.0, 3.0], [4000.0, 1.0, 2.0]] {
            let wanted = log_probability(counts.into_iter(), &prior);
            assert_eq!(tabled.log_probability(counts.into_iter()), wanted);
        }
    }

    #[test]
    fn one_count_each_has_a_closed_form() {
        // Prior (1, 1): same cell 2·(1/2·2/3)... = (1/3)/(1/4), other cell (1/6)/(1/4).
        let same = common_profile(&[1.0, 0.0], &[1.0, 0.0], &[1.0, 1.0]);
        let other = common_profile(&[1.0, 0.0], &[0.0, 1.0], &[1.0, 1.0]);
        assert!((same - libm::log(4.0 / 3.0)).abs() < 1e-12);
        assert!((other - libm::log(2.0 / 3.0)).abs() < 1e-12);
    }
}
