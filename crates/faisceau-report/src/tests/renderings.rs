//! The renderings beside the PDF: the same bytes twice, all that the model says, nothing obeyed.

use std::io::{Cursor, Read};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::{Html, Selector};

use super::act::act;
use super::sample::sample;
use crate::{Block, Document, docx, html, note, xlsx};

const ATTACKS: [&str; 8] = [
    "</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/>",
    "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\"",
    "=HYPERLINK(\"http://evil.example\";\"x\")",
    "\"><script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style><style>@import 'http://evil.example'</style>",
    "&lt;&#0;&#x202e;]]>",
    "abc\u{202e}fed\u{2066}\u{0}\u{b}\u{fffe}\u{1b}[31m",
    "'; </title></textarea><!-- --><svg onload=alert(1)>",
];

/// The parts of a package, in order.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// The names of the elements of a part, and its texts run together.
fn read(part: &str) -> (Vec<String>, String) {
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = true;
    let (mut names, mut text) = (Vec::new(), String::new());
    let mut depth = 0_i64;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                names.push(start.name().as_ref().to_owned());
                assert!(start.attributes().all(|a| a.is_ok()));
            }
            Event::Empty(start) => {
                names.push(start.name().as_ref().to_owned());
                assert!(start.attributes().all(|a| a.is_ok()));
            }
            Event::End(_) => depth -= 1,
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(name) => {
                let name = format!("&{};", &*name);
                text.push_str(&quick_xml::escape::unescape(&name).unwrap());
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(depth, 0);
    (names, text)
}

fn body(bytes: &[u8]) -> (Vec<String>, String) {
    let parts = parts(bytes);
    read(&parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1)
}

/// What the text shows of a character run, in each of the renderings for reading.
fn seen(text: &str) -> String {
    crate::render::shown(text)
}

/// Every text of a document that is not a head of a column or a title. What says the values of a
/// figure in one sentence is no text of a page: the values stand in a table.
fn said(document: &Document) -> Vec<String> {
    let blocks = document.sections.iter().flat_map(|s| &s.blocks);
    blocks
        .filter(|block| !matches!(block, Block::Figure(_)))
        .flat_map(Block::texts)
        .flat_map(crate::Text::runs)
        .map(|run| seen(&run.text))
        .collect()
}

#[test]
fn the_same_document_is_the_same_bytes() {
    for document in [note(&sample().input()), act("corbeau")] {
        let again = document.clone();
        assert!(docx(&document).unwrap() == docx(&again).unwrap());
        assert!(html(&document) == html(&again));
        assert!(xlsx(&document).unwrap() == xlsx(&again).unwrap());
    }
}

#[test]
fn every_part_is_well_formed_and_leads_nowhere() {
    for document in [note(&sample().input()), act("corbeau")] {
        let bytes = docx(&document).unwrap();
        let parts = parts(&bytes);
        assert_eq!(parts[0].0, "[Content_Types].xml");
        for (name, text) in &parts {
            let (names, _) = read(text);
            assert!(!text.contains("TargetMode") && !text.contains("DOCTYPE"), "{name}");
            let fields = names.iter().filter(|n| n.contains("fld") || n.contains("instrText"));
            assert_eq!(fields.count(), if name == "word/footer1.xml" { 2 } else { 0 }, "{name}");
        }
    }
}

#[test]
fn every_rendering_says_what_the_model_says() {
    for document in [note(&sample().input()), act("corbeau")] {
        let (_, text) = body(&docx(&document).unwrap());
        let page = Html::parse_document(&html(&document));
        let page_text: String = page.root_element().text().collect();
        for run in said(&document) {
            assert!(text.contains(&run), "DOCX: {run}");
            assert!(page_text.contains(&run), "HTML: {run}");
        }
        for section in &document.sections {
            assert!(text.contains(&seen(&section.title)) && page_text.contains(&section.title));
        }
    }
}

#[test]
fn blanks_can_be_found_and_are_listed() {
    let document = act("corbeau");
    assert_eq!(document.blanks().len(), 4);
    let (_, text) = body(&docx(&document).unwrap());
    let page: String = Html::parse_document(&html(&document)).root_element().text().collect();
    for what in document.blanks() {
        let marked = format!("[●\u{a0}{what}]");
        assert!(text.contains(&marked) && page.contains(&marked), "{what}");
        assert!(text.matches(&what).count() >= 2, "{what}: listed on the first page too");
    }
    assert!(text.contains("À compléter avant usage"));
}

#[test]
fn numbered_lists_start_anew() {
    let parts = parts(&docx(&act("corbeau")).unwrap());
    let part = |name: &str| &parts.iter().find(|(n, _)| n == name).unwrap().1;
    let numbers: Vec<&str> = part("word/document.xml")
        .split("<w:numId w:val=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(numbers, ["3", "3", "3", "4", "4"]);
    let numbering = part("word/numbering.xml");
    assert!(numbers.iter().all(|n| numbering.contains(&format!("<w:num w:numId=\"{n}\">"))));
}

#[test]
fn no_attack_is_obeyed() {
    let clean = body(&docx(&act("corbeau")).unwrap()).0;
    let elements = |page: &Html| -> Vec<String> {
        let all = Selector::parse("*").unwrap();
        let skip = |name: &&str| *name != "wbr";
        page.select(&all).map(|e| e.value().name()).filter(skip).map(str::to_owned).collect()
    };
    let clean_page = elements(&Html::parse_document(&html(&act("corbeau"))));
    for attack in ATTACKS {
        let document = act(attack);
        let bytes = docx(&document).unwrap();
        let (names, text) = body(&bytes);
        assert_eq!(names, clean, "{attack}");
        assert!(text.contains(&seen(&format!("À noter {attack}"))), "{attack}");
        let page = Html::parse_document(&html(&document));
        assert_eq!(elements(&page), clean_page, "{attack}");
        let on = |e: scraper::ElementRef<'_>| {
            let known = ["lang", "charset", "http-equiv", "content", "name", "id", "class", "href"];
            let also = ["title", "scope", "aria-label"];
            e.value().attrs().all(|(name, _)| known.contains(&name) || also.contains(&name))
        };
        assert!(page.select(&Selector::parse("*").unwrap()).all(on), "{attack}");
        let hrefs: Vec<&str> = page
            .select(&Selector::parse("[href]").unwrap())
            .filter_map(|e| e.value().attr("href"))
            .collect();
        assert!(hrefs.iter().all(|href| href.starts_with('#')), "{hrefs:?}");
        assert!(!xlsx(&document).unwrap().is_empty());
    }
}

#[test]
fn the_page_parses_without_an_error_and_its_anchors_are_unique() {
    let document = note(&sample().input());
    let page = Html::parse_document(&html(&document));
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let mut ids: Vec<&str> = page
        .select(&Selector::parse("[id]").unwrap())
        .filter_map(|e| e.value().attr("id"))
        .collect();
    for sentence in document.sentences() {
        assert!(ids.contains(&sentence.id()));
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    let drawn = page.select(&Selector::parse("figure svg[role=img][aria-label]").unwrap()).count();
    let figures = document.sections.iter().flat_map(|s| &s.blocks);
    let figures = figures
        .filter(|b| matches!(b, Block::Bars(_) | Block::Curves(_) | Block::Figure(_)))
        .count();
    assert!(figures > 1 && drawn == figures, "{drawn} of {figures}");
}

#[test]
fn the_sheets_hold_texts_and_no_formula() {
    let document = note(&sample().input());
    let parts = parts(&xlsx(&document).unwrap());
    let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    let tables = document.sections.iter().flat_map(|s| &s.blocks);
    let tables = tables.filter(|b| matches!(b, Block::Table(_) | Block::Passages(_))).count();
    assert_eq!(sheets.clone().count(), tables + 1);
    for (name, text) in sheets {
        let (names, _) = read(text);
        assert!(!names.iter().any(|n| n == "f" || n == "hyperlink"), "{name}");
        assert!(names.iter().any(|n| n == "pane"), "{name}");
    }
}

#[test]
fn a_day_outside_the_calendar_is_refused() {
    let document = Document { as_of: "tomorrow".into(), ..act("corbeau") };
    assert!(matches!(docx(&document), Err(crate::ReportError::Date(_))));
    assert!(xlsx(&document).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_shown_and_never_obeyed(
        any in any::<String>(),
        odd in "(?s)[<>&\"'=\\[\\]!\\-\u{0}-\u{20}a-z\u{2028}-\u{202f}\u{fff0}-\u{ffff}]{0,40}",
    ) {
        let clean = body(&docx(&act("x")).unwrap()).0;
        for words in [any, odd].iter().filter(|w| !w.trim().is_empty()) {
            let document = act(words);
            let (names, text) = body(&docx(&document).unwrap());
            let title = seen(&document.title);
            let page = Html::parse_document(&html(&document));
            let heads = Selector::parse("h1").unwrap();
            let h1: String = page.select(&heads).flat_map(|e| e.text()).collect();
            prop_assert_eq!(&h1, &title);
            prop_assert!(text.contains(&title));
            let all = Selector::parse("script, img, iframe, link, svg, form, base").unwrap();
            prop_assert_eq!(page.select(&all).count(), 0);
            let page_text: String = page.root_element().text().collect();
            for run in said(&document) {
                prop_assert!(text.contains(&run) && page_text.contains(&run), "{}", run);
            }
            // A text of which nothing is left is no run.
            if !seen(words).is_empty() && document.case_title.runs().len() == 1 {
                prop_assert_eq!(&names, &clean);
            }
            prop_assert!(xlsx(&document).is_ok());
        }
    }
}
