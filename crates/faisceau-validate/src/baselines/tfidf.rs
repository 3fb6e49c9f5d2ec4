//! tf-idf cosine, as scikit-learn's `TfidfVectorizer(sublinear_tf=True)` gives it.
//!
//! tf = 1 + ln count; idf = ln((1 + N) / (1 + documents)) + 1; rows of length one.

use super::counts::Counts;
use super::matrix::Matrix;

/// Cosines of the first half of the documents with the second half.
pub(super) fn cosines(counts: &Counts) -> Matrix {
    let mut documents = vec![0_u32; counts.terms];
    counts.rows.iter().flatten().for_each(|&(term, _)| documents[term] += 1);
    let all = counts.rows.len() as f64;
    let idf: Vec<f64> =
        documents.iter().map(|&n| libm::log((1.0 + all) / (1.0 + f64::from(n))) + 1.0).collect();
    let weigh = |row: &Vec<(usize, u32)>| {
        let tf = |count: u32| 1.0 + libm::log(f64::from(count));
        let mut row: Vec<(usize, f64)> =
            row.iter().map(|&(term, count)| (term, tf(count) * idf[term])).collect();
        let norm = row.iter().map(|(_, x)| x * x).sum::<f64>().sqrt();
        if norm > 0.0 {
            for (_, x) in &mut row {
                *x /= norm;
            }
        }
        row
    };
    let rows: Vec<Vec<(usize, f64)>> = counts.rows.iter().map(weigh).collect();
    let size = rows.len() / 2;
    Matrix::of(size, |i, j| dot(&rows[i], &rows[size + j]))
}

/// The product of two rows with terms in ascending order.
fn dot(one: &[(usize, f64)], other: &[(usize, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(&(x, a)), Some(&(y, b))) = (one.get(i), other.get(j)) {
        if x == y {
            sum += a * b;
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::processor::Processor;
    use super::*;

    #[test]
    fn a_document_is_nearest_to_itself() {
        let terms = |text: &str| text.split(' ').map(str::to_owned).collect();
        let documents = vec![terms("a a b"), terms("c d"), terms("a a b"), terms("d d c b")];
        let cosines = cosines(&Counts::new(documents, 1, None, Processor::Portable));
        assert!((cosines.at(0, 0) - 1.0).abs() < 1e-12);
        assert!(cosines.at(1, 0) == 0.0 && cosines.at(1, 1) > 0.5 && cosines.at(0, 1) > 0.0);
    }
}
