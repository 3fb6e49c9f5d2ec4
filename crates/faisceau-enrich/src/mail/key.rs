//! The keys that domains publish, and what they verify (RFC 6376, section 3.6.1; RFC 8463).
//!
//! In: the text of a TXT record. Out: the key, and whether a signature over bytes is of it.
//! Refused: an RSA key beyond 4096 bits, which would cost time for nothing.

use ed25519_dalek::{Signature, VerifyingKey};
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

use super::tags::Tags;

/// Bits of an RSA key below which its signatures count for little (RFC 8301, section 3.2).
const WEAK_BITS: usize = 1024;

/// `DigestInfo` of RFC 8017, section 9.2, note 1.
const SHA256_PREFIX: &[u8] = &[
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];
const SHA1_PREFIX: &[u8] =
    &[0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14];

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    RsaSha1,
    RsaSha256,
    Ed25519Sha256,
}

impl Algorithm {
    /// The tag `a=`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "rsa-sha1" => Some(Self::RsaSha1),
            "rsa-sha256" => Some(Self::RsaSha256),
            "ed25519-sha256" => Some(Self::Ed25519Sha256),
            _ => None,
        }
    }

    /// The name of its hash, as the tag `h=` of a key has it.
    const fn hash_name(self) -> &'static str {
        match self {
            Self::RsaSha1 => "sha1",
            _ => "sha256",
        }
    }

    /// The hash of some bytes.
    pub(super) fn hash(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::RsaSha1 => sha1::Sha1::digest_of(bytes),
            _ => Sha256::digest(bytes).to_vec(),
        }
    }
}

/// The two generations of the hash traits do not share a name.
trait DigestOf {
    fn digest_of(bytes: &[u8]) -> Vec<u8>;
}

impl DigestOf for sha1::Sha1 {
    fn digest_of(bytes: &[u8]) -> Vec<u8> {
        use sha1::Digest as _;
        Self::digest(bytes).to_vec()
    }
}

/// A published key.
#[derive(Debug)]
pub(super) struct Key {
    public: Public,
    /// The hashes that it may be used with (`h=`); any where it names none.
    hashes: Option<String>,
    /// The domain tests it, and asks for nothing to be made of failures (`t=y`).
    pub(super) testing: bool,
    /// The identity must be of the very domain (`t=s`).
    pub(super) strict: bool,
}

#[derive(Debug)]
enum Public {
    Rsa(Box<RsaPublicKey>),
    Ed25519(Box<VerifyingKey>),
}

impl Key {
    /// Reads a record; the code says what is wrong with it.
    pub(super) fn parse(record: &str) -> Result<Self, &'static str> {
        let tags = Tags::parse(record).ok_or("key_malformed")?;
        if tags.get("v").is_some_and(|version| version != "DKIM1") {
            return Err("key_malformed");
        }
        let bytes = tags.bytes("p").ok_or("key_malformed")?;
        if bytes.is_empty() {
            return Err("key_revoked");
        }
        let lists = |list: &str, word: &str| list.split(':').any(|one| one.trim() == word);
        if tags.get("s").is_some_and(|s| !lists(s, "*") && !lists(s, "email")) {
            return Err("key_not_for_mail");
        }
        let flag = |flag| tags.get("t").is_some_and(|t| lists(t, flag));
        let public = match tags.get("k").unwrap_or("rsa").to_ascii_lowercase().as_str() {
            "rsa" => rsa(&bytes).map(|key| Public::Rsa(Box::new(key))),
            "ed25519" => ed25519(&bytes).map(|key| Public::Ed25519(Box::new(key))),
            _ => None,
        };
        let public = public.ok_or("key_malformed")?;
        let hashes = tags.get("h").map(str::to_owned);
        Ok(Self { public, hashes, testing: flag("y"), strict: flag("s") })
    }

    /// Whether the domain lets it be used so.
    pub(super) fn allows(&self, algorithm: Algorithm) -> bool {
        let hash = algorithm.hash_name();
        self.hashes.as_ref().is_none_or(|all| all.split(':').any(|one| one.trim() == hash))
    }

    /// Whether a signature over these bytes is of this key.
    pub(super) fn verifies(&self, algorithm: Algorithm, bytes: &[u8], signature: &[u8]) -> bool {
        let hash = algorithm.hash(bytes);
        let padding =
            |prefix: &[u8]| Pkcs1v15Sign { hash_len: Some(hash.len()), prefix: prefix.into() };
        match (&self.public, algorithm) {
            (Public::Rsa(key), Algorithm::RsaSha256) => {
                key.verify(padding(SHA256_PREFIX), &hash, signature).is_ok()
            }
            (Public::Rsa(key), Algorithm::RsaSha1) => {
                key.verify(padding(SHA1_PREFIX), &hash, signature).is_ok()
            }
            (Public::Ed25519(key), Algorithm::Ed25519Sha256) => Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(&hash, &signature).is_ok()),
            _ => false,
        }
    }

    /// Whether its signatures count for little today.
    pub(super) fn is_weak(&self, algorithm: Algorithm) -> bool {
        let short = match &self.public {
            Public::Rsa(key) => key.n().bits() < WEAK_BITS,
            Public::Ed25519(_) => false,
        };
        short || algorithm == Algorithm::RsaSha1
    }
}

fn rsa(bytes: &[u8]) -> Option<RsaPublicKey> {
    let spki = RsaPublicKey::from_public_key_der(bytes);
    let key = spki.ok().or_else(|| RsaPublicKey::from_pkcs1_der(bytes).ok())?;
    (key.n().bits() <= RsaPublicKey::MAX_SIZE).then_some(key)
}

fn ed25519(bytes: &[u8]) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()
}
