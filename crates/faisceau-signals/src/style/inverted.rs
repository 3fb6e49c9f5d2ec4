//! Which documents hold a feature.
//!
//! In: documents, each a list of features in ascending order with a value. Out: for a feature the
//! documents that hold it, in ascending order, with their values. So sums over the features that
//! two documents share visit these alone, in the same order as a merge of both lists.

/// The documents by feature.
#[derive(Debug)]
pub(super) struct Inverted<V> {
    /// Where the documents of each feature start.
    starts: Vec<usize>,
    holders: Vec<(u32, V)>,
}

impl<V: Copy + Default> Inverted<V> {
    /// `documents` with features below `features`, in the order in which they are numbered.
    pub(super) fn new<'a>(
        features: usize,
        documents: impl Iterator<Item = &'a [(u32, V)]> + Clone,
    ) -> Self
    where
        V: 'a,
    {
        let mut starts = vec![0; features + 1];
        for (feature, _) in documents.clone().flatten() {
            starts[*feature as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut holders = vec![(0, V::default()); starts[features]];
        for (document, list) in (0_u32..).zip(documents) {
            for &(feature, value) in list {
                let place = &mut next[feature as usize];
                holders[*place] = (document, value);
                *place += 1;
            }
        }
        Self { starts, holders }
    }

    /// The documents that hold a feature, with their values.
    pub(super) fn holders(&self, feature: u32) -> &[(u32, V)] {
        let at = feature as usize;
        &self.holders[self.starts[at]..self.starts[at + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_names_its_holders_in_order() {
        let documents: [&[(u32, u8)]; 3] = [&[(0, 1), (2, 5)], &[], &[(2, 7)]];
        let inverted = Inverted::new(3, documents.into_iter());
        assert_eq!(inverted.holders(0), [(0, 1)]);
        assert!(inverted.holders(1).is_empty());
        assert_eq!(inverted.holders(2), [(0, 5), (2, 7)]);
    }
}
