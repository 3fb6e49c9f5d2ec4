//! The signed attributes that RFC 3161 asks for. In: the signer of a token, its certificate. Out:
//! what they do not say.
//!
//! RFC 5652, 11.1 and 11.2; RFC 2634, 5.4 (`signingCertificate`, a SHA-1); RFC 5035, 3
//! (`signingCertificateV2`, which RFC 5816 allows here).

use der::{Tag, TagNumber};
use sha1::{Digest, Sha1};

use crate::certificate::Certificate;
use crate::element::{Element, within};
use crate::signed_data::{SignedData, SignerInfo};
use crate::{Finding, HashAlgorithm, Oid, oid};

const CONTENT_TYPE: &str = "contentType";
const MESSAGE_DIGEST: &str = "messageDigest";
const V1: &str = "signingCertificate";
const V2: &str = "signingCertificateV2";

/// The certificate of the signer: of several with one name, the one that the attributes mean.
pub(super) fn signer<'c, 'a>(
    info: &SignerInfo<'_>,
    all: &'c [Certificate<'a>],
) -> Option<&'c Certificate<'a>> {
    let named = || all.iter().filter(|one| one.is_named(info.id));
    named().find(|one| signing_certificate(info, one).is_ok()).or_else(|| named().next())
}

pub(super) fn content_type(info: &SignerInfo<'_>) -> Result<(), Finding> {
    let value = one(info, oid::CONTENT_TYPE, CONTENT_TYPE)?;
    let value = value.ok_or_else(|| problem(CONTENT_TYPE, "is missing"))?;
    let name = (value.tag == Tag::ObjectIdentifier).then(|| value.oid(CONTENT_TYPE).ok()).flatten();
    if name == Some(oid::TST_INFO) {
        return Ok(());
    }
    Err(problem(CONTENT_TYPE, "names no TSTInfo"))
}

pub(super) fn message_digest(data: &SignedData<'_>) -> Result<(), Finding> {
    let hash = data.signer.digest;
    if hash.is_broken() {
        return Err(Finding::BrokenHash(hash));
    }
    if !data.algorithms.contains(&hash) {
        return Err(Finding::UnlistedHash(hash));
    }
    let value = one(&data.signer, oid::MESSAGE_DIGEST, MESSAGE_DIGEST)?;
    let value = value.ok_or_else(|| problem(MESSAGE_DIGEST, "is missing"))?;
    if value.tag != Tag::OctetString {
        return Err(problem(MESSAGE_DIGEST, "is no digest"));
    }
    let digest = hash.digest(data.content).ok_or(Finding::NoDigest(hash))?;
    if digest == value.value { Ok(()) } else { Err(Finding::ContentDiffers) }
}

/// At least one of both attributes is there, and each that is means this certificate.
pub(super) fn signing_certificate(
    info: &SignerInfo<'_>,
    signer: &Certificate<'_>,
) -> Result<(), Finding> {
    let first = one(info, oid::SIGNING_CERTIFICATE, V1)?;
    let second = one(info, oid::SIGNING_CERTIFICATE_V2, V2)?;
    if first.is_none() && second.is_none() {
        return Err(problem(V2, "is missing, and so is signingCertificate"));
    }
    first.map_or(Ok(()), |value| means(value, V1, signer))?;
    second.map_or(Ok(()), |value| means(value, V2, signer))
}

/// Whether the first certificate of a `SigningCertificate` is this one.
fn means(
    value: Element<'_>,
    attribute: &'static str,
    signer: &Certificate<'_>,
) -> Result<(), Finding> {
    let (hash, digest, issuer) =
        certificate_id(value, attribute).ok_or_else(|| problem(attribute, "cannot be read"))?;
    let other = |problem| Err(Finding::OtherCertificate { attribute, problem });
    let of_signer = match hash {
        // The attribute of RFC 2634 has no other. It needs a second preimage, which SHA-1 still resists.
        HashAlgorithm::Sha1 if attribute == V1 => Sha1::digest(signer.der).to_vec(),
        hash if hash.is_broken() => return Err(Finding::BrokenHash(hash)),
        hash => hash.digest(signer.der).ok_or(Finding::NoDigest(hash))?,
    };
    if of_signer != digest {
        return other("digest");
    }
    match issuer {
        Some((issuer, _)) if issuer != signer.issuer => other("issuer"),
        Some((_, serial)) if serial != signer.serial => other("serial number"),
        _ => Ok(()),
    }
}

/// Hash function, digest, and issuer with serial number, of an `ESSCertID` or `ESSCertIDv2`.
type CertificateId<'a> = (HashAlgorithm, &'a [u8], Option<(&'a [u8], &'a [u8])>);

fn certificate_id<'a>(value: Element<'a>, what: &'static str) -> Option<CertificateId<'a>> {
    if value.tag != Tag::Sequence {
        return None;
    }
    let mut fields = value.fields(what).ok()?;
    let mut list = fields.next(Tag::Sequence, what).ok()?.fields(what).ok()?;
    let mut id = list.next(Tag::Sequence, what).ok()?.fields(what).ok()?;
    let hash = if what == V1 {
        HashAlgorithm::Sha1
    } else {
        let named = id.optional(Tag::Sequence).ok()?;
        named.map_or(Some(HashAlgorithm::Sha256), |one| HashAlgorithm::read(one, what).ok())?
    };
    let digest = id.next(Tag::OctetString, what).ok()?.value;
    let issuer = match id.optional(Tag::Sequence).ok()? {
        None => None,
        Some(both) => {
            let mut both = both.fields(what).ok()?;
            let mut names = both.next(Tag::Sequence, what).ok()?.fields(what).ok()?;
            let name = names.next(within(TagNumber::N4), what).ok()?.value;
            names.end().ok()?;
            let serial = both.next(Tag::Integer, what).ok()?.unsigned(what).ok()?;
            both.end().ok()?;
            Some((name, serial))
        }
    };
    id.end().ok()?;
    Some((hash, digest, issuer))
}

fn one<'a>(
    info: &SignerInfo<'a>,
    name: Oid,
    attribute: &'static str,
) -> Result<Option<Element<'a>>, Finding> {
    info.attribute(name).map_err(|()| problem(attribute, "stands there more than once"))
}

const fn problem(attribute: &'static str, problem: &'static str) -> Finding {
    Finding::Attribute { attribute, problem }
}
