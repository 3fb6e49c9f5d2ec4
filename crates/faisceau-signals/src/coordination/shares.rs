//! Who shared what when, in a compact form that does not depend on the order of the rows.
//!
//! In: triples of account, object and instant. Out: the same, numbered and sorted by object, time
//! and account. Accounts and objects are numbered in the order of their names.

use std::collections::BTreeMap;

/// Most different accounts, and most different objects: numbers are of 32 bits.
const MOST: usize = u32::MAX as usize;

/// One account shares one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share {
    /// The number of the object.
    pub object: u32,
    /// Seconds since the Unix epoch, the start of the interval that is known.
    pub at: i64,
    /// The number of the account.
    pub account: u32,
    /// Seconds that the precision adds to a delay: 0 for a time known to the second, 60 for one
    /// known to the minute.
    pub width: u32,
}

/// Shares with the names behind the numbers.
#[derive(Debug, Clone, Default)]
pub struct Shares {
    accounts: Vec<String>,
    objects: Vec<String>,
    all: Vec<Share>,
}

impl Shares {
    /// Numbers and sorts triples of account, object, instant and width. What would exceed 2^32
    /// names is left out by its caller's memory long before.
    pub fn new<'a>(triples: &[(&'a str, &'a str, i64, u32)]) -> Self {
        let accounts = numbers(triples.iter().map(|triple| triple.0));
        let objects = numbers(triples.iter().map(|triple| triple.1));
        let mut shares: Vec<Share> = triples
            .iter()
            .filter_map(|&(account, object, at, width)| {
                let (account, object) = (*accounts.get(account)?, *objects.get(object)?);
                Some(Share { object, at, account, width })
            })
            .collect();
        shares.sort_unstable();
        let names = |of: BTreeMap<&str, u32>| of.into_keys().map(str::to_owned).collect();
        Self { accounts: names(accounts), objects: names(objects), all: shares }
    }

    /// The names of the accounts, in order.
    pub fn accounts(&self) -> &[String] {
        &self.accounts
    }

    /// The names of the objects, in order.
    pub fn objects(&self) -> &[String] {
        &self.objects
    }

    /// The shares by object, time, account.
    pub fn all(&self) -> &[Share] {
        &self.all
    }

    /// The same, with each account's first share of each object only.
    #[must_use]
    pub fn first_only(&self) -> Self {
        let mut shares = self.all.clone();
        // Within an account and object the earliest is first; of two at once the more precise.
        shares.sort_unstable_by_key(|s| (s.object, s.account, s.at, s.width));
        shares.dedup_by_key(|s| (s.object, s.account));
        shares.sort_unstable();
        Self { accounts: self.accounts.clone(), objects: self.objects.clone(), all: shares }
    }

    /// The shares of each object.
    pub fn by_object(&self) -> impl Iterator<Item = &[Share]> {
        self.all.chunk_by(|one, other| one.object == other.object)
    }
}

fn numbers<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u32> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST);
    (0..).zip(names).map(|(number, name)| (name, number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_rows_is_of_no_account() {
        let triples = [("b", "y", 5, 0), ("a", "y", 5, 0), ("a", "x", 9, 0), ("a", "x", 7, 60)];
        let mut turned = triples;
        turned.reverse();
        let (one, other) = (Shares::new(&triples), Shares::new(&turned));
        assert_eq!(one.all(), other.all());
        assert_eq!((one.accounts().len(), one.objects().len()), (2, 2));
        let first = one.first_only();
        assert_eq!(first.all().len(), 3);
        assert_eq!(first.all()[0], Share { object: 0, at: 7, account: 0, width: 60 });
    }
}
