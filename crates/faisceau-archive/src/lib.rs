//! Web archives: reads, verifies and writes WARC and WACZ, and reads the HTTP messages in them.
//!
//! In: bytes that somebody recorded. Out: records with their place, what a seal says, and what is
//! wrong. Refused: believing a length, a digest or a signature that was not checked.

pub mod message;
pub mod wacz;
pub mod warc;
