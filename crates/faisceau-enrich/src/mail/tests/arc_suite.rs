//! The signing tests of `ValiMail`'s suite: what it expects of a signer is what a verifier takes.

use faisceau_model::{Absent, MailMechanism, MailResult, Maybe};

use super::super::chain::{check_seal, set};
use super::super::fields::Letter;
use super::super::records::Records;
use super::super::said::Said;
use super::super::signature::Signed;
use super::{judged, results, vector};

const CASES: [(&str, &str); 17] = [
    ("ar_merged1", include_str!("../../../tests/fixtures/mail/arc-sign/ar_merged1.txt")),
    ("ar_merged2", include_str!("../../../tests/fixtures/mail/arc-sign/ar_merged2.txt")),
    ("headers_col_wsp", include_str!("../../../tests/fixtures/mail/arc-sign/headers_col_wsp.txt")),
    ("headers_eol_wsp", include_str!("../../../tests/fixtures/mail/arc-sign/headers_eol_wsp.txt")),
    (
        "headers_field_name_case",
        include_str!("../../../tests/fixtures/mail/arc-sign/headers_field_name_case.txt"),
    ),
    (
        "headers_field_unfold",
        include_str!("../../../tests/fixtures/mail/arc-sign/headers_field_unfold.txt"),
    ),
    ("headers_inl_wsp", include_str!("../../../tests/fixtures/mail/arc-sign/headers_inl_wsp.txt")),
    ("i0_base", include_str!("../../../tests/fixtures/mail/arc-sign/i0_base.txt")),
    ("i1_base", include_str!("../../../tests/fixtures/mail/arc-sign/i1_base.txt")),
    ("i1_base_fail", include_str!("../../../tests/fixtures/mail/arc-sign/i1_base_fail.txt")),
    ("i2_base", include_str!("../../../tests/fixtures/mail/arc-sign/i2_base.txt")),
    ("i2_base_fail", include_str!("../../../tests/fixtures/mail/arc-sign/i2_base_fail.txt")),
    (
        "message_body_end_lines",
        include_str!("../../../tests/fixtures/mail/arc-sign/message_body_end_lines.txt"),
    ),
    (
        "message_body_eol_wsp",
        include_str!("../../../tests/fixtures/mail/arc-sign/message_body_eol_wsp.txt"),
    ),
    (
        "message_body_inl_wsp",
        include_str!("../../../tests/fixtures/mail/arc-sign/message_body_inl_wsp.txt"),
    ),
    (
        "message_body_trail_crlf",
        include_str!("../../../tests/fixtures/mail/arc-sign/message_body_trail_crlf.txt"),
    ),
    (
        "no_additional_sig",
        include_str!("../../../tests/fixtures/mail/arc-sign/no_additional_sig.txt"),
    ),
];

/// Chains that the suite takes for broken, and the sets of each that bear a seal of their own: the
/// set that says so is sealed without those below it (RFC 8617, section 5.1.2).
const BROKEN: [(&str, &[usize]); 3] =
    [("i1_base_fail", &[2]), ("i2_base_fail", &[3]), ("no_additional_sig", &[2])];

#[test]
fn the_seals_that_the_suite_expects_hold() {
    let mut held = 0;
    for (name, text) in CASES.iter().filter(|(name, _)| BROKEN.iter().all(|(b, _)| b != name)) {
        let (names, message) = vector(text);
        let judged = judged(message.as_bytes(), "jqd@d1.example.org", &[], &names, &[]);
        assert_eq!(
            results(&judged, MailMechanism::Arc),
            [(MailResult::Pass, String::new())],
            "{name}"
        );
        held += 1;
    }
    assert_eq!(held, 14);
}

#[test]
fn chains_that_say_that_they_are_broken_fail_and_their_last_seal_holds() {
    for (name, sealed) in BROKEN {
        let (_, text) = CASES.iter().find(|(other, _)| *other == name).unwrap();
        let (names, message) = vector(text);
        let judged = judged(message.as_bytes(), "jqd@d1.example.org", &[], &names, &[]);
        let expected = (MailResult::Fail, "chain_says_broken".to_owned());
        assert_eq!(results(&judged, MailMechanism::Arc), [expected], "{name}");
        let (letter, records) = (Letter::of(message.as_bytes()), Records::of(&names));
        let signed = Signed::new(&letter, Maybe::Missing(Absent::NoData), &records);
        for number in sealed {
            let mut said = Said::recomputed(MailMechanism::Arc, MailResult::None);
            let own = set(&signed, *number).unwrap();
            assert_eq!(check_seal(&signed, &[own], &mut said), Ok(()), "{name}, set {number}");
        }
    }
}

#[test]
fn a_message_that_the_suite_does_not_give_to_the_signer_does_not_hold() {
    for (name, text) in CASES {
        let (names, message) = vector(text);
        let changed = message.replace("Subject: Example 1", "Subject: Example 2");
        assert_ne!(changed, message, "{name}");
        let judged = judged(changed.as_bytes(), "jqd@d1.example.org", &[], &names, &[]);
        assert_eq!(results(&judged, MailMechanism::Arc)[0].0, MailResult::Fail, "{name}");
    }
}
