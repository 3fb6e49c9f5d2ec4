//! What a text of the exhibits looks like in a graph format.
//!
//! Comes in: any text. Goes out: the same text, with the characters that XML cannot carry and
//! those that reorder or hide what a reader sees written as `⟦U+0000⟧`. `⟦` itself is written so
//! too, which makes the writing reversible and two texts that differ stay different. All graph
//! formats do the same, so that a node has one id in all of them.
//! Source: XML 1.0 (fifth edition), production 2 `Char`; Unicode TR 36 for bidirectional controls.

use std::borrow::Cow;

/// Opens the name of a character.
const OPEN: char = '⟦';

/// Whether a character is written by its name.
pub(crate) const fn is_named(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}'
            | OPEN
    )
}

/// The name of a character, `⟦U+202E⟧`.
pub(crate) fn name(c: char) -> String {
    format!("{OPEN}U+{:04X}⟧", u32::from(c))
}

/// A text with the characters named that must be.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_named) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_named(c) {
            out.push_str(&name(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The text that [`visible`] was given.
#[cfg(test)]
pub(crate) fn restored(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("⟦U+") {
        let (hex, after) = after.split_once('⟧').unwrap();
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap());
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_carried_or_hides_is_named() {
        assert_eq!(visible("a\0b\u{202e}c\u{fffe}"), "a⟦U+0000⟧b⟦U+202E⟧c⟦U+FFFE⟧");
        assert_eq!(visible("⟦U+0000⟧"), "⟦U+27E6⟧U+0000⟧");
        assert!(matches!(visible("déjà vu\r\n\t]]>"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "(?s)[\u{0}-\u{1f}⟦⟧U+0-9\u{200e}-\u{2069}\u{fff0}-\u{ffff}]{0,40}", other: String) {
            prop_assert_eq!(restored(&visible(&text)), text);
            prop_assert_eq!(restored(&visible(&other)), other);
        }
    }
}
