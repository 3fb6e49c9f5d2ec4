//! How common a shared value is among the other accounts.

/// −log10 of the smoothed frequency of a value that `holders` of `others` accounts have, the pair
/// left out: (holders + ½) / (others + 1).
pub(crate) fn rarity(holders: usize, others: usize) -> f64 {
    -libm::log10((holders as f64 + 0.5) / (others as f64 + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_all_hold_is_not_rare() {
        assert!(rarity(0, 99) > 2.3);
        assert!(rarity(99, 99) < 0.01);
        assert!(rarity(0, 0) < 0.31);
    }
}
