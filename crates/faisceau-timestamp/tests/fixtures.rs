//! Tokens that OpenSSL made, each with one thing wrong or none; and one of a public authority.

#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use faisceau_timestamp::{
    Check, Failure, Finding, HashAlgorithm, Note, Oid, Open, Outcome, Over, Place, Qualified,
    Request, Roots, TimestampError, Token, Verdict, certificates, read_response, verify,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
const DATA: &[u8] = b"The page as it was found.\n";

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{FOLDER}/{name}")).unwrap()
}

fn roots(name: &str) -> Roots {
    Roots::from_pem(&file(&format!("{name}.pem"))).unwrap()
}

fn verified(token: &str) -> Verdict {
    verify(&file(token), Over::Data(DATA), &roots("root"), &[] as &[&[u8]]).unwrap()
}

/// The checks that failed, as a reader sees them.
fn findings(verdict: &Verdict) -> Vec<String> {
    assert_eq!(verdict.checks.len(), Check::ALL.len());
    assert!(verdict.checks.iter().map(|result| result.check).eq(Check::ALL));
    let line = |(check, finding): (Check, &Finding)| format!("{}: {finding}", check.name());
    let all: Vec<_> = verdict.findings().map(line).collect();
    assert_eq!(verdict.holds(), all.is_empty());
    all
}

#[test]
fn every_accepted_algorithm_is_verified() {
    for (token, key, hash) in [
        ("rsa.tsr", "RSA 2048", HashAlgorithm::Sha256),
        ("rsa.tst", "RSA 2048", HashAlgorithm::Sha256),
        ("pss.tst", "RSA 2048", HashAlgorithm::Sha256),
        ("p256.tsr", "P-256", HashAlgorithm::Sha384),
        ("sha512.tsr", "P-256", HashAlgorithm::Sha512),
        ("intermediate.tsr", "P-384", HashAlgorithm::Sha256),
        ("p521.tst", "P-521", HashAlgorithm::Sha256),
        ("p521_sha256.tst", "P-521", HashAlgorithm::Sha256),
        ("policies.tsr", "P-256", HashAlgorithm::Sha256),
        ("below_middle_for_france.tsr", "P-256", HashAlgorithm::Sha256),
        ("key_identifier.tst", "P-256", HashAlgorithm::Sha256),
        ("ber.tst", "P-256", HashAlgorithm::Sha256),
        ("old_attribute.tsr", "RSA 2048", HashAlgorithm::Sha256),
        ("qualified.tst", "P-256", HashAlgorithm::Sha256),
    ] {
        let verdict = verified(token);
        assert_eq!(findings(&verdict), [""; 0], "{token}");
        assert_eq!(verdict.chain.first().unwrap().facts.key, key, "{token}");
        assert_eq!(verdict.token.hash, hash, "{token}");
        assert!(verdict.root_given, "{token}");
    }
}

#[test]
fn a_verdict_says_what_a_note_needs() {
    let verdict = verified("intermediate.tsr");
    let subjects: Vec<_> = verdict.chain.iter().map(|link| link.facts.subject.as_str()).collect();
    assert_eq!(
        subjects,
        ["CN=p384,O=Essais,C=FR", "CN=middle,O=Essais,C=FR", "CN=root,O=Essais,C=FR"]
    );
    assert!(verdict.chain.iter().map(|link| link.is_root).eq([false, false, true]));
    assert_eq!(verdict.token.policy, "1.2.3.4.1");
    assert_eq!(verdict.open, [Open::TrustedList, Open::Revocation]);
    // Six digits of a second are asked for; OpenSSL leaves out zeros at their end.
    assert!(verdict.token.gen_time.subsec_nanosecond() > 0, "{}", verdict.token.gen_time);
    assert_eq!(verdict.token.accuracy, None);
    assert_eq!(verdict.notes, [Note::NoAccuracy]);

    let verdict = verified("rsa.tsr");
    let (earliest, latest) = verdict.token.interval().unwrap();
    assert_eq!(latest.duration_since(earliest).as_micros(), 2 * 1_500_100);
    assert!(verdict.token.ordering);
    assert_eq!(verdict.token.serial, "02");
    assert_eq!(verdict.token.authority.as_deref(), Some("CN=rsa,O=Essais,C=FR"));
    assert_eq!(verdict.token.certificates.len(), 1);
    assert_eq!(verdict.token.signer.certificate.as_ref(), Some(&verdict.chain[0].facts));
    assert!(verdict.notes.is_empty(), "{:?}", verdict.notes);
    assert_eq!(verdict.qualification.stated, Qualified::NotStated);
    assert!(verdict.qualification.statements.is_empty());
    assert_eq!(Token::read(&file("rsa.tsr")).unwrap(), verdict.token);
    assert_eq!(verdict.token.der, file("rsa.tst"));
}

#[test]
fn each_thing_wrong_is_a_finding_of_its_own() {
    let from_to = "2020-01-01T00:00:00Z to 2025-01-01T00:00:00Z";
    let wrong = |token: &str, expected: &[&str]| {
        assert_eq!(findings(&verified(token)), expected, "{token}");
    };
    wrong(
        "expired.tsr",
        &[&format!(
            "valid-at-instant: CN=expired,O=Essais,C=FR was valid from {from_to}, not at the \
                 instant of the token"
        )],
    );
    wrong(
        "other_purpose.tst",
        &["extended-key-usage: the extended key usage of the signer is wrong: time stamping is \
             none of its purposes"],
    );
    wrong(
        "not_critical.tst",
        &[
            "extended-key-usage: the extended key usage of the signer is wrong: it is not marked critical",
        ],
    );
    wrong(
        "two_purposes.tst",
        &[
            "extended-key-usage: the extended key usage of the signer is wrong: time stamping is not \
           its only purpose",
        ],
    );
    wrong(
        "encipherment.tst",
        &["key-usage: the key usage of CN=encipherment,O=Essais,C=FR is wrong: not for signatures"],
    );
    let broken = "SHA-1 is broken: two files with one digest can be made";
    wrong("sha1_imprint.tsr", &[&format!("imprint: {broken}")]);
    wrong(
        "sha1_signature.tsr",
        &[&format!("message-digest: {broken}"), &format!("signature: {broken}")],
    );
    wrong("weak.tsr", &["signature: an RSA key of 1024 bits is not accepted"]);
    wrong("critical_extension.tst", &["extensions: the critical extension 1.2.3.4.9 is not known"]);
    wrong(
        "other_name.tst",
        &[
            "authority-name: the token names its authority CN=rsa,O=Essais,C=FR, the certificate of \
           the signer CN=p256,O=Essais,C=FR",
        ],
    );
    wrong(
        "no_signing_certificate.tst",
        &["signing-certificate: the signed attribute signingCertificateV2 is missing, and so is \
           signingCertificate"],
    );
    wrong(
        "under_wrong.tsr",
        &["authorities: the key usage of CN=wrong_middle,O=Essais,C=FR is wrong: not for signing \
           certificates"],
    );
    let verdict = verified("no_certificate.tsr");
    assert!(matches!(
        verdict.findings().next(),
        Some((Check::SignerCertificate, Finding::NoSignerCertificate(_)))
    ));
    assert!(verdict.chain.is_empty() && !verdict.root_given);
    let not_made = Outcome::NotMade(Check::SignerCertificate);
    assert_eq!(verdict.outcome(Check::Signature), Some(&not_made));
    let beside = certificates(&file("rsa.pem")).unwrap();
    let token = file("no_certificate.tsr");
    let verdict = verify(&token, Over::Data(DATA), &roots("root"), &beside).unwrap();
    assert_eq!(findings(&verdict), [""; 0]);
}

#[test]
fn a_chain_is_refused_for_what_is_wrong_with_it() {
    for (token, expected) in [
        (
            "below_expired_middle.tsr",
            "CN=expired_middle,O=Essais,C=FR was valid from 2020-01-01T00:00:00Z to \
             2025-01-01T00:00:00Z, not at the instant of the token",
        ),
        (
            "below_deep_middle.tsr",
            "no valid chain: CN=middle,O=Essais,C=FR has more authorities below it than it may have",
        ),
        (
            "below_middle_for_other_purpose.tsr",
            "no valid chain: CN=middle_for_other_purpose,O=Essais,C=FR is an authority, but not for \
             time stamps",
        ),
        (
            "below_middle_not_for_france.tsr",
            "no valid chain: CN=below_middle_not_for_france,O=Essais,C=FR has a name that \
             CN=middle_not_for_france,O=Essais,C=FR may not certify",
        ),
        (
            "below_middle_of_policies.tsr",
            "no valid chain: the critical extension 2.5.29.36 of CN=middle_of_policies,O=Essais,C=FR \
             is not known",
        ),
        (
            "below_p256.tsr",
            "no valid chain: CN=p256,O=Essais,C=FR is no authority for certificates",
        ),
        (
            "unknown.tsr",
            "no valid chain: the critical extension 1.2.3.4.8 of CN=unknown,O=Essais,C=FR is not known",
        ),
    ] {
        assert_eq!(findings(&verified(token)), [format!("chain: {expected}")], "{token}");
    }
}

#[test]
fn roots_are_those_that_were_handed_in_and_are_checked_too() {
    let under = |token: &str, root: &str| {
        verify(&file(token), Over::Data(DATA), &roots(root), &[] as &[&[u8]]).unwrap()
    };
    let verdict = under("rsa.tsr", "other_root");
    assert_eq!(
        findings(&verdict),
        ["chain: no chain leads from CN=root,O=Essais,C=FR, who certified the signer, to a root \
          that was handed in"]
    );
    assert!(!verdict.root_given);
    assert_eq!(verdict.chain.len(), 1);
    assert_eq!(verdict.outcome(Check::Authorities), Some(&Outcome::NotMade(Check::Chain)));
    assert_eq!(
        findings(&under("under_old.tsr", "old_root")),
        ["authorities: CN=old_root,O=Essais,C=FR was valid from 2010-01-01T00:00:00Z to \
          2025-01-01T00:00:00Z, not at the instant of the token"]
    );
    assert_eq!(
        findings(&under("under_flat.tsr", "flat_root")),
        ["authorities: no valid chain: more certificates below the root than it may have"]
    );
    assert_eq!(
        findings(&under("under_nobody.tsr", "no_authority")),
        [
            "authorities: the root CN=no_authority,O=Essais,C=FR does not say that it is an authority \
          for certificates"
        ]
    );
    assert_eq!(findings(&under("under_pss.tst", "pss_root")), [""; 0]);
    // The chain is found with the intermediate beside the token as well.
    let mut several = roots("other_root");
    several.extend(roots("root"));
    several.extend(roots("root"));
    assert_eq!(several.facts().count(), 2);
    let none: &[&[u8]] = &[];
    let verdict = verify(&file("intermediate.tsr"), Over::Data(DATA), &several, none).unwrap();
    assert_eq!(findings(&verdict), [""; 0]);
    let bundle = [file("root.pem"), b"text between\n".to_vec(), file("middle.pem")].concat();
    assert_eq!(Roots::from_pem(&bundle).unwrap().facts().count(), 2);
    let der = certificates(&file("root.pem")).unwrap().remove(0);
    assert_eq!(Roots::from_der(&der).unwrap(), roots("root"));
    assert!(Roots::from_pem(b"nothing").is_err());
    assert!(Roots::from_pem(&der[..der.len() - 1]).is_err());
}

#[test]
fn other_data_is_not_what_the_token_is_over() {
    let token = file("rsa.tsr");
    let over = |over| findings(&verify(&token, over, &roots("root"), &[] as &[&[u8]]).unwrap());
    let mut digest = [0; 32];
    digest.copy_from_slice(&HashAlgorithm::Sha256.digest(DATA).unwrap());
    assert_eq!(over(Over::Sha256(digest)), [""; 0]);
    assert_eq!(over(Over::Digests(&|hash| hash.digest(DATA))), [""; 0]);
    assert_eq!(
        over(Over::Digests(&|_| None)),
        ["imprint: no digest of the data by SHA-256 is at hand"]
    );
    let other = over(Over::Data(b"The page as it was found."));
    assert_eq!(other.len(), 1);
    assert!(
        other[0].starts_with("imprint: the token is over other data: its SHA-256 is 90200961cd")
    );
    let none: &[&[u8]] = &[];
    let verdict = verify(&file("p256.tsr"), Over::Sha256(digest), &roots("root"), none).unwrap();
    assert_eq!(findings(&verdict), ["imprint: no digest of the data by SHA-384 is at hand"]);
}

#[test]
fn what_is_no_token_of_the_rfc_is_an_error() {
    let error = |name: &str| Token::read(&file(name)).unwrap_err().to_string();
    assert_eq!(error("two_signers.tst"), "signers of the token: 2 instead of one");
    assert_eq!(
        error("no_attributes.tst"),
        "signed attributes: SEQUENCE instead of CONTEXT-SPECIFIC [0] (constructed)"
    );
    assert_eq!(
        error("other_content.tst"),
        "content of the token: 1.2.840.113549.1.7.1 instead of TSTInfo"
    );
    assert_eq!(
        error("refused.tsr"),
        "the authority gave no time stamp: rejection: unacceptedPolicy: it does not stamp under the \
         policy asked for, \"Requested policy is not supported.\""
    );
    assert!(matches!(
        Token::read(&file("refused.tsr")),
        Err(TimestampError::NotGranted { failures, .. }) if failures == [Failure::UnacceptedPolicy]
    ));
}

#[test]
fn an_answer_to_another_request_is_refused() {
    let token = Token::read(&file("rsa.tsr")).unwrap();
    let asked = Request {
        digest: token.imprint.clone().try_into().unwrap(),
        nonce: u64::from_str_radix(token.nonce.as_deref().unwrap(), 16).unwrap(),
        want_certificate: true,
        policy: Some(Oid::new_unwrap(&token.policy)),
    };
    assert_eq!(read_response(&file("rsa.tsr"), &asked), Ok(token));
    let field = |name: &str, request: &Request| match read_response(&file(name), request) {
        Err(TimestampError::OtherRequest { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field("rsa.tsr", &Request { nonce: asked.nonce ^ 1, ..asked.clone() }), "nonce");
    assert_eq!(field("rsa.tsr", &Request { digest: [0; 32], ..asked.clone() }), "digest");
    let policy = Some(Oid::new_unwrap("1.2.3.4.2"));
    assert_eq!(field("rsa.tsr", &Request { policy, ..asked.clone() }), "policy");
    assert_eq!(field("no_certificate.tsr", &asked), "nonce");
    let other = Token::read(&file("p256.tsr")).unwrap();
    let nonce = u64::from_str_radix(other.nonce.as_deref().unwrap(), 16).unwrap();
    assert_eq!(field("p256.tsr", &Request { nonce, ..asked }), "hash algorithm");
}

#[test]
fn qualified_is_what_the_token_states() {
    let verdict = verified("qualified.tst");
    assert_eq!(verdict.qualification.stated, Qualified::Stated);
    let found: Vec<_> = verdict
        .qualification
        .statements
        .iter()
        .map(|one| (one.oid.to_string(), one.place, one.meaning.is_some()))
        .collect();
    let expected = [
        ("0.4.0.19422.1.1", Place::Token),
        ("0.4.0.1862.1.1", Place::Certificate),
        ("0.4.0.1862.1.6", Place::Certificate),
        ("0.4.0.1862.1.6.2", Place::Certificate),
        ("0.4.0.2023.1.1", Place::Token),
    ];
    assert_eq!(found, expected.map(|(oid, place)| (oid.to_owned(), place, true)));
    assert!(verdict.qualification.unread.is_empty());
    assert_eq!(verdict.token.gen_time.to_string(), "2026-03-01T10:15:30.25Z");
    assert!(verdict.open.contains(&Open::TrustedList));
}

#[test]
fn ed25519_is_verified_with_the_certificate_beside_the_token() {
    let beside = certificates(&file("ed25519.pem")).unwrap();
    let token = file("ed25519.tst");
    let verdict = verify(&token, Over::Data(DATA), &roots("root"), &beside).unwrap();
    assert_eq!(findings(&verdict), [""; 0]);
    assert_eq!(verdict.chain[0].facts.key, "Ed25519");
    let mut changed = token.clone();
    *changed.last_mut().unwrap() ^= 1;
    let verdict = verify(&changed, Over::Data(DATA), &roots("root"), &beside).unwrap();
    assert_eq!(
        findings(&verdict),
        ["signature: the signature does not hold: the token was changed, or another key made it"]
    );
}

/// The token covers the base64 text of the signature, not the bytes of it.
#[test]
fn the_time_stamp_of_a_signed_wacz_is_verified() {
    let beside = certificates(&file("webrecorder/timestamp_cert.pem")).unwrap();
    assert_eq!(beside.len(), 2);
    let root = Roots::from_der(&beside[1]).unwrap();
    let token = file("webrecorder/time_signature.tsr");
    let text = file("webrecorder/signature.txt");
    let verdict = verify(&token, Over::Data(&text), &root, &beside).unwrap();
    assert_eq!(findings(&verdict), [""; 0]);
    assert_eq!(verdict.token.gen_time.to_string(), "2022-01-18T19:00:12Z");
    assert_eq!(verdict.token.serial, "0182026d");
    assert_eq!(verdict.chain.len(), 2);
    assert_eq!(verdict.chain[0].facts.key, "RSA 4096");
    assert_eq!(verdict.qualification.stated, Qualified::NotStated);
    let verdict = verify(&token, Over::Data(b"other"), &root, &beside).unwrap();
    assert!(matches!(
        verdict.findings().next(),
        Some((Check::Imprint, Finding::ImprintDiffers { .. }))
    ));
    let verdict = verify(&token, Over::Data(&text), &roots("root"), &beside).unwrap();
    assert!(matches!(
        verdict.outcome(Check::Chain),
        Some(Outcome::Failed(Finding::UnknownIssuer { .. }))
    ));
}
