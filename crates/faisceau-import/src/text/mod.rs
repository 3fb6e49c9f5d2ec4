//! Bytes and texts, before anything is known of their format: encodings, lines, addresses.

pub(crate) mod address;
pub(crate) mod decode;
pub(crate) mod line_records;
pub(crate) mod lines;
pub(crate) mod mojibake;
