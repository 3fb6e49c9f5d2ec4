//! Comparisons of two accounts: score, material, the rows behind.
