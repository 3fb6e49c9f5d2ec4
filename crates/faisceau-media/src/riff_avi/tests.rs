use super::*;
use crate::field::Description;
use crate::testing::mutated;
use proptest::prelude::*;

fn chunk_of(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = [&kind, (body.len() as u32).to_le_bytes().as_slice(), body].concat();
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes
}

fn list_of(kind: [u8; 4], chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk_of(*b"LIST", &[kind.to_vec(), chunks.concat()].concat())
}

fn riff(kind: [u8; 4], chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk_of(*b"RIFF", &[kind.to_vec(), chunks.concat()].concat())
}

fn whole_file() -> Vec<u8> {
    let header =
        [vec![0; 32], 640_u32.to_le_bytes().to_vec(), 480_u32.to_le_bytes().to_vec()].concat();
    let nikon =
        [&[4, 0, 5, 0], b"COOL\0".as_slice(), &[7, 0, 2, 0, 1, 0], &[0x13, 0, 3, 0], b"now"]
            .concat();
    let text = [
        chunk_of(*b"ISFT", b"CanonMVI06\0"),
        chunk_of(*b"ICRD", b"2020-08-28"),
        chunk_of(*b"IART", b"caf\xe9"),
    ];
    let chunks = [
        list_of(
            *b"hdrl",
            &[chunk_of(*b"avih", &header), chunk_of(*b"IDIT", b"Mon Sep 10 20:52:00 2012\n\0")],
        ),
        list_of(*b"INFO", &text),
        list_of(*b"ncdt", &[chunk_of(*b"nctg", &nikon)]),
        list_of(*b"movi", &[chunk_of(*b"00dc", b"frames")]),
        chunk_of(*b"idx1", b"index"),
    ];
    [riff(*b"AVI ", &chunks), riff(*b"AVIX", &[list_of(*b"movi", &[chunk_of(*b"00dc", b"more")])])]
        .concat()
}

fn described(mut file: &[u8]) -> Description {
    let mut out = Collector::default();
    read(&mut file, &mut out).unwrap();
    out.found
}

#[test]
fn date_program_camera_and_size() {
    let found = described(&whole_file());
    assert_eq!((found.mime, found.width, found.height), ("video/x-msvideo", Some(640), Some(480)));
    assert_eq!(found.flaws, vec![]);
    let expected = [
        ("RIFF", "ImageWidth", "640"),
        ("RIFF", "ImageHeight", "480"),
        ("RIFF", "DateTimeOriginal", "2012:09:10 20:52:00"),
        ("RIFF", "Software", "CanonMVI06"),
        ("RIFF", "DateCreated", "2020:08:28"),
        ("RIFF", "Artist", "café"),
        ("Nikon", "Model", "COOL"),
        ("Nikon", "DateTimeOriginal", "now"),
    ];
    let shown: Vec<_> = found
        .fields
        .iter()
        .map(|field| (field.group, field.name.as_str(), field.value.as_str()))
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn the_hash_is_that_of_the_frames_alone() {
    let frames = [chunk_of(*b"00dc", b"frames"), chunk_of(*b"00dc", b"more")].concat();
    let file = whole_file();
    assert_eq!(described(&file).coded, Some(Sha256::digest(frames).into()));
    let cut = described(&file[..file.len() - 1]);
    assert_eq!(
        (cut.coded, cut.flaws[0].detail),
        (None, "a chunk claims more bytes than there are")
    );
    assert_eq!(described(&riff(*b"AVI ", &[])).coded, None);
}

#[test]
fn depth_is_limited() {
    let deep = (0..10).fold(list_of(*b"INFO", &[]), |inner, _| list_of(*b"INFO", &[inner]));
    assert_eq!(described(&deep).flaws[0].detail, "lists are nested deeper than is read");
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
        described(&list_of(*b"INFO", &[bytes]));
    }
}
