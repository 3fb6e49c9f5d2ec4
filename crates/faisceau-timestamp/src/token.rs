//! What a token says of itself, nothing of it verified.

use der::Tag;
use jiff::Timestamp;

use crate::certificate::Certificate;
use crate::element::{Element, hex};
use crate::signed_data::{SignedData, SignerId};
use crate::tst_info::TstInfo;
use crate::{Accuracy, CertificateFacts, HashAlgorithm, TimestampError, ber, name};

/// A time stamp: a `TimeStampToken` of RFC 3161 (CMS `SignedData`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The bytes, which are what is kept.
    pub der: Vec<u8>,
    /// The instant that is stated, to the digit that the authority wrote.
    pub gen_time: Timestamp,
    /// How far it may be off, to either side; `None` where the authority does not say.
    pub accuracy: Option<Accuracy>,
    /// Whether the tokens of this authority are always ordered by their times.
    pub ordering: bool,
    /// Its number at the authority, hexadecimal; with a sign where it is negative.
    pub serial: String,
    /// The policy it was made under: an object identifier.
    pub policy: String,
    /// The name of the authority as the token has it, made inert.
    pub authority: Option<String>,
    /// The nonce of the request, hexadecimal.
    pub nonce: Option<String>,
    /// The hash function of the imprint.
    pub hash: HashAlgorithm,
    /// The digest of the data it is over.
    pub imprint: Vec<u8>,
    /// The certificates it carries, as far as they are certificates.
    pub certificates: Vec<CertificateFacts>,
    /// How many it carries that cannot be read.
    pub unread_certificates: usize,
    /// Who signed it, as it says.
    pub signer: Signer,
}

/// Who signed a token, as it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The certificate it means, or its key identifier.
    pub name: String,
    /// That certificate, where the token carries it.
    pub certificate: Option<CertificateFacts>,
}

impl Token {
    /// Reads a token, or the answer of an authority with one in it (a file `.tsr`).
    pub fn read(bytes: &[u8]) -> Result<Self, TimestampError> {
        let bytes = token_bytes(bytes)?;
        let definite = ber::definite(bytes)?;
        let data = SignedData::read(&definite)?;
        Ok(Self::of(bytes, &data, &TstInfo::read(data.content)?))
    }

    pub(crate) fn of(bytes: &[u8], data: &SignedData<'_>, info: &TstInfo<'_>) -> Self {
        let read = data.certificates.iter().map(|der| Certificate::read(der));
        let certificates: Vec<_> = read.filter_map(Result::ok).collect();
        let unread = data.certificates.len() - certificates.len() + data.other_certificates;
        let named = certificates.iter().find(|one| one.is_named(data.signer.id));
        let signer = Signer {
            name: match data.signer.id {
                SignerId::IssuerAndSerial(issuer, serial) => {
                    format!("certificate {} of {}", hex(serial), name::text(issuer))
                }
                SignerId::Key(key) => format!("key {}", hex(key.get(..64).unwrap_or(key))),
            },
            certificate: named.map(|one| one.facts.clone()),
        };
        Self {
            der: bytes.to_vec(),
            gen_time: info.gen_time,
            accuracy: info.accuracy,
            ordering: info.ordering,
            serial: info.serial.clone(),
            policy: info.policy.clone(),
            authority: info.authority.map(name::general),
            nonce: info.nonce.clone(),
            hash: info.hash,
            imprint: info.imprint.to_vec(),
            certificates: certificates.into_iter().map(|one| one.facts).collect(),
            unread_certificates: unread,
            signer,
        }
    }

    /// The earliest and the latest instant that the stated accuracy leaves; `None` where none is
    /// stated.
    pub fn interval(&self) -> Option<(Timestamp, Timestamp)> {
        self.accuracy?.around(self.gen_time)
    }
}

/// The token itself, where an answer is handed in.
pub(crate) fn token_bytes(bytes: &[u8]) -> Result<&[u8], TimestampError> {
    let is_answer = Element::only(bytes, Tag::Sequence, "token")
        .and_then(|whole| whole.fields("token")?.any())
        .is_ok_and(|first| first.is_some_and(|first| first.tag == Tag::Sequence));
    if is_answer { crate::token_of_response(bytes) } else { Ok(bytes) }
}
