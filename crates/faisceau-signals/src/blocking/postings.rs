//! An inverted index: which accounts hold a value.
//!
//! In: hashes of values with the number of an account, in any order. Out: the pairs of accounts
//! that share a value held by at most [`MOST_HOLDERS`]. Eight bytes an entry: 40 bits of the hash
//! and 24 of the account. Two values with the same 40 bits make a false candidate (about one pair
//! in 10^12), which costs a comparison and no error.

use rayon::prelude::*;

/// Most accounts that hold a value which still ties them; a commoner one says little of any two.
pub(super) const MOST_HOLDERS: usize = 50;
/// Most accounts that can be numbered.
pub(super) const MOST_ACCOUNTS: usize = 1 << ACCOUNT_BITS;
const ACCOUNT_BITS: u32 = 24;
/// A pair of accounts, the smaller number in the higher half: sorts like the pair.
pub(super) type Packed = u64;

pub(super) fn pack(a: u32, b: u32) -> Packed {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// The entries of one index.
#[derive(Debug, Default)]
pub(super) struct Postings(Vec<u64>);

/// What an index gave.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Paired {
    /// Pairs, ascending, each once.
    pub(super) pairs: Vec<Packed>,
    /// Values that too many accounts hold.
    pub(super) too_common: u64,
}

impl Postings {
    /// Notes that an account holds the value with this hash.
    pub(super) fn push(&mut self, hash: u64, account: u32) {
        if self.0.len() == self.0.capacity() {
            // By a quarter: doubling would hold twice what is needed.
            self.0.reserve_exact((self.0.len() / 4).max(1024));
        }
        self.0.push(hash >> ACCOUNT_BITS << ACCOUNT_BITS | u64::from(account));
    }

    /// The pairs. Where rare values alone would give more than `limit`, repetitions among them, the
    /// commonest of them are left out and counted.
    pub(super) fn pairs(self, limit: usize) -> Paired {
        let Self(mut entries) = self;
        entries.par_sort_unstable();
        entries.dedup();
        let same = |one: &u64, other: &u64| one >> ACCOUNT_BITS == other >> ACCOUNT_BITS;
        let mut by_size = [0_usize; MOST_HOLDERS + 1];
        for holders in entries.chunk_by(same) {
            if holders.len() <= MOST_HOLDERS {
                by_size[holders.len()] += holders.len() * (holders.len() - 1) / 2;
            }
        }
        let most = most_holders(&by_size, limit);
        let mut paired = Paired::default();
        for holders in entries.chunk_by(same) {
            if holders.len() > most {
                paired.too_common += 1;
                continue;
            }
            let account = |entry: u64| (entry & (MOST_ACCOUNTS as u64 - 1)) as u32;
            for (at, &a) in holders.iter().enumerate() {
                paired
                    .pairs
                    .extend(holders[at + 1..].iter().map(|&b| pack(account(a), account(b))));
            }
        }
        paired.pairs.par_sort_unstable();
        paired.pairs.dedup();
        paired
    }
}

/// The most holders with which the pairs stay under the limit; two always pass.
fn most_holders(pairs_by_size: &[usize; MOST_HOLDERS + 1], limit: usize) -> usize {
    let mut sum = 0;
    for (size, pairs) in pairs_by_size.iter().enumerate() {
        sum += pairs;
        if size > 2 && sum > limit {
            return size - 1;
        }
    }
    MOST_HOLDERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_values_tie_and_common_ones_are_counted() {
        let mut postings = Postings::default();
        for (value, accounts) in [(1_u64, vec![7, 3, 7]), (2, vec![9]), (3, (0..51).collect())] {
            for account in accounts {
                postings.push(value << 40, account);
            }
        }
        let expected = Paired { pairs: vec![pack(3, 7)], too_common: 1 };
        assert_eq!(postings.pairs(9), expected);
    }

    #[test]
    fn the_limit_lowers_what_counts_as_common() {
        let mut sizes = [0; MOST_HOLDERS + 1];
        sizes[2] = 20;
        assert_eq!(most_holders(&sizes, 10), 2);
        sizes[2] = 5;
        sizes[40] = 10;
        assert_eq!(most_holders(&sizes, 10), 39);
        sizes[40] = 0;
        assert_eq!(most_holders(&sizes, 10), MOST_HOLDERS);
    }
}
