//! The fuzz target of the judge of mails: DNS answers, an empty line, and a mail that is read as an
//! exhibit is, then judged.
//!
//! A line of answers is `NAME TEXT`, or `NAME TYPE VALUE` for the types that SPF asks for; the test
//! messages of the judge have that form. A crash is what it is for the formats, or a mail judged
//! twice with two outcomes.

#![no_main]

use std::io::{Cursor, Read};
use std::sync::LazyLock;

use faisceau_enrich::{Bench, Mail, Providers, Recipients, Records, judge};
use faisceau_fuzz::case;
use faisceau_import::{Format, ImportSettings, Source, formats, import_as, mail_again};
use faisceau_model::rows::Name;
use faisceau_model::{Absent, Collected, ExhibitNo, Maybe, Moment, Place, RowId};
use libfuzzer_sys::fuzz_target;

static SETTINGS: LazyLock<ImportSettings> = LazyLock::new(|| case::settings(ExhibitNo::top(1)));
static MAIL: LazyLock<&'static Format> =
    LazyLock::new(|| formats().find(|format| format.name == "eml").expect("mails are read"));
static PROVIDERS: LazyLock<Providers> = LazyLock::new(|| {
    Providers::parse(include_str!("../../datasets/mail-providers/providers.toml")).expect("a table")
});
static RECIPIENTS: LazyLock<[Recipients; 2]> = LazyLock::new(|| {
    let named = ["example.org".to_owned(), "192.0.2.0/24".to_owned()];
    [Recipients::default(), Recipients::parse(&named).expect("names and ranges")]
});

fuzz_target!(
    init: {
        let _ = std::panic::take_hook();
        LazyLock::force(&SETTINGS);
        LazyLock::force(&RECIPIENTS);
    },
    |data: &[u8]| {
        let cut = data.windows(2).position(|two| two == b"\n\n").unwrap_or(data.len());
        let (answers, mail) = data.split_at(cut);
        let names: Vec<Name> =
            String::from_utf8_lossy(answers).lines().zip(0..).filter_map(answer).collect();
        judged(mail.trim_ascii_start(), &names);
    }
);

fn judged(bytes: &[u8], names: &[Name]) {
    let owned = bytes.to_vec();
    let open = move || -> std::io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(owned.clone())))
    };
    let exhibit = ExhibitNo::top(1);
    let source = Source { exhibit, name: "fuzz", len: bytes.len() as u64, open: &open };
    let mut sink = Collected::default();
    import_as(*MAIL, &source, &SETTINGS, &mut sink);
    let Some(post) = sink.posts.first() else { return };
    let raw = mail_again(bytes, &post.place);
    let mail = Mail {
        raw: &raw,
        exhibit,
        place: &post.place,
        message: &post.content_id,
        account: &post.account,
        declared: post.at,
        hops: &sink.mail_hops,
    };
    for recipients in &*RECIPIENTS {
        let bench = Bench { recipients, records: &Records::of(names), providers: &PROVIDERS };
        let (one, two) = (judge(&mail, &bench), judge(&mail, &bench));
        assert_eq!(format!("{one:?}"), format!("{two:?}"));
        assert!(one.trusted <= sink.mail_hops.len());
        assert!(!one.origin.verdict.is_empty());
    }
}

fn answer((line, number): (&str, u32)) -> Option<Name> {
    let (name, rest) = line.split_once(' ')?;
    let typed = rest.split_once(' ').filter(|(kind, _)| TYPES.contains(kind));
    let (kind, value) = typed.unwrap_or(("TXT", rest));
    let none = Absent::NoData;
    Some(Name {
        id: RowId::at("nam", ExhibitNo::top(2), &Place::Whole, number),
        exhibit: ExhibitNo::top(2),
        place: Place::Whole,
        service: "dns".to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        value: Maybe::text(value, none),
        range: Maybe::Missing(none),
        country: Maybe::Missing(none),
        changed: Maybe::Missing(none),
        ttl: Maybe::Missing(none),
        status: Maybe::Missing(none),
        authenticated: Maybe::Missing(none),
        dnssec: Maybe::Missing(Absent::NotRecorded),
        resolver: Maybe::Missing(none),
        asked: Maybe::or_absent(Moment::from_rfc3339("2018-06-10T00:00:00Z"), none),
        asked_raw: Maybe::Missing(none),
    })
}

const TYPES: [&str; 5] = ["A", "AAAA", "MX", "PTR", "CNAME"];
