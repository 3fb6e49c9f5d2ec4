//! ECDSA over the three curves of FIPS 186-5. The signature is `Ecdsa-Sig-Value` (RFC 3279, 2.2.3).

use der::Tag;
use p256::ecdsa::signature::hazmat::PrehashVerifier;

use super::Curve;
use crate::element::Element;

/// Whether the key made the signature of a digest.
pub(super) fn holds(curve: Curve, point: &[u8], digest: &[u8], signature: &[u8]) -> bool {
    let width = match curve {
        Curve::P256 => 32,
        Curve::P384 => 48,
        Curve::P521 => 66,
    };
    // A digest shorter than the order is a number with zeros before it; the crate refuses one
    // that is shorter than half.
    let mut padded = vec![0; width_missing(width, digest.len())];
    padded.extend(digest);
    let Some(signature) = fixed(signature, width) else { return false };
    let held = match curve {
        Curve::P256 => {
            use p256::ecdsa::{Signature, VerifyingKey};
            let key = VerifyingKey::from_sec1_bytes(point).ok();
            let signature = Signature::from_slice(&signature).ok();
            key.zip(signature).map(|(key, signature)| key.verify_prehash(&padded, &signature))
        }
        Curve::P384 => {
            use p384::ecdsa::{Signature, VerifyingKey};
            let key = VerifyingKey::from_sec1_bytes(point).ok();
            let signature = Signature::from_slice(&signature).ok();
            key.zip(signature).map(|(key, signature)| key.verify_prehash(&padded, &signature))
        }
        Curve::P521 => {
            use p521::ecdsa::{Signature, VerifyingKey};
            let key = VerifyingKey::from_sec1_bytes(point).ok();
            let signature = Signature::from_slice(&signature).ok();
            key.zip(signature).map(|(key, signature)| key.verify_prehash(&padded, &signature))
        }
    };
    held.is_some_and(|held| held.is_ok())
}

const fn width_missing(width: usize, length: usize) -> usize {
    width.saturating_sub(length)
}

/// Both numbers with a fixed width, one after the other.
fn fixed(signature: &[u8], width: usize) -> Option<Vec<u8>> {
    const WHAT: &str = "signature";
    let mut fields = Element::only(signature, Tag::Sequence, WHAT).ok()?.fields(WHAT).ok()?;
    let mut bytes = Vec::with_capacity(width * 2);
    for _ in 0..2 {
        let number = fields.next(Tag::Integer, WHAT).ok()?;
        let number = number.unsigned(WHAT).ok()?;
        bytes.resize(bytes.len() + width.checked_sub(number.len())?, 0);
        bytes.extend(number);
    }
    fields.end().ok()?;
    Some(bytes)
}
