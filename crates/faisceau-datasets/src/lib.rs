//! Pinned, dated reference data, looked up at a date.
