//! The roots that a user trusts. In: certificates as PEM or DER. Out: roots to end a chain at.
//!
//! RFC 7468. None is built in: which authority is trusted is a choice that a note must name.

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use crate::certificate::Certificate;
use crate::{CertificateFacts, ROOTS_BYTES_LIMIT, ROOTS_LIMIT, TimestampError};

const WHAT: &str = "roots";

/// Certificates of authorities that are trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roots {
    pub(crate) certificates: Vec<Vec<u8>>,
    /// Those of the bundle that cannot be read: which, and why.
    pub unread: Vec<String>,
}

impl Roots {
    /// The certificates of a bundle in PEM. One that cannot be read is in [`unread`](Self::unread);
    /// a bundle without any is an error.
    pub fn from_pem(bytes: &[u8]) -> Result<Self, TimestampError> {
        Self::of(certificates(bytes)?)
    }

    /// One certificate in DER.
    pub fn from_der(bytes: &[u8]) -> Result<Self, TimestampError> {
        Self::from_pem(bytes)
    }

    fn of(found: Vec<Vec<u8>>) -> Result<Self, TimestampError> {
        let mut roots = Self::default();
        for (at, der) in found.into_iter().enumerate() {
            match Certificate::read(&der) {
                Ok(_) if roots.certificates.contains(&der) => {}
                Ok(_) => roots.certificates.push(der),
                Err(error) => roots.unread.push(format!("certificate {}: {error}", at + 1)),
            }
        }
        match (roots.certificates.as_slice(), roots.unread.first()) {
            ([], Some(why)) => Err(TimestampError::malformed(WHAT, why)),
            ([], None) => Err(TimestampError::malformed(WHAT, "no certificate in PEM or DER")),
            _ => Ok(roots),
        }
    }

    /// Adds those of another bundle.
    pub fn extend(&mut self, other: Self) {
        for der in other.certificates {
            if !self.certificates.contains(&der) {
                self.certificates.push(der);
            }
        }
        self.unread.extend(other.unread);
    }

    /// What each of them says.
    pub fn facts(&self) -> impl Iterator<Item = CertificateFacts> {
        self.certificates.iter().filter_map(|der| Some(Certificate::read(der).ok()?.facts))
    }
}

/// The certificates of a bundle in PEM, or the one in DER: the chain that comes beside a token.
pub fn certificates(bytes: &[u8]) -> Result<Vec<Vec<u8>>, TimestampError> {
    if bytes.len() > ROOTS_BYTES_LIMIT {
        let found = bytes.len();
        return Err(TimestampError::TooLarge { what: WHAT, found, limit: ROOTS_BYTES_LIMIT });
    }
    if bytes.first() == Some(&0x30) {
        return Ok(vec![bytes.to_vec()]);
    }
    let mut all = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(bytes) {
        let certificate = certificate.map_err(|error| TimestampError::malformed(WHAT, error))?;
        if all.len() == ROOTS_LIMIT {
            return Err(TimestampError::TooMany { what: WHAT, limit: ROOTS_LIMIT });
        }
        all.push(certificate.to_vec());
    }
    Ok(all)
}
