use std::io::Write as _;

use flate2::write::ZlibEncoder;
use proptest::prelude::*;

use super::*;
use crate::Description;

fn described(bytes: &[u8]) -> Description {
    let mut out = Collector::default();
    read(&Part::file(bytes), &mut out);
    out.found
}

fn values<'a>(description: &'a Description, name: &str) -> Vec<&'a str> {
    let named = description.fields.iter().filter(|field| field.name == name);
    named.map(|field| field.value.as_str()).collect()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// Writes documents with a table, and updates of them.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    section: Option<usize>,
}

impl Writer {
    fn begin() -> Self {
        Self { bytes: b"%PDF-1.4\n".to_vec(), section: None }
    }

    /// Appends a revision.
    fn revision(mut self, objects: &[(u32, &str)], trailer: &str) -> Self {
        let mut table = String::from("xref\n");
        for (number, body) in objects {
            let _ = write!(table, "{number} 1\n{:010} 00000 n \n", self.bytes.len());
            self.bytes.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        let place = self.bytes.len();
        let previous = self.section.map(|at| format!("/Prev {at} ")).unwrap_or_default();
        let trailer = format!("trailer\n<<{previous}{trailer}>>\nstartxref\n{place}\n%%EOF\n");
        self.bytes.extend(table.bytes().chain(trailer.bytes()));
        self.section = Some(place);
        self
    }
}

const CATALOG: (u32, &str) = (1, "<</Type/Catalog/Pages 2 0 R>>");
const PAGES: (u32, &str) = (2, "<</Type/Pages/Count 3/Kids[]>>");

fn two_revisions() -> Vec<u8> {
    let first = "<</Author(Alice)/Creator(Word \\(x\\))/CreationDate(D:20240102030405+01'00')\
                 /Custom#20Key.two<FEFF00E9>/SourceModified(D:2024)>>";
    let second = "<</Author(Bob)/Producer 4 0 R/ModDate(D:20250102030405Z)>>";
    let ids = |changing: &str| format!("/Root 1 0 R/Info 3 0 R/ID[<AA01><{changing}>]");
    Writer::begin()
        .revision(&[CATALOG, PAGES, (3, first)], &ids("BB01"))
        .revision(&[(3, second), (4, "(Editor)")], &ids("CC01"))
        .bytes
}

#[test]
fn every_revision_is_read_the_newest_first() {
    let bytes = two_revisions();
    let found = described(&bytes);
    assert_eq!(found.mime, "application/pdf");
    assert_eq!(values(&found, "Author"), ["Bob", "Alice"]);
    assert_eq!(values(&found, "Creator"), ["Word (x)"]);
    assert_eq!(values(&found, "CreateDate"), ["2024:01:02 03:04:05+01:00"]);
    assert_eq!(values(&found, "ModifyDate"), ["2025:01:02 03:04:05Z"]);
    assert_eq!(values(&found, "Custom_Key_two"), Vec::<&str>::new());
    assert_eq!(values(&found, "Custom_KeyTwo"), ["é"]);
    assert_eq!(values(&found, "SourceModified"), ["D:2024"]);
    assert_eq!(values(&found, "Producer"), ["Editor"]);
    assert_eq!(values(&found, "FileIDPermanent"), ["aa01"]);
    assert_eq!(values(&found, "FileIDChanging"), ["cc01", "bb01"]);
    assert_eq!(values(&found, "PDFVersion"), ["1.4"]);
    assert_eq!(values(&found, "Linearized"), ["false"]);
    assert_eq!(values(&found, "PageCount"), ["3"]);
    assert_eq!(values(&found, "Revisions"), ["2"]);
    assert!(found.flaws.is_empty(), "{:?}", found.flaws);

    // The file cut where the first revision ends is the first state.
    let end: usize = values(&found, "RevisionEnds")[0].split(' ').next().unwrap().parse().unwrap();
    let before = described(&bytes[..end]);
    assert_eq!(values(&before, "Author"), ["Alice"]);
    assert_eq!(values(&before, "Revisions"), ["1"]);
    assert!(bytes[..end].ends_with(b"%%EOF\n"));
}

#[test]
fn a_field_knows_its_place() {
    let bytes = two_revisions();
    for (name, written) in [("Author", "(Bob)"), ("Producer", "(Editor)"), ("PDFVersion", "1.4")] {
        let found = described(&bytes);
        let field = found.fields.iter().find(|field| field.name == name).unwrap();
        let at = field.at.start as usize..field.at.end as usize;
        assert_eq!(&bytes[at], written.as_bytes());
    }
}

/// A document of PDF 1.5: objects in an object stream, and a cross-reference stream with the
/// predictor "up".
fn packed_document() -> (Vec<u8>, Range<u64>) {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let objects = "<</Type/Catalog/Pages 5 0 R>> <</Author(Carol)>>   ";
    let body = zlib(format!("1 0 3 30 {objects}").as_bytes());
    let holder = bytes.len();
    bytes.extend(
        format!("4 0 obj<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length {}>>", body.len())
            .bytes(),
    );
    bytes.extend(b"stream\n");
    let start = bytes.len() as u64;
    bytes.extend(&body);
    let range = start..bytes.len() as u64;
    bytes.extend(b"\nendstream endobj\n");
    let section = bytes.len();
    let rows: [[u8; 4]; 5] = [
        [0, 0, 0, 0],
        [2, 0, 4, 0],
        [0, 0, 0, 0],
        [2, 0, 4, 1],
        [1, (holder >> 8) as u8, holder as u8, 0],
    ];
    let mut predicted = Vec::new();
    let mut above = [0u8; 4];
    for row in rows {
        predicted.push(2);
        predicted.extend(row.iter().zip(above).map(|(byte, up)| byte.wrapping_sub(up)));
        above = row;
    }
    let packed = zlib(&predicted);
    let dictionary = format!(
        "<</Type/XRef/W[1 2 1]/Size 5/Root 1 0 R/Info 3 0 R/Filter[/FlateDecode]\
         /DecodeParms[<</Predictor 12/Columns 4>>]/Length {}>>",
        packed.len()
    );
    bytes.extend(format!("9 0 obj{dictionary}stream\r\n").bytes());
    bytes.extend(packed);
    bytes.extend(format!("\nendstream endobj\nstartxref\n{section}\n%%EOF").bytes());
    (bytes, range)
}

#[test]
fn an_object_of_an_object_stream_lies_in_the_stream() {
    let (bytes, range) = packed_document();
    let found = described(&bytes);
    let author = found.fields.iter().find(|field| field.name == "Author").unwrap();
    assert_eq!((author.value.as_str(), &author.at), ("Carol", &range));
    assert_eq!(values(&found, "Revisions"), ["1"]);
    assert!(found.flaws.is_empty(), "{:?}", found.flaws);
}

#[test]
fn a_linearized_file_is_one_revision() {
    // The first section stands before the one it leads to.
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let dictionary = bytes.len();
    bytes.extend(b"9 0 obj<</Linearized 1/L 0000>>endobj\n");
    let first = bytes.len();
    let trailer = "trailer<</Root 1 0 R/Info 3 0 R/Prev 0000>>\nstartxref\n0\n%%EOF\n";
    bytes.extend(format!("xref\n0 0\n{trailer}").bytes());
    let info = bytes.len();
    bytes.extend(b"3 0 obj<</Author(Dan)>>endobj\n");
    let second = bytes.len();
    bytes.extend(format!("xref\n3 1\n{info:010} 00000 n \ntrailer<<>>\n").bytes());
    bytes.extend(format!("startxref\n{first}\n%%EOF\n").bytes());
    let prev = memmem::find(&bytes, b"/Prev ").unwrap() + 6;
    bytes[prev..prev + 4].copy_from_slice(format!("{second:04}").as_bytes());
    let length = bytes.len();
    bytes[dictionary + 25..dictionary + 29].copy_from_slice(format!("{length:04}").as_bytes());
    let found = described(&bytes);
    assert_eq!(values(&found, "Revisions"), ["1"]);
    assert_eq!(values(&found, "Linearized"), ["true"]);
    assert_eq!(values(&found, "Author"), ["Dan"]);
}

#[test]
fn without_a_section_objects_are_searched() {
    let mut bytes = two_revisions();
    while let Some(at) = memmem::find(&bytes, b"startxref") {
        bytes[at] = b'-';
    }
    let found = described(&bytes);
    assert_eq!(values(&found, "Author"), ["Bob", "Alice"]);
    let details: Vec<&str> = found.flaws.iter().map(|flaw| flaw.detail).collect();
    assert!(details.iter().any(|detail| detail.contains("were searched")), "{details:?}");
    assert!(values(&found, "Revisions").is_empty());
}

#[test]
fn an_old_dictionary_that_nothing_names_is_told() {
    let lost = (7, "<</Producer(Old)/CreationDate(D:2020)>>");
    let bytes = Writer::begin().revision(&[CATALOG, PAGES, lost], "/Root 1 0 R").bytes;
    let found = described(&bytes);
    assert_eq!(values(&found, "Producer"), ["Old"]);
    assert_eq!(found.flaws.len(), 1);
}

#[test]
fn an_encrypted_document_keeps_its_strings() {
    let encryption = (8, "<</Filter/Standard/V 4/R 4/Length 128/O(x)/U(y)/P -4>>");
    let info = (3, "<</Author(\x01\x02\x03)/CreationDate(x)/Producer(y)>>");
    let bytes = Writer::begin()
        .revision(
            &[CATALOG, PAGES, info, encryption],
            "/Root 1 0 R/Info 3 0 R/Encrypt 8 0 R/ID[<01><02>]",
        )
        .bytes;
    let found = described(&bytes);
    assert_eq!(values(&found, "Encryption"), ["Standard V4.4 (128-bit)"]);
    assert_eq!(values(&found, "FileIDPermanent"), ["01"]);
    assert!(values(&found, "Author").is_empty());
    assert_eq!(found.flaws.len(), 1);
}

#[test]
fn what_stands_behind_the_end_is_told() {
    let mut bytes = two_revisions();
    bytes.extend(b"PK\x03\x04");
    let found = described(&bytes);
    let flaw = found.flaws.first().unwrap();
    assert_eq!(flaw.at, bytes.len() as u64 - 4);
}

#[test]
fn loops_bombs_and_depth_come_to_an_end() {
    let nested = format!("%PDF-1.4\n1 0 obj{}", "[<<".repeat(100_000));
    described(nested.as_bytes());
    // A section that names itself, and an object that refers to itself.
    let mut looped = b"%PDF-1.4\nxref\n1 1\n0000000060 00000 n \n".to_vec();
    looped.extend(b"trailer<</Prev 9/Root 1 0 R/Info 1 0 R>>\n1 0 obj 1 0 R endobj startxref 9 ");
    assert_eq!(values(&described(&looped), "Revisions"), ["1"]);

    let bomb = zlib(&vec![b' '; 20 << 20]);
    let mut bytes = b"%PDF-1.5\n9 0 obj<</Type/XRef/W[1 1 1]/Size 9/Root 1 0 R".to_vec();
    bytes.extend(format!("/Filter/FlateDecode/Length {}>>stream\n", bomb.len()).bytes());
    bytes.extend(bomb);
    bytes.extend(b"\nendstream endobj startxref\n9\n%%EOF");
    let found = described(&bytes);
    assert!(values(&found, "Revisions").is_empty());
    assert!(!found.flaws.is_empty());
}

#[test]
fn an_object_that_is_named_many_times_is_not_read_for_ever() {
    // Each of 60 keys of each of 200 dictionaries names a string of 200,000 bytes without an end.
    let long = format!("(({}", "x".repeat(200_000));
    let keys: String = (0..60).fold(String::new(), |keys, key| keys + &format!("/K{key} 9 0 R"));
    let mut writer = Writer::begin().revision(&[(9, &long)], "/Root 1 0 R/Info 9 0 R");
    for number in 10..210 {
        let body = format!("<<{keys}>>");
        let trailer = format!("/Root 1 0 R/Info {number} 0 R");
        writer = writer.revision(&[(number, &body)], &trailer);
    }
    let found = described(&writer.bytes);
    let details: Vec<&str> = found.flaws.iter().map(|flaw| flaw.detail).collect();
    assert!(details.iter().any(|detail| detail.contains("more work")), "{details:?}");
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        described(&bytes);
        described(&[b"%PDF-1.7\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_change_is_read(
        which in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = if which { two_revisions() } else { packed_document().0 };
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let found = described(&bytes);
        let end = bytes.len() as u64;
        prop_assert!(found.fields.iter().all(|field| field.at.start <= field.at.end && field.at.end <= end));
        described(&bytes[..cut.index(bytes.len())]);
    }
}
