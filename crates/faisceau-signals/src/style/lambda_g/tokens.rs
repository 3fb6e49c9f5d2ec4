//! Words, numbers and marks of a passage, in sentences.
//!
//! In: a passage. Out: tokens with their bytes, cut into sentences after `.`, `?`, `!` or `…`
//! before white space. A run of one mark is a token (`...`, `!!`), as is an emoticon. French
//! words are cut after an apostrophe (`l'|eau`), English ones before it (`it|'s`), but for `n't`.

use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Mark,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Its bytes in the passage.
    pub(super) bytes: Range<usize>,
}

/// Longest emoticon and longest run of a mark that is told from a longer one, in characters.
const LONGEST_MARK: usize = 4;
/// Longest sentence, in tokens: a longer one is cut.
const LONGEST_SENTENCE: usize = 1000;

/// The sentences of a passage, none of them empty.
pub(super) fn sentences(passage: &str, language: &str) -> Vec<Vec<Token>> {
    let mut sentences = Vec::new();
    let mut sentence = Vec::new();
    let mut at = 0;
    while let Some(first) = passage[at..].chars().next() {
        let rest = &passage[at..];
        if first.is_whitespace() || is_joiner(first) {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = if is_letter(first) {
            (Kind::Word, word(rest, language))
        } else if first.is_numeric() {
            (Kind::Number, number(rest))
        } else {
            (Kind::Mark, mark(rest, language))
        };
        let end = at + length;
        let token = &rest[..length];
        let space = passage[end..].chars().next().is_none_or(char::is_whitespace);
        let stop = kind == Kind::Mark && space && token.ends_with(['.', '?', '!', '…']);
        // The mark with the letters of `'s` is a word.
        let kind =
            if kind == Kind::Mark && token.ends_with(char::is_alphabetic) && is_apostrophe(first) {
                Kind::Word
            } else {
                kind
            };
        sentence.push(Token { kind, bytes: at..end });
        if stop || sentence.len() == LONGEST_SENTENCE {
            sentences.push(std::mem::take(&mut sentence));
        }
        at = end;
    }
    if !sentence.is_empty() {
        sentences.push(sentence);
    }
    sentences
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Marks without a shape of their own.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{2060}' | '\u{feff}')
}

/// Length of the word that `text` starts with.
fn word(text: &str, language: &str) -> usize {
    let end = letters(text);
    let mut after = text[end..].chars();
    let Some(apostrophe) = after.next().filter(|&c| is_apostrophe(c)) else { return end };
    let rest = after.as_str();
    let tail = letters(rest);
    if tail == 0 {
        return end;
    }
    let with_mark = end + apostrophe.len_utf8();
    match language {
        "fr" if text[..end].eq_ignore_ascii_case("aujourd") => with_mark + tail,
        "fr" => with_mark,
        // `don't` is one word.
        _ if rest[..tail].eq_ignore_ascii_case("t") => with_mark + tail,
        _ => end,
    }
}

fn letters(text: &str) -> usize {
    text.find(|c| !is_letter(c)).unwrap_or(text.len())
}

/// Length of the number that `text` starts with: points and commas between digits belong to it.
fn number(text: &str) -> usize {
    let mut end = 0;
    loop {
        end += text[end..].find(|c: char| !c.is_numeric()).unwrap_or(text.len() - end);
        let mut after = text[end..].chars();
        let joined = after.next().is_some_and(|c| matches!(c, '.' | ',' | ':'))
            && after.next().is_some_and(char::is_numeric);
        if !joined {
            return end;
        }
        end += 1;
    }
}

/// Length of the mark that `text` starts with.
fn mark(text: &str, language: &str) -> usize {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return 0 };
    let one = first.len_utf8();
    if is_apostrophe(first) && language != "fr" {
        // 's, 're, 'll, 've, 'd, 'm.
        let tail = letters(&text[one..]);
        let ending = &text[one..one + tail];
        let known = ["s", "re", "ll", "ve", "d", "m"];
        if known.iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            return one + tail;
        }
    }
    if matches!(first, ':' | ';' | '=' | '^' | '<') {
        let length = emoticon(text);
        if length > one {
            return length;
        }
    }
    text.find(|c| c != first).unwrap_or(text.len())
}

/// Length of an emoticon: eyes, marks, perhaps one letter or digit that stands alone.
fn emoticon(text: &str) -> usize {
    let mut end = 0;
    for (number, (at, c)) in text.char_indices().take(LONGEST_MARK).enumerate() {
        let next = at + c.len_utf8();
        if c.is_ascii_punctuation() {
            end = next;
            continue;
        }
        let mouth =
            number > 0 && matches!(c, 'D' | 'P' | 'p' | 'o' | 'O' | 'x' | 'X' | 's' | 'S' | '3');
        let alone = text[next..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        return if mouth && alone { next } else { end };
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str, language: &str) -> Vec<String> {
        let sentences = sentences(text, language);
        let join = |sentence: &Vec<Token>| {
            let tokens: Vec<&str> = sentence.iter().map(|t| &text[t.bytes.clone()]).collect();
            tokens.join("|")
        };
        sentences.iter().map(join).collect()
    }

    #[test]
    fn french_is_cut_after_the_apostrophe() {
        assert_eq!(
            cut("Aujourd’hui j'ai vu qu'il n'y a rien... Ah bon ?! 1,5 % :-) v2.0", "fr"),
            ["Aujourd’hui|j'|ai|vu|qu'|il|n'|y|a|rien|...", "Ah|bon|?|!", "1,5|%|:-)|v|2.0"]
        );
    }

    #[test]
    fn english_is_cut_before_it() {
        assert_eq!(
            cut("I don't know, it's John's :D ok.. we'll see 'quoted'", "en"),
            ["I|don't|know|,|it|'s|John|'s|:D|ok|..", "we|'ll|see|'|quoted|'"]
        );
    }

    #[test]
    fn a_long_sentence_is_cut_and_a_long_run_is_one_token() {
        let lengths: Vec<usize> =
            sentences(&"a ".repeat(2500), "fr").iter().map(Vec::len).collect();
        assert_eq!(lengths, [1000, 1000, 500]);
        assert_eq!(cut(&"!".repeat(5000), "fr"), ["!".repeat(5000)]);
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_hold_all_but_white_space(text in "\\PC{0,80}", french: bool) {
            let mut at = 0;
            for token in sentences(&text, if french { "fr" } else { "en" }).iter().flatten() {
                prop_assert!(token.bytes.start >= at && token.bytes.end > token.bytes.start);
                let gap = &text[at..token.bytes.start];
                prop_assert!(gap.chars().all(|c| c.is_whitespace() || is_joiner(c)), "{:?}", gap);
                at = token.bytes.end;
            }
            prop_assert!(text[at..].chars().all(|c| c.is_whitespace() || is_joiner(c)));
        }
    }
}
