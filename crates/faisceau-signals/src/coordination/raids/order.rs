//! Who comes first in raids, and who last, more often than chance gives.
//!
//! In: for each raid the accounts with the times of their first acts. Out: the accounts that lead
//! and those that follow. By chance an account has any rank with the same probability; the law of
//! the sum of its ranks over its raids is computed exactly, and the chance is multiplied by the
//! accounts that are judged. One raid has an order, but says nothing of a habit.

use std::collections::{BTreeMap, BTreeSet};

/// Fewest raids of an account that is judged.
const LEAST_RAIDS: usize = 3;
/// Highest chance, times the accounts judged.
const HIGHEST_CHANCE: f64 = 0.05;
/// Most raids of one account, and most accounts of one raid, of which ranks are taken.
const MOST_RAIDS: usize = 60;
const MOST_ACCOUNTS: usize = 400;

/// The leaders and the followers.
pub(super) fn judged(raids: &[Vec<(u32, i64)>]) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let mut ranks = BTreeMap::<u32, Vec<(usize, usize)>>::new();
    for raid in raids.iter().filter(|raid| (2..=MOST_ACCOUNTS).contains(&raid.len())) {
        for (account, at) in raid {
            // Of those who come at once each has the mean rank; doubled, it is whole.
            let before = raid.iter().filter(|(_, other)| other < at).count();
            let until = raid.iter().filter(|(_, other)| other <= at).count();
            ranks.entry(*account).or_default().push((before + until + 1, raid.len()));
        }
    }
    ranks.retain(|_, ranks| ranks.len() >= LEAST_RAIDS);
    let all = ranks.len() as f64;
    let (mut leaders, mut followers) = (BTreeSet::new(), BTreeSet::new());
    for (account, ranks) in &mut ranks {
        ranks.truncate(MOST_RAIDS);
        let sum: usize = ranks.iter().map(|(doubled, _)| doubled).sum();
        let sizes: Vec<usize> = ranks.iter().map(|(_, size)| *size).collect();
        let least: usize = sizes.len();
        let law = law(&sizes);
        // `law[n]` is the probability that the ranks sum to n + as many as there are raids.
        let at_most =
            |limit: usize| law.iter().take((limit + 1).saturating_sub(least)).sum::<f64>();
        // A half rank counts against the account on either side.
        let early = at_most(sum.div_ceil(2));
        let late = 1.0 - at_most((sum / 2).saturating_sub(1));
        if early * all <= HIGHEST_CHANCE {
            leaders.insert(*account);
        } else if late * all <= HIGHEST_CHANCE {
            followers.insert(*account);
        }
    }
    (leaders, followers)
}

/// The law of the sum of independent even ranks, from the least sum up.
fn law(sizes: &[usize]) -> Vec<f64> {
    let mut law = vec![1.0];
    for &size in sizes {
        let mut next = vec![0.0; law.len() + size - 1];
        for (sum, probability) in law.iter().enumerate() {
            for rank in 0..size {
                next[sum + rank] += probability / size as f64;
            }
        }
        law = next;
    }
    law
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_dice_have_their_law() {
        let law = law(&[6, 6]);
        assert_eq!(law.len(), 11);
        assert!((law[5] - 6.0 / 36.0).abs() < 1e-12 && (law[0] - 1.0 / 36.0).abs() < 1e-12);
    }

    #[test]
    fn who_is_always_first_leads_and_one_raid_says_nothing() {
        let raid = |turn: u32| -> Vec<(u32, i64)> {
            let mut raid: Vec<(u32, i64)> = vec![(0, 0), (9, 1000)];
            raid.extend((1..9).map(|n| (n, i64::from((n + turn * 3) % 8) + 1)));
            raid
        };
        let (leaders, followers) = judged(&[raid(0), raid(1), raid(2), raid(3)]);
        assert_eq!((leaders, followers), (BTreeSet::from([0]), BTreeSet::from([9])));
        assert_eq!(judged(&[raid(0)]), (BTreeSet::new(), BTreeSet::new()));
    }
}
