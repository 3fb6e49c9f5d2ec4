//! Any text as character data of XML and HTML.
//!
//! In: any text. Out: the same text with markup escaped, and every character that XML refuses, that
//! hides or that reorders what a reader sees written out as `⟨U+202E⟩`: a page must neither drop
//! nor obey what an exhibit says. Lines, tabs and their symbols are spaces, as in the PDF.
//! Source: XML 1.0 (fifth edition), production 2 `Char`; Unicode TR 36 for what hides or reorders.

/// Whether a character is written by its name.
const fn is_named(c: char) -> bool {
    let code = c as u32;
    matches!(
        c,
        '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{84}'
            | '\u{86}'..='\u{9f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{f0000}'..
    ) || code & 0xfffe == 0xfffe
}

/// Whether a character ends a line or stands for that: in one line it is white space.
const fn is_line(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n'
            | '\r'
            | '\u{85}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{2409}'
            | '\u{240a}'
            | '\u{240d}'
    )
}

/// The text as a reader of a page sees it.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_line(c) {
            out.push(' ');
        } else if is_named(c) {
            out.push_str(&name(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Appends the text as character data, or as the value of an attribute between double quotes.
pub(super) fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_line(c) => out.push(' '),
            c if is_named(c) => out.push_str(&name(c)),
            c => out.push(c),
        }
    }
}

fn name(c: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::escape::unescape;
    use quick_xml::events::Event;

    use super::*;

    /// The attribute and the content, as an XML parser gives them.
    fn parsed(text: &str) -> (String, String) {
        let mut document = String::from("<a b=\"");
        push(&mut document, text);
        document.push_str("\">");
        push(&mut document, text);
        document.push_str("</a>");
        let mut reader = Reader::from_str(&document);
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
        let hostile = "]]></a><script>alert(1)</script>&amp;\"'\0\u{202e}\r\n";
        let (value, content) = parsed(hostile);
        assert_eq!(value, content);
        assert_eq!(content, "]]></a><script>alert(1)</script>&amp;\"'⟨U+0000⟩⟨U+202E⟩  ");
    }

    #[test]
    fn french_spaces_and_soft_hyphens_stay() {
        let text = "«\u{a0}Enregis\u{ad}trements\u{a0}»\u{202f}; 12\u{202f}345 👩\u{200d}🔬";
        assert_eq!(shown(text), text);
    }

    proptest! {
        #[test]
        fn any_text_is_what_a_parser_gives_back(
            any in any::<String>(),
            odd in "(?s)[\u{0}-\u{9f}\u{2000}-\u{2070}\u{fdd0}-\u{ffff}]{0,30}",
        ) {
            for text in [any, odd] {
                let wanted = shown(&text);
                prop_assert_eq!(parsed(&text), (wanted.clone(), wanted.clone()));
                prop_assert!(!wanted.contains(|c| is_named(c) || is_line(c)));
            }
        }
    }
}
