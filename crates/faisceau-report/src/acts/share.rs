//! A fair share of a long list: no account takes all the rows.

use std::collections::BTreeMap;

use faisceau_model::AccountKey;

use super::posts::Item;

/// What is shown of a list.
pub(super) type Share<'i> = Vec<&'i Item<'i>>;

/// At most `most` items: of each account the first ones, in rounds, in the order of the list.
pub(super) fn shown<'i>(items: &[&'i Item<'i>], most: usize) -> Share<'i> {
    let mut sizes: BTreeMap<&AccountKey, usize> = BTreeMap::new();
    for item in items {
        *sizes.entry(&item.post.account).or_default() += 1;
    }
    let each = quota(sizes.values().copied(), most);
    let mut left: BTreeMap<&AccountKey, usize> = sizes.keys().map(|key| (*key, each)).collect();
    let keep = |item: &&&Item<'_>| match left.get_mut(&item.post.account) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    };
    items.iter().filter(keep).take(most).copied().collect()
}

/// The most that each account may have so that all together fit; at least one.
fn quota(sizes: impl Iterator<Item = usize>, most: usize) -> usize {
    let mut sizes: Vec<usize> = sizes.collect();
    sizes.sort_unstable();
    let (mut room, mut left) = (most, sizes.len());
    for size in sizes {
        if size * left > room {
            return (room / left).max(1);
        }
        room -= size;
        left -= 1;
    }
    usize::MAX
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::quota;

    #[test]
    fn small_accounts_are_shown_whole() {
        assert_eq!(quota([3, 1000, 5].into_iter(), 100), 92);
        assert_eq!(quota([3, 5].into_iter(), 100), usize::MAX);
        assert_eq!(quota([9; 50].into_iter(), 10), 1);
        assert_eq!(quota(std::iter::empty(), 10), usize::MAX);
    }

    proptest! {
        #[test]
        fn the_quota_fits(sizes in prop::collection::vec(1usize..500, 0..30), most in 30usize..400) {
            let each = quota(sizes.iter().copied(), most);
            prop_assert!(sizes.iter().map(|size| size.min(&each)).sum::<usize>() <= most);
        }
    }
}
