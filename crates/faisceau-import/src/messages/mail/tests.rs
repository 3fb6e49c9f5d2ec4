//! Tests of the importer of mails.

use faisceau_model::{Maybe, Place, RejectReason};
use proptest::prelude::*;
use std::fmt::Write;

use super::sniff;
use crate::testing::{dump, mutated, read, reasons};

const THREAT: &[u8] = include_bytes!("../../../tests/fixtures/mail/threat.eml");
const LIST: &[u8] = include_bytes!("../../../tests/fixtures/mail/list.eml");

#[test]
fn a_threat_gives_all_columns() {
    let (imported, sink) = read(THREAT);
    assert_eq!(imported.name(), Some("eml"));
    assert_eq!(imported.problem, None);
    // The mail and its attached photograph.
    assert_eq!((sink.tally.records, sink.tally.read), (2, 2));
    insta::assert_snapshot!("threat_post", dump(&sink.posts));
    insta::assert_snapshot!("threat_account", dump(&sink.accounts));
    insta::assert_snapshot!("threat_hops", dump(&sink.mail_hops));
    insta::assert_snapshot!("threat_connection", dump(&sink.connections));
    insta::assert_snapshot!("threat_media", dump(&sink.media));
}

#[test]
fn the_place_of_an_attachment_is_its_bytes() {
    let (_, sink) = read(THREAT);
    let Place::Bytes { start, len } = sink.media[0].place else { panic!() };
    let part = &THREAT[start as usize..(start + len) as usize];
    // The first bytes of a JPEG in base64.
    assert!(part.starts_with(b"/9j/"), "{:?}", String::from_utf8_lossy(&part[..20]));
}

#[test]
fn what_is_attached_and_not_read_is_set_aside_at_its_bytes() {
    let text = "From: a@example.org\nTo: b@example.org\nContent-Type: multipart/mixed; boundary=b\n\n\
        --b\n\nGare\n\
        --b\nContent-Type: message/rfc822\n\nFrom: c@example.org\n\nje te tuerai\n\
        --b\nContent-Type: application/rtf; name=p.rtf\nContent-Transfer-Encoding: base64\n\ne1xydGYx\n\
        --b\nContent-Type: image/bmp\n\nBM8\n\
        --b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nliste\n--b--\n";
    let (_, sink) = read(text.as_bytes());
    assert_eq!((sink.tally.records, sink.tally.read), (5, 1));
    assert_eq!(sink.posts[0].text, Maybe::Known("Gare".to_owned()));
    let told: Vec<(&str, &str)> = sink
        .rejects
        .iter()
        .map(|reject| {
            let Place::Bytes { start, len } = reject.place else { panic!("{:?}", reject.place) };
            assert_eq!(reject.reason, RejectReason::SetAside);
            (reject.detail.as_str(), text[start as usize..(start + len) as usize].trim_end())
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "attachment of type message/rfc822 is not read",
                "From: c@example.org\n\nje te tuerai"
            ),
            ("attachment of type application/rtf is not read", "e1xydGYx"),
            ("attachment of type image/bmp is not read", "BM8"),
            ("attachment of type text/plain is not read", "liste"),
        ]
    );
}

#[test]
fn the_address_that_a_sender_writes_is_but_a_claim() {
    let (_, sink) = read(THREAT);
    assert!(sink.connections.len() == 1 && sink.connections[0].declared);
}

#[test]
fn a_mail_of_a_list_gives_its_hops_from_the_sender_up() {
    let (_, sink) = read(LIST);
    assert_eq!(sink.posts[0].account.as_str(), "mail:@john-ietf@jck.com");
    let hops: Vec<_> = sink
        .mail_hops
        .iter()
        .map(|hop| {
            let at = hop.at.known().map(ToString::to_string).unwrap_or_default();
            let text = |value: &Maybe<String>| value.known().cloned().unwrap_or_default();
            format!("{} {} {} {at}", hop.hop, text(&hop.by), text(&hop.ip))
        })
        .collect();
    assert_eq!(
        hops,
        [
            "1 bsa2.jck.com 198.252.137.10 2022-11-04 20:02:21 UTC",
            "2 ietfa.amsl.com 70.88.254.51 2022-11-04 20:02:22 UTC",
            "3 localhost 50.223.129.194 2022-11-04 20:02:23 UTC",
            "4 ietfa.amsl.com 127.0.0.1 2022-11-04 20:02:24 UTC",
            "5 ietfa.amsl.com ::1 2022-11-04 20:02:25 UTC",
        ]
    );
}

#[test]
fn a_mail_with_a_false_date_is_kept() {
    let text = String::from_utf8_lossy(THREAT).replace("Date: Tue, 12 Mar", "Date: Tue, 99 Xyz");
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 1);
    assert_eq!(sink.posts[0].at, Maybe::Missing(faisceau_model::Absent::Unreadable));
    assert_eq!(sink.mail_hops.len(), 2);
}

#[test]
fn a_mail_without_sender_is_rejected() {
    let (_, sink) = read(b"Received: from a by b\r\nTo: c@example.org\r\nSubject: x\r\n\r\ny");
    assert_eq!(reasons(&sink), ["whole missing_field: `From` has no address"]);
}

#[test]
fn ten_thousand_received_lines_are_ten_thousand_hops() {
    let mut text = String::new();
    for number in 0..10_000 {
        let _ = writeln!(
            text,
            "Received: from a{number} ([192.0.2.1]) by b; Tue, 12 Mar 2024 10:05:00 +0100"
        );
    }
    text.push_str("From: a@example.org\n\nx\n");
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.mail_hops.len(), 10_000);
    assert_eq!(sink.mail_hops[0].from, Maybe::Known("a9999".to_owned()));
    let ids: std::collections::BTreeSet<_> = sink.mail_hops.iter().map(|hop| &hop.id).collect();
    assert_eq!(ids.len(), 10_000);
}

#[test]
fn a_mail_of_endless_nesting_gives_its_headers() {
    let mut text = "From: a@example.org\nTo: b@example.org\n".to_owned();
    for _ in 0..100_000 {
        text.push_str("Content-Type: message/rfc822\n\n");
    }
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts.len(), 1);
    assert_eq!(sink.rejects[0].reason, RejectReason::Limit);
}

/// 40 000 mails inside each other, encoded so that no line of the mail shows them.
fn encoded_nesting() -> String {
    // Thirty bytes encode to forty without padding.
    let line = "Content-Type: message/rfc822\n\n";
    assert_eq!(line.len(), 30);
    "Q29udGVudC1UeXBlOiBtZXNzYWdlL3JmYzgyMgoK\n".repeat(40_000)
}

#[test]
fn nesting_hidden_by_an_encoding_costs_the_attachment_alone() {
    let nest = encoded_nesting();
    let attached = [
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
        "content-transfer-encoding:\n BASE64\ncontent-type:\n Message / RFC822; x=y",
        "Content-Type: message/global\nContent-Transfer-Encoding: base64",
        "Content-Type: multipart/digest; boundary=d\n\n--d\nContent-Transfer-Encoding: base64",
    ];
    for headers in attached {
        let text = format!(
            "From: a@example.org\nTo: b@example.org\nContent-Type: multipart/mixed; boundary=b\n\n\
            --b\n\nGare à toi, message/rfc822 ou non\n--b\n{headers}\n\n{nest}\n--b--\n"
        );
        let (_, sink) = read(text.as_bytes());
        let words = "Gare à toi, message/rfc822 ou non".to_owned();
        assert_eq!(sink.posts[0].text, Maybe::Known(words), "{headers}");
        assert_eq!(sink.posts[0].media.len(), 1, "{headers}");
    }
}

#[test]
fn parts_that_contradict_each_other_never_hide_the_headers() {
    // Found by chance: the parser loses count of what is open.
    let text = "Received: from x ([192.0.2.1]) by y; Tue, 12 Mar 2024 10:05:00 +0100\n\
        From: a@example.org\nTo: b@example.org\nContent-Type: multipart/digest; boundary=b\n\n\
        --b\n\nContent-Type: message/rfc822\n<--b\n\n\nContent-Type: text/html\n\
        Content-Type: text/html\n--b--\n";
    let (_, sink) = read(text.as_bytes());
    assert_eq!(sink.posts[0].account.as_str(), "mail:@a@example.org");
    assert_eq!(sink.mail_hops.len(), 1);
}

#[test]
fn html_alone_becomes_text_and_an_empty_body_gives_the_subject() {
    let mail = |rest: &str| {
        let text = format!("From: a@example.org\r\nTo: b@example.org\r\nSubject: Gare\r\n{rest}");
        let (_, sink) = read(text.as_bytes());
        sink.posts[0].text.clone()
    };
    let html = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Gare &agrave; <b>toi</b></p>";
    assert_eq!(mail(html), Maybe::Known("Gare à toi".to_owned()));
    assert_eq!(mail("\r\n"), Maybe::Known("Gare".to_owned()));
}

#[test]
fn no_line_before_or_among_the_headers_hides_a_mail() {
    let (_, plain) = read(THREAT);
    let long = format!("X-Long: {}\r\n", "x".repeat(70_000));
    let folded = format!("X-Folded: a\r\n{}", " folded\r\n".repeat(9000));
    for before in [
        "junk line\r\n",
        "junk line\r\n \r\n",
        "X Spaced: y\r\n",
        "X-é: y\r\n",
        ": y\r\n",
        "\r\n",
        "\n \n\n",
        "\u{feff}",
        "\u{feff}\n\njunk line\n",
        &long,
        &folded,
    ] {
        let shown = &before[..before.len().min(14)];
        let bytes = [before.as_bytes(), THREAT].concat();
        let (imported, sink) = read(&bytes);
        assert_eq!((imported.name(), imported.problem), (Some("eml"), None), "{shown:?}");
        assert_eq!((sink.tally.records, sink.tally.read), (2, 2), "{shown:?}");
        assert_eq!(dump(&sink.posts), dump(&plain.posts), "{shown:?}");
        assert_eq!(dump(&sink.mail_hops), dump(&plain.mail_hops), "{shown:?}");
        let Place::Bytes { start, len } = sink.media[0].place else { panic!() };
        assert!(bytes[start as usize..(start + len) as usize].starts_with(b"/9j/"), "{shown:?}");
    }
    // After the first header.
    let text = String::from_utf8_lossy(THREAT).into_owned();
    for junk in ["junk line\r\n", "X Spaced: y\r\n", "X-é: y\r\n"] {
        let (imported, sink) =
            read(text.replacen("\nDate:", &format!("\n{junk}Date:"), 1).as_bytes());
        assert_eq!(imported.name(), Some("eml"));
        assert_eq!(dump(&sink.posts), dump(&plain.posts), "{junk}");
    }
}

#[test]
fn other_texts_with_colons_are_not_taken_for_mails() {
    assert!(sniff(LIST) && sniff(THREAT));
    assert!(!sniff(b"Host: example.org\r\nUser-Agent: curl\r\n\r\n"));
    assert!(!sniff(b"From: me\r\nthis is a note\r\n"));
    assert!(!sniff(b""));
    let line = "203.0.113.9 - - [01/Mar/2026:14:05:12 +0100] \"GET / HTTP/1.1\" 200 5\n";
    let hosts = ["", "example.org:80 ", "From: ", "from:80 ", "To: ", "Message-ID: "];
    let log = hosts.map(|host| host.to_owned() + line).concat();
    let (imported, sink) = read(log.as_bytes());
    assert_eq!((imported.name(), sink.connections.len()), (Some("access-log"), hosts.len()));
    for text in [
        "From,To,Date,Subject\na@example.org,b@example.org,2024-03-12,Re: From: x\n",
        "id;texte\n1;From: a@example.org To: b@example.org\n2;Subject: x\n",
        "Mme Rose\n3 rue des Lilas\nDate: 12 mars 2024\nSubject: plainte\n\nMadame,\nje viens\n",
        "Madame,\n\nvoici ce que j'ai reçu :\n\nFrom: a@example.org\nTo: b@example.org\n",
        "PK\x03\x04\0\0\0\0a.emlReturn-Path: <a@example.org>\nFrom: a@example.org\nTo: b@example.org\n",
    ] {
        assert!(!sniff(text.as_bytes()), "{text}");
    }
    let mut long = b"From: a@example.org\nTo: b@example.org\n".to_vec();
    long.extend(b"X-Long: 1\n".repeat(7000));
    long.truncate(crate::sniff::HEAD_LEN);
    assert!(!long.ends_with(b"\n") && sniff(&long));
    assert!(!sniff(b"2024-03-12 10:05:00 From: x\nDate: y\n"));
}

#[test]
fn an_id_of_megabytes_is_not_repeated_at_each_hop() {
    let hop = "Received: from a by c; Sun, 01 Mar 2026 10:00:00 +0100\n".repeat(9);
    let mail = format!("From: a@b.example\nMessage-ID: <{}@b>\n{hop}\nx", "i".repeat(5000));
    let (_, sink) = read(mail.as_bytes());
    assert_eq!(sink.mail_hops.len(), 9);
    assert_eq!(sink.mail_hops[8].message.known().unwrap().chars().count(), 1001);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn never_panics_on_a_mutated_mail(bytes in mutated(THREAT)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_a_mutated_list_mail(bytes in mutated(LIST)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_any_body(
        kind in "(text/html|text/plain|multipart/(mixed|digest|alternative|related); boundary=b|message/rfc822)",
        encoding in "(7bit|base64|quoted-printable)",
        body in "(--b(--)?\r?\n|Content-Type: (text/html|message/rfc822|multipart/digest; boundary=b)\r?\n|\r?\n|<[a-z!/-]{0,5}>?|&#?[a-z0-9]{0,9};?|=[0-9A-F]{0,2}|.){0,60}",
    ) {
        let text = format!(
            "From: a@example.org\nTo: b@example.org\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n{body}"
        );
        read(text.as_bytes());
    }

    #[test]
    fn never_panics_on_any_header(name in "(Received|From|To|Date|References|Content-Type|X-Originating-IP)", value in "[\\x00-\\x7fé]{0,120}") {
        let text = format!("From: a@example.org\nTo: b@example.org\n{name}: {value}\n\nx");
        read(text.as_bytes());
    }
}
