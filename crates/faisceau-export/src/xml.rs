//! Texts in XML, written piece by piece.
//!
//! Comes in: any text. Goes out: character data or the value of an attribute that a parser gives
//! back as [`visible`](crate::visible) shows it. Nothing is held but the piece being written.

use std::io::{self, Write};

use crate::plain::Value;
use crate::time::rfc3339;
use crate::visible::{is_named, name};

/// The first line of a document.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes character data, or the value of an attribute between double quotes.
///
/// Line ends and tabs are written as references: a parser would make spaces of them in an
/// attribute, and line feeds of carriage returns anywhere.
pub(crate) fn text(to: &mut (impl Write + ?Sized), text: &str) -> io::Result<()> {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let written = match c {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '"' => "&quot;",
            '\t' => "&#9;",
            '\n' => "&#10;",
            '\r' => "&#13;",
            c if is_named(c) => "",
            _ => continue,
        };
        to.write_all(&text.as_bytes()[from..at])?;
        if written.is_empty() {
            to.write_all(name(c).as_bytes())?;
        } else {
            to.write_all(written.as_bytes())?;
        }
        from = at + c.len_utf8();
    }
    to.write_all(&text.as_bytes()[from..])
}

/// Writes ` name="value"`.
pub(crate) fn attribute(to: &mut (impl Write + ?Sized), name: &str, value: &str) -> io::Result<()> {
    write!(to, " {name}=\"")?;
    text(to, value)?;
    to.write_all(b"\"")
}

/// Writes the value of an attribute, in the form that XML Schema and Java share.
pub(crate) fn value(to: &mut (impl Write + ?Sized), value: &Value) -> io::Result<()> {
    match value {
        Value::Text(said) => text(to, said),
        Value::Int(number) => write!(to, "{number}"),
        Value::Float(number) => float(to, *number),
        Value::Bool(is) => write!(to, "{is}"),
        Value::Time(at) => to.write_all(rfc3339(*at).as_bytes()),
    }
}

/// Writes a float so that it is read back to the bit. Infinity has its long name, which Java and
/// Python read.
pub(crate) fn float(to: &mut (impl Write + ?Sized), number: f64) -> io::Result<()> {
    if number.is_infinite() {
        return to.write_all(if number > 0.0 { b"Infinity" } else { b"-Infinity" });
    }
    write!(to, "{number:?}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::escape::unescape;
    use quick_xml::events::Event;

    use super::*;
    use crate::visible::{restored, visible};

    fn document(value: &str) -> String {
        let mut out = Vec::new();
        out.extend_from_slice(b"<a");
        attribute(&mut out, "b", value).unwrap();
        out.extend_from_slice(b">");
        text(&mut out, value).unwrap();
        out.extend_from_slice(b"</a>");
        String::from_utf8(out).unwrap()
    }

    /// The attribute and the content, as an XML parser gives them.
    fn parsed(document: &str) -> (String, String) {
        let mut reader = Reader::from_str(document);
        let (mut value, mut content) = (String::new(), String::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    let attribute = start.attributes().next().unwrap().unwrap();
                    value = unescape(&attribute.value).unwrap().into_owned();
                }
                Event::Text(piece) => content.push_str(&piece),
                Event::GeneralRef(reference) => {
                    let reference = format!("&{};", &*reference);
                    content.push_str(&unescape(&reference).unwrap());
                }
                Event::End(_) => {}
                Event::Eof => return (value, content),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn markup_is_a_text() {
        let hostile = "]]></a><script>alert(1)</script>&amp;\"'\r\n\0";
        let written = document(hostile);
        assert!(!written.contains("<script"), "{written}");
        assert_eq!(parsed(&written), (visible(hostile).into(), visible(hostile).into()));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(any in any::<String>(), odd in "(?s)[\u{0}-\u{7f}\u{fff0}-\u{ffff}]{0,30}") {
            for value in [any, odd] {
                let (attribute, content) = parsed(&document(&value));
                prop_assert_eq!(restored(&attribute), value.clone());
                prop_assert_eq!(restored(&content), value);
            }
        }
    }
}
