//! An OpenPGP public key, armoured (RFC 9580 § 6.2, 10.1): what a platform signs its answers with.
//!
//! In: one or several blocks. Out: no row; each key is a record set aside with its fingerprint and
//! the name that it gives itself, for it is read where a signature is checked (see
//! [`crate::openpgp`]). Refused: keys in binary, secret keys, and saying whose a key is: anyone
//! can write any name into a key. Only the fingerprint, compared with one had from elsewhere,
//! tells.

use std::ops::Range;

use faisceau_model::{ExhibitNo, Place, RejectReason, Sink, excerpt};
use pgp::composed::SignedPublicKey;
use pgp::types::KeyDetails;

use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::openpgp::certificate::{Certificate, hex};
use crate::openpgp::keys::{self, MAX_CERTIFICATES, MAX_EXHIBIT, openpgp_key};
use crate::records::{set_aside, settle};
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "openpgp-key",
    title: "OpenPGP public key (.asc), with which signatures are checked",
    group: Group::Answers,
    gives: &["rejects"],
    versions: "RFC 4880 and RFC 9580, armoured",
    checked: "2026-11-21",
    sample: "tests/fixtures/openpgp/platform.asc",
    origin: Origin::Synthetic,
    rank: Rank::Signature,
    sniff: |head| openpgp_key(head.bytes),
    parse,
    owner: None,
};

/// Names the keys.
///
/// # Errors
/// When the exhibit is larger than any key.
pub(crate) fn parse(
    source: &Source<'_>,
    _: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let bytes = source.read_all(MAX_EXHIBIT)?;
    let mut left = MAX_CERTIFICATES;
    for block in keys::blocks(&bytes) {
        let armour = bytes.get(block.clone()).unwrap_or_default();
        let (found, problem) = keys::certificates(armour, left);
        left -= found.len().min(left);
        name(source.exhibit, &block, &found, problem, sink);
    }
    Ok(())
}

/// A block is one record, whatever is in it.
fn name(
    exhibit: ExhibitNo,
    block: &Range<usize>,
    found: &[SignedPublicKey],
    problem: Option<String>,
    sink: &mut dyn Sink,
) {
    let place = Place::Bytes { start: block.start as u64, len: block.len() as u64 };
    if let Some(problem) = problem {
        settle(exhibit, &place, b"", sink, |_| {
            let read = found.len();
            let detail =
                format!("the key cannot be read: {}; keys before: {read}", excerpt(&problem, 120));
            Err((RejectReason::Syntax, detail))
        });
        return;
    }
    let named: Vec<String> = found.iter().take(4).map(described).collect();
    let more = if found.len() > named.len() { ", and others" } else { "" };
    let detail = format!("public key {}{more}", named.join(", "));
    set_aside(exhibit, &place, b"", &detail, sink);
}

fn described(key: &SignedPublicKey) -> String {
    let print = hex(&key.fingerprint());
    match Certificate::new(key).name() {
        Some(name) => format!("{print}, which calls itself {name}"),
        None => format!("{print}, without a name"),
    }
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, RejectReason};
    use proptest::prelude::*;

    use crate::ImportSettings;
    use crate::openpgp::keys::{KeyExhibit, keyring};
    use crate::testing::{mutated, read, reasons};

    const KEY: &[u8] = include_bytes!("../../tests/fixtures/openpgp/platform.asc");
    const SUBKEY: &[u8] = include_bytes!("../../tests/fixtures/openpgp/subkey.asc");

    #[test]
    fn a_key_is_named_by_its_fingerprint() {
        let (imported, sink) = read(KEY);
        assert_eq!(imported.name(), Some("openpgp-key"));
        assert_eq!(imported.problem, None);
        insta::assert_snapshot!(reasons(&sink).join("\n"));
    }

    #[test]
    fn several_blocks_and_one_that_breaks() {
        let mut bytes = [KEY, SUBKEY].concat();
        let cut = bytes.len() - 300;
        bytes.truncate(cut);
        let (_, sink) = read(&bytes);
        assert_eq!(sink.rejects.len(), 2);
        assert_eq!(sink.rejects[0].reason, RejectReason::SetAside);
        let (_, none) =
            read(b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----\n");
        assert_eq!(none.rejects[0].reason, RejectReason::Syntax);
    }

    #[test]
    fn a_thousand_keys_are_cut_short() {
        let bytes = KEY.repeat(300);
        let held = KeyExhibit { exhibit: ExhibitNo::top(1), armoured: bytes.clone() };
        assert_eq!(keyring(&[held]).len(), 64);
        let (_, sink) = read(&bytes);
        assert!(reasons(&sink).last().unwrap().contains("more than 64 keys"));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(KEY), other in mutated(SUBKEY)) {
            read(&bytes);
            let held = [bytes, other].map(|armoured| KeyExhibit { exhibit: ExhibitNo::top(1), armoured });
            let settings = ImportSettings { keys: held.to_vec(), ..ImportSettings::default() };
            keyring(&settings.keys);
        }
    }
}
