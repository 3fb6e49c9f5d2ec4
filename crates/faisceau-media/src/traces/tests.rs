use std::collections::BTreeSet;

use proptest::prelude::*;

use super::data::{Example, File, SCREENS, Screens, TRACES, rows};
use super::template::Role;
use super::*;
use crate::field::{Field, group};
use crate::tables::{Component, Frame, Tables};

fn jpeg(fields: &[(&'static str, &str, &str)]) -> Description {
    let fields = fields.iter().map(|(group, name, value)| Field {
        group,
        name: (*name).to_owned(),
        value: (*value).to_owned(),
        at: 0..1,
    });
    Description { mime: "image/jpeg", fields: fields.collect(), ..Description::default() }
}

/// A description about which no rule has anything to say.
fn silent() -> Description {
    Description { mime: "application/pdf", ..Description::default() }
}

fn of<'t>(traces: &'t [Trace], entry: &str) -> Option<&'t Trace> {
    traces.iter().find(|trace| trace.entry == entry)
}

fn holds(row: &str, trace: &Trace, example: &Example) {
    assert_eq!(trace.at, example.at, "{row}: {}", example.is);
    let said = |what: &Option<String>, found: &Option<String>| {
        assert!(what.is_none() || what == found, "{row}: {}: {found:?}", example.is);
    };
    said(&example.id, &trace.id);
    said(&example.app, &trace.app);
    said(&example.sequence, &trace.sequence);
}

#[test]
fn the_bundled_files_are_understood() {
    let file: File = toml::from_str(TRACES).unwrap();
    let screens: Screens = toml::from_str(SCREENS).unwrap();
    let ids = file.name.iter().map(|row| &row.id);
    let ids = ids.chain(file.field.iter().map(|row| &row.id));
    let ids = ids.chain(file.recompressor.iter().map(|row| &row.id));
    let ids: Vec<_> = ids.chain(screens.screen.iter().map(|row| &row.id)).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
    assert!(screens.screen.iter().all(|screen| screen.size[0] <= screen.size[1]));
    assert!(file.date == screens.date);
}

#[test]
fn each_row_says_where_it_comes_from() {
    let file: File = toml::from_str(TRACES).unwrap();
    let screens: Screens = toml::from_str(SCREENS).unwrap();
    let all = file.name.iter().map(|row| (&row.id, &row.source, &row.checked));
    let all = all.chain(file.field.iter().map(|row| (&row.id, &row.source, &row.checked)));
    let all = all.chain(file.recompressor.iter().map(|row| (&row.id, &row.source, &row.checked)));
    for (id, source, checked) in
        all.chain(screens.screen.iter().map(|r| (&r.id, &r.source, &r.checked)))
    {
        assert!(source.len() > 10, "{id}");
        assert!(checked.starts_with("2026-") || checked.starts_with("à vérifier"), "{id}");
        let from_memory =
            source.as_str() == "general knowledge" || source.starts_with("general knowledge;");
        assert!(!from_memory || checked.contains("à vérifier"), "{id}");
    }
}

#[test]
fn each_name_is_read_as_its_row_says() {
    for row in &rows().name {
        assert!(!row.examples.is_empty() && !row.not.is_empty(), "{}", row.id);
        for example in &row.examples {
            let traces = read(&example.is, &silent());
            let trace =
                of(&traces, &row.id).unwrap_or_else(|| panic!("{}: {}", row.id, example.is));
            holds(&row.id, trace, example);
            assert_eq!((trace.basis, trace.heuristic), (Basis::Name, true));
        }
        for name in &row.not {
            assert!(of(&read(name, &silent()), &row.id).is_none(), "{}: {name}", row.id);
        }
        // A row that can find a time says what it is the time of, and in which zone.
        let dated = row.stems.iter().any(|stem| stem.has(Role::Year));
        assert_eq!(row.zone.is_some(), dated, "{}", row.id);
        assert_eq!(row.means.is_some(), dated || row.clock.is_some(), "{}", row.id);
        assert!(
            row.clock.is_none() || row.stems.iter().all(|stem| stem.has(Role::Id)),
            "{}",
            row.id
        );
    }
}

#[test]
fn each_value_is_read_as_its_row_says() {
    for row in &rows().field {
        assert!(!row.examples.is_empty() && !row.not.is_empty(), "{}", row.id);
        let group: &'static str = if row.groups[0] == "*" { "JUMBF" } else { &row.groups[0] };
        let name = row.names[0].replace('*', "Actions");
        for example in &row.examples {
            let traces = read("", &jpeg(&[(group, &name, &example.is)]));
            let trace =
                of(&traces, &row.id).unwrap_or_else(|| panic!("{}: {}", row.id, example.is));
            holds(&row.id, trace, example);
            assert_eq!(trace.basis, Basis::Fields);
        }
        for value in &row.not {
            let traces = read("", &jpeg(&[(group, &name, value)]));
            assert!(of(&traces, &row.id).is_none(), "{}: {value}", row.id);
        }
    }
}

#[test]
fn folders_are_set_aside_and_strange_names_are_not_read() {
    let found = |name: &str| read(name, &silent()).len();
    assert_eq!(found("../../etc/IMG-20240131-WA0007.jpg"), 1);
    assert_eq!(found("C:\\Users\\x\\IMG-20240131-WA0007.jpg"), 1);
    assert_eq!(found("IMG-20240131-WA0007.jpg/"), 0);
    assert_eq!(found("IMG-20240131\n-WA0007.jpg"), 0);
    assert_eq!(found("SPOILER_\u{1b}[31m.jpg"), 0);
    assert_eq!(found(&format!("{}.jpg", "SPOILER_".repeat(1_250))), 0);
    assert_eq!(found(""), 0);
    assert_eq!(found("."), 0);
}

#[test]
fn a_camera_an_editor_and_a_platform_may_all_speak() {
    let description = jpeg(&[
        (group::IFD0, "Make", "Canon"),
        (group::IFD0, "Model", "Canon EOS 40D"),
        (group::IFD0, "Software", "Adobe Photoshop CS6 (Windows)"),
        (group::EXIF, "DateTimeOriginal", "2012:07:14 16:30:12"),
        (group::EXIF, "OffsetTimeOriginal", "+02:00"),
        ("IPTC", "SpecialInstructions", "FBMD0100"),
    ]);
    let traces = read("IMG-20240131-WA0007.jpg", &description);
    let entries: Vec<_> = traces.iter().map(|trace| trace.entry).collect();
    assert_eq!(entries, ["whatsapp-android", "facebook-fbmd", "photoshop", "rule-camera"]);
    assert_eq!(of(&traces, "photoshop").unwrap().platform, "Adobe Photoshop CS6 (Windows)");
    let camera = of(&traces, "rule-camera").unwrap();
    assert_eq!(camera.platform, "Canon EOS 40D");
    assert_eq!(camera.at.as_deref(), Some("2012-07-14 16:30:12 +02:00"));
}

#[test]
fn a_jpeg_without_a_word_is_stripped() {
    assert!(of(&read("x.jpg", &jpeg(&[])), "rule-no-metadata").is_some());
    assert!(
        of(&read("x.jpg", &jpeg(&[("JFIF", "ResolutionUnit", "1")])), "rule-no-metadata").is_some()
    );
    assert!(of(&read("x.jpg", &jpeg(&[(group::IFD0, "Make", "x")])), "rule-no-metadata").is_none());
    assert!(read("x.pdf", &silent()).is_empty());
}

#[test]
fn the_size_of_a_screen_counts_where_no_camera_speaks() {
    let mut description = jpeg(&[]);
    (description.width, description.height) = (Some(2_532), Some(1_170));
    assert!(of(&read("", &description), "iphone-1170").is_some());
    description.fields = jpeg(&[(group::IFD0, "Make", "Apple")]).fields;
    assert!(of(&read("", &description), "iphone-1170").is_none());
    description.fields = jpeg(&[("Reconyx", "SerialNumber", "H500")]).fields;
    assert!(of(&read("", &description), "iphone-1170").is_none(), "a camera in its own notes");
    description.fields.clear();
    (description.width, description.height) = (Some(1_000), Some(1_001));
    assert!(read("", &description).iter().all(|trace| trace.basis != Basis::Size));
}

#[test]
fn a_recompressor_needs_its_quality_and_its_side() {
    let tables = crate::quantisation::libjpeg(87);
    let mut description = jpeg(&[]);
    description.tables = Some(tables);
    (description.width, description.height) = (Some(960), Some(1_280));
    assert!(of(&read("", &description), "telegram-desktop-87").is_some());
    description.height = Some(1_281);
    assert!(of(&read("", &description), "telegram-desktop-87").is_none());
    description.height = Some(1_280);
    description.tables = Some(crate::quantisation::libjpeg(86));
    assert!(of(&read("", &description), "telegram-desktop-87").is_none());
    description.tables = None;
    assert!(of(&read("", &description), "telegram-desktop-87").is_none());
}

prop_compose! {
    fn tables()(
        quantisation in prop::collection::vec((any::<u8>(), prop::array::uniform32(any::<u16>())), 0..4),
        components in prop::collection::vec((any::<(u8, u8)>(), any::<u8>()), 0..6),
        process in any::<u8>(),
        framed in any::<bool>(),
    ) -> Tables {
        let double = |half: [u16; 32]| std::array::from_fn(|i| half[i % 32]);
        let components = components.into_iter().map(|(sampling, table)| Component { sampling, table });
        Tables {
            quantisation: quantisation.into_iter().map(|(id, half)| (id % 4, double(half))).collect(),
            huffman: Vec::new(),
            frame: framed.then(|| Frame { process, components: components.collect() }),
        }
    }
}

proptest! {
    #[test]
    fn any_file_is_safe(
        name in any::<String>(),
        value in any::<String>(),
        size in any::<(Option<u32>, Option<u32>)>(),
        tables in prop::option::of(tables()),
    ) {
        let mut description = jpeg(&[(group::IFD0, "Software", &value), ("IPTC", "SpecialInstructions", &value), (group::EXIF, "DateTimeOriginal", &value), (group::IFD0, "Make", &value), (group::IFD0, "Model", &value)]);
        (description.width, description.height) = size;
        description.tables = tables;
        let traces = read(&name, &description);
        prop_assert!(traces.len() <= 64 && traces.iter().all(|trace| trace.heuristic));
    }

    #[test]
    fn a_name_near_a_known_one_is_safe(row in 0_usize..200, at in 0_usize..60, c in any::<char>()) {
        let rows = &rows().name;
        let row = &rows[row % rows.len()];
        let mut name: Vec<char> = row.examples[0].is.chars().collect();
        let at = at % name.len();
        name[at] = c;
        for trace in read(&name.into_iter().collect::<String>(), &silent()) {
            prop_assert!(trace.at.is_none() || trace.means.is_some());
        }
    }
}
