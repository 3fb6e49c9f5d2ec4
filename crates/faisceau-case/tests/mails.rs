//! Mails through a whole run: a file, a box, and what is said of each.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;

use faisceau_case::Case;
use faisceau_model::MailMechanism::{Dkim, Dmarc, Spf};
use faisceau_model::MailResult::{Fail, NoKey, Pass};
use faisceau_model::rows::{Address, Connection, MailHop, MailOrigin, MailVerdict, Name};
use faisceau_model::{MailMechanism, MailResult, Trust};

const MAIL: &str = "Return-Path: <a@provider.com>
Received: from mx.recipient.fr (localhost [127.0.0.1]) by store.recipient.fr with LMTP id 3;
\tTue, 10 Mar 2026 10:00:09 +0000
Received: from out.provider.com (out.provider.com [198.51.100.7]:40123)
\tby mx.recipient.fr with ESMTPS id 2; Tue, 10 Mar 2026 10:00:05 +0000
Received: from pc ([203.0.113.9]:51000 helo=pc) by smtp.provider.com with esmtpsa (Exim) id 1;
\tTue, 10 Mar 2026 10:00:00 +0000
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=provider.com; s=a; h=from;
\tbh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b=AAAA
From: A <a@provider.com>
To: b@recipient.fr
Date: Tue, 10 Mar 2026 10:00:00 +0000
Subject: x
Message-ID: <1@provider.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
";

fn run(root: &Path, settings: &str, files: &[(&str, String)]) -> Case {
    let now = "2026-11-20T10:00:00Z".parse().unwrap();
    let text = format!("[case]\ntitle = \"x\"\n{settings}");
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = files.iter().map(|(name, _)| folder.path().join(name)).collect();
    for (path, (_, bytes)) in paths.iter().zip(files) {
        #[allow(clippy::disallowed_methods, reason = "an exhibit of a test")]
        std::fs::write(path, bytes).unwrap();
    }
    let mut case = Case::create_with(root, &text, "test", now).unwrap();
    case.add(&paths, "test", now, &mut |_| {}).unwrap();
    case.run("test", now, &mut |_| {}).unwrap();
    case
}

#[test]
fn a_file_and_a_box_say_the_same_of_a_mail() {
    let folder = tempfile::tempdir().unwrap();
    let boxed = format!("From a@provider.com Tue Mar 10 10:00:00 2026\n{MAIL}\n");
    let other = boxed.replace("<1@", "<2@");
    let files = [("one.eml", MAIL.to_owned()), ("two.mbox", format!("{boxed}{other}"))];
    let case = run(&folder.path().join("case"), "", &files);
    let origins: Vec<MailOrigin> = faisceau_tables::read(&case.tables()).unwrap();
    assert_eq!(origins.len(), 3);
    for origin in &origins {
        assert_eq!(origin.verdict, "client_behind_provider");
        assert_eq!(origin.ip.known().unwrap(), "203.0.113.9");
        assert_eq!(origin.port.known(), Some(&51000));
        assert_eq!(origin.handed_over_by.known().unwrap(), "198.51.100.7");
        assert!(case.why(origin.id.as_str()).unwrap().reaches_ground());
    }
    let hops: Vec<MailHop> = faisceau_tables::read(&case.tables()).unwrap();
    let trust: Vec<Trust> = hops.iter().take(3).map(|hop| hop.trust).collect();
    assert_eq!(trust, [Trust::Declared, Trust::Trusted, Trust::Trusted]);
    let verdicts: Vec<MailVerdict> = faisceau_tables::read(&case.tables()).unwrap();
    // The body hash is right, so only the key is wanting: the bytes of the box are those signed.
    let dkim = verdicts
        .iter()
        .filter(|row| row.detail.known().is_some_and(|d| d == "key_not_among_exhibits"));
    assert_eq!(dkim.count(), 3);
}

#[test]
fn the_settings_say_who_the_recipients_servers_are() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("one.eml", MAIL.to_owned())];
    let case = run(&folder.path().join("case"), "[mail]\ntrusted = [\"other.fr\"]\n", &files);
    let origins: Vec<MailOrigin> = faisceau_tables::read(&case.tables()).unwrap();
    assert_eq!(origins[0].verdict, "no_trusted_line");
    assert_eq!(origins[0].trust, Trust::Declared);
}

/// The message of RFC 8463, appendix A.3, behind the names and texts of its keys.
const SIGNED: &str = include_str!("../../faisceau-enrich/tests/fixtures/mail/dkim-001.txt");

/// How its recipient got it: no signature covers these fields.
const WAY: &str = "Return-Path: <joe@football.example.com>
Received: from mail.football.example.com (mail.football.example.com [192.0.2.25]:40123)
\tby mx.shopping.example.net with ESMTPS id 1; Sun, 10 Jun 2018 13:38:29 +0000
";

fn signed() -> String {
    WAY.to_owned() + SIGNED.split_once("\n\n").unwrap().1.trim_start()
}

/// What the domain publishes: name, type, data as a zone file writes them. The key of RSA stands in
/// two strings, its semicolons escaped as older versions of dig do.
fn published() -> Vec<(String, &'static str, String)> {
    let (keys, _) = SIGNED.split_once("\n\n").unwrap();
    let keys = keys.lines().map(|line| {
        let (name, text) = line.split_once(' ').unwrap();
        let (head, key) = text.split_once("p=").unwrap();
        let (start, rest) = key.split_at(40);
        (format!("{name}."), "TXT", format!("\"{}p={start}\" \"{rest}\"", head.replace(';', "\\;")))
    });
    let own = |kind, data: &str| ("football.example.com.".to_owned(), kind, data.to_owned());
    let others = [
        own("TXT", "\"other=1\""),
        own("TXT", "\"v=spf1 m\" \"x -all\""),
        own("MX", "10 Mail.Football.Example.com."),
        ("mail.football.example.com.".to_owned(), "A", "192.0.2.25".to_owned()),
        ("_dmarc.football.example.com.".to_owned(), "TXT", "\"v=DMARC1; p=reject\"".to_owned()),
    ];
    keys.chain(others).collect()
}

/// The answers to one question.
type Answers = Vec<(String, &'static str, String)>;

fn by_question() -> Vec<Answers> {
    let mut all: Vec<Answers> = Vec::new();
    for (name, kind, data) in published() {
        match all.last_mut().filter(|last| last[0].0 == name && last[0].1 == kind) {
            Some(last) => last.push((name, kind, data)),
            None => all.push(vec![(name, kind, data)]),
        }
    }
    all
}

/// As dig prints them, asked on the day before the mail.
fn dig() -> String {
    let mut out = "\n; <<>> DiG 9.18.47 <<>> TXT\n;; global options: +cmd\n".to_owned();
    for answers in by_question() {
        let (name, kind, _) = &answers[0];
        out += ";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n";
        let _ = write!(out, ";; QUESTION SECTION:\n;{name}\tIN\t{kind}\n\n;; ANSWER SECTION:\n");
        for (name, kind, data) in &answers {
            let _ = writeln!(out, "{name}\t3600\tIN\t{kind}\t{data}");
        }
        out += "\n;; SERVER: 192.0.2.53#53(192.0.2.53) (UDP)\n";
        out += ";; WHEN: Sat Jun 09 10:00:00 UTC 2018\n\n";
    }
    out
}

/// As `docs/names-format.md` says, asked ten days after the mail.
fn collected() -> String {
    let text = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let lines = by_question().into_iter().map(|answers| {
        let (name, kind, _) = &answers[0];
        let list: Vec<String> = answers
            .iter()
            .map(|(name, kind, data)| {
                let data = text(data);
                format!("{{\"name\":\"{name}\",\"type\":\"{kind}\",\"ttl\":60,\"data\":\"{data}\"}}")
            })
            .collect();
        format!(
            "{{\"faisceau\":\"dns/1\",\"asked_at\":\"2018-06-20T14:00:00Z\",\"resolver\":\"192.0.2.53\",\
             \"question\":{{\"name\":\"{name}\",\"type\":\"{kind}\"}},\"status\":\"NOERROR\",\"ad\":true,\
             \"answers\":[{}]}}\n",
            list.join(",")
        )
    });
    lines.collect()
}

/// What was computed of the one mail, and the answers among the exhibits.
fn verdicts_of(mail: &str, others: &[(&str, String)]) -> (Vec<MailVerdict>, Vec<Name>) {
    let folder = tempfile::tempdir().unwrap();
    let mut files = vec![("one.eml", mail.to_owned())];
    files.extend(others.iter().cloned());
    let case = run(&folder.path().join("case"), "", &files);
    let verdicts: Vec<MailVerdict> = faisceau_tables::read(&case.tables()).unwrap();
    for verdict in &verdicts {
        assert!(case.why(verdict.id.as_str()).unwrap().reaches_ground());
    }
    (verdicts, faisceau_tables::read(&case.tables()).unwrap())
}

fn results(verdicts: &[MailVerdict]) -> Vec<(MailMechanism, MailResult, &str)> {
    fn detail(row: &MailVerdict) -> &str {
        row.detail.known().map_or("", String::as_str)
    }
    verdicts.iter().map(|row| (row.mechanism, row.result, detail(row))).collect()
}

#[test]
fn keys_and_records_among_the_exhibits_decide_and_are_pointed_to() {
    for (file, text, late) in [("dig.txt", dig(), ""), ("dns.ndjson", collected(), "key_later=10")]
    {
        let (verdicts, names) = verdicts_of(&signed(), &[(file, text)]);
        assert_eq!(names.len(), published().len());
        let expected = [
            (Dkim, Pass, late),
            (Dkim, Pass, late),
            (Spf, Pass, ""),
            (Dmarc, Pass, "policy=reject"),
        ];
        assert_eq!(results(&verdicts), expected, "{file}");
        let of = |at: usize| -> Vec<(&str, &str)> {
            let row = |id: &String| names.iter().find(|name| name.id.as_str() == id).unwrap();
            let rows = verdicts[at].rows.iter().map(row);
            rows.map(|row| (row.kind.as_str(), row.name.as_str())).collect()
        };
        assert_eq!(of(0), [("TXT", "brisbane._domainkey.football.example.com")]);
        assert_eq!(of(1), [("TXT", "test._domainkey.football.example.com")]);
        assert_eq!(
            of(2),
            [
                ("TXT", "football.example.com"),
                ("TXT", "football.example.com"),
                ("MX", "football.example.com"),
                ("A", "mail.football.example.com"),
            ]
        );
        assert_eq!(of(3), [("TXT", "_dmarc.football.example.com")]);
    }
}

#[test]
fn of_two_answers_the_one_nearest_to_the_mail_counts() {
    let others = [("dns.ndjson", collected()), ("dig.txt", dig())];
    let (verdicts, names) = verdicts_of(&signed(), &others);
    assert_eq!(names.len(), 2 * published().len());
    assert_eq!(results(&verdicts)[0], (Dkim, Pass, ""));
    let row = names.iter().find(|row| row.id.as_str() == verdicts[0].rows[0]).unwrap();
    assert_eq!(row.asked.known().unwrap().to_string(), "2018-06-09 10:00:00 UTC");
}

#[test]
fn without_the_exhibit_nothing_is_decided() {
    let (verdicts, _) = verdicts_of(&signed(), &[]);
    let results: Vec<_> = results(&verdicts).into_iter().map(|(m, r, _)| (m, r)).collect();
    assert_eq!(results, [(Dkim, NoKey), (Dkim, NoKey), (Spf, NoKey), (Dmarc, NoKey)]);
}

#[test]
fn a_server_that_failed_left_the_question_open() {
    let failed = collected().replace("NOERROR", "SERVFAIL");
    let lines = failed.lines().map(|line| line.split_once("\"answers\"").unwrap().0);
    let failed = lines.fold(String::new(), |all, line| all + line + "\"answers\":[]}\n");
    let (verdicts, names) = verdicts_of(&signed(), &[("dns.ndjson", failed)]);
    assert!(!names.is_empty());
    assert!(verdicts.iter().all(|row| row.result == NoKey), "{:?}", results(&verdicts));
}

#[test]
fn one_altered_byte_of_the_body_is_seen() {
    let mail = signed();
    let altered = mail.replace("hungry yet?", "hungry yet!");
    assert_ne!(altered, mail);
    let (verdicts, _) = verdicts_of(&altered, &[("dig.txt", dig())]);
    let found = &results(&verdicts)[..2];
    assert_eq!(found, [(Dkim, Fail, "body_differs"), (Dkim, Fail, "body_differs")]);
    // DMARC holds by SPF alone.
    assert_eq!(results(&verdicts)[3].1, Pass);
}

/// A mail that a line of an access operator handed over itself.
fn direct(port: &str) -> String {
    format!(
        "Return-Path: <joe@football.example.com>\n\
         Received: from pc (lfbn-80-14-139-3.rev.example.fr [80.14.139.3]{port})\n\
         \tby mx.shopping.example.net with ESMTPS id 1; Sun, 10 Jun 2018 13:38:29 +0000\n{}",
        SIGNED.split_once("\n\n").unwrap().1.trim_start()
    )
}

/// The uses of an address, and what was looked up of them.
fn uses(mail: &str, others: &[(&str, String)]) -> (Vec<Connection>, Vec<Address>) {
    let folder = tempfile::tempdir().unwrap();
    let mut files = vec![("one.eml", mail.to_owned())];
    files.extend(others.iter().cloned());
    let case = run(&folder.path().join("case"), "", &files);
    let connections: Vec<Connection> = faisceau_tables::read(&case.tables()).unwrap();
    for row in &connections {
        assert!(case.why(row.id.as_str()).unwrap().reaches_ground());
    }
    (connections, faisceau_tables::read(&case.tables()).unwrap())
}

#[test]
fn a_client_that_the_recipients_server_saw_used_its_address() {
    let (connections, addresses) = uses(&direct(":40123"), &[("dig.txt", dig())]);
    assert_eq!((connections.len(), addresses.len()), (1, 1));
    let row = &connections[0];
    assert_eq!((row.ip.as_str(), row.port.known()), ("80.14.139.3", Some(&40123)));
    assert_eq!(row.at.known().unwrap().to_string(), "2018-06-10 13:38:29 UTC");
    assert_eq!(row.service, "mx.shopping.example.net");
    // DKIM holds for the domain of `From`, so the account is no mere claim.
    assert!(!row.declared && !addresses[0].declared);
}

#[test]
fn the_account_is_a_claim_where_nothing_authenticates_from() {
    let forged = "+0000\nAuthentication-Results: mx.shopping.example.net; dmarc=pass\nDKIM";
    let pretending = direct(":40123").replacen("+0000\nDKIM", forged, 1);
    assert!(pretending.contains("dmarc=pass"));
    for mail in [direct(":40123"), pretending] {
        let (connections, addresses) = uses(&mail, &[]);
        assert!(connections[0].declared && addresses[0].declared);
    }
}

#[test]
fn without_a_port_several_subscribers_may_be_meant() {
    assert!(uses(&direct(""), &[("dig.txt", dig())]).0.is_empty());
}
