//! Cosine of tf-idf weights.
//!
//! In: documents and what counts their features. Out: the cosine of any two documents over the features that
//! at least two documents hold: tf = 1 + ln c, idf = ln((1+N)/(1+df)) + 1.

use std::sync::Arc;

use rayon::prelude::*;

use super::inverted::Inverted;
use super::similarity::Similarity;

/// What counts the features of a document.
type Count<F> = fn(&[&str]) -> Vec<(F, u32)>;

/// Documents as vectors of length 1.
#[derive(Debug)]
pub(crate) struct Cosine<F> {
    count: Count<F>,
    /// The features with their idf, in ascending order.
    vocabulary: Arc<Vec<(F, f64)>>,
    /// For each document its features in ascending order with their weights.
    documents: Vec<Vec<(u32, f64)>>,
}

impl<F: Copy + Ord + Send + Sync> Cosine<F> {
    /// Documents by gram or word. `count` gives each feature of a document once.
    pub(crate) fn new(documents: &[Vec<&str>], count: Count<F>) -> Self {
        let counts: Vec<Vec<(F, u32)>> =
            documents.par_iter().map(|passages| count(passages)).collect();
        let total = counts.len() as f64;
        let mut held: Vec<F> = counts.iter().flatten().map(|&(feature, _)| feature).collect();
        held.par_sort_unstable();
        let vocabulary: Vec<(F, f64)> = held
            .chunk_by(|a, b| a == b)
            .filter(|documents| documents.len() > 1)
            .map(|documents| {
                (documents[0], libm::log((1.0 + total) / (1.0 + documents.len() as f64)) + 1.0)
            })
            .collect();
        let documents = counts.par_iter().map(|counts| weigh(&vocabulary, counts)).collect();
        Self { count, vocabulary: Arc::new(vocabulary), documents }
    }
}

fn weigh<F: Copy + Ord>(vocabulary: &[(F, f64)], counts: &[(F, u32)]) -> Vec<(u32, f64)> {
    let weighed = counts.iter().filter_map(|&(feature, count)| {
        let index = vocabulary.binary_search_by_key(&feature, |&(f, _)| f).ok()?;
        Some((index as u32, (1.0 + libm::log(f64::from(count))) * vocabulary[index].1))
    });
    of_length_one(weighed.collect())
}

fn of_length_one(mut vector: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        for (_, weight) in &mut vector {
            *weight /= length;
        }
    }
    vector
}

impl<F: Copy + Ord + Send + Sync + 'static> Similarity for Cosine<F> {
    fn row(&self, x: usize, others: &[usize]) -> Vec<f64> {
        let mut dense = vec![0.0; self.vocabulary.len()];
        for &(feature, weight) in &self.documents[x] {
            dense[feature as usize] = weight;
        }
        let product = |&other: &usize| {
            let products =
                self.documents[other].iter().map(|&(feature, w)| w * dense[feature as usize]);
            products.sum()
        };
        others.iter().map(product).collect()
    }

    /// Features that one side alone holds add nothing, and both directions are the same sum.
    fn block(&self, xs: &[usize], others: &[usize]) -> Vec<Vec<f64>> {
        let documents = others.iter().map(|&other| self.documents[other].as_slice());
        let inverted = Inverted::new(self.vocabulary.len(), documents);
        let mirrored = xs == others;
        let row = |(at, &x): (usize, &usize)| {
            let mut sums = vec![0.0; others.len()];
            for &(feature, weight) in &self.documents[x] {
                let mut holders = inverted.holders(feature);
                if mirrored {
                    holders = &holders[holders.partition_point(|(h, _)| (*h as usize) < at)..];
                }
                for &(holder, w) in holders {
                    sums[holder as usize] += w * weight;
                }
            }
            sums
        };
        let mut rows: Vec<Vec<f64>> = xs.par_iter().enumerate().map(row).collect();
        if mirrored {
            for at in 1..rows.len() {
                let (before, from) = rows.split_at_mut(at);
                for (value, row) in from[0].iter_mut().zip(before) {
                    *value = row[at];
                }
            }
        }
        rows
    }

    fn both(&self, x: usize, y: usize) -> (f64, f64) {
        let (mut own, mut others) = (self.documents[x].iter(), self.documents[y].iter());
        let (mut one, mut other) = (own.next(), others.next());
        let mut sum = 0.0;
        while let (Some((f, w)), Some((g, v))) = (one, other) {
            if f == g {
                sum += w * v;
            }
            if f <= g {
                one = own.next();
            }
            if g <= f {
                other = others.next();
            }
        }
        (sum, sum)
    }

    fn emptied(&self) -> Box<dyn Similarity> {
        let vocabulary = Arc::clone(&self.vocabulary);
        Box::new(Self { count: self.count, vocabulary, documents: Vec::new() })
    }

    fn extend(&mut self, documents: &[Vec<&str>], _: &[Vec<&str>]) {
        let weigh = |passages: &Vec<&str>| weigh(&self.vocabulary, &(self.count)(passages));
        let more: Vec<_> = documents.par_iter().map(weigh).collect();
        self.documents.extend(more);
    }

    fn truncate(&mut self, count: usize) {
        self.documents.truncate(count);
    }
}

#[cfg(test)]
mod tests {
    use super::super::grams::count;
    use super::*;

    #[test]
    fn like_documents_have_cosine_one_and_lone_features_are_left() {
        let documents = ["ab", "ab", "ba"].map(|text| vec![text]);
        let cosine = Cosine::new(&documents, |passages| count(passages, 2..=4));
        // "ab" is in two of three documents, as are "\na", "b\n", "\nab", "ab\n" and "\nab\n".
        assert_eq!(cosine.vocabulary.len(), 6);
        let row = cosine.row(0, &[0, 1, 2]);
        assert!((row[0] - 1.0).abs() < 1e-12 && (row[1] - 1.0).abs() < 1e-12, "{row:?}");
        assert_eq!(row[2], 0.0);
    }
}
