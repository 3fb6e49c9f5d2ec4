//! Which algorithm an identifier names, and whether a signature of it holds.

use der::{Tag, TagNumber};
use rsa::{Pkcs1v15Sign, Pss};

use super::{Key, ecdsa, key};
use crate::element::{Element, within};
use crate::hash::Algorithm;
use crate::{Finding, HashAlgorithm, oid};

/// Bytes of salt that a key of 8,192 bits can hold.
const SALT_LIMIT: u64 = 1024;

/// An algorithm with its hash function: SHA-256, SHA-384 or SHA-512.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Pkcs1(HashAlgorithm),
    /// With the bytes of its salt.
    Pss(HashAlgorithm, usize),
    Ecdsa(HashAlgorithm),
    Ed25519,
}

impl Scheme {
    /// Reads the algorithm of a signer, whose hash function is named beside it (RFC 5652, 5.3).
    pub(crate) fn read(algorithm: &Algorithm<'_>, digest: HashAlgorithm) -> Result<Self, Finding> {
        if digest.is_broken() {
            return Err(Finding::BrokenHash(digest));
        }
        let scheme = Self::named(algorithm, Some(digest))?;
        match scheme.hash() {
            Some(hash) if hash != digest => Err(Finding::AlgorithmsDiffer(hash, digest)),
            _ => Ok(scheme),
        }
    }

    /// Reads the algorithm of a certificate, which names its hash function (RFC 5280, 4.1.1.2).
    pub(crate) fn of_certificate(algorithm: &Algorithm<'_>) -> Result<Self, Finding> {
        Self::named(algorithm, None)
    }

    fn named(algorithm: &Algorithm<'_>, digest: Option<HashAlgorithm>) -> Result<Self, Finding> {
        let unsupported = || Finding::SignatureAlgorithm(algorithm.oid.to_string());
        let scheme = match algorithm.oid {
            oid::RSA => Self::Pkcs1(digest.ok_or_else(unsupported)?),
            oid::RSA_MD5 => return Err(Finding::BrokenHash(HashAlgorithm::Md5)),
            oid::RSA_SHA1 | oid::ECDSA_SHA1 => {
                return Err(Finding::BrokenHash(HashAlgorithm::Sha1));
            }
            oid::RSA_SHA256 => Self::Pkcs1(HashAlgorithm::Sha256),
            oid::RSA_SHA384 => Self::Pkcs1(HashAlgorithm::Sha384),
            oid::RSA_SHA512 => Self::Pkcs1(HashAlgorithm::Sha512),
            oid::RSA_PSS => {
                let (hash, salt) = algorithm.parameters.and_then(pss).ok_or_else(unsupported)?;
                Self::Pss(hash, salt)
            }
            oid::ECDSA_SHA256 => Self::Ecdsa(HashAlgorithm::Sha256),
            oid::ECDSA_SHA384 => Self::Ecdsa(HashAlgorithm::Sha384),
            oid::ECDSA_SHA512 => Self::Ecdsa(HashAlgorithm::Sha512),
            oid::ED25519 => Self::Ed25519,
            _ => return Err(unsupported()),
        };
        if !matches!(scheme, Self::Pss(..)) && !algorithm.is_bare() {
            return Err(Finding::SignatureAlgorithm(format!("{} with parameters", algorithm.oid)));
        }
        match scheme.hash() {
            Some(hash) if hash.is_broken() => Err(Finding::BrokenHash(hash)),
            Some(hash) if hash.digest(&[]).is_none() => {
                Err(Finding::SignatureAlgorithm(format!("{} with {hash}", algorithm.oid)))
            }
            _ => Ok(scheme),
        }
    }

    const fn hash(self) -> Option<HashAlgorithm> {
        match self {
            Self::Pkcs1(hash) | Self::Pss(hash, _) | Self::Ecdsa(hash) => Some(hash),
            Self::Ed25519 => None,
        }
    }

    /// Whether the key made this signature of a message. A key of another kind did not.
    pub(crate) fn holds(self, key: Key<'_>, message: &[u8], signature: &[u8]) -> bool {
        let digest = |hash: HashAlgorithm| hash.digest(message);
        match (self, key) {
            (Self::Pkcs1(hash), Key::Rsa(bits)) => {
                let padding = match hash {
                    HashAlgorithm::Sha256 => Pkcs1v15Sign::new::<rsa::sha2::Sha256>(),
                    HashAlgorithm::Sha384 => Pkcs1v15Sign::new::<rsa::sha2::Sha384>(),
                    HashAlgorithm::Sha512 => Pkcs1v15Sign::new::<rsa::sha2::Sha512>(),
                    _ => return false,
                };
                let key = key::rsa(bits).zip(digest(hash));
                key.is_some_and(|(key, digest)| key.verify(padding, &digest, signature).is_ok())
            }
            (Self::Pss(hash, salt), Key::Rsa(bits) | Key::Pss(bits, _)) => {
                if matches!(key, Key::Pss(_, Some(only)) if only != hash) {
                    return false;
                }
                let padding = match hash {
                    HashAlgorithm::Sha256 => Pss::new_with_salt::<rsa::sha2::Sha256>(salt),
                    HashAlgorithm::Sha384 => Pss::new_with_salt::<rsa::sha2::Sha384>(salt),
                    HashAlgorithm::Sha512 => Pss::new_with_salt::<rsa::sha2::Sha512>(salt),
                    _ => return false,
                };
                let key = key::rsa(bits).zip(digest(hash));
                key.is_some_and(|(key, digest)| key.verify(padding, &digest, signature).is_ok())
            }
            (Self::Ecdsa(hash), Key::Elliptic(curve, point)) => {
                digest(hash).is_some_and(|digest| ecdsa::holds(curve, point, &digest, signature))
            }
            (Self::Ed25519, Key::Ed25519(bits)) => ed25519(bits, message, signature),
            _ => false,
        }
    }
}

/// Parameters of PSS (RFC 8017, A.2.3): one hash function in both places, the trailer 1.
/// Gives the hash function and the bytes of salt.
pub(super) fn pss(parameters: Element<'_>) -> Option<(HashAlgorithm, usize)> {
    const WHAT: &str = "parameters of RSASSA-PSS";
    if parameters.tag != Tag::Sequence {
        return None;
    }
    let mut fields = parameters.fields(WHAT).ok()?;
    let hash = fields.next(within(TagNumber::N0), WHAT).ok()?;
    let mask = fields.next(within(TagNumber::N1), WHAT).ok()?;
    let salt = fields.optional(within(TagNumber::N2)).ok()?;
    let trailer = fields.optional(within(TagNumber::N3)).ok()?;
    fields.end().ok()?;

    let hash = HashAlgorithm::read(one(hash.value, Tag::Sequence)?, WHAT).ok()?;
    let mask = Algorithm::read(one(mask.value, Tag::Sequence)?, WHAT).ok()?;
    let mask_hash = HashAlgorithm::read(mask.parameters?, WHAT).ok()?;
    let number = |element: Option<Element<'_>>, default| match element {
        None => Some(default),
        Some(element) => one(element.value, Tag::Integer)?.number(WHAT).ok(),
    };
    let (salt, trailer) = (number(salt, 20)?, number(trailer, 1)?);
    let fits = mask.oid == oid::MGF1 && mask_hash == hash && trailer == 1 && salt <= SALT_LIMIT;
    fits.then(|| usize::try_from(salt).ok()).flatten().map(|salt| (hash, salt))
}

fn one(value: &[u8], tag: Tag) -> Option<Element<'_>> {
    Element::only(value, tag, "parameters of RSASSA-PSS").ok()
}

fn ed25519(bits: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key =
        bits.try_into().ok().and_then(|bits| ed25519_dalek::VerifyingKey::from_bytes(bits).ok());
    let signature = ed25519_dalek::Signature::from_slice(signature).ok();
    key.zip(signature)
        .is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
}
