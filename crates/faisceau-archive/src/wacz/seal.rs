//! `datapackage-digest.json` (wacz-auth 0.1.0): a seal comes in, and whether it holds goes out. It
//! holds where nothing at all is wrong with it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use rustls_pki_types::CertificateDer;
use serde_json::{Map, Value};

use super::certificates::{Signer, from_pem};
use super::error::SealFlaw;
use super::sign::{Hash, holds, holds_flat, public_key};
use crate::warc::digest_of;

/// How far a time stamp may be from the time of creation (wacz-auth, step 7).
pub(super) const APART: SignedDuration = SignedDuration::from_mins(10);
/// Properties of either form of signature.
const COMMON: [&str; 5] = ["hash", "created", "software", "version", "signature"];
const ANONYMOUS: [&str; 1] = ["publicKey"];
const DOMAIN: [&str; 5] =
    ["domain", "domainCert", "timeSignature", "timestampCert", "crossSignedCert"];

/// What a time stamp says, once its signature and its chain were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampSays {
    /// The time.
    pub at: Timestamp,
    /// Who says so.
    pub authority: String,
}

/// Checks a time stamp: the token (RFC 3161, DER), the bytes that it has to be over, and the
/// certificates that the package has for it (DER). The error is why it is refused.
pub type StampCheck<'s> = dyn Fn(&[u8], &[u8], &[Vec<u8>]) -> Result<StampSays, String> + 's;

/// Whom to believe.
#[derive(Default)]
pub struct Trust<'t> {
    /// Roots for the certificates of domains, DER. Where none is given, none is believed.
    pub roots: &'t [Vec<u8>],
    /// Checks time stamps. Where none is given, a time stamp is a flaw.
    pub stamp: Option<&'t StampCheck<'t>>,
}

/// Who sealed a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealKind {
    /// Nobody: a digest that whoever changes the package can change too.
    Digest,
    /// A key that the package itself names: somebody has to say whose it is.
    Anonymous {
        /// SHA-256 of the DER form of the key, in hexadecimal.
        key_sha256: String,
    },
    /// Whoever has the key of a domain's certificate.
    Domain {
        /// As stated; `flaws` say whether the certificate is for it.
        domain: String,
        /// SHA-256 of the root that the chain leads to, in hexadecimal.
        root_sha256: Option<String>,
        /// What the time stamp says.
        stamp: Option<StampSays>,
    },
}

/// A seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Who sealed.
    pub kind: SealKind,
    /// When, as stated.
    pub created: Option<String>,
    /// The program, as stated.
    pub software: Option<String>,
    /// What is wrong. Nothing: the seal holds.
    pub flaws: Vec<SealFlaw>,
}

impl Seal {
    /// Whether nothing is wrong with it. A seal of kind `Digest` holds and shows nothing.
    pub fn holds(&self) -> bool {
        self.flaws.is_empty()
    }

    /// Whether the package is as it was sealed, whoever sealed it: what is wrong, if anything, is whom
    /// to believe.
    pub fn is_intact(&self) -> bool {
        let of_trust = |flaw: &SealFlaw| {
            matches!(
                flaw,
                SealFlaw::Chain(_)
                    | SealFlaw::Stamp(_)
                    | SealFlaw::StampUnchecked
                    | SealFlaw::Apart { .. }
            )
        };
        self.flaws.iter().all(of_trust)
    }

    /// Reads and checks a seal over `datapackage.json`, which states when it was created.
    pub(super) fn read(
        seal: &[u8],
        package: &[u8],
        created: Option<&str>,
        trust: &Trust<'_>,
    ) -> Self {
        let kind = SealKind::Digest;
        let mut read = Self { kind, created: None, software: None, flaws: Vec::new() };
        let value: Value = match serde_json::from_slice(seal) {
            Ok(value) => value,
            Err(e) => {
                read.flaws.push(SealFlaw::Unread(e.to_string()));
                return read;
            }
        };
        let digest = digest_of(package);
        if value.get("hash").and_then(Value::as_str) != Some(&digest) {
            read.flaws.push(SealFlaw::Digest);
        }
        match value.get("signedData") {
            None | Some(Value::Null) => {}
            Some(Value::Object(signed)) => read.signed(signed, &digest, created, trust),
            Some(_) => read.flaws.push(SealFlaw::Missing("signedData")),
        }
        read
    }

    fn signed(
        &mut self,
        signed: &Map<String, Value>,
        digest: &str,
        created: Option<&str>,
        trust: &Trust<'_>,
    ) {
        let text = |name: &str| signed.get(name).and_then(Value::as_str);
        self.created = text("created").map(str::to_owned);
        self.software = text("software").map(str::to_owned);
        let is_domain = DOMAIN.iter().any(|name| signed.contains_key(*name));
        let own = if is_domain { DOMAIN.as_slice() } else { ANONYMOUS.as_slice() };
        for name in signed.keys() {
            if !COMMON.contains(&name.as_str()) && !own.contains(&name.as_str()) {
                self.flaws.push(SealFlaw::Property(name.chars().take(60).collect()));
            }
        }
        if text("hash") != Some(digest) {
            self.flaws.push(SealFlaw::OtherDigest);
        }
        if text("created") != created {
            let stated = created.unwrap_or("none").to_owned();
            let signed = text("created").unwrap_or("none").to_owned();
            self.flaws.push(SealFlaw::Created { signed, stated });
        }
        if is_domain {
            self.domain(signed, digest, trust);
        } else {
            self.anonymous(signed, digest);
        }
    }

    /// Takes a text in base 64, or says that it is missing.
    fn base64(&mut self, signed: &Map<String, Value>, name: &'static str) -> Option<Vec<u8>> {
        let text = signed.get(name).and_then(Value::as_str);
        let bytes = text.and_then(|text| STANDARD.decode(text.trim()).ok());
        if bytes.is_none() {
            self.flaws.push(SealFlaw::Missing(name));
        }
        bytes
    }

    fn anonymous(&mut self, signed: &Map<String, Value>, digest: &str) {
        let der = self.base64(signed, "publicKey").unwrap_or_default();
        let signature = self.base64(signed, "signature").unwrap_or_default();
        self.kind = SealKind::Anonymous {
            key_sha256: digest_of(&der).trim_start_matches("sha256:").to_owned(),
        };
        let Some((curve, point)) = public_key(&der) else {
            self.flaws.push(SealFlaw::Missing("publicKey"));
            return;
        };
        let (hash, message) = (Hash::Sha256, digest.as_bytes());
        let right = holds(curve, hash, point, message, &signature)
            || holds_flat(curve, hash, point, message, &signature);
        if !right {
            self.flaws.push(SealFlaw::Signature);
        }
    }

    fn domain(&mut self, signed: &Map<String, Value>, digest: &str, trust: &Trust<'_>) {
        let text = |name: &str| signed.get(name).and_then(Value::as_str);
        let domain = text("domain").unwrap_or_default().to_owned();
        let signature = self.base64(signed, "signature").unwrap_or_default();
        let stamp = self.stamp(signed, trust);
        let created = text("created").and_then(|text| text.parse::<Timestamp>().ok());
        if let (Some(stamp), Some(created)) = (&stamp, created)
            && stamp.at.duration_since(created).abs() > APART
        {
            let (stamped, created) = (stamp.at.to_string(), created.to_string());
            self.flaws.push(SealFlaw::Apart { stamped, created });
        }
        // A chain is followed at the time that somebody else attests, or else as stated.
        let at = stamp.as_ref().map(|s| s.at).or(created);
        let chain = from_pem(text("domainCert").unwrap_or_default());
        let root = self.certificate(&chain, &domain, digest, &signature, at, trust);
        if let Some(pem) = text("crossSignedCert") {
            let chain = from_pem(pem);
            let leaf = chain.first().map(|der| CertificateDer::from(der.as_slice()));
            let signer = leaf.as_ref().and_then(Signer::read);
            if !signer.is_some_and(|s| s.has_signed(digest.as_bytes(), &signature)) {
                self.flaws.push(SealFlaw::Missing("crossSignedCert"));
            }
        }
        self.kind = SealKind::Domain { domain, root_sha256: root, stamp };
    }

    /// Checks the certificate of a domain. Gives the root that its chain leads to.
    fn certificate(
        &mut self,
        chain: &[Vec<u8>],
        domain: &str,
        digest: &str,
        signature: &[u8],
        at: Option<Timestamp>,
        trust: &Trust<'_>,
    ) -> Option<String> {
        let chain: Vec<CertificateDer<'_>> = chain.iter().map(|c| c.as_slice().into()).collect();
        let Some((signer, others)) =
            chain.split_first().and_then(|(leaf, others)| Some((Signer::read(leaf)?, others)))
        else {
            self.flaws.push(SealFlaw::Missing("domainCert"));
            return None;
        };
        if !signer.has_signed(digest.as_bytes(), signature) {
            self.flaws.push(SealFlaw::Signature);
        }
        if !signer.is_for(domain) {
            self.flaws.push(SealFlaw::Domain(domain.chars().take(100).collect()));
        }
        let Some(at) = at else {
            self.flaws.push(SealFlaw::Missing("created"));
            return None;
        };
        match signer.follow(others, trust.roots, at) {
            Ok(root) => Some(root),
            Err(why) => {
                self.flaws.push(SealFlaw::Chain(why));
                None
            }
        }
    }

    /// Checks the time stamp: it is over the base 64 text of the signature.
    fn stamp(&mut self, signed: &Map<String, Value>, trust: &Trust<'_>) -> Option<StampSays> {
        let text = |name: &str| signed.get(name).and_then(Value::as_str).unwrap_or_default();
        let answer = self.base64(signed, "timeSignature")?;
        let certificates = from_pem(text("timestampCert"));
        let Some(check) = trust.stamp else {
            self.flaws.push(SealFlaw::StampUnchecked);
            return None;
        };
        let over = text("signature").as_bytes();
        match check(token(&answer), over, &certificates) {
            Ok(says) => Some(says),
            Err(why) => {
                self.flaws.push(SealFlaw::Stamp(why));
                None
            }
        }
    }
}

/// The token in an answer of an authority (RFC 3161, section 2.4.2): SEQUENCE { status SEQUENCE,
/// token }. Bytes that are no such answer are taken for the token itself.
pub(super) fn token(answer: &[u8]) -> &[u8] {
    let inner = || {
        let (0x30, body, _) = element(answer)? else { return None };
        let (0x30, _, token) = element(body)? else { return None };
        Some(token).filter(|token| token.first() == Some(&0x30))
    };
    inner().unwrap_or(answer)
}

/// An answer of an authority with a token in it: status 0, granted.
pub(super) fn response_with(token: &[u8]) -> Vec<u8> {
    let status = [0x30, 3, 2, 1, 0];
    let length = status.len() + token.len();
    let digits = length.to_be_bytes();
    let digits = digits.get(digits.iter().take_while(|d| **d == 0).count()..).unwrap_or_default();
    let mut answer = vec![0x30];
    if length >= 0x80 {
        answer.push(0x80 | digits.len() as u8);
    }
    answer.extend_from_slice(digits);
    answer.extend_from_slice(&status);
    answer.extend_from_slice(token);
    answer
}

/// The tag and the content of the first DER element, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = if *first < 0x80 {
        (usize::from(*first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        let (digits, rest) = rest.split_at_checked(count).filter(|_| (1..=4).contains(&count))?;
        (digits.iter().fold(0, |n, d| (n << 8) | usize::from(*d)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}
