//! Tests of the importer of mailboxes.

use faisceau_model::{Maybe, Place, RejectReason};
use proptest::prelude::*;

use super::{is_separator, sniff};
use crate::testing::{mutated, read};

const THREAT: &[u8] = include_bytes!("../../../tests/fixtures/mail/threat.eml");
const BOX: &[u8] = b"From a@example.org Tue Mar 12 10:00:00 2024\r\n\
From: a@example.org\r\nTo: b@example.org\r\nMessage-ID: <1@x>\r\n\r\n\
Un\r\n>From ici\r\n>>From plus loin\r\n\r\n\
From here it only looks like a separator\r\n\r\n\
From - Wed Mar 13 10:00:00 2024\r\n\
From: A@example.org\r\nTo: b@example.org\r\nMessage-ID: <2@x>\r\n\r\nDeux\r\n\r\n\
From c@example.org Wed Mar 13 10:00:00 +0000 2024\r\n\
To: b@example.org\r\nSubject: sans auteur\r\n\r\n";

#[test]
fn each_mail_is_a_record_at_its_bytes() {
    let (imported, sink) = read(BOX);
    assert_eq!(imported.name(), Some("mbox"));
    assert_eq!((sink.tally.records, sink.tally.read), (3, 2));
    let texts: Vec<_> = sink.posts.iter().filter_map(|post| post.text.known()).collect();
    assert_eq!(texts, ["Un\nFrom ici\n\nFrom here it only looks like a separator", "Deux"]);
    for (post, id) in sink.posts.iter().zip(["<1@x>", "<2@x>"]) {
        let Place::Bytes { start, len } = post.place else { panic!("{}", post.place) };
        let mail = String::from_utf8_lossy(&BOX[start as usize..(start + len) as usize]);
        assert!(mail.to_lowercase().starts_with("from: a@example.org"), "{mail}");
        assert!(mail.contains(id));
    }
    // The second mail shows the same account with other capitals.
    assert_eq!(sink.accounts.len(), 1);
    assert_eq!(sink.rejects[0].reason, RejectReason::MissingField);
    assert_eq!(sink.posts[1].content_id, Maybe::Known("2@x".to_owned()));
}

#[test]
fn a_box_is_no_single_mail_whatever_stands_before_it() {
    let (_, plain) = read(BOX);
    for before in ["\u{feff}", "\r\n \n", "\u{feff}\n"] {
        let bytes = [before.as_bytes(), BOX].concat();
        let (imported, sink) = read(&bytes);
        assert_eq!(imported.name(), Some("mbox"), "{before:?}");
        assert_eq!(sink.tally, plain.tally, "{before:?}");
    }
}

#[test]
fn an_escape_among_skipped_lines_moves_no_place() {
    let mut bytes = b"From a@example.org Tue Mar 12 10:00:00 2024\n>From junk\njunk\n".to_vec();
    let text = String::from_utf8_lossy(THREAT).replace("Je sais", ">From moi\r\nJe sais");
    bytes.extend(text.as_bytes());
    let (imported, sink) = read(&bytes);
    assert_eq!(imported.name(), Some("mbox"));
    let Place::Bytes { start, len } = sink.media[0].place else { panic!() };
    assert!(bytes[start as usize..(start + len) as usize].starts_with(b"/9j/"));
}

#[test]
fn the_place_of_an_attachment_allows_for_escapes() {
    let mut bytes = b"From a@example.org Tue Mar 12 10:00:00 2024\n".to_vec();
    let text =
        String::from_utf8_lossy(THREAT).replace("Je sais", ">From moi\r\n>From toi\r\nJe sais");
    bytes.extend(text.as_bytes());
    let (_, sink) = read(&bytes);
    let Place::Bytes { start, len } = sink.media[0].place else { panic!() };
    let part = &bytes[start as usize..(start + len) as usize];
    assert!(part.starts_with(b"/9j/"), "{:?}", String::from_utf8_lossy(&part[..20]));
    assert!(sink.posts[0].text.known().unwrap().starts_with("From moi\nFrom toi\nJe sais"));
}

#[test]
fn a_separator_has_a_clock_and_a_year() {
    assert!(is_separator(b"From - Wed Mar 13 10:00:00 2024"));
    assert!(is_separator(b"From 1794@xxx Tue Mar 12 10:00:00 +0000 2024\r\n"));
    assert!(!is_separator(b"From the desk of 2024"));
    assert!(!is_separator(b"From: a@example.org"));
    assert!(!sniff(b"From - Wed Mar 13 10:00:00 2024\nnot a header\n"));
    assert!(!sniff(b"From - Wed Mar 13 10:00:00 2024"));
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(BOX)) {
        read(&bytes);
    }
}
