//! Who shared what when, in a compact form that does not depend on the order of the rows.
//!
//! In: triples of account, object and instant. Out: the same, numbered and sorted by object, time
//! and account. Accounts and objects are numbered in the order of their names.

use rayon::prelude::*;

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
    /// Numbers and sorts triples of account, object, instant and width. There is no memory for as
    /// many as 2^32 names.
    pub fn new<'a>(triples: &[(&'a str, &'a str, i64, u32)]) -> Self {
        let (accounts, account_of) = numbers(triples.iter().map(|triple| triple.0));
        let (objects, object_of) = numbers(triples.iter().map(|triple| triple.1));
        let mut all: Vec<Share> = triples
            .iter()
            .zip(account_of.into_iter().zip(object_of))
            .map(|(&(_, _, at, width), (account, object))| Share { object, at, account, width })
            .collect();
        // Equal shares are equal: their order after sorting shows nowhere.
        all.par_sort_unstable();
        Self { accounts, objects, all }
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

/// The names in order, each once, and for each place of the input the number of its name.
fn numbers<'a>(names: impl Iterator<Item = &'a str>) -> (Vec<String>, Vec<u32>) {
    let mut order: Vec<(&str, u32)> = names.zip(0..).collect();
    order.par_sort_unstable();
    let (mut once, mut numbers) = (Vec::<String>::new(), vec![0; order.len()]);
    for run in order.chunk_by(|one, other| one.0 == other.0) {
        let number = once.len() as u32;
        once.push(run[0].0.to_owned());
        for (_, place) in run {
            numbers[*place as usize] = number;
        }
    }
    (once, numbers)
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
