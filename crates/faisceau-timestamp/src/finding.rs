//! What a check found, what was noted, and what is left open, in words.

use jiff::Timestamp;
use thiserror::Error;

use crate::{HashAlgorithm, Oid};

/// Why a check failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Finding {
    /// A version that the RFC does not have here. Nothing rests on it, and it is not signed.
    #[error("the {what} is {found}, by the RFC it is {expected}")]
    Version {
        /// Of what.
        what: &'static str,
        /// What stands there, hexadecimal.
        found: String,
        /// What must.
        expected: u8,
    },
    /// The token is over other data.
    #[error("the token is over other data: its {hash} is {token}, the one of this data is {data}")]
    ImprintDiffers {
        /// The hash function.
        hash: HashAlgorithm,
        /// The digest in the token.
        token: String,
        /// The digest of the data.
        data: String,
    },
    /// A hash function that no longer shows anything.
    #[error("{0} is broken: two files with one digest can be made")]
    BrokenHash(HashAlgorithm),
    /// A hash function that is not computed here, or whose digest was not given.
    #[error("no digest of the data by {0} is at hand")]
    NoDigest(HashAlgorithm),
    /// Neither the token nor the certificates beside it hold the signer's.
    #[error("no certificate at hand is the one of the signer ({0})")]
    NoSignerCertificate(String),
    /// A signed attribute is missing, double, or cannot be read.
    #[error("the signed attribute {attribute} {problem}")]
    Attribute {
        /// Its name.
        attribute: &'static str,
        /// What is wrong.
        problem: &'static str,
    },
    /// The `TSTInfo` was changed after it was signed.
    #[error("the time stamp is not the one that was signed: its digest differs")]
    ContentDiffers,
    /// The attributes mean another certificate.
    #[error("the signer signed that its certificate is another ({attribute}: {problem})")]
    OtherCertificate {
        /// Which attribute.
        attribute: &'static str,
        /// What differs.
        problem: &'static str,
    },
    /// An algorithm that is not accepted.
    #[error("signatures by {0} are not accepted")]
    SignatureAlgorithm(String),
    /// The signature names another hash function than the digest.
    #[error("the signature is over {0}, the digest is {1}")]
    AlgorithmsDiffer(HashAlgorithm, HashAlgorithm),
    /// The token does not list the hash function of its signer.
    #[error("the token does not list {0}, the hash function of its signer")]
    UnlistedHash(HashAlgorithm),
    /// A key that is too small to trust, or too large to be meant.
    #[error("an RSA key of {0} bits is not accepted")]
    RefusedKey(usize),
    /// A kind of key that is not known.
    #[error("a key of {0} is not accepted")]
    UnknownKey(String),
    /// The key of the certificate did not make the signature.
    #[error("the signature does not hold: the token was changed, or another key made it")]
    Signature,
    /// A critical extension of the token is not known.
    #[error("the critical extension {0} is not known")]
    CriticalExtension(Oid),
    /// The token names another authority than the certificate.
    #[error("the token names its authority {token}, the certificate of the signer {certificate}")]
    OtherName {
        /// In the token.
        token: String,
        /// In the certificate.
        certificate: String,
    },
    /// The signer's certificate is not one for time stamps.
    #[error("the extended key usage of the signer is wrong: {0}")]
    ExtendedKeyUsage(String),
    /// A key is used for what it is not for.
    #[error("the key usage of {subject} is wrong: {why}")]
    KeyUsage {
        /// Whose.
        subject: String,
        /// What is wrong.
        why: &'static str,
    },
    /// A certificate was not valid when the token was made.
    #[error(
        "{subject} was valid from {not_before} to {not_after}, not at the instant of the token"
    )]
    NotValidAtInstant {
        /// Whose.
        subject: String,
        /// From.
        not_before: Timestamp,
        /// To.
        not_after: Timestamp,
    },
    /// The chain ends nowhere.
    #[error("no chain leads from {issuer}, who certified the signer, to a root that was handed in")]
    UnknownIssuer {
        /// Who certified the signer.
        issuer: String,
    },
    /// There is no valid chain.
    #[error("no valid chain: {0}")]
    Chain(String),
    /// The root does not say that it is an authority.
    #[error("the root {0} does not say that it is an authority for certificates")]
    RootIsNoAuthority(String),
}

/// Something that was seen and changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Note {
    /// Attributes that no signature covers: anybody can have added them.
    #[error("{0} attributes are not covered by the signature and were not read")]
    UnsignedAttributes(usize),
    /// Revocation lists in the token.
    #[error("{0} revocation lists or answers in the token were not read")]
    RevocationLists(usize),
    /// Certificates in the token that no check used: anybody can have added or changed them.
    #[error("the token carries a certificate that is not part of the chain: {0}")]
    UnusedCertificate(String),
    /// Certificates that cannot be read.
    #[error("{0} certificates in the token cannot be read")]
    UnreadCertificates(usize),
    /// The authority does not say how far its clock may be off.
    #[error("the authority does not state the accuracy of the time; its policy may")]
    NoAccuracy,
}

/// What is not checked here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Open {
    /// Whether the authority was a qualified provider of time stamps at that instant.
    #[error(
        "whether the authority had the status of a qualified provider for this service at that \
         instant is for the trusted list of its member state to say (eIDAS, articles 22 and 42); it \
         was not read"
    )]
    TrustedList,
    /// Whether a certificate was revoked.
    #[error("whether a certificate of the chain had been revoked was not asked")]
    Revocation,
}

impl Open {
    /// Both are always open.
    pub(crate) const ALL: &'static [Self] = &[Self::TrustedList, Self::Revocation];
}
