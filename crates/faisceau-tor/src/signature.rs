//! The signatures of a consensus: RSA, PKCS#1 v1.5 (RFC 8017 § 8.2) over the bare digest, without
//! `DigestInfo`, as the Tor directory protocol has them.

use std::collections::BTreeSet;

use rsa::{Pkcs1v15Sign, RsaPublicKey};

use crate::Fingerprint;
use crate::authorities::Authorities;
use crate::certificate::Certificates;
use crate::encoding::{hex_fingerprint, pem};
use crate::error::Refused;

/// How many signatures of one document are read.
const MOST: usize = 64;

/// One signature, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Whether it is over SHA-256 and not SHA-1.
    pub is_sha256: bool,
    /// Who says to have signed.
    pub identity: Fingerprint,
    /// With which key.
    pub signing: Fingerprint,
    bytes: Vec<u8>,
}

/// Why a signature of a known authority does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureFault {
    /// No certificate for its key that is valid when the consensus begins.
    NoCertificate,
    /// It does not verify.
    Bad,
    /// Its identity is not that of an authority known at that time.
    Unknown,
}

/// Who signed a consensus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signed {
    /// Known authorities whose signature verifies.
    pub valid: u8,
    /// Authorities known when the consensus begins.
    pub known: u8,
    /// Signatures of known authorities without a certificate that is valid then.
    pub without_certificate: u8,
    /// Signatures of known authorities that do not verify.
    pub bad: u8,
    /// Signatures by identities that are not known.
    pub unknown: u8,
}

impl Signed {
    /// How many known authorities must sign: more than half.
    pub const fn required(self) -> u8 {
        self.known / 2 + 1
    }

    /// Whether enough signed.
    pub const fn is_majority(self) -> bool {
        self.valid >= self.required()
    }

    /// Counts the signatures over the digests of a document that begins at an instant.
    pub fn count(
        signatures: &[Signature],
        digests: (&[u8], &[u8]),
        at_s: u32,
        certificates: &Certificates,
        authorities: &Authorities,
    ) -> Self {
        let known = authorities.count(at_s).min(usize::from(u8::MAX)) as u8;
        let (mut out, mut signers) = (Self { known, ..Self::default() }, BTreeSet::new());
        for signature in signatures {
            let digest = if signature.is_sha256 { digests.1 } else { digests.0 };
            match verify(signature, digest, at_s, certificates, authorities) {
                Ok(name) => {
                    signers.insert(name);
                }
                Err(SignatureFault::NoCertificate) => out.without_certificate += 1,
                Err(SignatureFault::Bad) => out.bad += 1,
                Err(SignatureFault::Unknown) => out.unknown += 1,
            }
        }
        out.valid = signers.len() as u8;
        out
    }
}

fn verify<'a>(
    signature: &Signature,
    digest: &[u8],
    at_s: u32,
    certificates: &Certificates,
    authorities: &'a Authorities,
) -> Result<&'a str, SignatureFault> {
    let name = authorities.name(signature.identity, at_s).ok_or(SignatureFault::Unknown)?;
    let kept = certificates.of(signature.identity, signature.signing);
    let certificate = kept.iter().find(|certificate| certificate.is_valid_at(at_s));
    let certificate = certificate.ok_or(SignatureFault::NoCertificate)?;
    let signed = is_signed(&certificate.key, digest, &signature.bytes);
    if signed { Ok(name) } else { Err(SignatureFault::Bad) }
}

/// Whether a signature over the bare digest verifies.
pub(crate) fn is_signed(key: &RsaPublicKey, digest: &[u8], signature: &[u8]) -> bool {
    key.verify(Pkcs1v15Sign::new_unprefixed(), digest, signature).is_ok()
}

/// Reads all `directory-signature` blocks.
pub(crate) fn parse_all(text: &[u8]) -> Result<Vec<Signature>, Refused> {
    const KEYWORD: &[u8] = b"directory-signature ";
    let mut out = Vec::new();
    let mut starts: Vec<usize> = memchr::memmem::find_iter(text, KEYWORD)
        .filter(|at| *at == 0 || text[at - 1] == b'\n')
        .take(MOST + 1)
        .collect();
    if starts.len() > MOST {
        return Err(Refused::TooLarge { limit: MOST as u64, what: "signatures" });
    }
    starts.push(text.len());
    for part in starts.windows(2) {
        let block = &text[part[0] + KEYWORD.len()..part[1]];
        let bad = Refused::Field { line: 0, keyword: "directory-signature" };
        out.push(parse(block).ok_or(bad)?);
    }
    Ok(out)
}

fn parse(block: &[u8]) -> Option<Signature> {
    let line = block.split(|byte| *byte == b'\n').next()?;
    let words: Vec<&[u8]> = line.split(|byte| *byte == b' ').collect();
    let (is_sha256, identity, signing) = match words.as_slice() {
        [identity, signing] | [b"sha1", identity, signing] => (false, identity, signing),
        [b"sha256", identity, signing] => (true, identity, signing),
        _ => return None,
    };
    Some(Signature {
        is_sha256,
        identity: hex_fingerprint(identity)?,
        signing: hex_fingerprint(signing)?,
        bytes: pem(block)?,
    })
}
