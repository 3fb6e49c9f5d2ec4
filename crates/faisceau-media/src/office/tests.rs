use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::*;
use crate::Description;

fn archive(members: &[(&str, &str)], method: zip::CompressionMethod) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in members {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(body.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn described(bytes: &[u8]) -> Description {
    let mut out = Collector::default();
    read(&Part::file(bytes), &mut out);
    out.found
}

const TYPES_OF_WORD: (&str, &str) = (
    "[Content_Types].xml",
    r#"<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
);

const WORD: [(&str, &str); 9] = [
    TYPES_OF_WORD,
    (
        "docProps/core.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">
        <dc:creator>Zo&#233; &amp; Co</dc:creator><cp:lastModifiedBy>Bob</cp:lastModifiedBy>
        <dc:title><![CDATA[T <x>]]></dc:title><cp:revision>7</cp:revision>
        <dcterms:created>2024-01-02T03:04:05Z</dcterms:created><cp:keywords/></cp:coreProperties>"#,
    ),
    (
        "docProps/app.xml",
        "<Properties><Template>Normal.dotm</Template><TotalTime>12</TotalTime><Words>9</Words>\
         <Application>Microsoft Office Word</Application><Company>ACME_x000a_Ltd</Company></Properties>",
    ),
    (
        "docProps/custom.xml",
        r#"<Properties xmlns:vt="v"><property name="client name"><vt:lpwstr>Acme</vt:lpwstr></property>
        <property name="Seen"><vt:filetime>2024-01-02T03:04:05Z</vt:filetime></property></Properties>"#,
    ),
    (
        "word/settings.xml",
        r#"<w:settings xmlns:w="w"><w:rsids><w:rsidRoot w:val="00AB12CD"/><w:rsid w:val="00AB12CD"/>
        <w:rsid w:val="00FF0011"/></w:rsids><w15:docId w15:val="{11111111-2222}"/></w:settings>"#,
    ),
    (
        "word/_rels/settings.xml.rels",
        r#"<Relationships><Relationship Type="http://x/attachedTemplate" Target="file:///C:\Users\alice\t.dotm"/>
        <Relationship Type="http://x/theme" Target="theme1.xml"/></Relationships>"#,
    ),
    (
        "word/people.xml",
        r#"<w15:people><w15:person w15:author="Alice"><w15:presenceInfo w15:userId="a@example.org"/></w15:person></w15:people>"#,
    ),
    (
        "word/document.xml",
        r#"<w:document><w:ins w:author="Alice"/><w:del w:author="Bob"/><w:ins w:author="Alice"/></w:document>"#,
    ),
    ("docProps/thumbnail.jpeg", "not a picture"),
];

#[test]
fn a_document_of_word_tells_who_and_from_what() {
    let bytes = archive(&WORD, zip::CompressionMethod::Deflated);
    let found = described(&bytes);
    assert!(found.mime.ends_with("wordprocessingml.document"));
    for (group, name, value) in [
        (DC, "Creator", "Zoé & Co"),
        (DC, "Title", "T <x>"),
        (XML, "LastModifiedBy", "Bob"),
        (XML, "RevisionNumber", "7"),
        (XML, "CreateDate", "2024:01:02 03:04:05Z"),
        (XML, "Template", "Normal.dotm"),
        (XML, "TotalEditTime", "12"),
        (XML, "Application", "Microsoft Office Word"),
        (XML, "Company", "ACME␊Ltd"),
        (XML, "ClientName", "Acme"),
        (XML, "Seen", "2024:01:02 03:04:05Z"),
        (XML, "RsidRoot", "00AB12CD"),
        (XML, "RsidCount", "2"),
        (XML, "Rsids", "00AB12CD 00FF0011"),
        (XML, "DocId", "{11111111-2222}"),
        (XML, "AttachedTemplate", r"file:///C:\Users\alice\t.dotm"),
        (XML, "Person", "Alice"),
        (XML, "PersonUserId", "a@example.org"),
    ] {
        assert_eq!(found.value(&[group], name), Some(value), "{name}");
    }
    let changed: Vec<&str> = found
        .fields
        .iter()
        .filter(|field| field.name == "ChangeAuthor")
        .map(|field| field.value.as_str())
        .collect();
    assert_eq!(changed, ["Alice", "Bob"]);
    assert_eq!(found.value(&[XML], "Words"), None);
    assert!(found.flaws.is_empty(), "{:?}", found.flaws);
    assert_eq!(found.thumbnail, None);
}

#[test]
fn a_field_lies_where_its_member_lies() {
    let bytes = archive(&WORD, zip::CompressionMethod::Stored);
    let found = described(&bytes);
    let field = found.fields.iter().find(|field| field.name == "LastModifiedBy").unwrap();
    let member = &bytes[field.at.start as usize..field.at.end as usize];
    assert_eq!(member, WORD[1].1.as_bytes());
}

#[test]
fn an_open_document_tells_who_and_with_what() {
    let meta = r#"<office:document-meta><office:meta><meta:initial-creator>Init</meta:initial-creator>
        <dc:creator>Zoé</dc:creator><dc:date>2024-02-02T03:04:05.5</dc:date><meta:generator>LibreOffice/7</meta:generator>
        <meta:editing-cycles>4</meta:editing-cycles><meta:printed-by>P</meta:printed-by>
        <meta:template xlink:href="/home/alice/t.ott" meta:date="2023-01-01T00:00:00"/>
        <meta:user-defined meta:name="Company">ACME</meta:user-defined></office:meta></office:document-meta>"#;
    let settings = r#"<config:config-item config:name="PrinterName">HP</config:config-item>"#;
    let content = "<office:change-info><dc:creator>Eve</dc:creator></office:change-info>";
    let bytes = archive(
        &[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("meta.xml", meta),
            ("settings.xml", settings),
            ("content.xml", content),
        ],
        zip::CompressionMethod::Deflated,
    );
    let found = described(&bytes);
    assert_eq!(found.mime, "application/vnd.oasis.opendocument.text");
    for (group, name, value) in [
        (META, "Initial-creator", "Init"),
        (DC, "Creator", "Zoé"),
        (DC, "Date", "2024:02:02 03:04:05.5"),
        (META, "Generator", "LibreOffice/7"),
        (META, "Editing-cycles", "4"),
        (META, "Printed-by", "P"),
        (META, "TemplateHref", "/home/alice/t.ott"),
        (META, "TemplateDate", "2023:01:01 00:00:00"),
        (META, "User-definedName", "Company"),
        (META, "User-defined", "ACME"),
        (XML, "PrinterName", "HP"),
        (XML, "ChangeAuthor", "Eve"),
    ] {
        assert_eq!(found.value(&[group], name), Some(value), "{name}");
    }
}

#[test]
fn bombs_entities_and_depth_are_refused() {
    let flaws = |core: &str| {
        let members = [TYPES_OF_WORD, ("docProps/core.xml", core)];
        described(&archive(&members, zip::CompressionMethod::Deflated))
    };
    let bomb = flaws(&format!("<a>{}</a>", " ".repeat(40 << 20)));
    assert_eq!(bomb.flaws.len(), 1);
    assert_eq!(flaws(&" ".repeat(2 << 20)).flaws.len(), 1);
    assert_eq!(flaws(&"<a>".repeat(10_000)).flaws.len(), 1);
    let entity = flaws("<!DOCTYPE a [<!ENTITY e \"eeee\">]><a><dc:creator>x&e;y</dc:creator></a>");
    assert_eq!(entity.value(&[DC], "Creator"), Some("x\u{fffd}y"));
}

#[test]
fn many_editing_sessions_are_not_cut() {
    let mut rsids = String::new();
    for number in 0..450 {
        let _ = write!(rsids, "<rsid val=\"{number:08X}\"/>");
    }
    let settings = format!("<settings><rsids>{rsids}</rsids></settings>");
    let members = [TYPES_OF_WORD, ("word/settings.xml", &settings)];
    let found = described(&archive(&members, zip::CompressionMethod::Deflated));
    let fields: Vec<&str> = found
        .fields
        .iter()
        .filter(|field| field.name == "Rsids")
        .map(|field| field.value.as_str())
        .collect();
    assert_eq!(fields.len(), 3);
    assert_eq!(fields.join(" ").split(' ').count(), 450);
    assert_eq!(found.value(&[XML], "RsidCount"), Some("450"));
}

#[test]
fn other_archives_are_told() {
    assert_eq!(described(b"PK\x03\x04").flaws.len(), 1);
    let other = described(&archive(&[("a.txt", "a")], zip::CompressionMethod::Stored));
    assert_eq!((other.flaws.len(), other.mime), (1, "application/zip"));
    let many = b"PK\x01\x02".repeat(10_001);
    assert_eq!(described(&many).flaws.len(), 1);
}

proptest! {
    #[test]
    fn any_change_is_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        stored in any::<bool>(),
    ) {
        let method =
            if stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let mut bytes = archive(&WORD, method);
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let end = bytes.len() as u64;
        let found = described(&bytes);
        prop_assert!(found.fields.iter().all(|field| field.at.start <= field.at.end));
        prop_assert!(found.fields.iter().all(|field| field.at.end <= end));
        described(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn any_xml_is_read(text in "[<>/a-c&;=\"'\\[\\]! #x0-9-]{0,200}") {
        let mut elements = 0;
        xml::walk(text.as_bytes(), |_, _| elements += 1);
        prop_assert!(elements <= text.len());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        described(&bytes);
        xml::walk(&bytes, |_, _| {});
    }
}
