//! A package is sealed for a domain (wacz-auth 0.1.0, "Domain-Name Identity + Timestamp Signing").
//!
//! In: what goes into it, the key and the chain of certificates of the domain; then a time stamp
//! over the text that is handed out. Out: the package; the same input gives the same bytes. Refused:
//! a key that is not the one of the certificate, a name that the certificate is not for, a chain
//! that does not lead to its last certificate, a token that does not hold under its own chain, or
//! that is not of the time of the package. RSA keys are refused: wacz-auth has ECDSA.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use faisceau_timestamp::{Over, Roots, token_of_response, verify};
use jiff::Timestamp;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::pkcs8::DecodePrivateKey as _;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use sha2::Digest as _;

use super::certificates::{Signer, from_pem, to_pem};
use super::error::WaczError;
use super::seal::{APART, response_with};
use super::sign::Hash;
use super::stamp::why_not;
use super::write::{Contents, SignedBy, Unsealed};

/// The most bytes of a key, PEM or DER. One on P-384 has about 300.
const MAX_KEY: usize = 64 << 10;

/// The key of a domain's certificate, with its chain.
pub struct DomainKey {
    key: Key,
    domain: String,
    chain: Vec<Vec<u8>>,
}

enum Key {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
}

impl std::fmt::Debug for DomainKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DomainKey").field("domain", &self.domain).finish_non_exhaustive()
    }
}

impl DomainKey {
    /// A key (PKCS#8 or SEC 1, PEM or DER) on P-256 or P-384 for a domain, and its certificates:
    /// the one of the domain first, then each that certifies the one before it, the root last.
    /// A verifier that only knows roots by their digest needs the root in it.
    ///
    /// # Errors
    /// [`WaczError::Key`] when the key cannot be read, or is not the one of a certificate for that
    /// domain.
    pub fn new(domain: &str, key: &[u8], chain: &[Vec<u8>]) -> Result<Self, WaczError> {
        let refused = |why: &str| WaczError::Key(why.to_owned());
        if key.len() > MAX_KEY {
            return Err(refused("it is longer than any key"));
        }
        let key = Key::read(key).map_err(WaczError::Key)?;
        let (leaf, _) = chain.split_first().ok_or_else(|| refused("it has no certificate"))?;
        let leaf = CertificateDer::from(leaf.as_slice());
        let signer = Signer::read(&leaf).ok_or_else(|| refused("its certificate is none"))?;
        if !signer.is_for(domain) {
            let domain = inert(domain);
            return Err(WaczError::Key(format!("its certificate is not for `{domain}`")));
        }
        let signature = key.sign(domain.as_bytes());
        if !signature.is_some_and(|s| signer.has_signed(domain.as_bytes(), &s)) {
            return Err(refused("it is not the one of the first certificate"));
        }
        Ok(Self { key, domain: domain.to_owned(), chain: chain.to_vec() })
    }

    /// The same from a chain in PEM, as authorities hand it out.
    ///
    /// # Errors
    /// Those of [`DomainKey::new`].
    pub fn from_pem(domain: &str, key: &[u8], chain: &str) -> Result<Self, WaczError> {
        Self::new(domain, key, &from_pem(chain))
    }

    /// Whether the chain leads to its last certificate at an instant.
    fn follow(&self, at: Timestamp) -> Result<(), WaczError> {
        let chain: Vec<_> = self.chain.iter().map(|c| CertificateDer::from(c.as_slice())).collect();
        let (Some((leaf, others)), Some(root)) = (chain.split_first(), self.chain.last()) else {
            return Err(WaczError::Key("it has no certificate".to_owned()));
        };
        let signer = Signer::read(leaf);
        let signer = signer.ok_or_else(|| WaczError::Key("its certificate is none".to_owned()))?;
        let followed = signer.follow(others, std::slice::from_ref(root), at);
        followed.map(drop).map_err(|why| WaczError::Key(format!("its chain is refused: {why}")))
    }
}

/// A name for a message: its beginning, made inert.
fn inert(name: &str) -> String {
    name.chars().take(100).collect::<String>().escape_debug().to_string()
}

impl Key {
    fn read(key: &[u8]) -> Result<Self, String> {
        let pem = key.first() != Some(&0x30);
        let der = if pem {
            // Files of OpenSSL may have the parameters of the curve in front.
            PrivateKeyDer::pem_slice_iter(key).find_map(Result::ok)
        } else {
            PrivateKeyDer::try_from(key.to_vec()).ok()
        };
        let unread = || "no private key can be read in it".to_owned();
        let key = match der.ok_or_else(unread)? {
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                let p256 = p256::SecretKey::from_pkcs8_der(der).ok();
                let p384 = || p384::SecretKey::from_pkcs8_der(der).ok();
                p256.map(Self::on_p256).or_else(|| p384().map(Self::on_p384))
            }
            PrivateKeyDer::Sec1(der) => {
                let der = der.secret_sec1_der();
                let p256 = p256::SecretKey::from_sec1_der(der).ok();
                let p384 = || p384::SecretKey::from_sec1_der(der).ok();
                p256.map(Self::on_p256).or_else(|| p384().map(Self::on_p384))
            }
            _ => None,
        };
        key.ok_or_else(|| "it is no key on P-256 or P-384; wacz-auth has ECDSA alone".to_owned())
    }

    fn on_p256(key: p256::SecretKey) -> Self {
        Self::P256(key.into())
    }

    fn on_p384(key: p384::SecretKey) -> Self {
        Self::P384(key.into())
    }

    /// ECDSA with SHA-256, deterministic (RFC 6979), DER.
    fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let digest = Hash::Sha256.of(message);
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&digest).ok()?;
                Some(signature.to_der().as_bytes().to_vec())
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(&digest).ok()?;
                Some(signature.to_der().as_bytes().to_vec())
            }
        }
    }
}

/// A package that is signed for a domain and waits for its time stamp.
#[derive(Debug)]
pub struct Prepared<'c> {
    unsealed: Unsealed<'c>,
    created: Timestamp,
    domain: String,
    chain: String,
    to_stamp: String,
}

/// Puts a package together and signs it for a domain. What it says to be created at is signed: a
/// time stamp has to follow within ten minutes.
///
/// # Errors
/// Those of [`write`](super::write()), and [`WaczError::Key`] when the chain does not lead to its
/// last certificate at the time of creation.
pub fn prepare<'c>(contents: &Contents<'c>, key: &DomainKey) -> Result<Prepared<'c>, WaczError> {
    key.follow(contents.created)?;
    let unsealed = Unsealed::of(contents)?;
    let signature = key.key.sign(unsealed.hash().as_bytes());
    let signature = signature.ok_or_else(|| WaczError::Key("it does not sign".to_owned()))?;
    Ok(Prepared {
        unsealed,
        created: contents.created,
        domain: key.domain.clone(),
        chain: to_pem(&key.chain),
        to_stamp: STANDARD.encode(signature),
    })
}

impl Prepared<'_> {
    /// The bytes that a time stamp has to be over: the base 64 text of the signature.
    pub fn to_stamp(&self) -> &[u8] {
        self.to_stamp.as_bytes()
    }

    /// Seals the package with a time stamp (a token of RFC 3161, or the answer of an authority with
    /// one) and the certificates of its authority, DER, the root last.
    ///
    /// # Errors
    /// [`WaczError::Stamp`] when the token is over other bytes, does not hold under the last of the
    /// certificates, or is more than ten minutes from the creation.
    pub fn seal(self, token: &[u8], authority: &[Vec<u8>]) -> Result<Vec<u8>, WaczError> {
        let refused = |why: String| WaczError::Stamp(why);
        let root = authority.last().ok_or_else(|| refused("it has no certificates".to_owned()))?;
        let roots = Roots::from_der(root).map_err(|e| refused(e.to_string()))?;
        let verdict = verify(token, Over::Data(self.to_stamp()), &roots, authority)
            .map_err(|e| refused(e.to_string()))?;
        if let Some(why) = why_not(&verdict) {
            return Err(refused(why));
        }
        let at = verdict.token.gen_time;
        if at.duration_since(self.created).abs() > APART {
            let text = format!("it is of {at}, the package of {}", self.created);
            return Err(refused(text));
        }
        // Readers take the first certificate for the one of the signer, and the last for the root.
        let mut chain = Vec::with_capacity(verdict.chain.len());
        for link in &verdict.chain {
            let of = |der: &&Vec<u8>| sha2::Sha256::digest(der).as_slice() == link.facts.sha256;
            let der = authority.iter().find(of).ok_or_else(|| {
                refused(format!("the certificate of {} is not beside it", link.facts.subject))
            })?;
            chain.push(der.clone());
        }
        let answer = match token_of_response(token) {
            Ok(_) => token.to_vec(),
            Err(_) => response_with(&verdict.token.der),
        };
        let by = SignedBy::Domain {
            domain: &self.domain,
            chain: &self.chain,
            stamp: STANDARD.encode(answer),
            authority: to_pem(&chain),
        };
        self.unsealed.finish(Some((self.to_stamp.clone(), by)))
    }
}
