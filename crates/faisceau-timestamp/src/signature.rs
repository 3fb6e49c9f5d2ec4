//! Signatures. In: an algorithm, a key, a message, a signature. Out: whether the key made it.
//!
//! RSA PKCS#1 v1.5 and PSS (RFC 8017), ECDSA on P-256, P-384, P-521 (FIPS 186-5), each with
//! SHA-256, SHA-384 or SHA-512; Ed25519 (RFC 8032). Refused: SHA-1, MD5, RSA keys below 2,048 bits
//! (weak) or above 8,192 (slow on purpose), every other algorithm by its name.

mod ecdsa;
mod key;
mod scheme;

pub(crate) use key::{Curve, Key};
pub(crate) use scheme::Scheme;
