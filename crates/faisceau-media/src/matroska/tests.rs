use super::*;
use crate::field::Description;
use crate::testing::mutated;
use proptest::prelude::*;

/// The bytes of an identifier, without zeros before them.
fn id_of(id: u32) -> Vec<u8> {
    id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect()
}

/// An element with a size of four bytes.
fn element(id: u32, body: &[u8]) -> Vec<u8> {
    [id_of(id), (0x1000_0000 | body.len() as u32).to_be_bytes().to_vec(), body.to_vec()].concat()
}

/// An element of unknown length.
fn endless(id: u32, body: &[u8]) -> Vec<u8> {
    [id_of(id), vec![0xff], body.to_vec()].concat()
}

fn tag(name: &str, value: &str, inner: &[u8]) -> Vec<u8> {
    let parts =
        [element(0x45a3, name.as_bytes()), element(0x4487, value.as_bytes()), inner.to_vec()];
    element(0x67c8, &parts.concat())
}

fn header(kind: &str) -> Vec<u8> {
    element(id::EBML, &element(0x4282, kind.as_bytes()))
}

fn information() -> Vec<u8> {
    let parts = [
        element(0x73a4, &[0x56, 0x7c, 0x66]),
        element(0x2a_d7b1, &[0x0f, 0x42, 0x40]),
        element(0x4489, &148_608_f64.to_be_bytes()),
        element(0x4461, &286_924_668_500_000_000_i64.to_be_bytes()),
        element(0x4d80, b"Lavf60.4.100\0\0"),
        element(0x5741, b"Chrome"),
    ];
    element(id::INFO, &parts.concat())
}

fn tracks() -> Vec<u8> {
    let picture = [element(0xb0, &[2, 192]), element(0xba, &[2, 64])].concat();
    let video = [
        element(0xd7, &[1]),
        element(0x73c5, &[0xa1, 0x69]),
        element(0x83, &[1]),
        element(0xe0, &picture),
    ];
    let audio = [element(0xd7, &[2]), element(0x83, &[2]), element(0x536e, b"sound")];
    element(id::TRACKS, &[element(0xae, &video.concat()), element(0xae, &audio.concat())].concat())
}

fn tags_of(tags: &[Vec<u8>]) -> Vec<u8> {
    element(id::TAGS, &element(0x7373, &tags.concat()))
}

/// What is in a cluster: a time and a block.
fn blocks() -> Vec<u8> {
    [element(0xe7, &[0]), element(0xa3, b"frame")].concat()
}

fn whole_file() -> Vec<u8> {
    let tags = tags_of(&[tag("DATE_RECORDED", "2010-02-03", &tag("COM.ANDROID", "13", b""))]);
    let parts = [information(), tracks(), element(id::CLUSTER, &blocks()), tags];
    [header("webm"), element(id::SEGMENT, &parts.concat())].concat()
}

fn described(mut file: &[u8]) -> Description {
    let mut out = Collector::default();
    read(&mut file, &mut out).unwrap();
    out.found
}

#[test]
fn fields_before_and_behind_the_clusters() {
    let file = whole_file();
    let found = described(&file);
    assert_eq!((found.mime, found.width, found.height), ("video/webm", Some(704), Some(576)));
    assert_eq!(found.flaws, vec![]);
    let expected = [
        ("Matroska", "DocType", "webm"),
        ("Matroska", "SegmentUID", "567c66"),
        ("Matroska", "Duration", "148.608"),
        ("Matroska", "DateTimeOriginal", "2010:02:03 21:17:48.5Z"),
        ("Matroska", "MuxingApp", "Lavf60.4.100"),
        ("Matroska", "WritingApp", "Chrome"),
        ("Track1", "TrackUID", "a169"),
        ("Track1", "ImageWidth", "704"),
        ("Track1", "ImageHeight", "576"),
        ("Track2", "TrackName", "sound"),
        ("Matroska", "DateTimeOriginal", "2010:02:03"),
        ("Matroska", "DateTimeOriginal/Comandroid", "13"),
    ];
    let shown: Vec<_> = found
        .fields
        .iter()
        .map(|field| (field.group, field.name.as_str(), field.value.as_str()))
        .collect();
    assert_eq!(shown, expected);
    let at = &found.fields[5].at;
    assert_eq!(&file[at.start as usize..at.end as usize], b"Chrome");
}

#[test]
fn the_hash_is_that_of_the_clusters_alone() {
    let expected = Some(Sha256::digest([blocks(), blocks()].concat()).into());
    let known = element(id::CLUSTER, &blocks());
    let file =
        |parts: &[Vec<u8>]| [header("matroska"), element(id::SEGMENT, &parts.concat())].concat();
    assert_eq!(described(&file(&[known.clone(), information(), known.clone()])).coded, expected);
    let unknown = endless(id::CLUSTER, &blocks());
    let live =
        [header("matroska"), endless(id::SEGMENT, &[unknown.clone(), unknown.clone()].concat())]
            .concat();
    assert_eq!(described(&live).coded, expected, "as a browser writes it");
    assert_eq!(
        described(&file(&[unknown, tags_of(&[tag("TITLE", "t", b"")]), known.clone()])).coded,
        expected
    );
    let whole = file(&[known.clone(), known]);
    let cut = described(&whole[..whole.len() - 1]);
    assert_eq!((cut.coded, cut.flaws.last().unwrap().detail), (None, "the segment is cut"));
    assert_eq!(described(&file(&[information()])).coded, None);
}

#[test]
fn sound_without_a_picture() {
    let audio = [element(0xd7, &[1]), element(0x83, &[2])].concat();
    let tracks = element(id::TRACKS, &element(0xae, &audio));
    assert_eq!(
        described(&[header("matroska"), element(id::SEGMENT, &tracks)].concat()).mime,
        "audio/x-matroska"
    );
}

#[test]
fn attached_files() {
    let picture = [
        element(0x466e, b"cover.jpg"),
        element(0x4660, b"image/jpeg"),
        element(0x465c, b"\xff\xd8\xff"),
    ];
    let file = element(id::ATTACHMENTS, &element(0x61a7, &picture.concat()));
    let found = described(&file);
    assert_eq!(found.value(&["Matroska"], "AttachedFileName"), Some("cover.jpg"));
    let at = found.thumbnail.unwrap();
    assert_eq!(&file[at.start as usize..at.end as usize], b"\xff\xd8\xff");
}

#[test]
fn tags_nested_too_deep_and_elements_without_a_length_are_flaws() {
    let deep = (0..10).fold(Vec::new(), |inner, _| tag("TITLE", "t", &inner));
    let found = described(&tags_of(&[deep]));
    assert_eq!(
        (found.fields.len(), found.flaws[0].detail),
        (5, "tags are nested deeper than is read")
    );
    let found = described(&endless(id::INFO, b""));
    assert_eq!(
        found.flaws[0].detail,
        "an element without a length, which only a segment or a cluster may be"
    );
}

proptest! {
    #[test]
    fn mutated_files_are_read_without_panic(file in mutated(whole_file())) {
        let found = described(&file);
        prop_assert!(found.fields.iter().all(|field| field.at.end <= file.len() as u64));
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        described(&bytes);
        described(&element(id::TAGS, &bytes));
        described(&element(id::INFO, &bytes));
    }
}
