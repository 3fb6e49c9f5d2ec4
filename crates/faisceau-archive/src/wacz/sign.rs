//! ECDSA over P-256 and P-384 (FIPS 186-5): keys, signatures, and whether one holds.

use p256::ecdsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};
use sha2::Digest as _;

/// A curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
}

/// A hash of the SHA-2 family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(super) fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => sha2::Sha256::digest(message).to_vec(),
            Self::Sha384 => sha2::Sha384::digest(message).to_vec(),
            Self::Sha512 => sha2::Sha512::digest(message).to_vec(),
        }
    }
}

/// What stands before the point of a public key on P-256 in its DER form (RFC 5480).
const P256_HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 3, 1, 7, 3, 0x42, 0,
];
/// The same on P-384.
const P384_HEAD: [u8; 23] = [
    0x30, 0x76, 0x30, 0x10, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 5, 0x2b, 0x81, 4, 0, 0x22,
    3, 0x62, 0,
];

/// The curve and the point of a public key in its DER form (`SubjectPublicKeyInfo`).
pub(super) fn public_key(der: &[u8]) -> Option<(Curve, &[u8])> {
    let p256 = der.strip_prefix(&P256_HEAD).filter(|point| point.len() == 65);
    let p384 = der.strip_prefix(&P384_HEAD).filter(|point| point.len() == 97);
    p256.map(|point| (Curve::P256, point)).or(p384.map(|point| (Curve::P384, point)))
}

/// Whether a signature in DER form is by a key over a message.
pub(super) fn holds(curve: Curve, hash: Hash, point: &[u8], message: &[u8], der: &[u8]) -> bool {
    let digest = hash.of(message);
    match curve {
        Curve::P256 => p256::ecdsa::Signature::from_der(der)
            .and_then(|s| {
                p256::ecdsa::VerifyingKey::from_sec1_bytes(point)?.verify_prehash(&digest, &s)
            })
            .is_ok(),
        Curve::P384 => p384::ecdsa::Signature::from_der(der)
            .and_then(|s| {
                p384::ecdsa::VerifyingKey::from_sec1_bytes(point)?.verify_prehash(&digest, &s)
            })
            .is_ok(),
    }
}

/// The same for a signature of two numbers side by side (IEEE P1363), as browsers write it.
pub(super) fn holds_flat(
    curve: Curve,
    hash: Hash,
    point: &[u8],
    message: &[u8],
    flat: &[u8],
) -> bool {
    let der = match curve {
        Curve::P256 => {
            p256::ecdsa::Signature::from_slice(flat).map(|s| s.to_der().as_bytes().to_vec())
        }
        Curve::P384 => {
            p384::ecdsa::Signature::from_slice(flat).map(|s| s.to_der().as_bytes().to_vec())
        }
    };
    der.is_ok_and(|der| holds(curve, hash, point, message, &der))
}

/// A key that signs packages, on P-256. Signatures are deterministic (RFC 6979).
pub struct SigningKey(p256::ecdsa::SigningKey);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// A private key: a number of 32 bytes, big-endian. Nothing where it is none of the curve.
    pub fn new(number: &[u8; 32]) -> Option<Self> {
        p256::ecdsa::SigningKey::from_slice(number).ok().map(Self)
    }

    /// The public key in its DER form.
    pub fn public_key(&self) -> Vec<u8> {
        let point = self.0.verifying_key().to_encoded_point(false);
        [P256_HEAD.as_slice(), point.as_bytes()].concat()
    }

    /// Signs a message: ECDSA with SHA-256, both numbers side by side.
    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let digest = Hash::Sha256.of(message);
        let signature: p256::ecdsa::Signature = self.0.sign_prehash(&digest).ok()?;
        Some(signature.to_bytes().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_curves_and_both_forms_of_a_signature_are_checked() {
        let (message, other) = (b"sha256:00".as_slice(), b"sha256:01".as_slice());
        for hash in [Hash::Sha256, Hash::Sha384] {
            let p384 = p384::ecdsa::SigningKey::from_slice(&[5; 48]).unwrap();
            let signed: p384::ecdsa::Signature = p384.sign_prehash(&hash.of(message)).unwrap();
            let point = p384.verifying_key().to_encoded_point(false);
            let der = [P384_HEAD.as_slice(), point.as_bytes()].concat();
            let (curve, point) = public_key(&der).unwrap();
            assert_eq!(curve, Curve::P384);
            for (text, right) in [(message, true), (other, false)] {
                assert_eq!(holds(curve, hash, point, text, signed.to_der().as_bytes()), right);
                assert_eq!(holds_flat(curve, hash, point, text, &signed.to_bytes()), right);
            }
        }
        let key = SigningKey::new(&[5; 32]).unwrap();
        let der = key.public_key();
        let (curve, point) = public_key(&der).unwrap();
        assert_eq!(curve, Curve::P256);
        let flat = key.sign(message).unwrap();
        assert!(holds_flat(curve, Hash::Sha256, point, message, &flat));
        assert!(!holds(curve, Hash::Sha256, point, message, &flat));
        assert!(!holds_flat(curve, Hash::Sha256, point, other, &flat));
        assert_eq!(format!("{key:?}"), "SigningKey(…)");
        for junk in [b"".as_slice(), &der[1..], &der[..90]] {
            assert!(public_key(junk).is_none());
        }
    }
}
