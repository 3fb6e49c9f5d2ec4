//! Ids that a rerun finds again: UUIDs of version 5, and the ids of `FollowTheMoney`.
//!
//! Comes in: a namespace and a name. Goes out: an id that depends on nothing else.
//! Source: RFC 9562, section 5.5; STIX 2.1, section 2.9; `followthemoney.util.make_entity_id`.

use sha1::{Digest, Sha1};

use crate::source::Source;

/// The namespace of observables, STIX 2.1, section 2.9.
pub(crate) const OBSERVABLES: [u8; 16] = [
    0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c, 0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7,
];

/// Our own namespace: a UUID of version 4, drawn once, `5d0c1f9e-8f0b-4c63-9b0e-7a9f2e6c1b54`.
const OWN: [u8; 16] = [
    0x5d, 0x0c, 0x1f, 0x9e, 0x8f, 0x0b, 0x4c, 0x63, 0x9b, 0x0e, 0x7a, 0x9f, 0x2e, 0x6c, 0x1b, 0x54,
];

/// The UUID of a name in a namespace.
pub(crate) fn uuid5(namespace: &[u8; 16], name: &[u8]) -> String {
    let digest = Sha1::new().chain_update(namespace).chain_update(name).finalize();
    let mut hex = String::with_capacity(36);
    for (at, byte) in digest.iter().take(16).enumerate() {
        let byte = match at {
            6 => (byte & 0x0f) | 0x50,
            8 => (byte & 0x3f) | 0x80,
            _ => *byte,
        };
        if matches!(at, 4 | 6 | 8 | 10) {
            hex.push('-');
        }
        push_hex(&mut hex, byte);
    }
    hex
}

/// Makes ids that are those of one case.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    scope: String,
}

impl Keys {
    /// The keys of a case: two cases never share one, a case keeps its own as it grows.
    pub(crate) fn of(source: &Source<'_>) -> Self {
        // The line that opened the case names it better than its title, which two cases may share.
        let opening = source.acts.iter().find(|act| act.seq == 1);
        Self { scope: opening.map_or(&source.case.title, |act| &act.hash).clone() }
    }

    /// Keys that are the same in every case.
    pub(crate) const fn shared() -> Self {
        Self { scope: String::new() }
    }

    /// The UUID of a thing of a kind.
    pub(crate) fn uuid(&self, kind: &str, key: &str) -> String {
        // As a JSON array, for no text can then look like two.
        let name = serde_json::json!([self.scope, kind, key]).to_string();
        uuid5(&OWN, name.as_bytes())
    }

    /// The 40 hexadecimal digits that `make_entity_id(kind, key, key_prefix=scope)` gives.
    pub(crate) fn sha1(&self, kind: &str, key: &str) -> String {
        let digest =
            Sha1::new().chain_update(&self.scope).chain_update(kind).chain_update(key).finalize();
        let mut hex = String::with_capacity(40);
        digest.iter().for_each(|byte| push_hex(&mut hex, *byte));
        hex
    }
}

fn push_hex(to: &mut String, byte: u8) {
    for digit in [byte >> 4, byte & 0x0f] {
        to.extend(char::from_digit(u32::from(digit), 16));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_vector_of_the_standard() {
        // RFC 9562, appendix A.4.
        let dns = [
            0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4,
            0x30, 0xc8,
        ];
        assert_eq!(uuid5(&dns, b"www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    #[test]
    fn what_could_be_cut_in_two_ways_stays_two() {
        let keys = Keys::shared();
        assert_ne!(keys.uuid("a", "bc"), keys.uuid("ab", "c"));
        assert_ne!(keys.uuid("a\",\"b", "c"), keys.uuid("a", "b\",\"c"));
    }
}
