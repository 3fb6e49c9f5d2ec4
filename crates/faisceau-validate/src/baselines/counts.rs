//! Counts of terms in documents, as scikit-learn's `CountVectorizer` keeps them.
//!
//! In: the terms of each document. Out: rows of counts over the terms in the order of their code
//! points. Terms of few documents are dropped first, then the most frequent ones are kept; among
//! equals, `NumPy`'s sort decides, and with it the processor.

use std::collections::BTreeMap;

use super::processor::Processor;

/// Documents over terms.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    /// Number of terms.
    pub(super) terms: usize,
    /// For each document, terms in ascending order with their counts.
    pub(super) rows: Vec<Vec<(usize, u32)>>,
}

impl Counts {
    /// Counts the terms that occur in at least `least_documents`, the `most` most frequent ones.
    pub(super) fn new(
        documents: Vec<Vec<String>>,
        least_documents: usize,
        most: Option<usize>,
        processor: Processor,
    ) -> Self {
        let counted: Vec<BTreeMap<String, u32>> = documents
            .into_iter()
            .map(|terms| {
                let mut counts = BTreeMap::new();
                for term in terms {
                    *counts.entry(term).or_insert(0) += 1;
                }
                counts
            })
            .collect();
        // Documents and occurrences of each term.
        let mut all = BTreeMap::<&str, (usize, i64)>::new();
        for (term, &count) in counted.iter().flatten() {
            let entry = all.entry(term).or_default();
            *entry = (entry.0 + 1, entry.1 + i64::from(count));
        }
        all.retain(|_, (documents, _)| *documents >= least_documents);
        if let Some(most) = most.filter(|&most| all.len() > most) {
            let rare: Vec<i64> = all.values().map(|(_, occurrences)| -occurrences).collect();
            let mut kept = vec![false; rare.len()];
            processor.argsort(&rare).into_iter().take(most).for_each(|place| kept[place] = true);
            let mut kept = kept.into_iter();
            all.retain(|_, _| kept.next().unwrap_or(false));
        }
        let numbers: BTreeMap<&str, usize> =
            all.keys().enumerate().map(|(number, &term)| (term, number)).collect();
        let row = |counts: &BTreeMap<String, u32>| {
            let known = counts.iter();
            known.filter_map(|(term, &n)| Some((*numbers.get(term.as_str())?, n))).collect()
        };
        Self { terms: numbers.len(), rows: counted.iter().map(row).collect() }
    }

    /// The rows with a column for every term.
    pub(super) fn dense(&self) -> Vec<Vec<f64>> {
        let dense = |row: &Vec<(usize, u32)>| {
            let mut values = vec![0.0; self.terms];
            for &(term, count) in row {
                values[term] = f64::from(count);
            }
            values
        };
        self.rows.iter().map(dense).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_terms_go_before_the_most_frequent_are_kept() {
        let terms = |text: &str| text.split(' ').map(str::to_owned).collect();
        let documents = vec![terms("b a a z z z"), terms("c b a")];
        let counts = Counts::new(documents.clone(), 2, None, Processor::Portable);
        assert_eq!(counts.rows, [vec![(0, 2), (1, 1)], vec![(0, 1), (1, 1)]]);
        assert_eq!(counts.dense()[0], [2.0, 1.0]);
        assert_eq!(Counts::new(documents, 1, Some(1), Processor::Portable).terms, 1);
    }
}
