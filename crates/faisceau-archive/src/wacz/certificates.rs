//! Chains of certificates (RFC 5280): PEM comes in, and whether the chain of a signer leads to a
//! root that was handed in. No root is built in.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::traits::PublicKeyParts as _;
use rustls_pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, ServerName,
    SignatureVerificationAlgorithm, UnixTime, alg_id,
};
use sha2::Digest as _;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

use super::sign::{Curve, Hash, holds};

/// The most certificates of a chain.
const MAX_CHAIN: usize = 16;
/// The shortest and the longest RSA key that is believed, in bits.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// A signature algorithm, for the crate that follows the chain.
#[derive(Debug)]
struct Algorithm {
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    curve: Option<Curve>,
    hash: Hash,
}

const fn elliptic(curve: Curve, hash: Hash) -> Algorithm {
    let key = match curve {
        Curve::P256 => alg_id::ECDSA_P256,
        Curve::P384 => alg_id::ECDSA_P384,
    };
    let signature = match hash {
        Hash::Sha256 => alg_id::ECDSA_SHA256,
        Hash::Sha384 => alg_id::ECDSA_SHA384,
        Hash::Sha512 => alg_id::ECDSA_SHA512,
    };
    Algorithm { key, signature, curve: Some(curve), hash }
}

const fn rsa(hash: Hash) -> Algorithm {
    let signature = match hash {
        Hash::Sha256 => alg_id::RSA_PKCS1_SHA256,
        Hash::Sha384 => alg_id::RSA_PKCS1_SHA384,
        Hash::Sha512 => alg_id::RSA_PKCS1_SHA512,
    };
    Algorithm { key: alg_id::RSA_ENCRYPTION, signature, curve: None, hash }
}

/// What chains are signed with. SHA-1 is not among them.
static ALGORITHMS: &[&dyn SignatureVerificationAlgorithm] = &[
    &elliptic(Curve::P256, Hash::Sha256),
    &elliptic(Curve::P256, Hash::Sha384),
    &elliptic(Curve::P384, Hash::Sha256),
    &elliptic(Curve::P384, Hash::Sha384),
    &rsa(Hash::Sha256),
    &rsa(Hash::Sha384),
    &rsa(Hash::Sha512),
];

impl SignatureVerificationAlgorithm for Algorithm {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let right = match self.curve {
            Some(curve) => holds(curve, self.hash, public_key, message, signature),
            None => rsa_holds(self.hash, public_key, message, signature),
        };
        if right { Ok(()) } else { Err(InvalidSignature) }
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

fn rsa_holds(hash: Hash, key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = rsa::RsaPublicKey::from_pkcs1_der(key) else { return false };
    if !RSA_BITS.contains(&key.n().bits()) {
        return false;
    }
    // The DigestInfo of RFC 8017, section 9.2, up to the digest.
    let (oid, length) = match hash {
        Hash::Sha256 => (1, 32),
        Hash::Sha384 => (2, 48),
        Hash::Sha512 => (3, 64),
    };
    let prefix = [
        0x30,
        17 + length,
        0x30,
        13,
        6,
        9,
        0x60,
        0x86,
        0x48,
        1,
        0x65,
        3,
        4,
        2,
        oid,
        5,
        0,
        4,
        length,
    ];
    let scheme = Pkcs1v15Sign { hash_len: Some(usize::from(length)), prefix: Box::from(prefix) };
    key.verify(scheme, &hash.of(message), signature).is_ok()
}

/// The certificates of a PEM text (RFC 7468), in order, DER.
pub(super) fn from_pem(text: &str) -> Vec<Vec<u8>> {
    let parts = text.split("-----BEGIN CERTIFICATE-----").skip(1).take(MAX_CHAIN);
    let decoded = parts.filter_map(|part| {
        let (body, _) = part.split_once("-----END CERTIFICATE-----")?;
        let body: String = body.split_whitespace().collect();
        STANDARD.decode(body).ok()
    });
    decoded.collect()
}

/// Certificates as a PEM text (RFC 7468).
pub(super) fn to_pem(chain: &[Vec<u8>]) -> String {
    let mut text = String::new();
    for der in chain {
        text.push_str("-----BEGIN CERTIFICATE-----\n");
        let mut body = STANDARD.encode(der);
        while !body.is_empty() {
            let rest = body.split_off(body.len().min(64));
            text.push_str(&body);
            text.push('\n');
            body = rest;
        }
        text.push_str("-----END CERTIFICATE-----\n");
    }
    text
}

/// The first certificate of a chain.
pub(super) struct Signer<'c> {
    leaf: EndEntityCert<'c>,
}

impl<'c> Signer<'c> {
    pub(super) fn read(leaf: &'c CertificateDer<'_>) -> Option<Self> {
        Some(Self { leaf: EndEntityCert::try_from(leaf).ok()? })
    }

    /// Whether the certificate is for a domain.
    pub(super) fn is_for(&self, domain: &str) -> bool {
        ServerName::try_from(domain)
            .is_ok_and(|name| self.leaf.verify_is_valid_for_subject_name(&name).is_ok())
    }

    /// Whether its key signed a message, by ECDSA with SHA-256, as wacz-auth has it.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let with = |algorithm: &Algorithm| {
            self.leaf.verify_signature(algorithm, message, signature).is_ok()
        };
        with(&elliptic(Curve::P256, Hash::Sha256)) || with(&elliptic(Curve::P384, Hash::Sha256))
    }

    /// Whether a chain leads to one of the roots at an instant. The error is why not.
    pub(super) fn follow(
        &self,
        others: &[CertificateDer<'_>],
        roots: &[Vec<u8>],
        at: Timestamp,
    ) -> Result<String, String> {
        let roots: Vec<CertificateDer<'_>> = roots.iter().map(|r| r.as_slice().into()).collect();
        let anchors: Vec<_> =
            roots.iter().filter_map(|root| anchor_from_trusted_cert(root).ok()).collect();
        let seconds = u64::try_from(at.as_second()).unwrap_or_default();
        let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let usage = KeyUsage::server_auth();
        let path = self
            .leaf
            .verify_for_usage(ALGORITHMS, &anchors, others, time, usage, None, None)
            .map_err(|e| match e {
                webpki::Error::UnknownIssuer => "it ends at no root that is trusted".to_owned(),
                other => other.to_string(),
            })?;
        let found = roots.iter().find(|root| {
            anchor_from_trusted_cert(root).is_ok_and(|anchor| anchor == *path.anchor())
        });
        Ok(found.map(|root| crate::warc::hex(&sha2::Sha256::digest(root))).unwrap_or_default())
    }
}
