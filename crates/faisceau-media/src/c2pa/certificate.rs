//! A certificate. In: its DER. Out: who it says it is of, who issued it, its key.
//!
//! RFC 5280, 4.1 (<https://www.rfc-editor.org/rfc/rfc5280>). Nothing of it is checked: anyone can write
//! a certificate with any name.

use super::der::{self, Elements, IDENTIFIER, INTEGER, SEQUENCE, SET};

/// What a certificate says.
#[derive(Debug)]
pub(super) struct Certificate<'a> {
    pub(super) serial: &'a [u8],
    pub(super) issuer: Name,
    pub(super) subject: Name,
    pub(super) not_before: Option<String>,
    pub(super) not_after: Option<String>,
    pub(super) key: Key<'a>,
}

/// The parts of a name that tell who it is.
#[derive(Debug, Default)]
pub(super) struct Name {
    pub(super) common: Option<String>,
    pub(super) organization: Option<String>,
    pub(super) email: Option<String>,
}

/// A public key.
#[derive(Debug)]
pub(super) struct Key<'a> {
    /// What kind of key, as an object identifier.
    pub(super) algorithm: &'a [u8],
    /// The curve, as an object identifier.
    pub(super) curve: Option<&'a [u8]>,
    pub(super) bits: &'a [u8],
}

impl<'a> Certificate<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut signed = Elements(bytes).within(SEQUENCE)?.within(SEQUENCE)?;
        signed.pass(0xa0);
        let serial = signed.expect(INTEGER)?;
        signed.expect(SEQUENCE)?;
        let issuer = Name::read(signed.within(SEQUENCE)?);
        let mut validity = signed.within(SEQUENCE)?;
        let subject = Name::read(signed.within(SEQUENCE)?);
        let mut key = signed.within(SEQUENCE)?;
        let mut algorithm = key.within(SEQUENCE)?;
        Some(Self {
            serial,
            issuer,
            subject,
            not_before: validity.next().and_then(der::time),
            not_after: validity.next().and_then(der::time),
            key: Key {
                algorithm: algorithm.expect(IDENTIFIER)?,
                curve: algorithm.expect(IDENTIFIER),
                bits: key.expect(der::BITS)?.strip_prefix(&[0])?,
            },
        })
    }
}

impl Name {
    fn read(sets: Elements<'_>) -> Self {
        let mut name = Self::default();
        for set in sets.filter(|set| set.tag == SET) {
            for pair in Elements(set.body).filter(|pair| pair.tag == SEQUENCE) {
                let mut pair = Elements(pair.body);
                let place = match pair.expect(IDENTIFIER) {
                    Some([0x55, 4, 3]) => &mut name.common,
                    Some([0x55, 4, 10]) => &mut name.organization,
                    Some([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1]) => &mut name.email,
                    _ => continue,
                };
                *place = pair.next().and_then(der::string).or(place.take());
            }
        }
        name
    }
}
