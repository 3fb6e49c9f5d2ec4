//! Exhibits by hash, numbered; hash-chained journal; lock; verify.
