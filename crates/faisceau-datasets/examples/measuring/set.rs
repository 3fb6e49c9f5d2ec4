//! Sets of IPv4 addresses as sorted ranges, and how much two of them share.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

/// Ranges without overlap, both ends included, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Set(Vec<(u32, u32)>);

impl Set {
    /// Makes a set of ranges in any order.
    pub(crate) fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (start, end) in ranges {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        Self(merged)
    }

    /// The IPv4 prefixes of a list, one a line; comments and IPv6 are passed over.
    pub(crate) fn of_prefixes(text: &str) -> Self {
        let nets = text.lines().filter_map(|line| {
            let line = line.split('#').next()?.trim();
            let net: Ipv4Net = line.parse().ok()?;
            Some((net.network().to_bits(), net.broadcast().to_bits()))
        });
        Self::new(nets.collect())
    }

    /// How many addresses.
    pub(crate) fn size(&self) -> u64 {
        self.0.iter().map(|(start, end)| u64::from(end - start) + 1).sum()
    }

    /// What both hold.
    pub(crate) fn shared(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut out = Vec::new();
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            let (start, end) = (x.0.max(y.0), x.1.min(y.1));
            if start <= end {
                out.push((start, end));
            }
            if x.1 < y.1 {
                a.next()
            } else {
                b.next()
            };
        }
        Self(out)
    }

    /// The address of a rank, from 0.
    pub(crate) fn nth(&self, mut rank: u64) -> Option<Ipv4Addr> {
        for (start, end) in &self.0 {
            let length = u64::from(end - start) + 1;
            if rank < length {
                return Some(Ipv4Addr::from_bits(start + u32::try_from(rank).ok()?));
            }
            rank -= length;
        }
        None
    }

    /// The ranges.
    pub(crate) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }
}

/// Draws addresses of a set, the same for the same seed (`SplitMix64`).
pub(crate) fn draw(set: &Set, count: usize, mut seed: u64) -> Vec<Ipv4Addr> {
    let size = set.size();
    let mut next = move || {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    // The remainder favours low ranks by less than one in 2^38 here.
    (0..count).filter_map(|_| set.nth(next().checked_rem(size)?)).collect()
}
