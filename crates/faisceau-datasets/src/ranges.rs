//! Sorted ranges of addresses, found by binary search.
//!
//! Numbers lie as little-endian bytes, so that columns embedded in the program are searched where
//! they are, without a copy.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

/// Ranges from which on a table of the highest bits pays.
#[cfg(not(test))]
const TABLE: usize = 1 << 16;
#[cfg(test)]
const TABLE: usize = 4;

/// A number that ranges are made of.
pub(crate) trait Bits: Copy + Ord {
    /// Its bytes, little-endian.
    type Raw: Copy + PartialEq + fmt::Debug + Send + Sync + 'static;
    /// The number of those bytes.
    fn of(raw: Self::Raw) -> Self;
    /// The bytes of the number.
    fn raw(self) -> Self::Raw;
    /// The highest sixteen bits.
    fn top(self) -> u16;
}

/// Numbers as little-endian bytes, embedded or owned.
pub(crate) type Column<K> = Cow<'static, [<K as Bits>::Raw]>;

impl Bits for u32 {
    type Raw = [u8; 4];

    fn of(raw: Self::Raw) -> Self {
        Self::from_le_bytes(raw)
    }

    fn raw(self) -> Self::Raw {
        self.to_le_bytes()
    }

    fn top(self) -> u16 {
        (self >> 16) as u16
    }
}

impl Bits for u128 {
    type Raw = [u8; 16];

    fn of(raw: Self::Raw) -> Self {
        Self::from_le_bytes(raw)
    }

    fn raw(self) -> Self::Raw {
        self.to_le_bytes()
    }

    fn top(self) -> u16 {
        (self >> 112) as u16
    }
}

/// Ranges of one address family, both ends included, in order of their starts.
#[derive(Debug)]
pub(crate) struct Ranges<K: Bits> {
    starts: Column<K>,
    ends: Column<K>,
    /// For each value of the highest sixteen bits, how many starts are below it: the search then
    /// stays within a few cache lines. Empty for lists that are shorter than such a table.
    below: Vec<u32>,
}

impl<K: Bits> Ranges<K> {
    /// Ranges whose order was checked where they were read.
    pub(crate) fn trusted(starts: Column<K>, ends: Column<K>) -> Self {
        let mut below = Vec::new();
        if starts.len() < TABLE {
            return Self { starts, ends, below };
        }
        below.reserve(usize::from(u16::MAX) + 1);
        let mut count = 0;
        for top in 0..=u16::MAX {
            while starts.get(count).is_some_and(|start| K::of(*start).top() < top) {
                count += 1;
            }
            below.push(count as u32);
        }
        Self { starts, ends, below }
    }

    /// Makes ranges without overlap out of ranges in any order.
    pub(crate) fn merged(mut ranges: Vec<(K, K)>) -> Self {
        ranges.sort_unstable();
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for (start, end) in ranges {
            match ends.last_mut() {
                Some(last) if start <= K::of(*last) => *last = end.max(K::of(*last)).raw(),
                _ => {
                    starts.push(start.raw());
                    ends.push(end.raw());
                }
            }
        }
        Self::trusted(starts.into(), ends.into())
    }

    /// The index of the range with the highest start that holds `key`.
    pub(crate) fn find(&self, key: K) -> Option<usize> {
        let top = usize::from(key.top());
        let from = self.below.get(top).map_or(0, |count| *count as usize);
        let to = self.below.get(top + 1).map_or(self.starts.len(), |count| *count as usize);
        let within = self.starts.get(from..to)?;
        let after = from + within.partition_point(|start| K::of(*start) <= key);
        let index = after.checked_sub(1)?;
        self.ends.get(index).is_some_and(|end| key <= K::of(*end)).then_some(index)
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

impl From<Key> for IpAddr {
    fn from(key: Key) -> Self {
        match key {
            Key::V4(bits) => Self::V4(bits.into()),
            Key::V6(bits) => Self::V6(bits.into()),
        }
    }
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
    fn both_ends_belong_to_the_range() {
        let ranges = Ranges::merged(vec![(10_u32, 20)]);
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
