//! The envelope of a token. In: the bytes of a `ContentInfo`. Out: what is signed, by whom, with
//! which attributes, and the certificates that came along, all as the bytes that came.
//!
//! RFC 5652, 5; RFC 3161, 2.4.2: version 3, content `TSTInfo`, one signer, signed attributes. The
//! crate `cms` is not used: it sorts what it reads and encodes it again, and a signature is over the
//! bytes that came.

use der::{Tag, TagNumber};

use crate::element::{Element, instead, within};
use crate::hash::Algorithm;
use crate::{
    CERTIFICATES_LIMIT, ENTRIES_LIMIT, Finding, HashAlgorithm, Oid, TOKEN_LIMIT, TimestampError,
    oid,
};

#[derive(Debug)]
pub(crate) struct SignedData<'a> {
    /// Whether its version is the one that its content asks for (RFC 5652, 5.1).
    pub(crate) version: Result<(), Finding>,
    /// The hash functions that the token says it uses.
    pub(crate) algorithms: Vec<HashAlgorithm>,
    /// The bytes of the `TSTInfo`.
    pub(crate) content: &'a [u8],
    pub(crate) certificates: Vec<&'a [u8]>,
    /// Entries among the certificates that are none of X.509.
    pub(crate) other_certificates: usize,
    /// Revocation lists, which are not read.
    pub(crate) revocation_lists: usize,
    pub(crate) signer: SignerInfo<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignerId<'a> {
    /// The whole encoding of the issuer's name, and the serial number without leading zero.
    IssuerAndSerial(&'a [u8], &'a [u8]),
    /// The subject key identifier.
    Key(&'a [u8]),
}

#[derive(Debug)]
pub(crate) struct SignerInfo<'a> {
    /// Whether its version is the one that its identifier asks for (RFC 5652, 5.3).
    pub(crate) version: Result<(), Finding>,
    pub(crate) id: SignerId<'a>,
    pub(crate) digest: HashAlgorithm,
    pub(crate) attributes: Vec<Attribute<'a>>,
    /// What the signature is over: the attributes as a SET OF (RFC 5652, 5.4).
    pub(crate) signed: Vec<u8>,
    pub(crate) algorithm: Algorithm<'a>,
    pub(crate) signature: &'a [u8],
    /// Attributes that no signature covers.
    pub(crate) unsigned: usize,
}

#[derive(Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) oid: Oid,
    pub(crate) values: Vec<Element<'a>>,
}

impl<'a> SignedData<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, TimestampError> {
        const WHAT: &str = "token";
        if bytes.len() > TOKEN_LIMIT {
            let found = bytes.len();
            return Err(TimestampError::TooLarge { what: WHAT, found, limit: TOKEN_LIMIT });
        }
        let mut outer = Element::only(bytes, Tag::Sequence, WHAT)?.fields(WHAT)?;
        must_be(outer.next(Tag::ObjectIdentifier, WHAT)?, oid::SIGNED_DATA, "type of the token")?;
        let content = outer.next(within(TagNumber::N0), WHAT)?;
        outer.end()?;
        let mut fields = Element::only(content.value, Tag::Sequence, WHAT)?.fields(WHAT)?;
        let version = fields.next(Tag::Integer, "version of the token")?;
        let what = "hash algorithms of the token";
        let algorithms = fields.next(Tag::Set, what)?.fields(what)?;
        let algorithms = algorithms.all(Tag::Sequence, ENTRIES_LIMIT)?;
        let algorithms = algorithms.into_iter().map(|entry| HashAlgorithm::read(entry, what));
        let algorithms = algorithms.collect::<Result<Vec<_>, _>>()?;

        let what = "content of the token";
        let mut inner = fields.next(Tag::Sequence, what)?.fields(what)?;
        must_be(inner.next(Tag::ObjectIdentifier, what)?, oid::TST_INFO, what)?;
        let content = inner.next(within(TagNumber::N0), what)?;
        inner.end()?;
        let content = Element::only(content.value, Tag::OctetString, what)?.value;

        let certificates = fields.optional(within(TagNumber::N0))?;
        let (certificates, others) = split(certificates, CERTIFICATES_LIMIT, "certificates")?;
        let lists = fields.optional(within(TagNumber::N1))?;
        let (lists, other_lists) = split(lists, ENTRIES_LIMIT, "revocation lists")?;
        // RFC 5652, 5.1: attribute certificates ask for 4, other kinds for 5. Authorities write 3 all
        // the same.
        let is_other_kind = |tag: &Tag| *tag == within(TagNumber::N3);
        let also = [
            (!others.iter().all(is_other_kind)).then_some(4),
            (others.iter().any(is_other_kind) || !other_lists.is_empty()).then_some(5),
        ];
        let version = version_is(version, [Some(3), also[0], also[1]], "version of the token");
        let signers = fields.next(Tag::Set, "signers of the token")?;
        fields.end()?;
        let signers = signers.fields("signers of the token")?.all(Tag::Sequence, ENTRIES_LIMIT)?;
        let [signer] = signers.as_slice() else {
            return Err(TimestampError::Unexpected {
                what: "signers of the token",
                found: signers.len().to_string(),
                expected: "one",
            });
        };
        let signer = SignerInfo::read(*signer)?;
        Ok(Self {
            version,
            algorithms,
            content,
            certificates,
            other_certificates: others.len(),
            revocation_lists: lists.len() + other_lists.len(),
            signer,
        })
    }
}

impl<'a> SignerInfo<'a> {
    fn read(signer: Element<'a>) -> Result<Self, TimestampError> {
        const WHAT: &str = "signer of the token";
        let mut fields = signer.fields(WHAT)?;
        let version = fields.next(Tag::Integer, "version of the signer")?;
        let (id, expected) = if let Some(key) = fields.optional(instead(TagNumber::N0))? {
            (SignerId::Key(key.value), 3)
        } else {
            let mut id = fields.next(Tag::Sequence, WHAT)?.fields(WHAT)?;
            let issuer = id.next(Tag::Sequence, "issuer of the signer")?.raw;
            let serial = id.next(Tag::Integer, "serial number of the signer")?;
            id.end()?;
            let serial = serial.unsigned("serial number of the signer")?;
            (SignerId::IssuerAndSerial(issuer, serial), 1)
        };
        let version = version_is(version, [Some(expected), None, None], "version of the signer");
        let digest = fields.next(Tag::Sequence, "hash algorithm of the signer")?;
        let digest = HashAlgorithm::read(digest, "hash algorithm of the signer")?;
        let attributes = fields.next(within(TagNumber::N0), "signed attributes")?;
        // RFC 5652, 5.4: signed with the tag of a SET OF, sent with [0].
        let mut signed = attributes.raw.to_vec();
        if let Some(tag) = signed.first_mut() {
            *tag = 0x31;
        }
        let attributes = Attribute::read_all(attributes, "signed attributes")?;
        let algorithm = fields.next(Tag::Sequence, "signature algorithm")?;
        let algorithm = Algorithm::read(algorithm, "signature algorithm")?;
        let signature = fields.next(Tag::OctetString, "signature")?.value;
        let unsigned = match fields.optional(within(TagNumber::N1))? {
            None => 0,
            Some(set) => Attribute::read_all(set, "unsigned attributes")?.len(),
        };
        fields.end()?;
        Ok(Self { version, id, digest, attributes, signed, algorithm, signature, unsigned })
    }

    /// The one value of an attribute; `None` where it is missing, `Err` where there are several.
    pub(crate) fn attribute(&self, name: Oid) -> Result<Option<Element<'a>>, ()> {
        let mut named = self.attributes.iter().filter(|attribute| attribute.oid == name);
        match (named.next(), named.next()) {
            (None, _) => Ok(None),
            (Some(Attribute { values, .. }), None) => match values.as_slice() {
                [value] => Ok(Some(*value)),
                _ => Err(()),
            },
            _ => Err(()),
        }
    }
}

impl<'a> Attribute<'a> {
    fn read_all(set: Element<'a>, what: &'static str) -> Result<Vec<Self>, TimestampError> {
        let entries = set.fields(what)?.all(Tag::Sequence, ENTRIES_LIMIT)?;
        let read = |entry: Element<'a>| {
            let mut fields = entry.fields(what)?;
            let oid = fields.next(Tag::ObjectIdentifier, what)?.oid(what)?;
            let mut set = fields.next(Tag::Set, what)?.fields(what)?;
            fields.end()?;
            let mut values = Vec::new();
            while let Some(value) = set.any()? {
                if values.len() == ENTRIES_LIMIT {
                    return Err(TimestampError::TooMany { what, limit: ENTRIES_LIMIT });
                }
                values.push(value);
            }
            Ok(Self { oid, values })
        };
        entries.into_iter().map(read).collect()
    }
}

fn must_be(found: Element<'_>, expected: Oid, what: &'static str) -> Result<(), TimestampError> {
    let found = found.oid(what)?;
    if found == expected {
        return Ok(());
    }
    let expected = if expected == oid::TST_INFO { "TSTInfo" } else { "SignedData of CMS" };
    Err(TimestampError::Unexpected { what, found: found.to_string(), expected })
}

/// The entries of a set that are of the common kind, and the tags of the others.
fn split<'a>(
    set: Option<Element<'a>>,
    limit: usize,
    what: &'static str,
) -> Result<(Vec<&'a [u8]>, Vec<Tag>), TimestampError> {
    let (mut common, mut others) = (Vec::new(), Vec::new());
    let Some(set) = set else { return Ok((common, others)) };
    let mut entries = set.fields(what)?;
    while let Some(entry) = entries.any()? {
        if common.len() + others.len() == limit {
            return Err(TimestampError::TooMany { what, limit });
        }
        if entry.tag == Tag::Sequence {
            common.push(entry.raw);
        } else {
            others.push(entry.tag);
        }
    }
    Ok((common, others))
}

fn version_is(
    found: Element<'_>,
    allowed: [Option<u8>; 3],
    what: &'static str,
) -> Result<(), Finding> {
    match found.value {
        [version] if allowed.contains(&Some(*version)) => Ok(()),
        value => {
            let found = Element { value: value.get(..8).unwrap_or(value), ..found };
            let expected = allowed.into_iter().flatten().next().unwrap_or_default();
            Err(Finding::Version { what, found: found.integer_text(), expected })
        }
    }
}
