//! Baselines.

mod numpy_argsort;
mod numpy_permutation;
