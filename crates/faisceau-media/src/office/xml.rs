//! XML as a row of elements. In: a member. Out: each element with its attributes and its own text.
//!
//! Extensible Markup Language 1.0 (<https://www.w3.org/TR/xml/>). Prefixes are left out. Refused:
//! entities that the document defines, and what is nested too deeply.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Deepest nesting.
const DEPTH: usize = 128;
/// Most elements.
const ELEMENTS: usize = 2_000_000;
/// Most attributes of an element.
const ATTRIBUTES: usize = 64;
/// Longest text of an element, and longest value of an attribute, in bytes.
const TEXT: usize = 16_384;

/// An element that has ended.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) text: String,
}

impl Element {
    /// The value of an attribute, empty if there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        let mut named = self.attributes.iter().filter(|(of, _)| of == name);
        named.next().map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn begin(start: &BytesStart<'_>) -> Self {
        let name = start.local_name().as_ref().to_owned();
        let mut all = start.attributes();
        let attributes = all.with_checks(false).filter_map(Result::ok);
        let kept = attributes.filter(|attribute| attribute.value.len() <= TEXT).take(ATTRIBUTES);
        let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map(std::borrow::Cow::into_owned);
            let value = value.unwrap_or_else(|_| attribute.value.clone().into_owned());
            (attribute.key.local_name().as_ref().to_owned(), value)
        };
        Self { name, attributes: kept.map(pair).collect(), text: String::new() }
    }

    fn append(&mut self, text: &str) {
        if self.text.len() + text.len() <= TEXT {
            self.text.push_str(text);
        }
    }
}

/// Shows each element when it ends, with those that are around it, the outermost first. Whether it
/// could be read to the end.
pub(super) fn walk(bytes: &[u8], mut ended: impl FnMut(&[Element], &Element)) -> bool {
    let text = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<Element> = Vec::new();
    for _ in 0..ELEMENTS {
        match reader.read_event() {
            Ok(Event::Start(start)) if open.len() < DEPTH => open.push(Element::begin(&start)),
            Ok(Event::Empty(start)) => ended(&open, &Element::begin(&start)),
            Ok(Event::End(_)) => {
                if let Some(element) = open.pop() {
                    ended(&open, &element);
                }
            }
            Ok(Event::Text(text)) => append(&mut open, &text.xml10_content()),
            Ok(Event::CData(text)) => append(&mut open, &text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => {
                let mut buffer = [0; 4];
                let name = entity.xml10_content();
                let known = match entity.resolve_char_ref() {
                    Ok(Some(letter)) => Some(&*letter.encode_utf8(&mut buffer)),
                    _ => resolve_predefined_entity(&name),
                };
                append(&mut open, known.unwrap_or("\u{fffd}"));
            }
            Ok(Event::Eof) => return true,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Start(_)) | Err(_) => return false,
        }
    }
    false
}

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.append(text);
    }
}

/// UTF-8, or UTF-16 behind a byte order mark.
fn decoded(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|two| unit(*two));
        char::decode_utf16(units).map(|read| read.unwrap_or('\u{fffd}')).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A date of XML Schema, as `2024:01:02 03:04:05Z`; other text as it is.
pub(super) fn date(text: &str) -> String {
    let text = text.trim();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [year, month, day]
            if year.len() == 4 && [year, month, day].iter().all(|part| digits(part)) =>
        {
            format!("{year}:{month}:{day} {}", time.trim()).trim_end().to_owned()
        }
        _ => text.to_owned(),
    }
}
