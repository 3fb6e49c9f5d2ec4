//! Mails through a whole run: a file, a box, and what is said of each.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by panicking")]

use std::path::Path;

use faisceau_case::Case;
use faisceau_model::Trust;
use faisceau_model::rows::{MailHop, MailOrigin, MailVerdict};

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
