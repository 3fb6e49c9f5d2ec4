//! Habits of capitals: at the start of messages and sentences, whole words, the English pronoun.
//!
//! In: a message. Out: the alternatives that it took.

use super::message::{Message, Token, is_apostrophe};
use super::tally::Tally;

/// Letters from which a word in capitals is no acronym.
const LEAST_LETTERS: usize = 5;

/// Counts the capitals of a message.
pub(super) fn read(message: &Message, english: bool, tally: &mut Tally) {
    let cased = |token: &Token| {
        message.chars[token.start].is_lowercase() != message.chars[token.start].is_uppercase()
    };
    let upper = |token: &Token| message.chars[token.start].is_uppercase();
    if let Some(first) = message.tokens.first().filter(|token| cased(token)) {
        tally.either("first letter of a message", upper(first), ["capital", "small"]);
    }
    let mut shouted = false;
    for (at, token) in message.tokens.iter().enumerate() {
        let letters = &message.chars[token.start..token.end];
        shouted |= letters.len() >= LEAST_LETTERS && letters.iter().all(|c| c.is_uppercase());
        if at > 0 && cased(token) {
            let between = &message.chars[message.tokens[at - 1].end..token.start];
            let space = between.last().is_some_and(|c| c.is_whitespace());
            let mut marks = between.iter().filter(|c| !c.is_whitespace());
            if let (Some(mark), None, true) = (marks.next(), marks.next(), space) {
                let names = ["capital", "small"];
                match mark {
                    '.' => tally.either("first letter after .", upper(token), names),
                    '!' | '?' => tally.either("first letter after ! ?", upper(token), names),
                    ':' => tally.either("first letter after :", upper(token), names),
                    _ => {}
                }
            }
        }
        let alone = letters.len() == 1 || letters.get(1).copied().is_some_and(is_apostrophe);
        if english && alone && matches!(letters.first(), Some('i' | 'I')) {
            tally.either("pronoun I", upper(token), ["I", "i"]);
        }
    }
    if message.tokens.len() >= 2 {
        tally.either("words in capitals", shouted, ["some", "none"]);
    }
}
