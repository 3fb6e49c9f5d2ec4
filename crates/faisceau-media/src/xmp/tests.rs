//! Tests of XMP packets.

use proptest::prelude::*;

use super::{DEPTH, NODES, read};
use crate::testing::{described, flaws, lines, mutated, sound};

const PACKET: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Kit 1.0"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="uuid:1" xmlns:m="http://ns.adobe.com/xap/1.0/mm/" xmlns:e="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 m:DocumentID="xmp.did:2" xap:CreateDate="2012-07-14T16:30:12+02:00" exif:GPSLatitude="48,51.5N" exif:GPSAltitude='123/10' exif:FNumber="28/10">
<m:History><rdf:Seq>
<rdf:li rdf:parseType="Resource"><e:action>created</e:action><e:when>2012-07-14T16:30:12Z</e:when></rdf:li>
<rdf:li e:action="saved" e:softwareAgent="Tool &amp; Co"/>
</rdf:Seq></m:History>
<m:DerivedFrom><rdf:Description e:instanceID="xmp.iid:3"/></m:DerivedFrom>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">&#169; A &lt;b&gt;</rdf:li><rdf:li xml:lang="fr-fr">R<![CDATA[&]]></rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?> <unread"#;

const FIELDS: [&str; 13] = [
    "XMP-x:XMPToolkit=Kit 1.0",
    "XMP-rdf:About=uuid:1",
    "XMP-xmpMM:DocumentID=xmp.did:2",
    "XMP-xmp:CreateDate=2012:07:14 16:30:12+02:00",
    "XMP-exif:GPSLatitude=48.8583333333333",
    "XMP-exif:GPSAltitude=12.3",
    "XMP-xmpMM:HistoryAction=created",
    "XMP-xmpMM:HistoryWhen=2012:07:14 16:30:12Z",
    "XMP-xmpMM:HistoryAction=saved",
    "XMP-xmpMM:HistorySoftwareAgent=Tool & Co",
    "XMP-xmpMM:DerivedFromInstanceID=xmp.iid:3",
    "XMP-dc:Rights=© A <b>",
    "XMP-dc:Rights-fr-FR=R&",
];

/// A packet of one description, which declares the namespace of Adobe.
fn packet(inside: &str) -> String {
    format!(
        r#"<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:p="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</r:Description></r:RDF>"#
    )
}

#[test]
fn attributes_lists_and_structures_become_fields() {
    let found = described(read, PACKET.as_bytes());
    assert_eq!(lines(&found), FIELDS);
    assert!(found.flaws.is_empty(), "{:?}", found.flaws);
}

#[test]
fn a_field_knows_where_its_value_stands() {
    let found = described(read, PACKET.as_bytes());
    for (name, text) in [
        ("DocumentID", "xmp.did:2"),
        ("GPSAltitude", "123/10"),
        ("HistoryWhen", "2012-07-14T16:30:12Z"),
        ("HistorySoftwareAgent", "Tool &amp; Co"),
        ("Rights", "&#169; A &lt;b&gt;"),
    ] {
        let at = found.fields.iter().find(|field| field.name == name).unwrap().at.clone();
        assert_eq!(&PACKET[at.start as usize..at.end as usize], text);
    }
}

#[test]
fn a_packet_is_read_in_every_encoding() {
    let double: Vec<u16> = PACKET.encode_utf16().collect();
    let little: Vec<u8> = double.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = [0xfeff].iter().chain(&double).flat_map(|unit| unit.to_be_bytes()).collect();
    let wide: Vec<u8> = PACKET.chars().flat_map(|unit| (unit as u32).to_be_bytes()).collect();
    for bytes in [little, big, wide] {
        let found = described(read, &bytes);
        assert_eq!(lines(&found), FIELDS);
        // Decoded bytes have the place of all of them.
        assert!(found.fields.iter().all(|field| field.at == (0..bytes.len() as u64)));
    }
}

#[test]
fn the_namespace_counts_and_not_its_prefix() {
    let inside = r#"<p:Label>a</p:Label><x:Label xmlns:x="http://ns.adobe.com/xap/1.0">b</x:Label>
        <p:Label xmlns:p="http://example.org/">no</p:Label><q:Label>no</q:Label>
        <Label xmlns="http://ns.adobe.com/xap/1.0/">c</Label><p:Label>d</p:Label>"#;
    let found = described(read, packet(inside).as_bytes());
    let labels = ["a", "b", "c", "d"].map(|label| format!("XMP-xmp:Label={label}"));
    assert_eq!(lines(&found), labels);
}

#[test]
fn an_early_end_hides_nothing() {
    let inside = "<p:Label>a</p:Label><?xpacket end='w'?><p:Label>b</p:Label>";
    let twice = packet(inside) + "<?xpacket end='w'?>" + &packet("<p:Label>c</p:Label>");
    let found = described(read, twice.as_bytes());
    assert_eq!(lines(&found), ["a", "b", "c"].map(|label| format!("XMP-xmp:Label={label}")));
    assert!(found.flaws.is_empty(), "{:?}", found.flaws);
}

#[test]
fn a_broken_attribute_is_a_flaw() {
    let found = described(read, packet("<m:a p:Label=a p:Nickname='n'/>").as_bytes());
    assert_eq!(flaws(&found), ["XMP with an attribute that is not well-formed"]);
}

#[test]
fn an_address_may_stand_in_an_attribute() {
    let inside =
        r#"<cc:license xmlns:cc="http://creativecommons.org/ns#" r:resource="http://a/"/>"#;
    let found = described(read, packet(inside).as_bytes());
    assert_eq!(lines(&found), ["XMP-cc:License=http://a/"]);
}

#[test]
fn an_entity_of_its_own_ends_the_packet() {
    let inside = "<p:Label>a</p:Label><p:Nickname>&lol;</p:Nickname><p:Label>b</p:Label>";
    let bomb = format!("<!DOCTYPE r [<!ENTITY lol 'lollol'>]>{}", packet(inside));
    let found = described(read, bomb.as_bytes());
    assert_eq!(lines(&found), ["XMP-xmp:Label=a"]);
    assert_eq!(flaws(&found), ["XMP with an entity of its own"]);
}

#[test]
fn what_is_too_deep_or_too_long_is_refused() {
    let deep = "<p:Label>a</p:Label>".to_owned() + &"<p:Label>".repeat(DEPTH);
    let found = described(read, packet(&deep).as_bytes());
    assert_eq!(lines(&found), ["XMP-xmp:Label=a"]);
    assert_eq!(flaws(&found), ["XMP that is too deep"]);
    let long = "<a/>".repeat(NODES as usize);
    assert_eq!(flaws(&described(read, packet(&long).as_bytes())), ["XMP that is too long"]);
    let wide = format!("<a{}/>", " b='c'".repeat(NODES as usize));
    assert_eq!(flaws(&described(read, packet(&wide).as_bytes())), ["XMP that is too long"]);
    let many: Vec<_> = (0..300).map(|n| format!(" xmlns:n{n}='x'")).collect();
    let found = described(read, packet(&format!("<a{}/>", many.concat())).as_bytes());
    assert_eq!(flaws(&found), ["XMP with too many namespaces"]);
}

#[test]
fn repeats_beyond_the_limit_are_counted_and_hide_no_other() {
    let tail = "<p:Nickname>n</p:Nickname>";
    let many = "<p:Label>a</p:Label>".repeat(300) + tail;
    let found = described(read, packet(&many).as_bytes());
    assert_eq!((found.fields.len(), found.left_out), (257, 44));
    let languages = (0..300).map(|n| format!("<p:Label xml:lang='a{n}'>a</p:Label>"));
    let found =
        described(read, packet(&(languages.collect::<Vec<_>>().concat() + tail)).as_bytes());
    assert_eq!((found.fields.len(), found.left_out), (257, 44));
    let names =
        (0..300).map(|n| format!("<m:N{n} xmlns:m='http://ns.adobe.com/xap/1.0/mm/'>a</m:N{n}>"));
    let found = described(read, packet(&(names.collect::<Vec<_>>().concat() + tail)).as_bytes());
    assert_eq!((found.fields.len(), found.left_out), (257, 44));
}

#[test]
fn a_packet_that_was_cut_gives_what_stands_before() {
    let cut = PACKET.find("<e:when>").unwrap();
    let found = described(read, &PACKET.as_bytes()[..cut]);
    assert_eq!(lines(&found), FIELDS[..7]);
    assert_eq!(flaws(&found), ["XMP that ends in an element"]);
}

#[test]
fn long_descriptions_are_cut() {
    let inside = format!("<dc:description>{}</dc:description>", "é".repeat(40_000));
    let found = described(read, packet(&inside).as_bytes());
    assert_eq!(found.fields[0].value.chars().count(), 201);
}

proptest! {
    #[test]
    fn any_bytes_are_read_soundly(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sound(read, &bytes);
    }

    #[test]
    fn mutated_packets_are_read_soundly(bytes in mutated(PACKET.as_bytes().to_vec())) {
        sound(read, &bytes);
    }
}
