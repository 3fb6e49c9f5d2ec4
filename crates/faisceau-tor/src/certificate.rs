//! Key certificates of the directory authorities (`dir-key-certificate-version 3`), with either
//! line end.
//!
//! In: their text. Out: those whose identity key signed them, by identity and signing key. One that
//! is not signed by the key that it names is refused.

use std::collections::BTreeMap;

use rsa::RsaPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey as _;
use sha1::Digest as _;

use crate::Fingerprint;
use crate::encoding::{hex_fingerprint, pem};
use crate::error::Refused;
use crate::instant::seconds_of;
use crate::signature::is_signed;

const BEGIN: &[u8] = b"dir-key-certificate-version ";

/// One certificate, itself verified.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// SHA-1 of the identity key.
    pub identity: Fingerprint,
    /// SHA-1 of the signing key.
    pub signing: Fingerprint,
    /// From when, in seconds since the Unix epoch.
    pub published_s: u32,
    /// Until when.
    pub expires_s: u32,
    pub(crate) key: RsaPublicKey,
}

impl Certificate {
    /// Reads and verifies one certificate, with line ends of LF.
    pub fn parse(text: &[u8]) -> Result<Self, Refused> {
        let bad = |keyword| Refused::Field { line: 0, keyword };
        let field = |keyword: &'static str| {
            let pattern = [b"\n", keyword.as_bytes()].concat();
            let at = memchr::memmem::find(text, &pattern).ok_or(bad(keyword))?;
            Ok::<_, Refused>(&text[at + pattern.len()..])
        };
        let time = |keyword| {
            let rest = field(keyword)?.get(1..20).ok_or(bad(keyword))?;
            seconds_of(rest).ok_or(bad(keyword))
        };
        let key = |keyword| pem(field(keyword)?).ok_or(bad(keyword));
        let identity_key = key("dir-identity-key\n")?;
        let signing_key = key("dir-signing-key\n")?;
        let named = field("fingerprint ")?.get(..40).and_then(hex_fingerprint);
        let identity: Fingerprint = sha1::Sha1::digest(&identity_key).into();
        if named != Some(identity) {
            return Err(bad("fingerprint"));
        }
        let keyword = "dir-key-certification\n";
        let signed = text.len() - field(keyword)?.len();
        let signature = key(keyword)?;
        let read = |der: &[u8], what| RsaPublicKey::from_pkcs1_der(der).map_err(|_| bad(what));
        let digest = sha1::Sha1::digest(&text[..signed]);
        if !is_signed(&read(&identity_key, "dir-identity-key")?, &digest, &signature) {
            return Err(bad("dir-key-certification"));
        }
        Ok(Self {
            identity,
            signing: sha1::Sha1::digest(&signing_key).into(),
            published_s: time("dir-key-published")?,
            expires_s: time("dir-key-expires")?,
            key: read(&signing_key, "dir-signing-key")?,
        })
    }

    /// Whether it has not expired. As in tor, the day of publication is no beginning: tor26 signed
    /// on 2021-08-29 with a key whose certificate is dated 2021-09-01.
    pub(crate) fn is_valid_at(&self, at_s: u32) -> bool {
        at_s <= self.expires_s
    }
}

/// Certificates by identity and signing key. The same key certified twice is kept twice.
#[derive(Debug, Clone, Default)]
pub struct Certificates(BTreeMap<(Fingerprint, Fingerprint), Vec<Certificate>>);

impl Certificates {
    /// Adds all certificates of a text; gives how many were taken, and the refused.
    pub fn add(&mut self, text: &[u8]) -> (usize, Vec<Refused>) {
        // What is signed has LF line ends, whatever a file was saved with.
        let text: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'\r').collect();
        let mut starts: Vec<usize> = memchr::memmem::find_iter(&text, BEGIN)
            .filter(|at| *at == 0 || text[at - 1] == b'\n')
            .collect();
        starts.push(text.len());
        let (mut taken, mut refused) = (0, Vec::new());
        for part in starts.windows(2) {
            match Certificate::parse(&text[part[0]..part[1]]) {
                Ok(certificate) => {
                    taken += 1;
                    self.insert(certificate);
                }
                Err(reason) => refused.push(reason),
            }
        }
        (taken, refused)
    }

    fn insert(&mut self, new: Certificate) {
        let kept = self.0.entry((new.identity, new.signing)).or_default();
        let dates = |c: &Certificate| (c.published_s, c.expires_s);
        if !kept.iter().any(|old| dates(old) == dates(&new)) {
            kept.push(new);
        }
    }

    /// The certificates of a signing key.
    pub(crate) fn of(&self, identity: Fingerprint, signing: Fingerprint) -> &[Certificate] {
        self.0.get(&(identity, signing)).map_or(&[], Vec::as_slice)
    }
}
