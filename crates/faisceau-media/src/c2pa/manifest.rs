//! A manifest and what binds its parts. In: its superbox. Out: claim, signature, assertions, and
//! whether they hold together.
//!
//! C2PA 2.2, "Manifests", "Validation": the claim names each assertion with a hash over the content of
//! its superbox, and the signature covers the bytes of the claim.

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::cbor::Item;
use super::certificate::Certificate;
use super::cose::Signed;
use super::jumbf::Superbox;
use crate::part::Part;

/// What the check of a manifest gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Signature and hashes hold. It says nothing about who the signer is.
    Valid,
    /// The signature does not fit the claim.
    Invalid,
    /// An assertion is not the one that was claimed, is missing, or was never claimed.
    AssertionAltered,
    /// A kind of signature or hash that is not checked here.
    Unsupported,
    /// Claim, signature or certificate cannot be read.
    Unreadable,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::AssertionAltered => "assertion_altered",
            Self::Unsupported => "unsupported",
            Self::Unreadable => "unreadable",
        }
    }
}

#[derive(Debug)]
pub(super) struct Manifest<'a> {
    pub(super) label: String,
    pub(super) body: Part<'a>,
    pub(super) assertions: Vec<Superbox<'a>>,
    /// The bytes of the claim, which are signed.
    claim: Option<Part<'a>>,
    /// The bytes of the signature.
    pub(super) signature: Option<Part<'a>>,
    /// Whether there is more than one claim or signature, which nobody writes in good faith.
    pub(super) doubled: bool,
}

impl<'a> Manifest<'a> {
    pub(super) fn read(whole: &Superbox<'a>) -> Self {
        let of_kind = |kind: [u8; 4], labels: &[&str]| -> Vec<Superbox<'a>> {
            let is = |of: &Superbox<'a>| of.kind == kind && labels.contains(&of.label.as_str());
            whole.inner().filter(is).collect()
        };
        let claims = of_kind(*b"c2cl", &["c2pa.claim", "c2pa.claim.v2"]);
        let signatures = of_kind(*b"c2cs", &["c2pa.signature"]);
        let stores = of_kind(*b"c2as", &["c2pa.assertions"]);
        let content =
            |of: &[Superbox<'a>]| of.first().and_then(|first| first.content(*b"cbor")).cloned();
        Self {
            label: whole.label.clone(),
            body: whole.body.clone(),
            assertions: stores.iter().flat_map(Superbox::inner).collect(),
            claim: content(&claims),
            signature: content(&signatures),
            doubled: claims.len() > 1 || signatures.len() > 1 || stores.len() > 1,
        }
    }

    /// The claim, and the part that the places of its items are counted in.
    pub(super) fn claim(&self) -> Option<(Item<'a>, &Part<'a>)> {
        let part = self.claim.as_ref()?;
        Some((Item::read(part.bytes())?, part))
    }

    pub(super) fn state(&self) -> State {
        let signed = self.signature.as_ref().and_then(|part| Signed::read(part.bytes()));
        let (Some(signed), Some((claim, part))) = (signed, self.claim()) else {
            return State::Unreadable;
        };
        let leaf = signed.chain.first().and_then(Item::bytes).and_then(Certificate::read);
        let Some(leaf) = leaf else { return State::Unreadable };
        let held = signed.holds(&leaf.key, part.bytes());
        match (held, self.doubled, self.assertions_hold(&claim)) {
            (Some(false), ..) | (_, true, _) => State::Invalid,
            (_, _, Some(false)) => State::AssertionAltered,
            (None, ..) | (.., None) => State::Unsupported,
            (Some(true), false, Some(true)) => State::Valid,
        }
    }

    /// Whether claim and assertions name each other; `None` if a hash is of a kind not read here.
    fn assertions_hold(&self, claim: &Item<'_>) -> Option<bool> {
        let mut named = vec![false; self.assertions.len()];
        let mut all_known = true;
        let redacted = |url: &str| {
            let urls = claim.get("redacted_assertions").map(Item::array).unwrap_or_default();
            urls.iter().any(|item| item.text() == Some(url))
        };
        for key in ["assertions", "created_assertions", "gathered_assertions"] {
            for link in claim.get(key).map(Item::array).unwrap_or_default() {
                let (Some(url), Some(hash)) =
                    (link.get("url").and_then(Item::text), link.get("hash").and_then(Item::bytes))
                else {
                    return Some(false);
                };
                if redacted(url) {
                    continue;
                }
                let place = self.assertions.iter().position(|of| self.is_at(&of.label, url));
                let Some((assertion, place)) =
                    place.and_then(|at| Some((self.assertions.get(at)?, named.get_mut(at)?)))
                else {
                    return Some(false);
                };
                // Named twice: not what anybody writes in good faith, and each time is a hash.
                if std::mem::replace(place, true) {
                    return Some(false);
                }
                let algorithm = link.get("alg").or_else(|| claim.get("alg")).and_then(Item::text);
                match hash_of(algorithm, [assertion.body.bytes()]) {
                    Some(found) if found == hash => {}
                    Some(_) => return Some(false),
                    None => all_known = false,
                }
            }
        }
        if named.contains(&false) {
            return Some(false);
        }
        all_known.then_some(true)
    }

    /// Whether a link leads to the assertion of that label in this manifest.
    fn is_at(&self, label: &str, url: &str) -> bool {
        let Some(path) = url.strip_prefix("self#jumbf=") else { return false };
        let own = path.strip_prefix("/c2pa/").and_then(|path| path.strip_prefix(&self.label));
        let path = own.and_then(|path| path.strip_prefix('/')).unwrap_or(path);
        path.strip_prefix("c2pa.assertions/") == Some(label)
    }
}

/// The hash of these bytes, one after the other.
pub(super) fn hash_of<'a>(
    algorithm: Option<&str>,
    bytes: impl IntoIterator<Item = &'a [u8]>,
) -> Option<Vec<u8>> {
    fn hash<'a, D: Digest>(bytes: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
        let mut hash = D::new();
        for bytes in bytes {
            hash.update(bytes);
        }
        hash.finalize().to_vec()
    }
    match algorithm.unwrap_or("sha256") {
        "sha256" => Some(hash::<Sha256>(bytes)),
        "sha384" => Some(hash::<Sha384>(bytes)),
        "sha512" => Some(hash::<Sha512>(bytes)),
        _ => None,
    }
}
