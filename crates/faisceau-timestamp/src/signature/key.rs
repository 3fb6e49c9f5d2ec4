//! Public keys of certificates (RFC 3279, RFC 5480, RFC 8410).

use der::Tagged;
use rsa::BigUint;
use rsa::traits::PublicKeyParts;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::element::Element;
use crate::{HashAlgorithm, Oid, oid};

/// Bits of an RSA key: below it is weak, above it is there to cost time.
pub(crate) const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
    P521,
}

/// A kind of key with the bits of its `subjectPublicKey`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    Rsa(&'a [u8]),
    /// For RSASSA-PSS alone, and with one hash function alone where it names one (RFC 4055, 1.2).
    Pss(&'a [u8], Option<HashAlgorithm>),
    Elliptic(Curve, &'a [u8]),
    Ed25519(&'a [u8]),
}

impl<'a> Key<'a> {
    pub(crate) fn of(info: &'a SubjectPublicKeyInfoOwned) -> Option<Self> {
        let bits = info.subject_public_key.as_bytes()?;
        let parameters = info.algorithm.parameters.as_ref();
        match info.algorithm.oid {
            oid::RSA => Some(Self::Rsa(bits)),
            oid::RSA_PSS => match parameters {
                None => Some(Self::Pss(bits, None)),
                Some(any) => {
                    let value = any.value();
                    let element = Element { tag: any.tag(), raw: value, value };
                    Some(Self::Pss(bits, Some(super::scheme::pss(element)?.0)))
                }
            },
            oid::ED25519 => Some(Self::Ed25519(bits)),
            oid::EC => match parameters?.decode_as::<Oid>().ok()? {
                oid::P256 => Some(Self::Elliptic(Curve::P256, bits)),
                oid::P384 => Some(Self::Elliptic(Curve::P384, bits)),
                oid::P521 => Some(Self::Elliptic(Curve::P521, bits)),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) fn name(self) -> String {
        match self {
            Self::Rsa(bits) | Self::Pss(bits, _) => rsa_parts(bits)
                .map_or_else(|| "RSA".to_owned(), |(modulus, _)| format!("RSA {}", modulus.bits())),
            Self::Elliptic(Curve::P256, _) => "P-256".to_owned(),
            Self::Elliptic(Curve::P384, _) => "P-384".to_owned(),
            Self::Elliptic(Curve::P521, _) => "P-521".to_owned(),
            Self::Ed25519(_) => "Ed25519".to_owned(),
        }
    }

    /// Bits of the modulus, if it is an RSA key that no signature is accepted of.
    pub(crate) fn refused_bits(self) -> Option<usize> {
        let (Self::Rsa(bits) | Self::Pss(bits, _)) = self else { return None };
        let count = rsa_parts(bits)?.0.bits();
        (!RSA_BITS.contains(&count)).then_some(count)
    }
}

fn rsa_parts(bits: &[u8]) -> Option<(BigUint, BigUint)> {
    let key = rsa::pkcs1::RsaPublicKey::try_from(bits).ok()?;
    let number = |part: rsa::pkcs1::UintRef<'_>| BigUint::from_bytes_be(part.as_bytes());
    Some((number(key.modulus), number(key.public_exponent)))
}

/// A key of a size that is accepted.
pub(super) fn rsa(bits: &[u8]) -> Option<rsa::RsaPublicKey> {
    let (modulus, exponent) = rsa_parts(bits)?;
    let key = rsa::RsaPublicKey::new_with_max_size(modulus, exponent, *RSA_BITS.end()).ok()?;
    (key.n().bits() >= *RSA_BITS.start()).then_some(key)
}
