//! The Dirichlet-multinomial comparison of two count vectors.
//!
//! In: counts and a prior. Out: ln of the ratio between the probability of both counts under one
//! common profile and under two profiles, each drawn from the prior. Few counts bring it to 0.

/// ln of the probability of `counts`, without the multinomial coefficient. `prior` has as many
/// cells as the counts, all positive.
pub(crate) fn log_probability(counts: impl Iterator<Item = f64> + Clone, prior: &[f64]) -> f64 {
    let total: f64 = prior.iter().sum();
    let seen: f64 = counts.clone().sum();
    // A cell without counts adds nothing.
    let cells = counts.zip(prior).filter(|(count, _)| *count > 0.0);
    let sum: f64 = cells.map(|(c, &alpha)| libm::lgamma(c + alpha) - libm::lgamma(alpha)).sum();
    libm::lgamma(total) - libm::lgamma(total + seen) + sum
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
    fn one_count_each_has_a_closed_form() {
        // Prior (1, 1): same cell 2·(1/2·2/3)... = (1/3)/(1/4), other cell (1/6)/(1/4).
        let same = common_profile(&[1.0, 0.0], &[1.0, 0.0], &[1.0, 1.0]);
        let other = common_profile(&[1.0, 0.0], &[0.0, 1.0], &[1.0, 1.0]);
        assert!((same - libm::log(4.0 / 3.0)).abs() < 1e-12);
        assert!((other - libm::log(2.0 / 3.0)).abs() < 1e-12);
    }
}
