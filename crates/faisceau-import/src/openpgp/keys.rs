//! The public keys that exhibits of the case hold.
//!
//! In: armoured blocks (RFC 9580 § 6.2). Out: certificates with the exhibit that holds them.
//! Refused: more than a person would hand in: [`MAX_EXHIBIT`] bytes, [`MAX_CERTIFICATES`]
//! certificates of an exhibit. What is beyond is not read, and said where it matters.

use std::ops::Range;

use faisceau_model::ExhibitNo;
use pgp::composed::{Deserializable, SignedPublicKey};

/// Largest exhibit that is read for keys, in bytes.
pub(crate) const MAX_EXHIBIT: u64 = 1 << 20;
/// Most certificates of one exhibit.
pub(crate) const MAX_CERTIFICATES: usize = 64;

/// The line that starts a block.
const BEGIN: &[u8] = b"-----BEGIN PGP PUBLIC KEY BLOCK-----";
/// The line that ends it.
const END: &[u8] = b"-----END PGP PUBLIC KEY BLOCK-----";

/// An exhibit that holds public keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyExhibit {
    /// The exhibit.
    pub exhibit: ExhibitNo,
    /// Its bytes: armoured blocks.
    pub armoured: Vec<u8>,
}

/// Whether an exhibit that starts with these bytes is an armoured OpenPGP public key, which the
/// case hands to the importers as a [`KeyExhibit`].
pub fn openpgp_key(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = head.trim_ascii_start();
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    line.trim_ascii_end() == BEGIN
}

/// The armoured blocks of an exhibit, in bytes. A block that does not end goes to the end.
pub(crate) fn blocks(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(found) = find(bytes, at, BEGIN) {
        let end = find(bytes, found, END).map_or(bytes.len(), |end| end + END.len());
        blocks.push(found..end);
        at = end;
    }
    blocks
}

fn find(bytes: &[u8], from: usize, marker: &[u8]) -> Option<usize> {
    Some(from + memchr::memmem::find(bytes.get(from..)?, marker)?)
}

/// The certificates of one block, as many as can be read, and why it is read no further.
pub(crate) fn certificates(block: &[u8], limit: usize) -> (Vec<SignedPublicKey>, Option<String>) {
    let mut found = Vec::new();
    match SignedPublicKey::from_armor_many(block) {
        Err(error) => return (found, Some(error.to_string())),
        Ok((keys, _)) => {
            for key in keys {
                match key {
                    Ok(_) if found.len() >= limit => {
                        return (found, Some(format!("more than {MAX_CERTIFICATES} keys")));
                    }
                    Ok(key) => found.push(key),
                    Err(error) => return (found, Some(error.to_string())),
                }
            }
        }
    }
    let none = found.is_empty().then(|| "it holds no key".to_owned());
    (found, none)
}

/// The certificates of all exhibits that hold keys, in their order.
pub(crate) fn keyring(exhibits: &[KeyExhibit]) -> Vec<(ExhibitNo, SignedPublicKey)> {
    let mut ring = Vec::new();
    for held in exhibits.iter().filter(|held| held.armoured.len() as u64 <= MAX_EXHIBIT) {
        let mut left = MAX_CERTIFICATES;
        for block in blocks(&held.armoured) {
            let block = held.armoured.get(block).unwrap_or_default();
            let (keys, _) = certificates(block, left);
            left -= keys.len().min(left);
            ring.extend(keys.into_iter().map(|key| (held.exhibit, key)));
        }
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_by_its_first_line() {
        assert!(openpgp_key(b"\xef\xbb\xbf\r\n-----BEGIN PGP PUBLIC KEY BLOCK----- \r\n\r\n"));
        assert!(!openpgp_key(b"Here it is:\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n"));
        assert!(!openpgp_key(b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n"));
        assert!(!openpgp_key(b""));
    }

    #[test]
    fn blocks_that_do_not_end_go_to_the_end() {
        let text = b"x-----BEGIN PGP PUBLIC KEY BLOCK-----\n-----END PGP PUBLIC KEY BLOCK-----\n\
            -----BEGIN PGP PUBLIC KEY BLOCK-----\nab";
        assert_eq!(blocks(text), [1..72, 73..text.len()]);
        assert!(certificates(b"-----BEGIN PGP PUBLIC KEY BLOCK-----\nab", 9).1.is_some());
    }
}
