//! Hash functions: which one an algorithm identifier names, and the digest of bytes.
//!
//! Computed: SHA-256, SHA-384, SHA-512. Named only: the others; MD5 and SHA-1 are broken (two files
//! with one digest can be made), so a token over such a digest shows nothing.

use der::Tag;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::element::{Element, Fields};
use crate::{Oid, TimestampError, oid};

/// The hash function of an imprint or a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names of the functions")]
pub enum HashAlgorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha3_256,
    Sha3_384,
    Sha3_512,
    /// One that is not named here.
    Other(Oid),
}

impl HashAlgorithm {
    /// Reads an `AlgorithmIdentifier`; its parameters are absent or NULL (RFC 5754, 2).
    pub(crate) fn read(element: Element<'_>, what: &'static str) -> Result<Self, TimestampError> {
        let algorithm = Algorithm::read(element, what)?;
        match algorithm.parameters {
            Some(parameters) if parameters.raw != [5, 0] => {
                Err(TimestampError::malformed(what, "a hash function with parameters"))
            }
            _ => Ok(Self::of(algorithm.oid)),
        }
    }

    pub(crate) fn of(name: Oid) -> Self {
        match name {
            oid::MD5 => Self::Md5,
            oid::SHA1 => Self::Sha1,
            oid::SHA224 => Self::Sha224,
            oid::SHA256 => Self::Sha256,
            oid::SHA384 => Self::Sha384,
            oid::SHA512 => Self::Sha512,
            oid::SHA3_256 => Self::Sha3_256,
            oid::SHA3_384 => Self::Sha3_384,
            oid::SHA3_512 => Self::Sha3_512,
            other => Self::Other(other),
        }
    }

    /// Whether two files with one digest can be made.
    pub const fn is_broken(self) -> bool {
        matches!(self, Self::Md5 | Self::Sha1)
    }

    /// The digest; `None` for a function that is only named here.
    pub fn digest(self, data: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Sha256 => Some(Sha256::digest(data).to_vec()),
            Self::Sha384 => Some(Sha384::digest(data).to_vec()),
            Self::Sha512 => Some(Sha512::digest(data).to_vec()),
            _ => None,
        }
    }
}

impl std::fmt::Display for HashAlgorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
            Self::Sha3_256 => "SHA3-256",
            Self::Sha3_384 => "SHA3-384",
            Self::Sha3_512 => "SHA3-512",
            Self::Other(name) => return write!(f, "{name}"),
        })
    }
}

/// An `AlgorithmIdentifier` (RFC 5280, 4.1.1.2).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Algorithm<'a> {
    pub(crate) oid: Oid,
    pub(crate) parameters: Option<Element<'a>>,
}

impl<'a> Algorithm<'a> {
    pub(crate) fn read(element: Element<'a>, what: &'static str) -> Result<Self, TimestampError> {
        let mut fields: Fields<'a> = element.fields(what)?;
        let oid = fields.next(Tag::ObjectIdentifier, what)?.oid(what)?;
        let parameters = fields.any()?;
        fields.end()?;
        Ok(Self { oid, parameters })
    }

    /// Whether nothing follows the name, or NULL.
    pub(crate) fn is_bare(&self) -> bool {
        self.parameters.is_none_or(|parameters| parameters.raw == [5, 0])
    }
}
