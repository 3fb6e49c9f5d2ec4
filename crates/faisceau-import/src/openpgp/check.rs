//! Checking the signatures of a block with the keys of the case.
//!
//! In: a signed block and the keyring. Out: one row for each signature, whatever came of it.
//! Refused: more than [`MAX_SIGNATURES`] signatures of a block, each of which costs a reading of
//! the text for each of at most [`MAX_CANDIDATES`] keys; MD5, under which anyone can make a second
//! text; and a critical part that is not known (RFC 9580 § 5.2.3.7).

use std::io::BufReader;

use faisceau_model::rows::Signature as Row;
use faisceau_model::{Absent, ExhibitNo, Maybe, Moment, Place, RowId, SignatureState, excerpt};
use pgp::armor::{BlockType, Dearmor};
use pgp::composed::{SignedPublicKey, SignedPublicSubKey};
use pgp::crypto::hash::HashAlgorithm;
use pgp::errors::Error;
use pgp::packet::{Packet, PacketParser, Signature, SignatureType, SubpacketData};
use pgp::types::{KeyDetails, VerifyingKey};

use super::certificate::{Certificate, hex};
use super::cleartext::Block;
use super::signed_text::Canonical;

/// The kind of signature, as the table names it.
pub(crate) const SCHEME: &str = "openpgp-cleartext";
/// Longest armour of a signature, in bytes.
const MAX_ARMOUR: usize = 64 << 10;
/// Most signatures of one block.
const MAX_SIGNATURES: usize = 8;
/// Most keys that are tried on one signature.
const MAX_CANDIDATES: usize = 4;

/// A certificate, and the exhibit that holds it.
pub(crate) type Held = (ExhibitNo, SignedPublicKey);

/// What checking gave.
struct Finding {
    state: SignatureState,
    key: Option<String>,
    signer: Option<String>,
    key_exhibit: Option<ExhibitNo>,
    signed: Option<Moment>,
    detail: String,
}

impl Finding {
    fn malformed(detail: impl Into<String>) -> Self {
        Self {
            state: SignatureState::Malformed,
            key: None,
            signer: None,
            key_exhibit: None,
            signed: None,
            detail: detail.into(),
        }
    }
}

/// The rows of a block of the exhibit whose bytes are `bytes`.
pub(crate) fn rows(exhibit: ExhibitNo, bytes: &[u8], block: &Block, ring: &[Held]) -> Vec<Row> {
    let text = bytes.get(block.text.clone()).unwrap_or_default();
    let place = Place::Bytes { start: block.text.start as u64, len: (block.text.len()) as u64 };
    let armour = block.signature.clone().and_then(|armour| bytes.get(armour));
    findings(text, armour, block, ring)
        .into_iter()
        .enumerate()
        .map(|(part, finding)| Row {
            id: RowId::at("sig", exhibit, &place, part as u32),
            exhibit,
            place: place.clone(),
            scheme: SCHEME.to_owned(),
            state: finding.state,
            key: Maybe::or_absent(finding.key, Absent::NotRecorded),
            signer: Maybe::or_absent(finding.signer, Absent::NoData),
            key_exhibit: Maybe::or_absent(finding.key_exhibit, Absent::NoData),
            signed: Maybe::or_absent(finding.signed, Absent::NotRecorded),
            detail: finding.detail,
        })
        .collect()
}

fn findings(text: &[u8], armour: Option<&[u8]>, block: &Block, ring: &[Held]) -> Vec<Finding> {
    // A signature over less than the frame shows is not a signature of what is shown.
    if let Some(flaw) = block.flaw {
        return vec![Finding::malformed(flaw)];
    }
    let Some(armour) = armour else { return vec![Finding::malformed("there is no signature")] };
    let (signatures, problem) = signatures(armour);
    let mut found: Vec<Finding> =
        signatures.iter().map(|signature| check(signature, text, block, ring)).collect();
    if let Some(problem) = problem {
        let shown = excerpt(&problem, 120);
        found.push(Finding::malformed(format!("the signature cannot be read: {shown}")));
    }
    found
}

/// The signatures of an armour, and why no more of them are read.
fn signatures(armour: &[u8]) -> (Vec<Signature>, Option<String>) {
    let mut found = Vec::new();
    if armour.len() > MAX_ARMOUR {
        return (found, Some(format!("it is longer than {MAX_ARMOUR} bytes")));
    }
    let mut dearmour = Dearmor::new(armour);
    if let Err(error) = dearmour.read_header() {
        return (found, Some(error.to_string()));
    }
    if dearmour.typ != Some(BlockType::Signature) {
        return (found, Some("it is no signature".to_owned()));
    }
    for packet in PacketParser::new(BufReader::new(dearmour)) {
        match packet {
            Ok(Packet::Signature(_)) if found.len() >= MAX_SIGNATURES => {
                return (found, Some(format!("more than {MAX_SIGNATURES} signatures")));
            }
            Ok(Packet::Signature(signature)) => found.push(signature),
            Ok(Packet::Marker(_) | Packet::Padding(_)) => {}
            Ok(_) => return (found, Some("there is something else in it".to_owned())),
            Err(error) => return (found, Some(error.to_string())),
        }
    }
    let none = found.is_empty().then(|| "it is empty".to_owned());
    (found, none)
}

/// A key that may have made a signature.
struct Candidate<'k> {
    held: &'k Held,
    subkey: Option<&'k SignedPublicSubKey>,
}

impl Candidate<'_> {
    fn fingerprint(&self) -> String {
        hex(&self.subkey.map_or_else(|| self.held.1.fingerprint(), |s| s.key.fingerprint()))
    }

    fn verifies(&self, signature: &Signature, text: &[u8]) -> Outcome {
        match self.subkey {
            None => verifies(signature, &self.held.1.primary_key, text),
            Some(subkey) => verifies(signature, &subkey.key, text),
        }
    }
}

/// What one key says of a signature.
enum Outcome {
    /// It made it, over this text.
    Made,
    /// It did not.
    NotMade,
    /// This program, or the rules, do not let it be asked.
    NotAsked(String),
}

fn verifies(signature: &Signature, key: &impl VerifyingKey, text: &[u8]) -> Outcome {
    match signature.verify(key, Canonical::new(text)) {
        Ok(()) => Outcome::Made,
        Err(Error::SignatureError { .. } | Error::RSAError { .. }) => Outcome::NotMade,
        // The first two bytes of the hash stand in the signature: the text is another one.
        Err(Error::Message { message, .. }) if message.contains("signed hash value") => {
            Outcome::NotMade
        }
        Err(error) => Outcome::NotAsked(excerpt(&error.to_string(), 120)),
    }
}

fn check(signature: &Signature, text: &[u8], block: &Block, ring: &[Held]) -> Finding {
    let mut finding = Finding {
        key: claimed(signature),
        signed: signature
            .created()
            .and_then(|at| Moment::from_unix_seconds(i64::from(at.as_secs()))),
        ..Finding::malformed("")
    };
    if let Some(flaw) = unfit(signature) {
        flaw.clone_into(&mut finding.detail);
        return finding;
    }
    let candidates = candidates(signature, ring);
    let Some(first) = candidates.first() else {
        finding.state = SignatureState::NoKey;
        finding.detail = if ring.is_empty() {
            "no public key is among the exhibits".to_owned()
        } else {
            "no public key among the exhibits could have made it".to_owned()
        };
        return finding;
    };
    let (mut maker, mut not_asked) = (None, None);
    for candidate in &candidates {
        match candidate.verifies(signature, text) {
            Outcome::Made => {
                maker = Some(candidate);
                break;
            }
            Outcome::NotMade => {}
            Outcome::NotAsked(why) => not_asked = Some(why),
        }
    }
    let shown = maker.unwrap_or(first);
    let certificate = Certificate::new(&shown.held.1);
    finding.key = Some(shown.fingerprint());
    finding.key_exhibit = Some(shown.held.0);
    finding.signer = certificate.name();
    let made = signature.created();
    let remarks = match shown.subkey {
        None => Some(certificate.remarks_on_primary(made)),
        Some(subkey) => certificate.remarks_on_subkey(subkey, made),
    };
    (finding.state, finding.detail) = match (maker, remarks) {
        (None, _) => match not_asked {
            Some(why) => (SignatureState::Malformed, format!("not checked: {why}")),
            None => (SignatureState::Bad, "the text is not what this key signed".to_owned()),
        },
        (Some(_), None) => {
            // Anyone can put somebody else's subkey into a certificate.
            finding.signer = None;
            let detail = "a subkey verifies it that its certificate does not bind for signing";
            (SignatureState::NoKey, detail.to_owned())
        }
        (Some(_), Some(remarks)) => {
            let own = own_remarks(signature, block);
            let mut said: Vec<String> = own.into_iter().chain(remarks).collect();
            // Somebody may hand in a copy of a key without what takes it back.
            for copy in candidates.iter().filter(|copy| copy.fingerprint() == shown.fingerprint()) {
                for revocation in Certificate::new(&copy.held.1).revocations(copy.subkey) {
                    if !said.contains(&revocation) {
                        said.push(revocation);
                    }
                }
            }
            (SignatureState::Good, said.join("; "))
        }
    };
    finding
}

/// The key that the signature names: a fingerprint, else a key id.
fn claimed(signature: &Signature) -> Option<String> {
    let fingerprint = signature.issuer_fingerprint().first().map(|issuer| hex(issuer));
    fingerprint
        .or_else(|| signature.issuer_key_id().first().map(|id| id.to_string().to_uppercase()))
}

/// Why a signature is not one that can be checked.
fn unfit(signature: &Signature) -> Option<&'static str> {
    let Some(config) = signature.config() else {
        return Some("it is of a version that is not known");
    };
    if !matches!(config.typ, SignatureType::Text | SignatureType::Binary) {
        return Some("it is no signature of a text");
    }
    if config.hash_alg == HashAlgorithm::Md5 {
        return Some("it was made with MD5, which proves nothing: not checked");
    }
    let unknown = config.hashed_subpackets.iter().any(|part| {
        let unknown = matches!(
            part.data,
            SubpacketData::Other(..) | SubpacketData::Experimental(..) | SubpacketData::Notation(_)
        );
        part.is_critical && unknown
    });
    unknown.then_some("a part that its maker calls critical is not known: not checked")
}

/// The keys that the signature names, or all of them where it names none.
fn candidates<'k>(signature: &Signature, ring: &'k [Held]) -> Vec<Candidate<'k>> {
    let (prints, ids) = (signature.issuer_fingerprint(), signature.issuer_key_id());
    let named = |key: &dyn KeyDetails| {
        if prints.is_empty() {
            ids.is_empty() || ids.iter().any(|&id| *id == key.legacy_key_id())
        } else {
            prints.iter().any(|&print| *print == key.fingerprint())
        }
    };
    let mut found = Vec::new();
    for held in ring {
        if named(&held.1.primary_key) {
            found.push(Candidate { held, subkey: None });
        }
        for subkey in &held.1.public_subkeys {
            if named(&subkey.key) {
                found.push(Candidate { held, subkey: Some(subkey) });
            }
        }
    }
    found.truncate(MAX_CANDIDATES);
    found
}

/// Remarks on a good signature itself.
fn own_remarks(signature: &Signature, block: &Block) -> Vec<String> {
    let hash = signature.hash_alg().map_or_else(String::new, |hash| hash.to_string());
    let mut remarks = vec![match signature.hash_alg() {
        Some(HashAlgorithm::Sha1 | HashAlgorithm::Ripemd160) => {
            format!("the text is what was signed, as far as {hash} shows, which is weak")
        }
        _ => format!("the text is what was signed ({hash})"),
    }];
    if block.bare_dashes {
        remarks.push("lines that start with a dash are not escaped".to_owned());
    }
    let lasts = signature.signature_expiration_time().map(pgp::types::Duration::as_secs);
    if let (Some(at), Some(lasts @ 1..)) = (signature.created(), lasts) {
        let end = Moment::from_unix_seconds(i64::from(at.as_secs()) + i64::from(lasts));
        let end = end.map_or_else(String::new, Moment::day_utc);
        remarks.push(format!("the signature says that it is good until {end}"));
    }
    remarks
}

#[cfg(test)]
mod tests;
