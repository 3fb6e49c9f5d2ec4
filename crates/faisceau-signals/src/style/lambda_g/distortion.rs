//! Takes the subject out of a text: what stays is grammar.
//!
//! In: a token. Out: what the model sees of it. Words that fit any subject (`words_fr.txt`,
//! `words_en.txt`) and marks stay, another word is its length in thirds of three characters, a
//! number is `0`. A capital and the white space before a mark are symbols of their own: both are
//! habits, and a word counts as the same word with and without them. Refuses languages without a
//! list. Source: Stamatatos, "Masking topic-related information to enhance authorship
//! attribution", 2018 (text distortion with multiple asterisks, the length in classes here).

use super::tokens::{Kind, Token, is_apostrophe};

const FRENCH: &str = include_str!("words_fr.txt");
const ENGLISH: &str = include_str!("words_en.txt");

/// Before a word with a capital.
pub(super) const CAPITAL: &str = "^";
/// Before a mark that white space, or nothing, stands before.
pub(super) const SPACE: &str = " ";
/// Another word of 1 or 2, of 3 to 5, of 6 to 8, of 9 to 11, of 12 characters and more.
const OTHER_WORDS: [&str; 5] = ["*", "***", "******", "*********", "************"];
/// Any number.
const NUMBER: &str = "0";
/// Characters of a run of one mark that are told from a longer one.
const LONGEST_RUN: usize = 4;

/// The mask of a language.
#[derive(Debug)]
pub(super) struct Distortion {
    words: Vec<&'static str>,
}

impl Distortion {
    /// The mask, or `None` for a language without a list.
    pub(super) fn new(language: &str) -> Option<Self> {
        let list = match language {
            "fr" => FRENCH,
            "en" => ENGLISH,
            _ => return None,
        };
        Some(Self { words: list.lines().filter(|line| !line.starts_with('#')).collect() })
    }

    /// Gives the symbols of a token one after the other, at least one.
    pub(super) fn symbols(&self, passage: &str, token: &Token, mut give: impl FnMut(&str)) {
        let text = &passage[token.bytes.clone()];
        match token.kind {
            Kind::Number => give(NUMBER),
            Kind::Mark => {
                let before = passage[..token.bytes.start].chars().next_back();
                if before.is_none_or(char::is_whitespace) {
                    give(SPACE);
                }
                let end = text.char_indices().nth(LONGEST_RUN).map_or(text.len(), |(at, _)| at);
                give(&text[..end]);
            }
            Kind::Word => {
                if text.starts_with(char::is_uppercase) {
                    give(CAPITAL);
                }
                let lower = text.to_lowercase().replace(is_apostrophe, "'");
                let bare = lower.strip_suffix('\'').unwrap_or(&lower);
                if self.words.binary_search(&bare).is_ok() {
                    give(&lower);
                } else {
                    let class = lower.chars().count() / 3;
                    give(OTHER_WORDS[class.min(OTHER_WORDS.len() - 1)]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::sentences;
    use super::*;

    fn masked(text: &str, language: &str) -> Vec<String> {
        let mask = Distortion::new(language).unwrap();
        let mut seen = Vec::new();
        for token in sentences(text, language).iter().flatten() {
            mask.symbols(text, token, |symbol| seen.push(symbol.to_owned()));
        }
        seen
    }

    #[test]
    fn the_subject_goes_and_the_grammar_stays() {
        let seen = masked("Je n’aime pas les 3 serveurs d'Orange !", "fr");
        assert_eq!(
            seen,
            ["^", "je", "n'", "***", "pas", "les", "0", "******", "d'", "^", "******", " ", "!"]
        );
        assert_eq!(
            masked("I don't, it's kernels!!!!!!!", "en").join("|"),
            "^|i|don't|,|it|'s|******|!!!!"
        );
    }

    #[test]
    fn another_subject_in_the_same_grammar_is_the_same_text() {
        let one = masked("Moi je préfère largement le jardin, pas le garage.", "fr");
        assert_eq!(one, masked("Moi je déteste vraiement le marché, pas le soleil.", "fr"));
    }

    #[test]
    fn the_lists_are_sorted_lower_case_and_without_doubles() {
        for language in ["fr", "en"] {
            let words = Distortion::new(language).unwrap().words;
            assert!(words.len() > 400, "{}", words.len());
            assert!(words.is_sorted_by(|one, other| one < other));
            assert!(words.iter().all(|word| word.to_lowercase() == **word && !word.is_empty()));
        }
        assert!(Distortion::new("de").is_none());
    }
}
