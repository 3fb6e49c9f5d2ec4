//! What became of each check of a token, and what is left open.

use jiff::Timestamp;
use thiserror::Error;

use crate::{CertificateFacts, HashAlgorithm, Oid, Qualification, Token};

/// Everything that a note says of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What the token says. Nothing of it counts unless the verdict [holds](Self::holds).
    pub token: Token,
    /// The signer, then who certified it, up to the root. The signer alone where there is no chain;
    /// empty where its certificate is not at hand.
    pub chain: Vec<ChainLink>,
    /// Whether the chain ends at one of the roots that were handed in.
    pub root_given: bool,
    /// What it states about being qualified. No check is made of it: see [`Open::TrustedList`].
    pub qualification: Qualification,
    /// Every check, in the order of [`Check::ALL`].
    pub checks: Vec<CheckResult>,
    /// What was seen and changes nothing.
    pub notes: Vec<Note>,
    /// What was not checked, and by whom it can be.
    pub open: &'static [Open],
}

impl Verdict {
    /// Whether every check passed.
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|result| result.outcome == Outcome::Passed)
    }

    /// What became of one check.
    pub fn outcome(&self, check: Check) -> Option<&Outcome> {
        self.checks.iter().find(|result| result.check == check).map(|result| &result.outcome)
    }

    /// The checks that failed, with what was found.
    pub fn findings(&self) -> impl Iterator<Item = (Check, &Finding)> {
        self.checks.iter().filter_map(|result| match &result.outcome {
            Outcome::Failed(finding) => Some((result.check, finding)),
            _ => None,
        })
    }
}

/// A certificate of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainLink {
    /// What it says, with its SHA-256.
    pub facts: CertificateFacts,
    /// Whether it is the root.
    pub is_root: bool,
}

/// A check of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// The digest in the token is the one of the data.
    Imprint,
    /// The certificate of the signer is at hand.
    SignerCertificate,
    /// The attribute `contentType` names `TSTInfo`.
    ContentType,
    /// The attribute `messageDigest` is the digest of the `TSTInfo`.
    MessageDigest,
    /// The attribute `signingCertificate` or `signingCertificateV2` means the signer's certificate.
    SigningCertificate,
    /// The signature over the attributes holds.
    Signature,
    /// The token has no critical extension that is not known.
    Extensions,
    /// The signer's certificate is for time stamps alone, and says so critically.
    ExtendedKeyUsage,
    /// The signer's key is for signatures alone.
    KeyUsage,
    /// The signer's certificate was valid at the instant of the token.
    ValidAtInstant,
    /// A chain leads to a root that was handed in, valid at that instant.
    Chain,
    /// The authorities of the chain may certify, and the root was valid.
    Authorities,
}

impl Check {
    /// All, in the order in which they are made.
    pub const ALL: [Self; 12] = [
        Self::Imprint,
        Self::SignerCertificate,
        Self::ContentType,
        Self::MessageDigest,
        Self::SigningCertificate,
        Self::Signature,
        Self::Extensions,
        Self::ExtendedKeyUsage,
        Self::KeyUsage,
        Self::ValidAtInstant,
        Self::Chain,
        Self::Authorities,
    ];

    /// A short name that stays the same.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Imprint => "imprint",
            Self::SignerCertificate => "signer-certificate",
            Self::ContentType => "content-type",
            Self::MessageDigest => "message-digest",
            Self::SigningCertificate => "signing-certificate",
            Self::Signature => "signature",
            Self::Extensions => "extensions",
            Self::ExtendedKeyUsage => "extended-key-usage",
            Self::KeyUsage => "key-usage",
            Self::ValidAtInstant => "valid-at-instant",
            Self::Chain => "chain",
            Self::Authorities => "authorities",
        }
    }

    /// What passes, as a sentence.
    pub const fn claim(self) -> &'static str {
        match self {
            Self::Imprint => "the token is over this data",
            Self::SignerCertificate => "the certificate of the signer is at hand",
            Self::ContentType => "what is signed is a time stamp",
            Self::MessageDigest => "the signed digest is the one of the time stamp",
            Self::SigningCertificate => "the signer signed which certificate is its own",
            Self::Signature => "the signature holds",
            Self::Extensions => "the token has no critical extension that is not known",
            Self::ExtendedKeyUsage => "the certificate is for time stamps and nothing else",
            Self::KeyUsage => "the key is for signatures and nothing else",
            Self::ValidAtInstant => "the certificate was valid at the instant of the token",
            Self::Chain => "a chain, valid at that instant, leads to a root that was handed in",
            Self::Authorities => "the authorities of the chain may certify",
        }
    }
}

/// A check and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// Which.
    pub check: Check,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It failed.
    Failed(Finding),
    /// It could not be made, because of another that failed.
    NotMade(Check),
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Passed => f.write_str("passed"),
            Self::Failed(finding) => write!(f, "failed: {finding}"),
            Self::NotMade(check) => write!(f, "not made: {} failed", check.name()),
        }
    }
}

/// Why a check failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Finding {
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
    /// The name of the authority in the token is not the subject of the certificate.
    #[error("the token names its authority {token}, the certificate {certificate}")]
    OtherName {
        /// In the token.
        token: String,
        /// In the certificate.
        certificate: String,
    },
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
