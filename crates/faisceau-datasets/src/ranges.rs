//! Sorted ranges of addresses, found by binary search.

use std::net::IpAddr;

/// Ranges from which on a table of the highest bits pays.
#[cfg(not(test))]
const TABLE: usize = 1 << 16;
#[cfg(test)]
const TABLE: usize = 4;

/// A number that ranges are made of.
pub(crate) trait Bits: Copy + Ord {
    /// The highest sixteen bits.
    fn top(self) -> u16;
}

impl Bits for u32 {
    fn top(self) -> u16 {
        (self >> 16) as u16
    }
}

impl Bits for u128 {
    fn top(self) -> u16 {
        (self >> 112) as u16
    }
}

/// Ranges of one address family, both ends included, in order of their starts.
#[derive(Debug)]
pub(crate) struct Ranges<K> {
    starts: Vec<K>,
    ends: Vec<K>,
    /// For each value of the highest sixteen bits, how many starts are below it: the search then
    /// stays within a few cache lines. Empty for lists that are shorter than such a table.
    below: Vec<u32>,
}

impl<K: Bits> Ranges<K> {
    /// Ranges in order of their starts, or the index of the first that is out of order or inside
    /// out.
    pub(crate) fn sorted(starts: Vec<K>, ends: Vec<K>) -> Result<Self, usize> {
        let order = starts.windows(2).position(|pair| pair[0] >= pair[1]).map(|index| index + 1);
        let inside_out = starts.iter().zip(&ends).position(|(start, end)| start > end);
        match order.into_iter().chain(inside_out).min() {
            Some(index) => Err(index),
            None => Ok(Self::index(starts, ends)),
        }
    }

    /// Makes ranges without overlap out of ranges in any order.
    pub(crate) fn merged(mut ranges: Vec<(K, K)>) -> Self {
        ranges.sort_unstable();
        let (mut starts, mut ends): (Vec<K>, Vec<K>) = (Vec::new(), Vec::new());
        for (start, end) in ranges {
            match ends.last_mut() {
                Some(last) if start <= *last => *last = end.max(*last),
                _ => {
                    starts.push(start);
                    ends.push(end);
                }
            }
        }
        Self::index(starts, ends)
    }

    fn index(starts: Vec<K>, ends: Vec<K>) -> Self {
        let mut below = Vec::new();
        if starts.len() < TABLE {
            return Self { starts, ends, below };
        }
        let mut count = 0;
        for top in 0..=u16::MAX {
            while starts.get(count).is_some_and(|start| start.top() < top) {
                count += 1;
            }
            below.push(count as u32);
        }
        Self { starts, ends, below }
    }

    /// The index of the range with the highest start that holds `key`.
    pub(crate) fn find(&self, key: K) -> Option<usize> {
        let top = usize::from(key.top());
        let from = self.below.get(top).map_or(0, |count| *count as usize);
        let to = self.below.get(top + 1).map_or(self.starts.len(), |count| *count as usize);
        let after = from + self.starts[from..to].partition_point(|start| *start <= key);
        let index = after.checked_sub(1)?;
        (key <= self.ends[index]).then_some(index)
    }

    /// Whether there is no range at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }
}

/// An address as the number of its family, IPv4 inside IPv6 taken out (RFC 4291, 2.5.5.2).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    /// IPv4.
    V4(u32),
    /// IPv6.
    V6(u128),
}

impl From<IpAddr> for Key {
    fn from(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(v4) => Self::V4(v4.to_bits()),
            IpAddr::V6(v6) => Self::V6(v6.to_bits()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn out_of_order_and_inside_out_are_refused() {
        assert_eq!(Ranges::sorted(vec![10_u32, 10], vec![20, 12]).unwrap_err(), 1);
        assert_eq!(Ranges::sorted(vec![10_u32, 30], vec![20, 29]).unwrap_err(), 1);
        let ranges = Ranges::sorted(vec![10_u32], vec![20]).unwrap();
        assert_eq!([9, 10, 20, 21].map(|key| ranges.find(key)), [None, Some(0), Some(0), None]);
        assert!(Ranges::<u128>::merged(Vec::new()).find(0).is_none());
    }

    proptest! {
        /// Steps of 2^13 put several ranges in one bucket and ranges over several buckets.
        #[test]
        fn merged_ranges_hold_what_the_ranges_hold(
            ranges in prop::collection::vec((0..90_u32, 0..90_u32), 0..20),
            key in 0..90_u32,
        ) {
            let ranges: Vec<(u32, u32)> =
                ranges.into_iter().map(|(a, b)| (a.min(b) << 13, a.max(b) << 13)).collect();
            let key = key << 13;
            let held = ranges.iter().any(|(a, b)| (*a..=*b).contains(&key));
            prop_assert_eq!(Ranges::merged(ranges).find(key).is_some(), held);
        }
    }
}
