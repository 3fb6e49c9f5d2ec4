//! Trust anchors: digests of keys that are believed without a signature above them.
//!
//! In: lines `name [IN] DS tag algorithm digest-type hex`; `;` begins a comment. Out: [`Anchors`].
//! Refused: a line that is none of these. Without a choice these are the two keys of the root zone
//! that IANA publishes.

use data_encoding::HEXLOWER_PERMISSIVE;
use hickory_proto::dnssec::rdata::DS;
use hickory_proto::dnssec::{Algorithm, DigestType};
use hickory_proto::rr::Name;

/// Anchors that are read.
const MOST: usize = 256;

/// A line that is no trust anchor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the trust anchors is not `name DS tag algorithm digest-type hex`")]
pub struct AnchorError {
    /// The line, from 1.
    pub line: usize,
}

/// Trust anchors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchors(Vec<(Name, DS)>);

impl Anchors {
    /// The keys of the root zone (IANA, 2026-11-28).
    pub fn iana() -> Self {
        // The file is compiled in and tested; without an anchor nothing is secure.
        Self::parse(include_str!("iana-root-anchors.txt")).unwrap_or(Self(Vec::new()))
    }

    /// Reads anchors.
    pub fn parse(text: &str) -> Result<Self, AnchorError> {
        let mut anchors = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.split(';').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let wrong = AnchorError { line: number + 1 };
            let anchor = anchor(line).filter(|_| anchors.len() < MOST).ok_or(wrong)?;
            anchors.push(anchor);
        }
        Ok(Self(anchors))
    }

    /// The closest name at or above `name` that has anchors, and these.
    pub(crate) fn above(&self, name: &Name) -> Option<(&Name, Vec<DS>)> {
        let above = self.0.iter().filter(|(anchor, _)| anchor.zone_of(name));
        let closest = above.map(|(anchor, _)| anchor).max_by_key(|anchor| anchor.iter().count())?;
        let of = self.0.iter().filter(|(anchor, _)| anchor == closest);
        Some((closest, of.map(|(_, ds)| ds.clone()).collect()))
    }
}

fn anchor(line: &str) -> Option<(Name, DS)> {
    let mut words = line.split_ascii_whitespace();
    let mut name = Name::from_ascii(words.next()?).ok()?;
    name.set_fqdn(true);
    let mut words =
        words.skip_while(|word| *word == "IN" || word.bytes().all(|b| b.is_ascii_digit()));
    if words.next()? != "DS" {
        return None;
    }
    let tag = words.next()?.parse().ok()?;
    let algorithm = Algorithm::from_u8(words.next()?.parse().ok()?);
    let digest = DigestType::from(words.next()?.parse::<u8>().ok()?);
    let hex: String = words.collect();
    let bytes = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?;
    (!bytes.is_empty()).then(|| (name, DS::new(tag, algorithm, digest, bytes)))
}

#[cfg(test)]
mod tests {
    use hickory_proto::dnssec::TrustAnchors;
    use hickory_proto::dnssec::rdata::DNSKEY;

    use super::*;

    #[test]
    fn the_anchors_of_iana_are_the_digests_of_the_keys_of_the_root() {
        let (name, digests) = {
            let anchors = Anchors::iana();
            let (name, digests) = anchors.above(&Name::from_ascii("a.example.").unwrap()).unwrap();
            (name.clone(), digests)
        };
        assert!(name.is_root());
        let keys = TrustAnchors::default();
        assert_eq!((digests.len(), keys.len()), (2, 2));
        for index in 0..2 {
            let key = DNSKEY::with_flags(257, keys.get(index).unwrap().clone());
            let tag = key.calculate_key_tag().unwrap();
            let of = digests.iter().find(|ds| ds.key_tag() == tag).unwrap();
            assert!(of.covers(&name, &key).unwrap(), "{tag}");
        }
    }

    #[test]
    fn lines_that_are_no_anchor_are_named() {
        assert_eq!(Anchors::parse("; x\n. DS 1 8 2").unwrap_err().line, 2);
        for bad in [". DNSKEY 257 3 8 AA", ". DS 1 8 2 xyz", ". DS 99999 8 2 aa", "DS", ". DS"] {
            assert!(Anchors::parse(bad).is_err(), "{bad}");
        }
        let two = Anchors::parse("test. 3600 IN DS 1 13 2 AA bb\n. DS 2 13 2 cc").unwrap();
        let (name, digests) = two.above(&Name::from_ascii("a.test.").unwrap()).unwrap();
        assert_eq!((name.to_ascii().as_str(), digests.len()), ("test.", 1));
    }
}
