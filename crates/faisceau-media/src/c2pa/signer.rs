//! The fields of a signature: algorithm, certificate of the signer, time stamp.
//!
//! C2PA 2.2, "Digital signatures", "Time-stamps". All of it is what the signer says.

use sha2::{Digest, Sha256};

use super::cbor::Item;
use super::certificate::Certificate;
use super::cose::Signed;
use super::manifest::Manifest;
use super::{C2PA, timestamp};
use crate::collector::Collector;
use crate::hex::hex;
use crate::part::Part;

/// Most bytes of a serial number (RFC 5280, 4.1.2.2 allows 20).
const SERIAL: usize = 32;
/// Most time stamps.
const STAMPS: usize = 8;

pub(super) fn fields(manifest: &Manifest<'_>, out: &mut Collector) {
    let start = manifest.body.whole().start;
    let Some(part) = &manifest.signature else {
        out.flaw(start, "a manifest without a signature");
        return;
    };
    let Some(signed) = Signed::read(part.bytes()) else {
        out.flaw(part.whole().start, "a signature that cannot be read");
        return;
    };
    let number = signed.algorithm.map(|number| number.to_string()).unwrap_or_default();
    let algorithm = signed.algorithm_name().unwrap_or(&number);
    out.add(C2PA, "SignatureAlg", algorithm, part.whole());
    certificate(&signed, ["Signer", "Issuer", "Certificate"], part, out);
    for key in ["sigTst", "sigTst2"] {
        let tokens = signed.unprotected.get(key).and_then(|stamp| stamp.get("tstTokens"));
        for token in tokens.map(Item::array).unwrap_or_default().iter().take(STAMPS) {
            let Some(value) = token.get("val") else { continue };
            let at = part.place(value.at.clone());
            match value.bytes().and_then(timestamp::time) {
                Some(time) => out.add(C2PA, "TimestampTime", &time, at),
                None => out.flaw(at.start, "a time stamp that cannot be read"),
            }
        }
    }
}

/// The certificate of a signer; the names are what the fields of subject, issuer and the rest begin
/// with.
pub(super) fn certificate(
    signed: &Signed<'_>,
    [of_subject, of_issuer, of_rest]: [&str; 3],
    part: &Part<'_>,
    out: &mut Collector,
) {
    let Some((item, bytes)) = signed.chain.first().and_then(|item| Some((item, item.bytes()?)))
    else {
        return;
    };
    let at = part.place(item.at.clone());
    let Some(leaf) = Certificate::read(bytes) else {
        out.flaw(at.start, "a certificate that cannot be read");
        return;
    };
    for (prefix, name) in [(of_subject, &leaf.subject), (of_issuer, &leaf.issuer)] {
        for (suffix, value) in [
            ("CommonName", &name.common),
            ("Organization", &name.organization),
            ("Email", &name.email),
        ] {
            if let Some(value) = value {
                out.add(C2PA, &format!("{prefix}{suffix}"), value, at.clone());
            }
        }
    }
    let fingerprint = Sha256::digest(bytes);
    for (suffix, value) in [
        ("Serial", hex(leaf.serial.get(..SERIAL).unwrap_or(leaf.serial))),
        ("NotBefore", leaf.not_before.unwrap_or_default()),
        ("NotAfter", leaf.not_after.unwrap_or_default()),
        ("SHA256", hex(&fingerprint)),
    ] {
        out.add(C2PA, &format!("{of_rest}{suffix}"), &value, at.clone());
    }
}
