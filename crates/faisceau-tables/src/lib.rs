//! Rows to typed Parquet tables with provenance, and back.
