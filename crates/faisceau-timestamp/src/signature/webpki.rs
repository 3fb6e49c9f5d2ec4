//! The same signatures for `rustls-webpki`, which follows the chain and asks for each of them.

use rustls_pki_types::{
    AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};

use super::{Curve, Key, Scheme};
use crate::HashAlgorithm::{Sha256, Sha384, Sha512};

#[derive(Debug, Clone, Copy)]
enum Kind {
    Rsa,
    Pss,
    Elliptic(Curve),
    Ed25519,
}

#[derive(Debug)]
struct Algorithm {
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    kind: Kind,
    scheme: Scheme,
}

impl SignatureVerificationAlgorithm for Algorithm {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let key = match self.kind {
            Kind::Rsa => Key::Rsa(public_key),
            // The identifier of the key, compared before, says which hash function it is for.
            Kind::Pss => Key::Pss(public_key, None),
            Kind::Elliptic(curve) => Key::Elliptic(curve, public_key),
            Kind::Ed25519 => Key::Ed25519(public_key),
        };
        if self.scheme.holds(key, message, signature) { Ok(()) } else { Err(InvalidSignature) }
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

const fn rsa(signature: AlgorithmIdentifier, scheme: Scheme) -> Algorithm {
    Algorithm { key: alg_id::RSA_ENCRYPTION, signature, kind: Kind::Rsa, scheme }
}

/// With a key of RSASSA-PSS that names no parameters, or these.
const fn pss(
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    scheme: Scheme,
) -> Algorithm {
    Algorithm { key, signature, kind: Kind::Pss, scheme }
}

const fn elliptic(curve: Curve, signature: AlgorithmIdentifier, scheme: Scheme) -> Algorithm {
    let key = match curve {
        Curve::P256 => alg_id::ECDSA_P256,
        Curve::P384 => alg_id::ECDSA_P384,
        Curve::P521 => alg_id::ECDSA_P521,
    };
    Algorithm { key, signature, kind: Kind::Elliptic(curve), scheme }
}

const fn elliptic_256(curve: Curve) -> Algorithm {
    elliptic(curve, alg_id::ECDSA_SHA256, Scheme::Ecdsa(Sha256))
}

const fn elliptic_384(curve: Curve) -> Algorithm {
    elliptic(curve, alg_id::ECDSA_SHA384, Scheme::Ecdsa(Sha384))
}

const fn elliptic_512(curve: Curve) -> Algorithm {
    elliptic(curve, alg_id::ECDSA_SHA512, Scheme::Ecdsa(Sha512))
}

/// RSASSA-PSS whose hash functions stand without NULL, as authorities of the EU write it (RFC 4055,
/// 2.1: both are to be accepted). The last byte of the hash function's identifier, bytes of salt.
const fn pss_bare(hash: u8, salt: u8) -> [u8; 61] {
    [
        6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10, 0x30, 0x30, //
        0xa0, 0x0d, 0x30, 0x0b, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, hash, //
        0xa1, 0x1a, 0x30, 0x18, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8, //
        0x30, 0x0b, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, hash, //
        0xa2, 3, 2, 1, salt,
    ]
}

const PSS: AlgorithmIdentifier =
    AlgorithmIdentifier::from_slice(&[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10]);
const PSS_SHA256: AlgorithmIdentifier = AlgorithmIdentifier::from_slice(&pss_bare(1, 32));
const PSS_SHA384: AlgorithmIdentifier = AlgorithmIdentifier::from_slice(&pss_bare(2, 48));
const PSS_SHA512: AlgorithmIdentifier = AlgorithmIdentifier::from_slice(&pss_bare(3, 64));

/// Every signature of a chain that is accepted: none with SHA-1.
pub(crate) static ALGORITHMS: &[&dyn SignatureVerificationAlgorithm] = &[
    &rsa(alg_id::RSA_PKCS1_SHA256, Scheme::Pkcs1(Sha256)),
    &rsa(alg_id::RSA_PKCS1_SHA384, Scheme::Pkcs1(Sha384)),
    &rsa(alg_id::RSA_PKCS1_SHA512, Scheme::Pkcs1(Sha512)),
    &rsa(alg_id::RSA_PSS_SHA256, Scheme::Pss(Sha256, 32)),
    &pss(PSS, alg_id::RSA_PSS_SHA256, Scheme::Pss(Sha256, 32)),
    &pss(alg_id::RSA_PSS_SHA256, alg_id::RSA_PSS_SHA256, Scheme::Pss(Sha256, 32)),
    &rsa(PSS_SHA256, Scheme::Pss(Sha256, 32)),
    &pss(PSS, PSS_SHA256, Scheme::Pss(Sha256, 32)),
    &pss(PSS_SHA256, PSS_SHA256, Scheme::Pss(Sha256, 32)),
    &rsa(alg_id::RSA_PSS_SHA384, Scheme::Pss(Sha384, 48)),
    &pss(PSS, alg_id::RSA_PSS_SHA384, Scheme::Pss(Sha384, 48)),
    &pss(alg_id::RSA_PSS_SHA384, alg_id::RSA_PSS_SHA384, Scheme::Pss(Sha384, 48)),
    &rsa(PSS_SHA384, Scheme::Pss(Sha384, 48)),
    &pss(PSS, PSS_SHA384, Scheme::Pss(Sha384, 48)),
    &pss(PSS_SHA384, PSS_SHA384, Scheme::Pss(Sha384, 48)),
    &rsa(alg_id::RSA_PSS_SHA512, Scheme::Pss(Sha512, 64)),
    &pss(PSS, alg_id::RSA_PSS_SHA512, Scheme::Pss(Sha512, 64)),
    &pss(alg_id::RSA_PSS_SHA512, alg_id::RSA_PSS_SHA512, Scheme::Pss(Sha512, 64)),
    &rsa(PSS_SHA512, Scheme::Pss(Sha512, 64)),
    &pss(PSS, PSS_SHA512, Scheme::Pss(Sha512, 64)),
    &pss(PSS_SHA512, PSS_SHA512, Scheme::Pss(Sha512, 64)),
    &elliptic_256(Curve::P256),
    &elliptic_384(Curve::P256),
    &elliptic_512(Curve::P256),
    &elliptic_256(Curve::P384),
    &elliptic_384(Curve::P384),
    &elliptic_512(Curve::P384),
    &elliptic_256(Curve::P521),
    &elliptic_384(Curve::P521),
    &elliptic_512(Curve::P521),
    &Algorithm {
        key: alg_id::ED25519,
        signature: alg_id::ED25519,
        kind: Kind::Ed25519,
        scheme: Scheme::Ed25519,
    },
];
