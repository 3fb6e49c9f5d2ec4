//! Tests of the rows of images. ExifTool is the oracle for real photographs.

use faisceau_model::{Absent, Maybe, Place, Precision, RejectReason, ZoneSource};
use proptest::prelude::*;
use serde_json::Value;

use crate::testing::{dump, in_paris, mutated, read, read_as};

macro_rules! photo {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("../../../faisceau-media/tests/fixtures/exif/", $name))
                .as_slice(),
        )
    };
}

const PHOTOS: [(&str, &[u8]); 9] = [
    photo!("32-lens_data.jpeg"),
    photo!("Canon_40D_photoshop_import.jpg"),
    photo!("Canon_PowerShot_S330.jpg"),
    photo!("FujiFilm_FinePixS1Pro_4.jpg"),
    photo!("FujiFilm_FinePixS2Pro.jpg"),
    photo!("Issue_122.jpg"),
    photo!("Olympus_X-2.jpg"),
    photo!("image01713.jpg"),
    photo!("issue_121.jpg"),
];
const EXIFTOOL: &str = include_str!("../../../faisceau-media/tests/fixtures/exif/exiftool.json");
const CANON: &[u8] = PHOTOS[1].1;

#[test]
fn real_photographs_read_as_exiftool_reads_them() {
    let reference: Vec<Value> = serde_json::from_str(EXIFTOOL).unwrap();
    assert_eq!(reference.len(), PHOTOS.len());
    let mut compared = 0;
    for expected in &reference {
        let name = expected["file"].as_str().unwrap();
        let (_, bytes) = PHOTOS.iter().find(|(photo, _)| *photo == name).unwrap();
        let (imported, sink) = read_as(name, bytes, &in_paris());
        assert_eq!((imported.name(), imported.problem), (Some("jpeg"), None));
        let media = &sink.media[0];
        let text = |key: &str| expected[key].as_str().map(|text| text.trim().to_owned());
        let number = |key: &str| expected[key].as_f64();
        assert_eq!(media.width.known().copied(), expected["width"].as_i64(), "{name}");
        assert_eq!(media.height.known().copied(), expected["height"].as_i64(), "{name}");
        assert_eq!(media.make.known().cloned(), text("make"), "{name}");
        assert_eq!(media.model.known().cloned(), text("model"), "{name}");
        assert_eq!(media.software.known().cloned(), text("software"), "{name}");
        // ExifTool sees that a program moved these notes (`fix by -278?`) and leaves them.
        let moved = (name == "Canon_PowerShot_S330.jpg").then(|| "Matt Magoffin".to_owned());
        assert_eq!(
            media.owner.known().cloned(),
            moved.or(text("owner")).or(text("artist")),
            "{name}"
        );
        for (found, key) in [(&media.latitude, "latitude"), (&media.longitude, "longitude")] {
            let (found, expected) = (found.known().copied(), number(key));
            assert_eq!(found.is_some(), expected.is_some(), "{name} {key}");
            if let (Some(found), Some(expected)) = (found, expected) {
                assert!((found - expected).abs() < 1e-9, "{name} {key}: {found} {expected}");
                compared += 1;
            }
        }
        let local = media.taken.known().map(|at| {
            let paris = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
            let shown = at.display_in(&paris);
            shown[..19].replace('-', ":")
        });
        // ExifTool prints the fraction of a second apart.
        assert_eq!(local, text("taken"), "{name}");
    }
    assert_eq!(compared, 4);
}

#[test]
fn a_photograph_gives_all_columns() {
    let (_, sink) = read_as("a\u{1b}[31m.jpg", PHOTOS[3].1, &in_paris());
    insta::assert_snapshot!("photograph", dump(&sink.media));
    insta::assert_snapshot!("photograph_fields", dump(&sink.media_fields));
}

#[test]
fn every_photograph_has_the_hash_of_its_bytes() {
    let hashes: std::collections::BTreeSet<_> =
        PHOTOS.iter().map(|(_, bytes)| read(bytes).1.media[0].sha256.clone()).collect();
    assert_eq!(hashes.len(), PHOTOS.len());
    assert!(hashes.iter().all(|hash| hash.len() == 64));
    let name = read_as("x\u{1b}.jpg", CANON, &in_paris()).1.media[0].name.clone();
    assert_eq!(name, "x␛.jpg");
    assert_eq!(read(CANON).1.media[0].account, Maybe::Missing(Absent::NotRecorded));
}

#[test]
fn every_field_names_its_file_and_its_bytes() {
    let (_, sink) = read(PHOTOS[0].1);
    let media = &sink.media[0];
    assert_eq!(
        media.fields,
        sink.media_fields.iter().filter(|f| !["Flaw", "Trace"].contains(&&*f.group)).count() as i64
    );
    assert!(sink.media_fields.iter().all(|field| field.media == media.id));
    let ids: std::collections::BTreeSet<_> = sink.media_fields.iter().map(|f| &f.id).collect();
    assert_eq!(ids.len(), sink.media_fields.len());
    let make = sink.media_fields.iter().find(|field| field.name == "Make").unwrap();
    let Place::Bytes { start, len } = make.place else { panic!("{make:?}") };
    assert_eq!(&PHOTOS[0].1[start as usize..(start + len) as usize], b"NIKON CORPORATION\0");
    assert_eq!(media.body_serial, Maybe::Known("3105364".to_owned()));
}

#[test]
fn a_photograph_that_ends_too_early_keeps_its_fields() {
    let (_, whole) = read(CANON);
    let (_, cut) = read(&CANON[..CANON.len() - 200]);
    assert_eq!(cut.media[0].width, whole.media[0].width);
    assert_eq!(cut.media[0].software, whole.media[0].software);
    assert!(whole.media[0].picture_sha256.known().is_some());
    assert_eq!(cut.media[0].picture_sha256.known(), None);
    assert!(cut.media[0].flaws > whole.media[0].flaws);
    let (_, stub) = read(&CANON[..20]);
    assert_eq!(stub.rejects[0].reason, RejectReason::Truncated);
}

#[test]
fn a_receiver_a_day_away_gives_no_zone() {
    let bytes = include_bytes!("../../../faisceau-media/tests/fixtures/exif/DSCN0012.jpg");
    let (_, sink) = read(bytes);
    let media = &sink.media[0];
    let taken = media.taken.into_known().unwrap();
    // 2008-10-22 16:29:49 by the camera, 2008-10-23 14:28:17 by its receiver.
    assert_eq!((taken.precision(), taken.zone()), (Precision::Day, ZoneSource::Assumed));
    assert_eq!(media.receiver.into_known().unwrap().zone(), ZoneSource::Explicit);
}

proptest! {
    #[test]
    fn never_panics_and_always_balances(bytes in mutated(CANON)) {
        read(&bytes);
    }

    #[test]
    fn never_panics_on_mutated_fields(bytes in mutated(&PHOTOS[3].1[..8000])) {
        read(&bytes);
    }
}

/// Each kind of file in the words of the table: the made ones, whose metadata are known.
#[test]
fn every_kind_of_file_fills_the_columns() {
    macro_rules! made {
        ($name:literal) => {
            (
                $name,
                &include_bytes!(concat!("../../../faisceau-media/tests/fixtures/made/", $name))[..],
            )
        };
    }
    let files = [
        made!("made.png"),
        made!("made.webp"),
        made!("made.gif"),
        made!("made.tif"),
        made!("made.mov"),
        made!("made.mp4"),
        made!("made.webm"),
        made!("made.avi"),
        made!("made.pdf"),
        made!("made.docx"),
        made!("made.doc"),
    ];
    let mut told = String::new();
    for (name, bytes) in files {
        let (imported, sink) = read_as(name, bytes, &in_paris());
        let [media] = &sink.media[..] else { panic!("{name}: {:?}", sink.rejects) };
        let text = |value: &Maybe<String>| value.known().cloned().unwrap_or_default();
        let time = |value: &Maybe<faisceau_model::Moment>| {
            value.known().map(|at| format!("{at} ({})", at.zone().as_str())).unwrap_or_default()
        };
        let line = [
            imported.name().unwrap_or_default().to_owned(),
            media.mime.clone(),
            text(&media.make),
            text(&media.body_serial),
            text(&media.software),
            text(&media.owner),
            text(&media.document_id),
            time(&media.taken),
            time(&media.digitized),
            media.traces.join(" "),
        ];
        told.push_str(line.join(" | ").trim_end());
        told.push('\n');
    }
    insta::assert_snapshot!("kinds", told);
}

#[test]
fn a_page_that_nothing_else_reads_is_a_document() {
    let news = include_bytes!("../../../faisceau-media/tests/fixtures/pages/news.html");
    let (imported, sink) = read_as("news.html", news, &in_paris());
    assert_eq!(imported.name(), Some("web-page"));
    insta::assert_snapshot!("web_page", dump(&sink.media));
    let me = sink.media_fields.iter().find(|field| field.name == "GoogleTagID").unwrap();
    assert_eq!((&*me.group, &*me.value), ("HTML-tracker", "G-AB12CD34EF"));
    // Longer than the head by which formats are told, of a recipe, of an export, and empty.
    let long = format!("<!doctype html><title>t</title><style>{}</style>", "a{}".repeat(50_000));
    assert_eq!(read(long.as_bytes()).0.name(), Some("web-page"));
    let forum = include_bytes!("../../tests/fixtures/pages/phpbb33.html");
    assert_eq!(read(forum).0.name(), Some("html-page"));
    let long = format!(
        "<!doctype html><style>{}</style>{}",
        "a{}".repeat(50_000),
        String::from_utf8_lossy(forum)
    );
    assert_eq!(read(long.as_bytes()).0.name(), Some("html-page"));
    let (_, empty) = read(b"<!doctype html>");
    assert_eq!(empty.rejects.len(), 1);
}

proptest! {
    #[test]
    fn never_panics_on_mutated_pages(
        bytes in mutated(include_bytes!("../../../faisceau-media/tests/fixtures/pages/hostile.html"))
    ) {
        read(&bytes);
    }
}

#[test]
fn the_case_may_say_whose_image_it_is() {
    let mut settings = in_paris();
    settings.declared_owners.insert("1.1".to_owned(), "x:123".to_owned());
    let (_, sink) = read_as("avatar.jpg", CANON, &settings);
    assert_eq!(sink.media[0].account.known().map(ToString::to_string).as_deref(), Some("x:123"));
}

#[test]
fn fields_beyond_the_limit_are_counted_in_a_row() {
    // Five thousand texts; four thousand and ninety-six fields are kept.
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        png.extend((data.len() as u32).to_be_bytes());
        png.extend([&kind[..], data, &[0; 4]].concat());
    };
    chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    for n in 0..5_000 {
        chunk(b"tEXt", format!("Comment\0{n}").as_bytes());
    }
    chunk(b"IEND", b"");
    let (_, sink) = read(&png);
    let beyond = sink.media_fields.iter().find(|field| field.name == "FieldsLeftOut").unwrap();
    let left: i64 = beyond.value.parse().unwrap();
    assert!(left >= 900, "{left}");
    assert_eq!(sink.media[0].fields, 4_096);
}
