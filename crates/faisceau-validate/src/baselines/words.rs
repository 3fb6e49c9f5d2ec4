//! The most frequent words and signs: cosine delta and Dirichlet-multinomial.
//!
//! Tokens are lower case. Cosine delta (Smith and Aldridge 2011; Evert and others 2017): relative
//! frequencies of 300 tokens, standardised over all sides, cosine. The other: counts of 400
//! tokens and of the rest.

use super::characters::words_and_signs;
use super::counts::Counts;
use super::dirichlet::bayes_factors;
use super::matrix::Matrix;
use super::processor::Processor;
use super::strengths;

/// Tokens of the delta.
const DELTA_TOKENS: usize = 300;
/// Tokens of the Dirichlet-multinomial.
const DIRICHLET_TOKENS: usize = 400;
fn tokens(text: &str) -> Vec<String> {
    words_and_signs(&text.to_lowercase()).into_iter().map(str::to_owned).collect()
}

/// Cosine delta of the first half of the documents with the second half.
pub(super) fn delta(documents: &[String], processor: Processor) -> Matrix {
    let counts = Counts::new(
        documents.iter().map(|text| tokens(text)).collect(),
        1,
        Some(DELTA_TOKENS),
        processor,
    );
    let mut rows = counts.dense();
    for row in &mut rows {
        // A side without any of them stays at zero.
        let total = row.iter().sum::<f64>().max(1.0);
        for x in row {
            *x /= total;
        }
    }
    let all = rows.len() as f64;
    for token in 0..counts.terms {
        let mean = rows.iter().map(|row| row[token]).sum::<f64>() / all;
        let square = |row: &Vec<f64>| (row[token] - mean) * (row[token] - mean);
        let deviation = (rows.iter().map(square).sum::<f64>() / all).sqrt() + 1e-9;
        for row in &mut rows {
            row[token] = (row[token] - mean) / deviation;
        }
    }
    let (first, second) = rows.split_at(rows.len() / 2);
    Matrix::cosines(first, second)
}

/// Bayes factors of the first half of the documents with the second half.
pub(super) fn dirichlet(documents: &[String], processor: Processor) -> Matrix {
    let all: Vec<Vec<String>> = documents.iter().map(|text| tokens(text)).collect();
    // The script counts all tokens before it makes them lower case.
    let totals: Vec<usize> = documents.iter().map(|text| words_and_signs(text).len()).collect();
    let mut rows = Counts::new(all, 1, Some(DIRICHLET_TOKENS), processor).dense();
    for (row, total) in rows.iter_mut().zip(totals) {
        let rest = total as f64 - row.iter().sum::<f64>();
        row.push(rest.max(0.0));
    }
    let (first, second) = rows.split_at(rows.len() / 2);
    bayes_factors(first, second, strengths::words(processor))
}
