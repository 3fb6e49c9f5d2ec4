//! The processor whose figures the baselines equal.
//!
//! `NumPy` sorts ties in another order with vector instructions, so the script keeps other words
//! among those that occur equally often, and its figures differ from machine to machine.

use serde::{Deserialize, Serialize};

use super::{numpy_argsort, numpy_argsort_simd};

/// What `NumPy` found when the script ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Processor {
    /// Nothing, or told not to use it: the same everywhere.
    #[default]
    Portable,
    /// AVX2.
    Avx2,
    /// AVX-512 (Skylake-X and later).
    Avx512,
}

impl Processor {
    /// The places of the values in ascending order.
    pub(super) fn argsort(self, values: &[i64]) -> Vec<usize> {
        match self {
            Self::Portable => numpy_argsort::argsort(values),
            Self::Avx2 => numpy_argsort_simd::argsort(values, 4),
            Self::Avx512 => numpy_argsort_simd::argsort(values, 8),
        }
    }
}
