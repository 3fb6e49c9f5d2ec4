//! Tests of the reader of pages.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::testing::{described, flaws, lines, mutated, sound};

const NEWS: &[u8] = include_bytes!("../../tests/fixtures/pages/news.html");
const WORDPRESS: &[u8] = include_bytes!("../../tests/fixtures/pages/wordpress.html");
const HOSTILE: &[u8] = include_bytes!("../../tests/fixtures/pages/hostile.html");

/// The fields with the bytes at which they lie, then the flaws.
fn shown(bytes: &[u8]) -> String {
    let found = described(read, bytes);
    let mut out = String::new();
    for (field, line) in found.fields.iter().zip(lines(&found)) {
        let at = &bytes[field.at.start as usize..field.at.end as usize];
        let start: String = String::from_utf8_lossy(at).chars().take(40).collect();
        let _ = writeln!(out, "{line}\n    {:?} {start:?}", field.at);
    }
    for flaw in &found.flaws {
        let _ = writeln!(out, "! {} {}", flaw.at, flaw.detail);
    }
    out
}

#[test]
fn a_newspaper_tells_who_when_and_with_which_accounts() {
    insta::assert_snapshot!("news", shown(NEWS));
}

#[test]
fn a_page_of_wordpress_tells_what_made_and_saved_it() {
    insta::assert_snapshot!("wordpress", shown(WORDPRESS));
}

#[test]
fn hostile_markup_is_inert() {
    insta::assert_snapshot!("hostile", shown(HOSTILE));
    let found = described(read, HOSTILE);
    let bad = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}');
    for field in &found.fields {
        assert!(!field.name.contains(bad) && !field.value.contains(bad), "{field:?}");
    }
    // What stands in the text of a page is no account of its operator.
    assert!(!lines(&described(read, NEWS)).iter().any(|line| line.contains("=UA-9999999-9")));
}

#[test]
fn a_field_lies_at_its_tag_in_any_encoding() {
    let page = "<!doctype html><title>d\u{e9}j\u{e0}</title><p>\u{e9}<meta name=author content=x>";
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(page.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let narrow: Vec<u8> = page.chars().map(|c| c as u8).collect();
    for (bytes, tag, width) in [(wide, 28, 2), (narrow, 28, 1), (page.as_bytes().to_vec(), 28, 1)] {
        let found = described(read, &bytes);
        assert_eq!(found.value(&[HTML], "Title"), Some("d\u{e9}j\u{e0}"));
        let field = found.fields.iter().find(|field| field.name == "Author").unwrap();
        assert_eq!(field.at.end - field.at.start, tag * width);
        assert_eq!(field.at.end, bytes.len() as u64);
    }
    let other = described(read, b"<meta charset=koi8-r><title>\xd1</title>");
    assert_eq!(flaws(&other), ["a page in an encoding that is not read"]);
}

#[test]
fn floods_end_at_limits_and_are_counted() {
    let head = "<!doctype html><title>t</title><meta name=author content=Ann>";
    let deep = described(read, format!("{head}{}x", "<div>".repeat(100_000)).as_bytes());
    assert_eq!(deep.value(&[HTML], "Author"), Some("Ann"));
    let rest = "more nesting, elements or attributes than are read: the rest is left";
    assert_eq!(flaws(&deep), [rest]);

    let many = "<meta name=x content=y>".repeat(50_000);
    let tail = "<script>gtag('config','G-AB12CD34EF')</script><p>seen";
    let flood = described(read, format!("{head}{many}{tail}").as_bytes());
    assert_eq!((flood.left_out, flood.fields.len()), (48_501, 1_504));
    assert_eq!(flood.value(&["HTML-tracker"], "GoogleTagID"), Some("G-AB12CD34EF"));
    assert_eq!(flood.value(&[HTML], "Text"), Some("t\u{240a}seen"));

    let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for json in [nested, "{\"a\":".repeat(10_000), "[".repeat(3 << 20)] {
        let page = format!("{head}<script type='application/ld+json'>{json}</script>");
        assert_eq!(flaws(&described(read, page.as_bytes())).len(), 1);
    }
    let trackers: String =
        (10_000..80_000).fold(String::new(), |all, n| all + &format!("'UA-{n}-1'"));
    let found = described(read, format!("{head}<script>{trackers}</script>").as_bytes());
    assert_eq!(found.left_out, 70_000 - 300);
    let attributes = format!("<a {}>", "b1 ".repeat(70_000));
    assert_eq!(
        flaws(&described(read, attributes.as_bytes())),
        ["markup of a sort that no page has"]
    );
}

#[test]
fn a_page_with_the_mark_of_a_pdf_is_a_page() {
    let page = b"<!doctype html><!-- %PDF-1.7 --><title>t</title>";
    assert_eq!(crate::kind(page), Some(crate::Kind::Html));
    let found = described(read, page);
    assert_eq!(found.value(&[HTML], "Title"), Some("t"));
    assert_eq!(flaws(&found), ["a page that could be a PDF too, which is not read"]);
}

#[test]
fn a_page_of_word_tells_its_authors() {
    let page = b"<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><!--[if gte mso 9]><xml>\
        <o:DocumentProperties><o:Author>Zo\xc3\xa9 &amp; Co</o:Author><o:LastAuthor>Bob</o:LastAuthor>\
        <o:Created>2004-03-05T23:03:00Z</o:Created><o:Words>12</o:Words><o:Company>ACME</o:Company>\
        </o:DocumentProperties></xml><![endif]--><xml><o:Manager>Eve</o:Manager></xml></head>";
    let found = described(read, page);
    let office = lines(&found).into_iter().filter(|line| line.starts_with("HTML-office"));
    assert_eq!(
        office.collect::<Vec<_>>(),
        [
            "HTML-office:Author=Zo\u{e9} & Co",
            "HTML-office:LastAuthor=Bob",
            "HTML-office:CreateDate=2004:03:05 23:03:00Z",
            "HTML-office:Company=ACME",
            "HTML-office:Manager=Eve",
        ]
    );
    let at = found.fields.iter().find(|field| field.name == "LastAuthor").unwrap().at.clone();
    assert_eq!(&page[at.start as usize..at.end as usize], b"<o:LastAuthor>Bob");
}

#[test]
fn a_long_text_keeps_its_beginning_and_its_length() {
    let page = format!("<!doctype html><p>{}", "mot ".repeat(100_000));
    let found = described(read, page.as_bytes());
    let text = found.value(&[HTML], "Text").unwrap();
    assert_eq!(text.chars().count(), 65_537);
    assert!(text.ends_with('\u{2026}'));
    assert_eq!(found.value(&[HTML], "TextLength"), Some("399999"));
}

#[test]
fn many_scripts_are_no_quadratic_work() {
    let scripts = "<svg><script/>".to_owned() + &"<script/>".repeat(200_000) + "</svg>";
    described(read, format!("<!doctype html>{scripts}").as_bytes());
    described(read, format!("<!doctype html>{}", "<title><script>".repeat(200_000)).as_bytes());
    described(read, format!("<!doctype html>{}", "<xml></p>".repeat(200_000)).as_bytes());
    described(read, format!("<!doctype html>{}", "<!--[if --><o:A>".repeat(200_000)).as_bytes());
    described(read, format!("<!doctype html>{}", "<>".repeat(1_000_000)).as_bytes());
}

proptest! {
    #[test]
    fn changed_pages_are_read(
        news in mutated(NEWS.to_vec()),
        wordpress in mutated(WORDPRESS.to_vec()),
        hostile in mutated(HOSTILE.to_vec()),
    ) {
        for bytes in [news, wordpress, hostile] {
            sound(read, &bytes);
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        sound(read, &bytes);
    }

    #[test]
    fn any_markup_is_read(
        markup in "(<(/?(title|script|script type='application/ld\\+json'|meta name=a:b content=c|time datetime=1|base href=x|html lang=x|svg|template|link rel=me href=y)|!--|!|\\?)>|UA-1234-1|\\{\"name\":|[a-z<>\"'é\u{0}]){0,60}"
    ) {
        sound(read, markup.as_bytes());
        let wide: Vec<u8> = [0xff, 0xfe].into_iter()
            .chain(markup.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        sound(read, &wide);
    }
}
