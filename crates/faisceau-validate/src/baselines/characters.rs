//! Letters, blanks and tokens as Python's regular expressions and strings see them.
//!
//! In: text. Out: tokens. `\w` is a letter or a number of any script, without combining marks,
//! which `char::is_alphanumeric` would partly count; `\s` has four control characters more than
//! `char::is_whitespace`.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// Signs that are tokens of their own.
const SIGNS: &str = ".,;:!?…'’()-";

/// `[^\W\d_]`: a letter, or a number that is no decimal digit.
fn is_letter(c: char) -> bool {
    use GeneralCategory as Is;
    c.is_ascii_alphabetic()
        || !c.is_ascii()
            && matches!(
                c.general_category(),
                Is::LowercaseLetter
                    | Is::UppercaseLetter
                    | Is::TitlecaseLetter
                    | Is::ModifierLetter
                    | Is::OtherLetter
                    | Is::LetterNumber
                    | Is::OtherNumber
            )
}

/// `\s`.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The runs of letters.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_letter(c)).filter(|word| !word.is_empty())
}

/// The runs of letters and the signs, in order.
pub(super) fn words_and_signs(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let letters = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        let length = if letters > 0 { letters } else { first.len_utf8() };
        let (token, after) = rest.split_at(length);
        if letters > 0 || SIGNS.contains(first) {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

/// The characters, with each run of two or more blanks made one space (`\s\s+`).
pub(super) fn squeezed(text: &str) -> Vec<char> {
    let mut squeezed: Vec<char> = Vec::with_capacity(text.len());
    let mut blanks = 0;
    for c in text.chars() {
        blanks = if is_blank(c) { blanks + 1 } else { 0 };
        match (blanks, squeezed.last_mut()) {
            (2, Some(last)) => *last = ' ',
            (0 | 1, _) | (_, None) => squeezed.push(c),
            (_, Some(_)) => {}
        }
    }
    squeezed
}

/// The runs of characters between blanks.
pub(super) fn between_blanks(characters: &[char]) -> impl Iterator<Item = &[char]> {
    characters.split(|&c| is_blank(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_those_of_python() {
        // re.findall(r"[^\W\d_]+|[.,;:!?…'’()\-]", "l’été, x² a_b 12e ½ e\u0301a (ok)…")
        let tokens = words_and_signs("l’été, x² a_b 12e ½ e\u{301}a (ok)…");
        let expected =
            ["l", "’", "été", ",", "x²", "a", "b", "e", "½", "e", "a", "(", "ok", ")", "…"];
        assert_eq!(tokens, expected);
        assert_eq!(words("l’été, x² 12e").collect::<Vec<_>>(), ["l", "été", "x²", "e"]);
    }

    #[test]
    fn blanks_are_those_of_python() {
        // re.sub(r"\s\s+", " ", "a\nb \n\tc\x1c\x1dd\u200b  ")
        let text: String = squeezed("a\nb \n\tc\u{1c}\u{1d}d\u{200b}  ").into_iter().collect();
        assert_eq!(text, "a\nb c d\u{200b} ");
        let characters = squeezed("a\nb c");
        assert_eq!(between_blanks(&characters).count(), 3);
    }
}
