//! A certificate of X.509. In: its bytes. Out: who, by whom, from when to when, with which key.
//!
//! RFC 5280, 4. The crate `x509-cert` reads names and extensions; issuer and serial number are
//! compared as the bytes that came.

use der::{Decode, Tag, TagNumber};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{SubjectAltName, SubjectKeyIdentifier};
use x509_cert::time::Time;

use crate::element::{Element, bounded, hex, within};
use crate::hash::Algorithm;
use crate::signature::{Key, Scheme};
use crate::signed_data::SignerId;
use crate::{CERTIFICATE_LIMIT, Finding, TimestampError, Token, name};

const WHAT: &str = "certificate";

/// What a certificate says, for a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Its subject, as RFC 4514 writes names, made inert.
    pub subject: String,
    /// Its issuer, in the same way.
    pub issuer: String,
    /// Its serial number, hexadecimal.
    pub serial: String,
    /// Valid from, inclusive.
    pub not_before: Timestamp,
    /// Valid to, inclusive.
    pub not_after: Timestamp,
    /// The kind of its key: `RSA 2048`, `P-256`.
    pub key: String,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

/// What the issuer signed, and how.
#[derive(Debug)]
struct Signed<'a> {
    message: &'a [u8],
    algorithm: Algorithm<'a>,
    signature: &'a [u8],
}

#[derive(Debug)]
pub(crate) struct Certificate<'a> {
    signed: Signed<'a>,
    pub(crate) der: &'a [u8],
    pub(crate) x509: x509_cert::Certificate,
    pub(crate) facts: CertificateFacts,
    /// The whole encodings of the names, the serial number without leading zero.
    pub(crate) issuer: &'a [u8],
    pub(crate) subject: &'a [u8],
    pub(crate) serial: &'a [u8],
}

impl<'a> Certificate<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, TimestampError> {
        if der.len() > CERTIFICATE_LIMIT {
            let found = der.len();
            return Err(TimestampError::TooLarge { what: WHAT, found, limit: CERTIFICATE_LIMIT });
        }
        bounded(der, WHAT)?;
        let whole = Element::only(der, Tag::Sequence, WHAT)?;
        let mut parts = whole.fields(WHAT)?;
        let tbs = parts.next(Tag::Sequence, WHAT)?;
        let algorithm = parts.next(Tag::Sequence, WHAT)?;
        let signature = parts.next(Tag::BitString, WHAT)?;
        parts.end()?;
        let mut fields = tbs.fields(WHAT)?;
        fields.optional(within(TagNumber::N0))?;
        let serial = fields.next(Tag::Integer, "serial number of a certificate")?;
        let again = fields.next(Tag::Sequence, WHAT)?;
        if again.raw != algorithm.raw {
            return Err(TimestampError::malformed(WHAT, "it names two signature algorithms"));
        }
        let issuer = fields.next(Tag::Sequence, "issuer of a certificate")?.raw;
        fields.next(Tag::Sequence, WHAT)?;
        let subject = fields.next(Tag::Sequence, "subject of a certificate")?.raw;
        let x509 = x509_cert::Certificate::from_der(der)
            .map_err(|error| TimestampError::malformed(WHAT, error))?;
        let signed = Signed {
            message: tbs.raw,
            algorithm: Algorithm::read(algorithm, WHAT)?,
            signature: signature.value.strip_prefix(&[0]).unwrap_or_default(),
        };
        let tbs = &x509.tbs_certificate;
        let facts = CertificateFacts {
            subject: name::text(subject),
            issuer: name::text(issuer),
            serial: hex(serial.value),
            not_before: instant(tbs.validity.not_before)?,
            not_after: instant(tbs.validity.not_after)?,
            key: Key::of(&tbs.subject_public_key_info)
                .map_or_else(|| tbs.subject_public_key_info.algorithm.oid.to_string(), Key::name),
            sha256: Sha256::digest(der).into(),
        };
        // A negative serial number is refused by x509-cert already.
        let serial = serial.unsigned("serial number of a certificate")?;
        Ok(Self { signed, der, x509, facts, issuer, subject, serial })
    }

    /// Whether a signer is named by this.
    pub(crate) fn is_named(&self, id: SignerId<'_>) -> bool {
        match id {
            SignerId::IssuerAndSerial(issuer, serial) => {
                self.issuer == issuer && self.serial == serial
            }
            SignerId::Key(key) => self
                .x509
                .tbs_certificate
                .get::<SubjectKeyIdentifier>()
                .is_ok_and(|found| found.is_some_and(|(_, found)| found.0.as_bytes() == key)),
        }
    }

    /// Whether the authority that a token names is this one: its subject or another name of it
    /// (RFC 3161, 2.4.2, `tsa`).
    pub(crate) fn is_called(
        &self,
        name: Option<Element<'_>>,
        token: &Token,
    ) -> Result<(), Finding> {
        let Some(name) = name else { return Ok(()) };
        let tbs = &self.x509.tbs_certificate;
        let is_bounded = name.raw.len() <= CERTIFICATE_LIMIT && bounded(name.raw, WHAT).is_ok();
        let named = is_bounded.then(|| GeneralName::from_der(name.raw).ok()).flatten();
        let is_it = match &named {
            // The same words in another type of string are the same name (RFC 5280, 7.1).
            Some(GeneralName::DirectoryName(named)) => {
                *named == tbs.subject || named.to_string() == tbs.subject.to_string()
            }
            _ => false,
        };
        let others = tbs.get::<SubjectAltName>().ok().flatten();
        let others = others.map(|(_, names)| names.0).unwrap_or_default();
        if is_it || named.is_some_and(|named| others.contains(&named)) {
            return Ok(());
        }
        let token = token.authority.clone().unwrap_or_default();
        Err(Finding::OtherName { token, certificate: self.facts.subject.clone() })
    }

    /// Whether an authority has the name of its issuer. The same words in another type of string are
    /// the same name (RFC 5280, 7.1).
    pub(crate) fn names_issuer(&self, authority: &Certificate<'_>) -> bool {
        authority.subject == self.issuer || authority.facts.subject == self.facts.issuer
    }

    /// Whether the key of an authority signed it.
    pub(crate) fn is_signed_by(&self, authority: &Certificate<'_>) -> Result<(), Finding> {
        let scheme = Scheme::of_certificate(&self.signed.algorithm)?;
        let key = authority.key().ok_or_else(|| authority.unknown_key())?;
        if let Some(bits) = key.refused_bits() {
            return Err(Finding::RefusedKey(bits));
        }
        if scheme.holds(key, self.signed.message, self.signed.signature) {
            return Ok(());
        }
        Err(Finding::Chain(format!("the signature of {} does not hold", self.facts.subject)))
    }

    pub(crate) fn unknown_key(&self) -> Finding {
        let key = &self.x509.tbs_certificate.subject_public_key_info;
        Finding::UnknownKey(key.algorithm.oid.to_string())
    }

    pub(crate) fn key(&self) -> Option<Key<'_>> {
        Key::of(&self.x509.tbs_certificate.subject_public_key_info)
    }

    /// Whether it was valid at an instant (RFC 5280, 4.1.2.5: both ends included).
    pub(crate) fn is_valid_at(&self, instant: Timestamp) -> bool {
        // Its times are whole seconds.
        let second = instant.as_second();
        (self.facts.not_before.as_second()..=self.facts.not_after.as_second()).contains(&second)
    }
}

fn instant(time: Time) -> Result<Timestamp, TimestampError> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs());
    seconds
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .ok_or_else(|| TimestampError::malformed("validity of a certificate", "out of range"))
}
