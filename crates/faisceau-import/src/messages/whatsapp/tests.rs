//! Tests of the importer of `WhatsApp` exports.

use faisceau_model::{Absent, Maybe, Precision, RejectReason, ZoneSource};
use proptest::prelude::*;

use super::sniff;
use crate::ImportSettings;
use crate::head::Head;
use crate::testing::{dump, in_paris, mutated, read, read_as, reasons};

const ANDROID: &[u8] = include_bytes!("../../../tests/fixtures/whatsapp/android_fr.txt");
const IOS: &[u8] = include_bytes!("../../../tests/fixtures/whatsapp/ios_en.txt");
const OPEN: &[u8] = include_bytes!("../../../tests/fixtures/whatsapp/open.txt");

#[test]
fn android_gives_all_columns() {
    let (imported, sink) = read_as("chat.txt", ANDROID, &in_paris());
    assert_eq!(imported.name(), Some("whatsapp-txt"));
    assert_eq!(imported.problem, None);
    insta::assert_snapshot!("android_posts", dump(&sink.posts));
    insta::assert_snapshot!("android_accounts", dump(&sink.accounts));
    insta::assert_snapshot!("android_rejects", reasons(&sink).join("\n"));
}

#[test]
fn ios_gives_all_columns() {
    let (imported, sink) = read_as("_chat.txt", IOS, &in_paris());
    assert_eq!(imported.name(), Some("whatsapp-txt"));
    insta::assert_snapshot!("ios_posts", dump(&sink.posts));
    insta::assert_snapshot!("ios_rejects", reasons(&sink).join("\n"));
}

#[test]
fn an_order_that_cannot_be_told_gives_intervals_and_is_said_once() {
    let (_, sink) = read_as("x", OPEN, &in_paris());
    let whole: Vec<_> = sink.rejects.iter().map(|reject| reject.place.to_string()).collect();
    assert_eq!(whole, ["whole"]);
    assert!(sink.rejects[0].detail.contains("day or month"), "{}", sink.rejects[0].detail);
    let times = |at: usize| {
        let post = &sink.posts[at];
        let text = |moment: &Maybe<faisceau_model::Moment>| {
            moment.known().map(|m| format!("{m} {}", m.precision()))
        };
        (text(&post.at), text(&post.until))
    };
    assert_eq!(
        times(0),
        (
            Some("2024-03-04 09:00:00 UTC interval".to_owned()),
            Some("2024-04-03 08:00 UTC min".to_owned())
        )
    );
    // The fifth of May is the same both ways.
    assert_eq!(times(1), (Some("2024-05-05 08:01 UTC min".to_owned()), None));
    assert_eq!(sink.posts[1].until, Maybe::Missing(Absent::NotApplicable));
    assert!(sink.posts.iter().all(|post| !post.at.known().unwrap().feeds_timing()));
}

#[test]
fn without_a_zone_only_the_day_is_kept() {
    let (_, sink) = read(ANDROID);
    let at = sink.posts[0].at.known().unwrap();
    assert_eq!((at.precision(), at.zone()), (Precision::Day, ZoneSource::Assumed));
}

#[test]
fn lines_before_the_first_message_are_told() {
    let text = "fin d’un message\net sa suite\n13/03/2024 10:00 - Claire: un\n\
                13/03/2024 10:01 - Claire: deux\n13/03/2024 10:01 - Claire: <Médias omis>\n";
    let (imported, sink) = read_as("x", text.as_bytes(), &in_paris());
    assert_eq!(imported.name(), Some("whatsapp-txt"));
    assert_eq!(sink.tally.records, 4);
    assert_eq!(reasons(&sink), ["l1@0 syntax: these lines stand before the first date and time"]);
}

#[test]
fn a_file_that_an_editor_made_windows_1252_is_read() {
    let text = b"13/03/2024 10:00 - Andr\xe9: d\xe9j\xe0\n13/03/2024 10:01 - Claire: oui\n";
    let (_, sink) = read_as("x", text, &in_paris());
    assert_eq!(sink.posts[0].account.as_str(), "whatsapp:@André");
    assert_eq!(sink.posts[0].text, Maybe::Known("déjà".to_owned()));
}

#[test]
fn a_message_above_the_limit_is_one_reject_and_the_next_is_read() {
    let mut text = b"13/03/2024 10:00 - Claire: un\n13/03/2024 10:01 - Claire: ".to_vec();
    for _ in 0..30_000 {
        text.extend_from_slice(&[b'x'; 60]);
        text.push(b'\n');
    }
    text.extend_from_slice(b"13/03/2024 10:02 - Claire: ");
    text.resize(text.len() + 9 * 1024 * 1024, b'y');
    text.extend_from_slice(b"\n13/03/2024 10:03 - Claire: quatre\n");
    let (_, sink) = read_as("x", &text, &in_paris());
    let texts: Vec<_> = sink.posts.iter().filter_map(|post| post.text.known()).collect();
    assert_eq!(texts, ["un", "quatre"]);
    // The line that is too long is passed over with the message before it.
    assert!(sink.rejects.iter().all(|reject| reject.reason == RejectReason::Limit));
}

#[test]
fn a_message_of_open_tags_costs_no_more_than_its_length() {
    let mut text = "13/03/2024 10:00 - A: un\n13/03/2024 10:01 - A: ".to_owned();
    text.push_str(&"\u{200e}<".repeat(200_000));
    let (_, sink) = read_as("x", text.as_bytes(), &in_paris());
    assert_eq!(sink.posts.len(), 2);
}

#[test]
fn hostile_names_stay_text_and_never_enter_a_key() {
    let (_, sink) = read_as("x", ANDROID, &in_paris());
    let unknown = sink.posts.iter().find(|post| post.account.as_str().contains("Inconnu")).unwrap();
    assert_eq!(unknown.account.as_str(), "whatsapp:@~ Inconnu");
    assert_eq!(unknown.text.known().unwrap(), "=cmd|'/C calc'!A1 \u{1b}[31m");
}

#[test]
fn other_texts_are_not_taken_for_a_chat() {
    let settings = ImportSettings::default();
    let is = |text: &str| sniff(&Head::new(text.as_bytes(), &settings));
    assert!(is("13/03/2024 10:00 - A: un\n13/03/2024 10:00 - B: deux\n"));
    assert!(is("[9/20/26, 1:58:02 PM] A: \u{200e}image omitted"));
    for text in [
        "",
        "13/03/2024 10:00 - A: un\n",
        "Notes\n13/03/2024 10:00 - A: un\n13/03/2024 10:00 - B: deux\n",
        "2024-03-13 10:00:00 - INFO: started\n2024-03-13 10:00:01 - INFO: done\n",
        "13.03.2024 10:00:00: INFO: started\n13.03.2024 10:00:01: INFO: done\n",
        "192.0.2.1 - - [13/Mar/2024:10:00:00 +0100] \"GET / HTTP/1.1\" 200 1\n",
        "{\"messages\":[{\"content\":\"13/03/2024 10:00 - A: <Media omitted>\"}]}",
    ] {
        assert!(!is(text), "{text}");
    }
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(ANDROID)) {
        read_as("x", &bytes, &in_paris());
    }

    #[test]
    fn never_panics_on_ios(bytes in mutated(IOS)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_what_only_starts_like_a_chat(tail in "[0-9/.,:\\[\\] \\-apmAPM\u{200e}é<>\n]{0,300}") {
        let text = format!("13/03/2024 10:00 - A: un\n13/03/2024 10:00 - B: deux\n{tail}");
        read(text.as_bytes());
    }
}
