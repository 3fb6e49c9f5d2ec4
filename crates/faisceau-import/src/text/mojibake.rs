//! UTF-8 that a platform wrote as if each byte were a character.
//!
//! In: a string of an export of Meta, where `é` (C3 A9) stands as `Ã©` (U+00C3 U+00A9). Out: the
//! string that was meant. Refused: any string of which that is not sure: one with a character
//! above U+00FF, one whose bytes are not UTF-8, one that is ASCII. What is repaired can be broken
//! again the same way, so that nothing is lost; readers keep the string as written beside it.

use std::borrow::Cow;

/// The string that was meant: another one if this one was broken.
pub(crate) fn repaired(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn broken(text: &str) -> String {
        text.bytes().map(char::from).collect()
    }

    #[test]
    fn what_was_broken_is_repaired_and_the_rest_is_left_alone() {
        assert_eq!(repaired("\u{c3}\u{a9}t\u{c3}\u{a9}"), "été");
        assert_eq!(repaired("\u{f0}\u{9f}\u{98}\u{a1}"), "😡");
        assert_eq!(repaired("\u{e2}\u{80}\u{99}"), "’");
        for sound in [
            "",
            "ete",
            "été",
            "Élodie",
            "日本",
            "€",
            "été \u{c3}\u{a9}",
            "\u{c3}\u{a9} 😡",
            "\u{c3}",
        ] {
            assert_eq!(repaired(sound), sound);
        }
    }

    proptest! {
        #[test]
        fn repairing_undoes_breaking_and_can_be_undone(text in "\\PC{0,40}") {
            let wrong = broken(&text);
            let right = repaired(&wrong);
            prop_assert_eq!(&right, &text);
            prop_assert_eq!(broken(&right), wrong);
        }
    }
}
