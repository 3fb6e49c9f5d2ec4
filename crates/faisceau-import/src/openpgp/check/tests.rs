//! Tests of checking signatures, through the format that reads any signed text.

use faisceau_model::rows::Signature;
use faisceau_model::{ExhibitNo, Maybe, RejectReason, SignatureState};
use proptest::prelude::*;

use crate::ImportSettings;
use crate::openpgp::keys::KeyExhibit;
use crate::testing::{dump, mutated, read_as, reasons};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/openpgp/", $name))
    };
}

const PLATFORM: &[u8] = fixture!("platform.asc");
const SUBKEY: &[u8] = fixture!("subkey.asc");
const EXPIRED: &[u8] = fixture!("expired.asc");
const REVOKED: &[u8] = fixture!("revoked.asc");
const BEFORE: &[u8] = fixture!("before_revocation.asc");
const LETTER: &[u8] = fixture!("letter.txt");
const BY_SUBKEY: &[u8] = fixture!("letter_subkey.txt");

/// A case whose exhibits 90, 91, … are these keys.
fn with(keys: &[&[u8]]) -> ImportSettings {
    let keys = keys.iter().zip(90..).map(|(armoured, number)| KeyExhibit {
        exhibit: ExhibitNo::top(number),
        armoured: armoured.to_vec(),
    });
    ImportSettings { keys: keys.collect(), ..ImportSettings::default() }
}

fn signatures(text: &[u8], keys: &[&[u8]]) -> Vec<Signature> {
    let (imported, sink) = read_as("letter.txt", text, &with(keys));
    assert_eq!(imported.name(), Some("openpgp-clear-signed"));
    sink.signatures
}

fn state(text: &[u8], keys: &[&[u8]]) -> SignatureState {
    let found = signatures(text, keys);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].state
}

fn replaced(text: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(text.to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    text.replace(from, to).into_bytes()
}

#[test]
fn a_good_signature_gives_all_columns() {
    let (imported, sink) = read_as("letter.txt", LETTER, &with(&[SUBKEY, PLATFORM]));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("letter", dump(&sink.signatures));
    assert_eq!(reasons(&sink), ["b49+134 set_aside: a signed text, whose inside is not read"]);
}

#[test]
fn line_ends_and_spaces_before_them_do_not_count() {
    let crlf = replaced(LETTER, "\n", "\r\n");
    assert_eq!(state(&crlf, &[PLATFORM]), SignatureState::Good);
    let spaces = replaced(LETTER, "Monsieur,", "Monsieur, \t");
    assert_eq!(state(&spaces, &[PLATFORM]), SignatureState::Good);
    let unescaped = replaced(LETTER, "- - le premier", "- le premier");
    assert_eq!(state(&unescaped, &[PLATFORM]), SignatureState::Bad);
}

#[test]
fn one_changed_letter_is_told() {
    let changed = replaced(LETTER, "192.0.2.7", "192.0.2.8");
    let found = signatures(&changed, &[PLATFORM]);
    assert_eq!(found[0].state, SignatureState::Bad);
    assert_eq!(found[0].detail, "the text is not what this key signed");
    assert!(matches!(&found[0].signer, Maybe::Known(name) if name.contains("legal@platform")));
    let added = replaced(LETTER, "-----BEGIN PGP SIGNATURE", "\n-----BEGIN PGP SIGNATURE");
    assert_eq!(state(&added, &[PLATFORM]), SignatureState::Bad);
}

#[test]
fn without_the_key_nothing_is_checked() {
    let none = signatures(LETTER, &[]);
    assert_eq!(none[0].state, SignatureState::NoKey);
    assert_eq!(none[0].key.known().unwrap(), "994473C1EC0F2D6C572471CA33AD00E60918F420");
    assert_eq!(none[0].detail, "no public key is among the exhibits");
    assert_eq!(none[0].signed.known().unwrap().to_string(), "2023-03-01 12:00:00 UTC");
    let other = signatures(LETTER, &[SUBKEY, EXPIRED]);
    assert_eq!(other[0].detail, "no public key among the exhibits could have made it");
    assert_eq!(other[0].key_exhibit.known(), None);
}

#[test]
fn what_is_known_against_a_key_is_said() {
    let detail = |text, keys: &[&[u8]]| {
        let found = signatures(text, keys);
        assert_eq!(found[0].state, SignatureState::Good, "{found:?}");
        found[0].detail.clone()
    };
    let said = [
        detail(BY_SUBKEY, &[SUBKEY]),
        detail(fixture!("letter_expired.txt"), &[EXPIRED]),
        detail(fixture!("letter_revoked.txt"), &[BEFORE]),
        detail(fixture!("letter_revoked.txt"), &[REVOKED]),
        // The copy without the revocation comes first.
        detail(fixture!("letter_revoked.txt"), &[BEFORE, REVOKED]),
        detail(fixture!("letter_sha1_rsa.txt"), &[fixture!("rsa.asc")]),
    ];
    insta::assert_snapshot!("remarks", said.join("\n"));
}

#[test]
fn a_hash_too_weak_for_its_key_is_not_called_a_change() {
    let text = fixture!("letter_sha1.txt");
    let found = signatures(text, &[PLATFORM]);
    assert_eq!(found[0].state, SignatureState::Malformed);
    assert!(found[0].detail.contains("too weak"), "{}", found[0].detail);
    let changed = replaced(text, "192.0.2.7", "192.0.2.8");
    assert_eq!(state(&changed, &[PLATFORM]), SignatureState::Bad);
}

#[test]
fn two_signatures_are_two_rows() {
    let text = fixture!("letter_two_signers.txt");
    let found = signatures(text, &[PLATFORM]);
    let states: Vec<_> = found.iter().map(|row| row.state).collect();
    assert!(states.contains(&SignatureState::Good) && states.contains(&SignatureState::NoKey));
    assert_ne!(found[0].id, found[1].id);
    let both = signatures(text, &[PLATFORM, SUBKEY]);
    assert!(both.iter().all(|row| row.state == SignatureState::Good));
}

#[test]
fn two_blocks_and_what_stands_around_them() {
    let text = [b"avant\n".as_slice(), LETTER, b"entre\n", BY_SUBKEY, b"apr\xe8s\n"].concat();
    let (_, sink) = read_as("x", &text, &with(&[PLATFORM, SUBKEY]));
    assert!(sink.signatures.iter().all(|row| row.state == SignatureState::Good));
    assert_eq!(sink.signatures.len(), 2);
    let outside: Vec<_> =
        sink.rejects.iter().filter(|reject| reject.reason == RejectReason::Syntax).collect();
    assert_eq!(outside.len(), 3);
    assert!(outside.iter().all(|reject| reject.detail.contains("nobody signed this")));
    assert!(outside[0].excerpt.starts_with("avant"));
}

#[test]
fn what_cannot_be_read_is_malformed() {
    for (from, to) in [
        ("Hash: SHA512\n", "Hash: SHA512\nNotDashEscaped: You need GnuPG\n"),
        ("Hash: SHA512\n\n", "Hash: SHA512\nhidden\n\n"),
        ("-----END PGP SIGNATURE-----", ""),
        ("-----BEGIN PGP SIGNATURE-----\n\n", "-----BEGIN PGP SIGNATURE-----\n\n!!!!"),
    ] {
        assert_eq!(
            state(&replaced(LETTER, from, to), &[PLATFORM]),
            SignatureState::Malformed,
            "{to}"
        );
    }
    let text = String::from_utf8(LETTER.to_vec()).unwrap();
    let cut = text.split("-----BEGIN PGP SIGNATURE").next().unwrap();
    assert_eq!(state(cut.as_bytes(), &[PLATFORM]), SignatureState::Malformed);
    let huge = replaced(
        LETTER,
        "-----BEGIN PGP SIGNATURE-----\n\n",
        &format!("-----BEGIN PGP SIGNATURE-----\n\n{}", "AAAA\n".repeat(100_000)),
    );
    assert!(signatures(&huge, &[PLATFORM])[0].detail.contains("longer than"));
}

#[test]
fn a_subkey_without_its_consent_is_no_key() {
    use pgp::composed::{ArmorOptions, Deserializable, SignedPublicKey};

    // Somebody puts the subkey that signs into a certificate of his own.
    let (mut own, _) = SignedPublicKey::from_armor_single(PLATFORM).unwrap();
    let (other, _) = SignedPublicKey::from_armor_single(SUBKEY).unwrap();
    own.public_subkeys = other.public_subkeys;
    let stolen = own.to_armored_bytes(ArmorOptions::default()).unwrap();
    let found = signatures(BY_SUBKEY, &[&stolen]);
    assert_eq!(found[0].state, SignatureState::NoKey);
    assert_eq!(found[0].signer.known(), None);
    assert!(found[0].detail.contains("does not bind"), "{}", found[0].detail);
}

#[test]
fn a_name_that_the_key_did_not_sign_is_not_its_name() {
    use pgp::composed::{ArmorOptions, Deserializable, SignedPublicKey};

    let (mut key, _) = SignedPublicKey::from_armor_single(PLATFORM).unwrap();
    let (other, _) = SignedPublicKey::from_armor_single(REVOKED).unwrap();
    key.details.users = other.details.users;
    let renamed = key.to_armored_bytes(ArmorOptions::default()).unwrap();
    let found = signatures(LETTER, &[&renamed]);
    assert_eq!((found[0].state, found[0].signer.known()), (SignatureState::Good, None));
    assert!(found[0].detail.contains("has not signed its own name"));
}

proptest! {
    #[test]
    fn never_panics_on_texts(bytes in mutated(LETTER)) {
        read_as("x", &bytes, &with(&[PLATFORM, SUBKEY]));
    }

    #[test]
    fn never_panics_on_keys(key in mutated(SUBKEY), other in mutated(REVOKED)) {
        read_as("x", BY_SUBKEY, &with(&[&key, &other]));
        read_as("x", fixture!("letter_revoked.txt"), &with(&[&key, &other]));
    }

    #[test]
    fn a_changed_text_is_never_good(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let end = LETTER.windows(20).position(|w| w == b"-----BEGIN PGP SIGNA").unwrap();
        let mut text = LETTER.to_vec();
        let at = at.index(end - 50) + 49;
        let space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        // White space at the end of a line, and its escape, are not signed.
        if text[at] == byte || space(byte) || space(text[at]) || text[at] == b'-' {
            return Ok(());
        }
        text[at] = byte;
        let (_, sink) = read_as("x", &text, &with(&[PLATFORM]));
        prop_assert!(sink.signatures.iter().all(|row| row.state != SignatureState::Good));
    }
}
