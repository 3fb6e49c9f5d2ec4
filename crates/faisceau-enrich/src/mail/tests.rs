//! Tests of the judge against the test messages of others and mails made for one question each.

use faisceau_model::rows::Name;
use faisceau_model::{MailVerdictBy, Trust};
use proptest::prelude::*;

use super::*;

const PROVIDERS: &str = include_str!("../../../../datasets/mail-providers/providers.toml");

/// A TXT record asked on a day.
fn txt(name: &str, value: &str, asked: &str) -> Name {
    record(name, "TXT", value, asked)
}

fn record(name: &str, kind: &str, value: &str, asked: &str) -> Name {
    let none = Absent::NotRecorded;
    Name {
        id: RowId::at("nam", ExhibitNo::top(9), &Place::Whole, name.len() as u32),
        exhibit: ExhibitNo::top(9),
        place: Place::Whole,
        service: "dns".to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        value: Maybe::text(value, none),
        range: Maybe::Missing(none),
        country: Maybe::Missing(none),
        changed: Maybe::Missing(none),
        ttl: Maybe::Missing(none),
        status: Maybe::Known("NOERROR".to_owned()),
        authenticated: Maybe::Missing(none),
        dnssec: Maybe::Missing(faisceau_model::Absent::NotRecorded),
        resolver: Maybe::Missing(none),
        asked: Maybe::or_absent(Moment::from_rfc3339(asked), none),
        asked_raw: Maybe::Missing(none),
    }
}

fn hop(number: u32, from: &str, by: &str, ip: &str, raw: &str) -> MailHop {
    let none = Absent::NotRecorded;
    MailHop {
        id: RowId::at("hop", ExhibitNo::top(1), &Place::Whole, number),
        exhibit: ExhibitNo::top(1),
        place: Place::Whole,
        message: Maybe::Missing(none),
        hop: i64::from(number),
        from: Maybe::text(from, none),
        by: Maybe::text(by, none),
        ip: Maybe::text(ip, none),
        port: Maybe::Missing(none),
        at: Maybe::or_absent(Moment::from_rfc3339("2026-03-10T10:00:00Z"), none),
        trust: Trust::Declared,
        skew: Maybe::Missing(none),
        raw: raw.to_owned(),
    }
}

fn judged(raw: &[u8], from: &str, hops: &[MailHop], names: &[Name], trusted: &[&str]) -> Judged {
    let trusted: Vec<String> = trusted.iter().map(|name| (*name).to_owned()).collect();
    let recipients = Recipients::parse(&trusted).unwrap();
    let mail = Mail {
        raw,
        exhibit: ExhibitNo::top(1),
        place: &Place::Whole,
        message: &Maybe::Missing(Absent::NotExported),
        account: &AccountKey::by_handle("mail", from),
        declared: Maybe::Missing(Absent::NotExported),
        hops,
    };
    let bench = Bench {
        recipients: &recipients,
        records: &Records::of(names),
        providers: &Providers::parse(PROVIDERS).unwrap(),
    };
    judge(&mail, &bench)
}

/// The keys before the first empty line, and the message after it.
fn vector(text: &str) -> (Vec<Name>, String) {
    let (keys, message) = text.split_once("\n\n").unwrap();
    let keys = keys.lines().filter_map(|line| line.split_once(' '));
    let names = keys.map(|(name, value)| txt(name, value, "2018-06-10T00:00:00Z")).collect();
    (names, message.trim_start_matches('\n').replace('\n', "\r\n"))
}

fn results(judged: &Judged, mechanism: MailMechanism) -> Vec<(MailResult, String)> {
    let of = |row: &&MailVerdict| row.mechanism == mechanism && row.by == MailVerdictBy::Recomputed;
    let found = judged.verdicts.iter().filter(of);
    found.map(|row| (row.result, row.detail.known().cloned().unwrap_or_default())).collect()
}

mod arc_suite;

const DKIM: [&str; 7] = [
    include_str!("../../tests/fixtures/mail/dkim-001.txt"),
    include_str!("../../tests/fixtures/mail/dkim-002.txt"),
    include_str!("../../tests/fixtures/mail/dkim-003.txt"),
    include_str!("../../tests/fixtures/mail/dkim-004.txt"),
    include_str!("../../tests/fixtures/mail/dkim-005.txt"),
    include_str!("../../tests/fixtures/mail/dkim-006.txt"),
    include_str!("../../tests/fixtures/mail/dkim-rfc6376.txt"),
];
const ARC: [&str; 2] = [
    include_str!("../../tests/fixtures/mail/arc-002.txt"),
    include_str!("../../tests/fixtures/mail/arc-001.txt"),
];

#[test]
fn the_signatures_of_the_vectors_hold_with_either_line_end() {
    for (number, text) in DKIM.iter().enumerate() {
        let (names, message) = vector(text);
        for message in [message.clone(), message.replace("\r\n", "\n")] {
            let found = results(
                &judged(message.as_bytes(), "a@b.example", &[], &names, &[]),
                MailMechanism::Dkim,
            );
            assert!(!found.is_empty(), "vector {number}");
            for (result, detail) in found {
                assert_eq!(result, MailResult::Pass, "vector {number}: {detail}");
            }
        }
    }
}

#[test]
fn any_changed_byte_of_the_body_breaks_them() {
    let (names, message) = vector(DKIM[0]);
    let changed = message.replace("lost the game", "won the game");
    let found =
        results(&judged(changed.as_bytes(), "a@b.example", &[], &names, &[]), MailMechanism::Dkim);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|found| found == &(MailResult::Fail, "body_differs".to_owned())));
    let changed = message.replace("Is dinner ready?", "Is lunch ready?");
    let found =
        results(&judged(changed.as_bytes(), "a@b.example", &[], &names, &[]), MailMechanism::Dkim);
    assert!(
        found
            .iter()
            .all(|(result, code)| *result == MailResult::Fail
                && code.starts_with("signature_differs"))
    );
}

#[test]
fn a_key_serves_only_what_its_record_says() {
    for (tag, expected) in [
        ("h=sha1; ", "algorithm_not_of_key"),
        ("s=other; ", "key_not_for_mail"),
        ("h=sha1:sha256; s=x:*; ", ""),
    ] {
        let (mut names, message) = vector(DKIM[1]);
        let record = names[0].value.known().unwrap().replace("p=", &(tag.to_owned() + "p="));
        names[0].value = Maybe::Known(record);
        let judged = judged(message.as_bytes(), "a@b.example", &[], &names, &[]);
        assert_eq!(results(&judged, MailMechanism::Dkim)[0].1, expected, "{tag}");
    }
}

#[test]
fn without_the_key_nothing_is_decided() {
    let (_, message) = vector(DKIM[0]);
    let found =
        results(&judged(message.as_bytes(), "a@b.example", &[], &[], &[]), MailMechanism::Dkim);
    assert!(found.iter().all(|(result, _)| *result == MailResult::NoKey));
}

#[test]
fn the_chain_of_the_vector_holds_and_a_changed_seal_breaks_it() {
    let (names, message) = vector(ARC[0]);
    let found = results(
        &judged(message.as_bytes(), "queso@manchego.org", &[], &names, &[]),
        MailMechanism::Arc,
    );
    assert_eq!(found, [(MailResult::Pass, String::new())]);
    let changed = message.replacen("cv=none", "cv=pass", 1);
    let found = results(
        &judged(changed.as_bytes(), "queso@manchego.org", &[], &names, &[]),
        MailMechanism::Arc,
    );
    assert_eq!(found[0].0, MailResult::Fail);
    let changed = message.replacen(
        "scamorza.org;\r\n        dkim=pass",
        "scamorza.org;\r\n        dkim=fail",
        1,
    );
    let found = results(
        &judged(changed.as_bytes(), "queso@manchego.org", &[], &names, &[]),
        MailMechanism::Arc,
    );
    assert_ne!(changed, message);
    assert_eq!(found[0], (MailResult::Fail, "seal_differs".to_owned()));
}

#[test]
fn a_chain_of_a_mail_as_it_was_received_holds() {
    let (names, message) = vector(ARC[1]);
    let judged = judged(message.as_bytes(), "a@b.example", &[], &names, &[]);
    assert_eq!(results(&judged, MailMechanism::Arc), [(MailResult::Pass, String::new())]);
    let dkim = results(&judged, MailMechanism::Dkim);
    assert!(dkim.iter().any(|(result, _)| *result == MailResult::Pass), "{dkim:?}");
}

#[test]
fn a_key_found_later_says_how_much_later() {
    let (mut names, message) = vector(DKIM[0]);
    for name in &mut names {
        name.asked = Maybe::or_absent(Moment::from_rfc3339("2026-03-22T12:00:00Z"), Absent::NoData);
    }
    let hops =
        [hop(1, "a.example", "mx.b.example", "198.51.100.1", "from a.example by mx.b.example")];
    let judged = judged(message.as_bytes(), "a@b.example", &hops, &names, &[]);
    assert_eq!(
        results(&judged, MailMechanism::Dkim)[0],
        (MailResult::Pass, "key_later=12".to_owned())
    );
    assert!(judged.origin.notes.contains(&"key_later".to_owned()));
}

/// A mail of three lines: the recipient's two, and one below.
fn way(gate: &str, below: MailHop) -> [MailHop; 3] {
    [
        below,
        hop(2, "out.provider.example", "mx.recipient.fr", "198.51.100.7", gate),
        hop(
            3,
            "mx.recipient.fr",
            "store.recipient.fr",
            "10.0.0.2",
            "from mx.recipient.fr (mx [10.0.0.2]) by store.recipient.fr",
        ),
    ]
}

const GATE: &str = "from x (out.provider.com [198.51.100.7]) by mx.recipient.fr with ESMTPS id 1";

#[test]
fn the_provider_says_where_its_client_was() {
    let below = hop(
        1,
        "pc",
        "smtp.provider.com",
        "203.0.113.9",
        "from pc ([203.0.113.9]) by smtp.provider.com with ESMTPSA",
    );
    let judged =
        judged(b"From: a@provider.com\r\n\r\n", "a@provider.com", &way(GATE, below), &[], &[]);
    assert_eq!(judged.trusted, 2);
    assert_eq!(judged.origin.verdict, "client_behind_provider");
    assert_eq!(judged.origin.trust, Trust::Declared);
    assert_eq!(judged.origin.ip.known().unwrap(), "203.0.113.9");
    assert_eq!(judged.origin.handed_over_by.known().unwrap(), "198.51.100.7");
    assert_eq!(judged.origin.provider.known().unwrap(), "provider.com");
}

#[test]
fn a_line_that_calls_itself_the_recipients_is_not_trusted() {
    let below = hop(
        1,
        "pc",
        "mx2.recipient.fr",
        "203.0.113.9",
        "from pc ([203.0.113.9]) by mx2.recipient.fr",
    );
    let judged = judged(b"From: a@b.fr\r\n\r\n", "a@b.fr", &way(GATE, below), &[], &[]);
    assert_eq!((judged.trusted, judged.origin.verdict.as_str()), (2, "forged_line_suspected"));
}

#[test]
fn lines_of_strangers_are_only_claims() {
    let below = hop(
        1,
        "pc",
        "smtp.elsewhere.com",
        "203.0.113.9",
        "from pc ([203.0.113.9]) by smtp.elsewhere.com",
    );
    let judged = judged(b"From: a@b.fr\r\n\r\n", "a@b.fr", &way(GATE, below), &[], &[]);
    assert_eq!(judged.origin.verdict, "claimed_only");
}

#[test]
fn servers_that_the_settings_name_are_the_only_ones_trusted() {
    let below = hop(
        1,
        "pc",
        "smtp.provider.com",
        "203.0.113.9",
        "from pc ([203.0.113.9]) by smtp.provider.com",
    );
    let trusted = |names: &[&str]| {
        judged(b"From: a@b.fr\r\n\r\n", "a@b.fr", &way(GATE, below.clone()), &[], names).trusted
    };
    assert_eq!(trusted(&["recipient.fr", "198.51.100.0/24", "provider.com"]), 3);
    assert_eq!(trusted(&["store.recipient.fr"]), 1);
    assert_eq!(trusted(&["other.fr"]), 0);
}

#[test]
fn a_provider_that_hides_its_client_is_the_one_to_ask() {
    let gate = hop(
        1,
        "mail-x.google.com",
        "mx.recipient.fr",
        "198.51.100.7",
        "from mail-x.google.com (mail-x.google.com [198.51.100.7]) by mx.recipient.fr",
    );
    let judged = judged(b"From: a@gmail.com\r\n\r\n", "a@gmail.com", &[gate], &[], &[]);
    assert_eq!(judged.origin.verdict, "hidden_by_provider");
    assert_eq!(judged.origin.provider.known().unwrap(), "Gmail");
    assert!(judged.origin.notes.contains(&"provider_unverified".to_owned()));
}

#[test]
fn spf_and_dmarc_are_computed_from_the_records() {
    let names = [
        txt("provider.com", "v=spf1 ip4:198.51.100.0/28 -all", "2026-03-09T00:00:00Z"),
        txt("_dmarc.provider.com", "v=DMARC1; p=reject", "2026-03-09T00:00:00Z"),
    ];
    let gate = [hop(1, "x", "mx.recipient.fr", "198.51.100.7", GATE)];
    let raw = b"Return-Path: <b@news.provider.com>\r\nFrom: a@provider.com\r\n\r\n";
    let none = judged(raw, "a@provider.com", &gate, &names, &[]);
    assert_eq!(results(&none, MailMechanism::Spf)[0].0, MailResult::NoKey);
    assert_eq!(results(&none, MailMechanism::Dmarc)[0].0, MailResult::NoKey);
    let raw = b"Return-Path: <b@provider.com>\r\nFrom: a@provider.com\r\n\r\n";
    let pass = judged(raw, "a@provider.com", &gate, &names, &[]);
    assert_eq!(results(&pass, MailMechanism::Spf)[0].0, MailResult::Pass);
    assert_eq!(
        results(&pass, MailMechanism::Dmarc)[0],
        (MailResult::Pass, "policy=reject".to_owned())
    );
    let gate = [hop(1, "x", "mx.recipient.fr", "198.51.100.200", GATE)];
    let fail = judged(raw, "a@provider.com", &gate, &names, &[]);
    assert_eq!(results(&fail, MailMechanism::Spf)[0].0, MailResult::Fail);
    assert_eq!(results(&fail, MailMechanism::Dmarc)[0].0, MailResult::Fail);
}

#[test]
fn records_that_include_themselves_come_to_an_end() {
    let names = [txt("loop.com", "v=spf1 include:loop.com -all", "2026-03-09T00:00:00Z")];
    let gate = [hop(1, "x", "mx.recipient.fr", "198.51.100.7", GATE)];
    let raw = b"Return-Path: <b@loop.com>\r\nFrom: a@loop.com\r\n\r\n";
    let found = results(&judged(raw, "a@loop.com", &gate, &names, &[]), MailMechanism::Spf);
    assert_eq!(found[0], (MailResult::PermError, "too_many_lookups".to_owned()));
}

#[test]
fn a_report_counts_only_under_the_recipients_name_above_the_senders_fields() {
    let raw = b"Received: from x by mx.recipient.fr; d\r\nAuthentication-Results: mx.recipient.fr; spf=pass (ok) smtp.mailfrom=a@b.fr; dkim=fail header.d=b.fr\r\nAuthentication-Results: other.fr; spf=pass\r\nDKIM-Signature: v=1\r\nAuthentication-Results: mx.recipient.fr; dkim=pass header.d=bank.fr\r\nFrom: a@b.fr\r\n\r\n";
    let gate = [hop(1, "x", "mx.recipient.fr", "198.51.100.7", GATE)];
    let judged = judged(raw, "a@b.fr", &gate, &[], &[]);
    let found: Vec<_> = judged
        .verdicts
        .iter()
        .filter(|row| row.by != MailVerdictBy::Recomputed)
        .map(|row| (row.by, row.mechanism, row.result))
        .collect();
    assert_eq!(
        found,
        [
            (MailVerdictBy::Reported, MailMechanism::Spf, MailResult::Pass),
            (MailVerdictBy::Reported, MailMechanism::Dkim, MailResult::Fail),
            (MailVerdictBy::Claimed, MailMechanism::Spf, MailResult::Pass),
            (MailVerdictBy::Claimed, MailMechanism::Dkim, MailResult::Pass),
        ]
    );
}

#[test]
fn a_thousand_signatures_are_not_all_checked() {
    let (names, message) = vector(DKIM[0]);
    let one = &message[..message.find("DKIM-Signature: v=1; a=rsa").unwrap()];
    let many = one.repeat(1000) + &message;
    let found =
        results(&judged(many.as_bytes(), "a@b.example", &[], &names, &[]), MailMechanism::Dkim);
    assert_eq!(found.len(), MAX_SIGNATURES + 1);
    assert_eq!(found[MAX_SIGNATURES].1, "too_many_signatures");
}

proptest! {
    #[test]
    fn never_panics(
        raw in proptest::collection::vec(any::<u8>(), 0..600),
        fields in "((DKIM-Signature|ARC-Seal|ARC-Message-Signature|Authentication-Results|Received-SPF|Return-Path|From|X-Originating-IP): ?[a-z0-9=;:@%{}./ é()\\[\\]<>-]{0,60}\n){0,8}",
        record in "v=(spf1|DKIM1|DMARC1)[ ;][a-z0-9=;:@%{}./ é+-]{0,60}",
        line in "(from )?[a-z0-9()\\[\\]. é=:-]{0,50}( by )?[a-z.]{0,10}",
    ) {
        let names = [txt("b.example", &record, "2026-03-09T00:00:00Z")];
        let hops = [hop(1, "b.example", "mx.recipient.fr", "198.51.100.7", &line)];
        judged(&raw, "a@b.example", &hops, &names, &[]);
        judged(fields.as_bytes(), "a@b.example", &hops, &names, &[]);
    }
}
