//! Bytes of an adversary: nothing panics, nothing takes long, nothing that was changed holds.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use faisceau_timestamp::{
    CERTIFICATES_LIMIT, Finding, Note, Over, Qualified, Request, Roots, TOKEN_LIMIT,
    TimestampError, Token, Verdict, certificates, read_response, token_of_response, verify,
};
use proptest::prelude::*;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
const DATA: &[u8] = b"The page as it was found.\n";
const NONE: &[&[u8]] = &[];
/// Tokens whose every certificate is part of the chain.
const TOKENS: &[&str] =
    &["rsa.tsr", "p256.tsr", "intermediate.tsr", "p521.tst", "pss.tst", "qualified.tst", "ber.tst"];

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{FOLDER}/{name}")).unwrap()
}

fn token(name: &str) -> Vec<u8> {
    let bytes = file(name);
    token_of_response(&bytes).map(<[u8]>::to_vec).unwrap_or(bytes)
}

fn verdict(token: &[u8]) -> Result<Verdict, TimestampError> {
    let roots = Roots::from_pem(&file("root.pem")).unwrap();
    verify(token, Over::Data(DATA), &roots, NONE)
}

fn findings(verdict: &Verdict) -> Vec<String> {
    verdict.findings().map(|(check, finding)| format!("{}: {finding}", check.name())).collect()
}

/// Everything that reads, on the same bytes.
fn read_all(bytes: &[u8]) {
    let request = Request { digest: [0; 32], nonce: 1, want_certificate: true, policy: None };
    let _ = read_response(bytes, &request);
    let _ = Token::read(bytes);
    let _ = verdict(bytes);
    let _ = Roots::from_pem(bytes).map(|roots| roots.facts().count());
    let _ = verify(&file("no_certificate.tsr"), Over::Data(DATA), &Roots::default(), &[bytes]);
    let _ = certificates(bytes);
}

fn element(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u32::try_from(value.len()).unwrap().to_be_bytes();
    let short: &[u8] = match value.len() {
        0..0x80 => &length[3..],
        0x80..0x100 => &[0x81, length[3]],
        0x100..0x1_0000 => &[0x82, length[2], length[3]],
        _ => &[0x83, length[1], length[2], length[3]],
    };
    [&[tag], short, value].concat()
}

/// Head and value of the first element.
fn split(bytes: &[u8]) -> (u8, &[u8], &[u8]) {
    let (head, length) = match bytes[1] {
        short @ 0..=0x80 => (2, usize::from(short)),
        0x81 => (3, usize::from(bytes[2])),
        _ => (4, usize::from(bytes[2]) << 8 | usize::from(bytes[3])),
    };
    (bytes[0], &bytes[head..head + length], &bytes[head + length..])
}

/// The children of an element.
fn children(mut value: &[u8]) -> Vec<&[u8]> {
    let mut all = Vec::new();
    while !value.is_empty() {
        let rest = split(value).2;
        all.push(&value[..value.len() - rest.len()]);
        value = rest;
    }
    all
}

/// The token with the fields of its `SignedData` changed.
fn with(token: &[u8], change: impl Fn(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let outer = children(split(token).1);
    let data = split(split(outer[1]).1).1;
    let mut fields: Vec<_> = children(data).into_iter().map(<[u8]>::to_vec).collect();
    change(&mut fields);
    let data = element(0xa0, &element(0x30, &fields.concat()));
    element(0x30, &[outer[0], &data].concat())
}

#[test]
fn taking_a_token_apart_and_together_changes_nothing() {
    let token = token("rsa.tsr");
    assert_eq!(with(&token, |_| {}), token);
}

#[test]
fn what_no_signature_covers_is_noted_and_counts_for_nothing() {
    let unsigned = with(&token("qualified.tst"), |fields| {
        let signer = split(fields.last().unwrap()).1.to_vec();
        let attribute = element(0x30, &[6, 3, 0x2a, 3, 4, 0x31, 2, 5, 0]);
        let more = [split(&signer).1, &element(0xa1, &attribute)].concat();
        *fields.last_mut().unwrap() = element(0x31, &element(0x30, &more));
    });
    let found = verdict(&unsigned).unwrap();
    assert!(found.holds());
    assert_eq!(found.notes, [Note::UnsignedAttributes(1)]);

    let lists = with(&token("qualified.tst"), |fields| {
        fields.insert(4, element(0xa1, &[0x30, 0, 0x30, 0]));
    });
    let found = verdict(&lists).unwrap();
    assert!(found.holds());
    assert_eq!(found.notes, [Note::RevocationLists(2)]);

    let certificates = with(&token("qualified.tst"), |fields| {
        let more = [split(&fields[3]).1, &[0x30, 0], &[0xa1, 0]].concat();
        fields[3] = element(0xa0, &more);
    });
    let found = verdict(&certificates).unwrap();
    assert!(found.holds());
    assert_eq!(found.notes, [Note::UnreadCertificates(2)]);
}

/// RFC 5652, 5.1: 4 with attribute certificates, 5 with revocation answers of another kind.
#[test]
fn the_version_is_the_one_of_the_contents() {
    let with_entry = |entry: &[u8], version: u8| {
        let changed = with(&token("qualified.tst"), |fields| {
            fields[0] = vec![2, 1, version];
            match entry {
                [] => {}
                [0xa2, ..] => fields[3] = element(0xa0, &[split(&fields[3]).1, entry].concat()),
                _ => fields.insert(4, element(0xa1, entry)),
            }
        });
        findings(&verdict(&changed).unwrap())
    };
    let accepted = [&[][..], &[0xa2, 0], &[0xa1, 0], &[0x30, 0]].map(|entry| {
        let is_accepted = |version: &u8| with_entry(entry, *version).is_empty();
        (1..=6).filter(is_accepted).collect::<Vec<_>>()
    });
    assert_eq!(accepted, [vec![3], vec![3, 4], vec![3, 5], vec![3]]);
    assert_eq!(with_entry(&[], 1), ["version: the version of the token is 01, by the RFC it is 3"]);
}

/// The one place where a changed byte is not refused: a certificate that nothing rests on.
#[test]
fn a_certificate_beside_the_chain_is_noted() {
    let token = token("stray.tsr");
    let found = verdict(&token).unwrap();
    assert!(found.holds());
    let [Note::UnusedCertificate(text)] = found.notes.as_slice() else {
        panic!("{:?}", found.notes)
    };
    assert!(text.starts_with("CN=other_root,O=Essais,C=FR, SHA-256 "), "{text}");
    let at = token.windows(10).rposition(|window| window == b"other_root").unwrap();
    let mut changed = token;
    changed[at] ^= 1;
    let found = verdict(&changed).unwrap();
    assert!(found.holds());
    assert!(
        matches!(found.notes.as_slice(), [Note::UnusedCertificate(text)] if text.starts_with("CN=nther_root,"))
    );
}

#[test]
fn numbers_and_lengths_are_bounded() {
    let token = token("p256.tsr");
    let many = with(&token, |fields| {
        let one = split(&fields[3]).1.to_vec();
        fields[3] = element(0xa0, &one.repeat(CERTIFICATES_LIMIT + 1));
    });
    assert!(matches!(Token::read(&many), Err(TimestampError::TooMany { .. })));
    let most = with(&token, |fields| {
        let one = split(&fields[3]).1.to_vec();
        fields[3] = element(0xa0, &one.repeat(CERTIFICATES_LIMIT));
    });
    assert!(verdict(&most).unwrap().holds());
    let long = vec![0x30; TOKEN_LIMIT + 1];
    assert!(matches!(Token::read(&long), Err(TimestampError::TooLarge { .. })));
    let nested = (0..100_000).fold(Vec::new(), |bytes: Vec<u8>, _| {
        [&[0x30, 0x83, 0xf, 0xff, 0xff], &bytes[..bytes.len().min(8)]].concat()
    });
    assert!(Token::read(&nested).is_err());
    let beside = vec![[0x30, 0]; CERTIFICATES_LIMIT + 1];
    let roots = Roots::default();
    assert!(matches!(
        verify(&token, Over::Data(DATA), &roots, &beside),
        Err(TimestampError::TooMany { .. })
    ));
}

/// Certificates with one name and one key, each with a signature that is none, lead nowhere: the
/// search ends before it has tried all ways.
#[test]
fn the_search_for_a_chain_is_bounded() {
    let middle = certificates(&file("middle.pem")).unwrap().remove(0);
    let token = with(&token("intermediate.tsr"), |fields| {
        let signer = children(split(&fields[3]).1)[0].to_vec();
        fields[3] = element(0xa0, &signer);
    });
    let roots = Roots::from_pem(&file("root.pem")).unwrap();
    let outcome =
        |beside: &[Vec<u8>]| findings(&verify(&token, Over::Data(DATA), &roots, beside).unwrap());
    assert_eq!(outcome(std::slice::from_ref(&middle)), [""; 0]);
    let changed = |bit: usize| {
        let mut middle = middle.clone();
        let at = middle.len() - 1 - bit / 8;
        middle[at] ^= 1 << (bit % 8);
        middle
    };
    let mut many: Vec<_> = (0..CERTIFICATES_LIMIT).map(changed).collect();
    let first = ["chain: no valid chain: the signature of CN=middle,O=Essais,C=FR does not hold"];
    assert_eq!(outcome(&many), first);
    many[CERTIFICATES_LIMIT - 1].clone_from(&middle);
    assert_eq!(outcome(&many), [""; 0]);
    // The right one behind more than are tried is not found: refused, and not searched for ever.
    let token = with(&token, |fields| {
        let one = split(&fields[3]).1.to_vec();
        let forged = (0..CERTIFICATES_LIMIT - 1).flat_map(|bit| changed(bit + 64));
        fields[3] = element(0xa0, &[one, forged.collect()].concat());
    });
    let found = verify(&token, Over::Data(DATA), &roots, &many).unwrap();
    assert_eq!(findings(&found), first);
}

/// A name of many parts is sorted when it is read: its length is bounded before.
#[test]
fn a_certificate_with_too_many_elements_is_not_read() {
    let root = certificates(&file("root.pem")).unwrap().remove(0);
    let whole = children(split(&root).1);
    let mut fields: Vec<_> = children(split(whole[0]).1).into_iter().map(<[u8]>::to_vec).collect();
    let part = |number: u32| {
        let value = element(12, &number.to_be_bytes().map(|byte| b'a' + byte % 16));
        element(0x30, &[&[6, 3, 0x55, 4, 3], value.as_slice()].concat())
    };
    let parts: Vec<u8> = (0..4000).rev().flat_map(part).collect();
    fields[5] = element(0x30, &element(0x31, &parts));
    let rest = whole[1..].concat();
    let der = element(0x30, &[element(0x30, &fields.concat()), rest].concat());
    assert!(der.len() < faisceau_timestamp::CERTIFICATE_LIMIT);
    let error = Roots::from_der(&der).unwrap_err().to_string();
    assert!(error.contains("more than 4096"), "{error}");
}

#[test]
fn every_beginning_of_a_token_is_an_error() {
    for name in TOKENS {
        let token = token(name);
        for end in 0..token.len() {
            assert!(verdict(&token[..end]).is_err(), "{name} {end}");
        }
    }
}

/// A statement of being qualified that somebody writes into a token does not hold.
#[test]
fn a_changed_statement_does_not_hold() {
    let mut token = token("qualified.tst");
    let statement = [6, 7, 4, 0, 0x81, 0x97, 0x5e, 1, 1];
    let at = token.windows(9).position(|window| window == statement).unwrap();
    token[at + 8] = 2;
    let found = verdict(&token).unwrap();
    assert_eq!(found.qualification.stated, Qualified::NotStated);
    let findings: Vec<_> = found.findings().map(|(_, finding)| finding.clone()).collect();
    assert_eq!(findings, [Finding::ContentDiffers]);
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_all(&bytes);
    }

    #[test]
    fn bytes_that_begin_well_are_read_without_panic(
        which in 0..TOKENS.len(),
        at in any::<prop::sample::Index>(),
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut bytes = token(TOKENS[which]);
        bytes.truncate(at.index(bytes.len()));
        bytes.extend(tail);
        read_all(&bytes);
    }

    #[test]
    fn no_changed_token_holds(
        which in 0..TOKENS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let original = token(TOKENS[which]);
        let mut bytes = original.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let holds = verdict(&bytes).is_ok_and(|verdict| verdict.holds());
        prop_assert_eq!(holds, bytes == original);
        read_all(&bytes);
    }

    #[test]
    fn changed_certificates_are_read_without_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = certificates(&file("rsa.pem")).unwrap().remove(0);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(&bytes);
    }

    #[test]
    fn changed_answers_are_read_without_panic(
        which in prop::sample::select(vec!["refused.tsr", "rsa.tsr"]),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = file(which);
        // The head of the answer, where the status is.
        let at = at.index(bytes.len().min(60));
        bytes[at] = byte;
        read_all(&bytes);
    }
}
