//! An identity assertion: who says to be the person behind the content.
//!
//! CAWG Identity Assertion 1.2 (<https://cawg.io/identity/1.2/>): a signature over other assertions,
//! with a certificate (`cawg.x509.cose`) or with what accounts an aggregator has verified
//! (`cawg.identity_claims_aggregation`). The signature is not checked here: these names are hints,
//! not proof.

use serde_json::Value;

use super::cbor::Item;
use super::claim::text;
use super::cose::Signed;
use super::json::leaves;
use super::{C2PA, signer};
use crate::collector::Collector;
use crate::part::Part;

/// Most fields of the verified identities.
const LEAVES: usize = 100;
/// Most bytes of a credential.
const BYTES: usize = 256 << 10;

pub(super) fn fields(item: &Item<'_>, part: &Part<'_>, out: &mut Collector) {
    if let Some(payload) = item.get("signer_payload") {
        text(payload, "sig_type", "IdentityType", part, out);
        for role in payload.get("role").map(Item::array).unwrap_or_default().iter().take(16) {
            out.add(
                C2PA,
                "IdentityRole",
                role.text().unwrap_or_default(),
                part.place(role.at.clone()),
            );
        }
    }
    let Some(signature) = item.get("signature") else { return };
    let place = signature.at.clone();
    let Some((bytes, from)) = signature.bytes().map(|bytes| (bytes, place.end - bytes.len()))
    else {
        return;
    };
    let (Some(signed), Some(part)) = (Signed::read(bytes), part.get(from..place.end)) else {
        out.flaw(part.place(place).start, "an identity that cannot be read");
        return;
    };
    signer::certificate(&signed, ["Identity", "IdentityIssuer", "IdentityCertificate"], &part, out);
    let credential = signed.payload.and_then(|payload| payload.get(..payload.len().min(BYTES)));
    let Some(credential) = credential else { return };
    let Ok(credential) = serde_json::from_slice::<Value>(credential) else { return };
    let mut left = LEAVES;
    if let Some(issuer) = credential.get("issuer") {
        leaves(issuer, "IdentityIssuer", &part, out, &mut left);
    }
    if let Some(verified) = credential.pointer("/credentialSubject/verifiedIdentities") {
        leaves(verified, "Identity", &part, out, &mut left);
    }
}
