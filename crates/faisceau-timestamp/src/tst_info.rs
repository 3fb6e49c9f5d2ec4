//! What the authority signs. In: the bytes of a `TSTInfo`. Out: its fields.
//!
//! RFC 3161, 2.4.2.

use der::{Tag, TagNumber};
use jiff::Timestamp;

use crate::element::{Element, within};
use crate::{Accuracy, ENTRIES_LIMIT, HashAlgorithm, Oid, TimestampError, instant};

#[derive(Debug)]
pub(crate) struct TstInfo<'a> {
    pub(crate) policy: String,
    pub(crate) hash: HashAlgorithm,
    pub(crate) imprint: &'a [u8],
    /// Hexadecimal. Some authorities write a negative one, against RFC 3161.
    pub(crate) serial: String,
    pub(crate) gen_time: Timestamp,
    pub(crate) accuracy: Option<Accuracy>,
    pub(crate) ordering: bool,
    pub(crate) nonce: Option<String>,
    /// A `GeneralName`.
    pub(crate) authority: Option<Element<'a>>,
    pub(crate) extensions: Vec<Extension<'a>>,
}

#[derive(Debug)]
pub(crate) struct Extension<'a> {
    pub(crate) oid: Oid,
    pub(crate) critical: bool,
    pub(crate) value: &'a [u8],
}

impl<'a> TstInfo<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, TimestampError> {
        const WHAT: &str = "TSTInfo";
        let mut fields = Element::only(bytes, Tag::Sequence, WHAT)?.fields(WHAT)?;
        let version = fields.next(Tag::Integer, "version of TSTInfo")?;
        if version.value != [1] {
            return Err(TimestampError::Unexpected {
                what: "version of TSTInfo",
                found: crate::element::hex(version.value.get(..8).unwrap_or(version.value)),
                expected: "1",
            });
        }
        let policy = fields.next(Tag::ObjectIdentifier, "policy")?.oid_text("policy")?;
        let mut imprint = fields.next(Tag::Sequence, "imprint")?.fields("imprint")?;
        let hash = imprint.next(Tag::Sequence, "hash algorithm of the imprint")?;
        let hash = HashAlgorithm::read(hash, "hash algorithm of the imprint")?;
        let digest = imprint.next(Tag::OctetString, "digest of the imprint")?.value;
        imprint.end()?;
        let serial = fields.next(Tag::Integer, "serial number of the token")?;
        let serial = serial.integer_text();
        let time = fields.next(Tag::GeneralizedTime, "time of the token")?.value;
        let gen_time = instant::read(time).ok_or_else(|| {
            let text = String::from_utf8_lossy(time.get(..40).unwrap_or(time)).into_owned();
            TimestampError::Unexpected {
                what: "time of the token",
                found: crate::element::shown(&text),
                expected: "a time of UTC",
            }
        })?;
        let accuracy = fields.optional(Tag::Sequence)?.map(Accuracy::read).transpose()?;
        let ordering = fields.optional(Tag::Boolean)?;
        let ordering = ordering.map_or(Ok(false), |flag| flag.boolean("ordering"))?;
        let nonce = fields.optional(Tag::Integer)?;
        let nonce = nonce.map(|nonce| nonce.integer_text());
        let authority = match fields.optional(within(TagNumber::N0))? {
            None => None,
            Some(name) => {
                let mut name = name.fields("name of the authority")?;
                let one = name.any()?;
                name.end()?;
                one
            }
        };
        let extensions = match fields.optional(within(TagNumber::N1))? {
            None => Vec::new(),
            Some(list) => extensions(list)?,
        };
        fields.end()?;
        Ok(Self {
            policy,
            hash,
            imprint: digest,
            serial,
            gen_time,
            accuracy,
            ordering,
            nonce,
            authority,
            extensions,
        })
    }
}

fn extensions(list: Element<'_>) -> Result<Vec<Extension<'_>>, TimestampError> {
    const WHAT: &str = "extensions of TSTInfo";
    let mut all: Vec<Extension<'_>> = Vec::new();
    for element in list.fields(WHAT)?.all(Tag::Sequence, ENTRIES_LIMIT)? {
        let mut fields = element.fields(WHAT)?;
        let oid = fields.next(Tag::ObjectIdentifier, WHAT)?.oid(WHAT)?;
        let critical = fields.optional(Tag::Boolean)?;
        let critical = critical.map_or(Ok(false), |flag| flag.boolean(WHAT))?;
        let value = fields.next(Tag::OctetString, WHAT)?.value;
        fields.end()?;
        if all.iter().any(|known| known.oid == oid) {
            return Err(TimestampError::malformed(WHAT, format!("{oid} stands there twice")));
        }
        all.push(Extension { oid, critical, value });
    }
    Ok(all)
}
