//! The store on a real file system: cases are made in temporary folders, attacked, and opened again.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "in the helpers of tests; the lints only know test functions"
)]

mod add;
mod archives;
mod bombs;
mod case;
mod interrupted;
mod journal;
mod verify;
mod warc;
