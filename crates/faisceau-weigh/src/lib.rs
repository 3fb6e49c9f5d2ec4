//! Calibrated likelihood ratios from comparisons and a reference.
