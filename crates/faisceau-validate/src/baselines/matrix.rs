//! Scores of all first sides against all second sides.

use rayon::prelude::*;

/// A square matrix: rows are first sides, columns second sides.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    pub(super) size: usize,
    /// Row by row.
    pub(super) values: Vec<f64>,
}

impl Matrix {
    /// Computes every cell; the order of the cells does not depend on the threads.
    pub(super) fn of(size: usize, cell: impl Fn(usize, usize) -> f64 + Sync) -> Self {
        let row = |i: usize| (0..size).map(|j| cell(i, j)).collect::<Vec<f64>>();
        let rows: Vec<Vec<f64>> = (0..size).into_par_iter().map(row).collect();
        Self { size, values: rows.concat() }
    }

    /// Cosines of dense rows.
    pub(super) fn cosines(first: &[Vec<f64>], second: &[Vec<f64>]) -> Self {
        let unit = |row: &Vec<f64>| {
            let norm = row.iter().map(|x| x * x).sum::<f64>().sqrt() + 1e-12;
            row.iter().map(|x| x / norm).collect::<Vec<f64>>()
        };
        let first: Vec<Vec<f64>> = first.iter().map(unit).collect();
        let second: Vec<Vec<f64>> = second.iter().map(unit).collect();
        Self::of(first.len(), |i, j| first[i].iter().zip(&second[j]).map(|(x, y)| x * y).sum())
    }

    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.size + column]
    }
}
