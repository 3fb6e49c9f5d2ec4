//! Which pairs of accounts are compared.
//!
//! In: nothing, or the pairs that blocking kept. Out: pairs of numbers of accounts, the smaller
//! first, in ascending order. Refuses nothing: a listed pair that names no account is left out.

/// Most accounts of which all pairs are compared; above, only the pairs that blocking keeps.
/// 3,000 accounts make 4.5 million pairs, as many as blocking keeps of 100,000 accounts.
pub const ALL_PAIRS_UP_TO: usize = 3_000;

/// The pairs to compare, as numbers in the sorted list of accounts without repetition.
///
/// Signals that go through shared values (addresses, images) compare all holders of a value
/// whatever is listed: they meet no pair that shares nothing.
#[derive(Debug, Clone, Copy, Default)]
pub enum Pairs<'a> {
    /// Every pair.
    #[default]
    All,
    /// These alone: the smaller number first, in ascending order, each once.
    Listed(&'a [(u32, u32)]),
}

impl<'a> Pairs<'a> {
    /// The pairs among `count` accounts.
    pub(crate) fn among(self, count: usize) -> impl Iterator<Item = (usize, usize)> + 'a {
        let (all, listed): (usize, &[(u32, u32)]) = match self {
            Self::All => (count, &[]),
            Self::Listed(listed) => (0, listed),
        };
        let all = (0..all).flat_map(move |a| (a + 1..count).map(move |b| (a, b)));
        let listed = listed.iter().map(|&(a, b)| (a as usize, b as usize));
        all.chain(listed.filter(move |&(a, b)| a < b && b < count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_the_listed_ones() {
        let all: Vec<_> = Pairs::All.among(3).collect();
        assert_eq!(all, [(0, 1), (0, 2), (1, 2)]);
        let listed = [(0, 2), (1, 1), (1, 2), (1, 9), (2, 0)];
        let kept: Vec<_> = Pairs::Listed(&listed).among(3).collect();
        assert_eq!(kept, [(0, 2), (1, 2)]);
        assert_eq!(Pairs::All.among(0).count() + Pairs::All.among(1).count(), 0);
    }
}
