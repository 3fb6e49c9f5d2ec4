//! One set of records, its signatures, and the keys of the zone (RFC 4035, section 5.3).
//!
//! In: a set, a zone with its keys, an instant. Out: that a signature is right, and whether the set
//! came of a wildcard. Refused: signatures outside of their time; more attempts than [`ATTEMPTS`],
//! for keys can be made to share a tag.

use hickory_proto::dnssec::PublicKey as _;
use hickory_proto::dnssec::rdata::{DNSKEY, RRSIG};
use hickory_proto::rr::{Name, RecordType};
use hickory_proto::serialize::binary::{BinEncodable, BinEncoder, NameEncoding};

use super::sets::RrSet;

/// Signatures that are tried for one answer.
pub(super) const ATTEMPTS: u32 = 48;
/// Signatures of one set that are looked at.
const MOST_SIGNATURES: usize = 8;
/// Keys that are tried for one signature.
const MOST_KEYS: usize = 4;
/// Records of a set that are put in order.
const MOST_RECORDS: usize = 2048;

/// Why a set is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// No signature is right.
    Wrong(String),
    /// There is more to try than is tried.
    Limit,
}

/// What a right signature says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signed {
    /// The tag of the key.
    pub(super) tag: u16,
    /// The closest ancestor, where the set came of its wildcard.
    pub(super) wildcard_of: Option<Name>,
}

/// Looks for a right signature of `zone`. `left` is what may still be tried.
pub(super) fn verify(
    set: &RrSet<'_>,
    zone: &Name,
    keys: &[DNSKEY],
    at: u32,
    left: &mut u32,
) -> Result<Signed, Failure> {
    let what = || format!("{} {}", set.kind, crate::dns::presentation::name(set.owner));
    let mut why = "no signature of its zone";
    let of_zone = set.signatures.iter().filter(|s| s.input().signer_name == *zone);
    for signature in of_zone.take(MOST_SIGNATURES) {
        let input = signature.input();
        let labels = labels(set.owner);
        let signed_labels = usize::from(input.num_labels);
        if !is_current(signature, at) {
            why = "its signature is not of this time";
            continue;
        }
        if signed_labels > labels {
            why = "its signature is of a longer name";
            continue;
        }
        if !input.algorithm.is_supported() {
            why = "its signature is of an algorithm that is not known here";
            continue;
        }
        why = "no key of its zone made the signature";
        let fits = |key: &&DNSKEY| {
            key.public_key().algorithm() == input.algorithm
                && key.calculate_key_tag().is_ok_and(|tag| tag == input.key_tag)
        };
        let Some(signed) = to_be_signed(set, signature, signed_labels) else {
            return Err(Failure::Limit);
        };
        for key in keys.iter().filter(fits).take(MOST_KEYS) {
            *left = left.checked_sub(1).ok_or(Failure::Limit)?;
            if key.public_key().verify(&signed, signature.sig()).is_ok() {
                let wildcard_of =
                    (signed_labels < labels).then(|| ancestor(set.owner, signed_labels));
                return Ok(Signed { tag: input.key_tag, wildcard_of });
            }
            why = "its signature is wrong";
        }
    }
    Err(Failure::Wrong(format!("{}: {why}", what())))
}

/// Labels of a name as a signature counts them: a leading `*` is none (RFC 4034, section 3.1.3).
pub(super) fn labels(name: &Name) -> usize {
    name.iter().count().saturating_sub(usize::from(name.is_wildcard()))
}

/// The last labels of a name.
pub(super) fn ancestor(name: &Name, labels: usize) -> Name {
    let mut short = name.trim_to(labels);
    short.set_fqdn(true);
    short
}

/// The wildcard below a name.
pub(super) fn wildcard(name: &Name) -> Option<Name> {
    let mut wildcard = name.prepend_label("*").ok()?;
    wildcard.set_fqdn(true);
    Some(wildcard)
}

/// Times are counted modulo 2^32 (RFC 4034, section 3.1.5).
fn is_current(signature: &RRSIG, at: u32) -> bool {
    let input = signature.input();
    let later = |a: u32, b: u32| a.wrapping_sub(b).cast_signed() >= 0;
    later(input.sig_expiration.get(), at) && later(at, input.sig_inception.get())
}

/// What was signed: RRSIG without the signature, then the records in canonical form and order,
/// each once (RFC 4034, sections 3.1.8.1 and 6).
pub(super) fn to_be_signed(set: &RrSet<'_>, signature: &RRSIG, labels: usize) -> Option<Vec<u8>> {
    if set.records.len() > MOST_RECORDS {
        return None;
    }
    let input = signature.input();
    let short = ancestor(set.owner, labels);
    let owner =
        if labels < self::labels(set.owner) { wildcard(&short)? } else { set.owner.clone() };
    let owner = canonical(|encoder| owner.to_lowercase().emit(encoder).is_ok())?;
    let mut data = Vec::new();
    for record in &set.records {
        let mut bytes = canonical(|encoder| record.data.emit(encoder).is_ok())?;
        if set.kind == RecordType::DNAME {
            // Hickory takes it for bytes. The length of a label is no letter: it is at most 63.
            bytes.make_ascii_lowercase();
        }
        data.push(bytes);
    }
    data.sort_unstable();
    data.dedup();
    let mut out = canonical(|encoder| input.emit(encoder).is_ok())?;
    for data in data {
        out.extend(&owner);
        out.extend(u16::from(input.type_covered).to_be_bytes());
        out.extend(1_u16.to_be_bytes());
        out.extend(input.original_ttl.to_be_bytes());
        out.extend(u16::try_from(data.len()).ok()?.to_be_bytes());
        out.extend(data);
    }
    Some(out)
}

fn canonical(write: impl FnOnce(&mut BinEncoder<'_>) -> bool) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = BinEncoder::new(&mut bytes);
    encoder.set_canonical_form(true);
    encoder.set_name_encoding(NameEncoding::Uncompressed);
    let written = write(&mut encoder);
    written.then_some(bytes)
}
