//! Texts signed with OpenPGP (RFC 9580): what is signed, by which key, and what is not.
//!
//! In: the bytes of an exhibit, and the public keys that other exhibits hold. Out: the signed
//! blocks and what stands outside of them, and a row for each signature. Refused: fetching a key,
//! reading the clock (a key is judged at the time that the signature says), and deciding whose a
//! key is: a key names itself as it likes.

pub(crate) mod certificate;
pub(crate) mod check;
pub(crate) mod cleartext;
pub(crate) mod keys;
pub(crate) mod signed_text;
