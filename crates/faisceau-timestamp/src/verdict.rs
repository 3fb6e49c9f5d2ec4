//! What became of each check of a token.

use crate::{CertificateFacts, Finding, Note, Open, Qualification, Token};

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
    /// The versions of the envelope and of its signer are those of RFC 5652.
    Version,
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
    /// The name of the authority, where the token has one, is a name of the signer's certificate.
    AuthorityName,
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
    pub const ALL: [Self; 14] = [
        Self::Version,
        Self::Imprint,
        Self::SignerCertificate,
        Self::ContentType,
        Self::MessageDigest,
        Self::SigningCertificate,
        Self::Signature,
        Self::Extensions,
        Self::AuthorityName,
        Self::ExtendedKeyUsage,
        Self::KeyUsage,
        Self::ValidAtInstant,
        Self::Chain,
        Self::Authorities,
    ];

    /// A short name that stays the same.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Imprint => "imprint",
            Self::SignerCertificate => "signer-certificate",
            Self::ContentType => "content-type",
            Self::MessageDigest => "message-digest",
            Self::SigningCertificate => "signing-certificate",
            Self::Signature => "signature",
            Self::Extensions => "extensions",
            Self::AuthorityName => "authority-name",
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
            Self::Version => "the envelope has the versions that RFC 5652 asks for",
            Self::Imprint => "the token is over this data",
            Self::SignerCertificate => "the certificate of the signer is at hand",
            Self::ContentType => "what is signed is a time stamp",
            Self::MessageDigest => "the signed digest is the one of the time stamp",
            Self::SigningCertificate => "the signer signed which certificate is its own",
            Self::Signature => "the signature holds",
            Self::Extensions => "the token has no critical extension that is not known",
            Self::AuthorityName => "the authority that the token names is the signer",
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
