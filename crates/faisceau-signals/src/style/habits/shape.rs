//! The shape of messages: how they open and close, how long they are, how sentences are built.
//!
//! In: a message. Out: the alternatives that it took. Links and mentions are the masks of
//! `style/mask.rs`.

use super::message::{Message, is_blank};
use super::tally::Tally;

/// Counts the shape of a message.
pub(super) fn read(message: &Message, tally: &mut Tally) {
    let words = message.tokens.len();
    tally.add("words in a message", bin(words, &WORDS));
    let lines = message.chars.iter().filter(|c| **c == '\n').count() + 1;
    if words >= LONG {
        tally.add("lines in a message", bin(lines, &LINES));
    }
    opening(message, tally);
    closing(message, tally);
    sentences(message, tally);
    let holds = |c: char| message.chars.contains(&c);
    tally.either("link in a message", holds('\u{1}'), ["some", "none"]);
    let bracket = message.chars.windows(2).any(|two| two[0] == '(' && two[1].is_alphanumeric());
    if words >= LONG {
        tally.either("brackets in a message", bracket, ["some", "none"]);
    }
    let doubled = message
        .chars
        .windows(4)
        .any(|w| w[0].is_alphanumeric() && w[1] == ' ' && w[2] == ' ' && w[3].is_alphanumeric());
    if words >= 4 {
        tally.either("double spaces between words", doubled, ["some", "none"]);
    }
}

/// Words from which a message has a layout.
const LONG: usize = 12;

/// Lower ends of bins with their names.
type Bins<const N: usize> = [(usize, &'static str); N];
const WORDS: Bins<7> = [
    (0, "0-3"),
    (4, "4-8"),
    (9, "9-16"),
    (17, "17-32"),
    (33, "33-64"),
    (65, "65-128"),
    (129, "129+"),
];
const LINES: Bins<4> = [(1, "1"), (2, "2"), (3, "3-5"), (6, "6+")];
const SENTENCE: Bins<5> = [(1, "1-5"), (6, "6-12"), (13, "13-20"), (21, "21-35"), (36, "36+")];
const COMMAS: Bins<4> = [(0, "0"), (1, "1"), (2, "2"), (3, "3+")];

fn bin<const N: usize>(count: usize, bins: &Bins<N>) -> &'static str {
    bins.iter().rev().find(|(from, _)| count >= *from).map_or("", |(_, name)| name)
}

fn opening(message: &Message, tally: &mut Tally) {
    let mentions = message.chars.first() == Some(&'\u{2}');
    tally.either("mention opens a message", mentions, ["yes", "no"]);
    let Some(first) = message.tokens.first() else { return };
    tally.add_text("first word", &first.lower);
    let greeting = GREETINGS.iter().find(|word| **word == first.lower);
    tally.add("greeting", greeting.copied().unwrap_or("none"));
    if greeting.is_some() {
        let next = message.chars[first.end..].iter().find(|c| !is_blank(**c));
        let name = match next {
            Some(',') => ",",
            Some('!') => "!",
            Some('.') => ".",
            Some('\n') => "line break",
            _ => "nothing",
        };
        tally.add("after a greeting", name);
    }
}

const GREETINGS: &[&str] = &[
    "bonjour",
    "bonsoir",
    "salut",
    "slt",
    "bjr",
    "bsr",
    "coucou",
    "cc",
    "yo",
    "wesh",
    "hello",
    "hi",
    "hey",
    "re",
    "hallo",
    "greetings",
];

fn closing(message: &Message, tally: &mut Tally) {
    let last = message.chars.iter().rev().find(|c| !c.is_whitespace()).copied();
    let name = match last {
        Some('.') if message.chars.ends_with(&['.', '.']) => "...",
        Some('.') => ".",
        Some('!') => "!",
        Some('?') => "?",
        Some('…') => "…",
        Some('\u{1}') => "link",
        Some(c) if c.is_alphanumeric() => "nothing",
        Some(',' | ':' | ';') => ", : ;",
        Some(')') => ")",
        _ => "other",
    };
    // What a question ends with says little of what else its author ends with.
    tally.add("end of a message", name);
    let Some(token) = message.tokens.last() else { return };
    let signed = CLOSINGS.iter().find(|word| **word == token.lower);
    tally.add("closing word", signed.copied().unwrap_or("none"));
}

const CLOSINGS: &[&str] = &[
    "cordialement",
    "cdt",
    "cdlt",
    "merci",
    "bisous",
    "bises",
    "bise",
    "amicalement",
    "thanks",
    "thx",
    "cheers",
    "regards",
    "please",
    "svp",
    "stp",
    "lol",
    "mdr",
    "though",
    "now",
    "quoi",
    "non",
    "too",
    "right",
    "anyway",
    "bye",
    "ok",
    "cya",
];

/// Length of sentences and commas in them.
fn sentences(message: &Message, tally: &mut Tally) {
    let (mut words, mut commas) = (0, 0);
    let mut end_of_last = 0;
    for (at, token) in message.tokens.iter().enumerate() {
        let between = &message.chars[end_of_last..token.start];
        if at > 0 && between.iter().any(|c| matches!(c, '.' | '!' | '?' | '…' | '\n')) {
            tally.add("words in a sentence", bin(words, &SENTENCE));
            tally.add("commas in a sentence", bin(commas, &COMMAS));
            (words, commas) = (0, 0);
        }
        commas += between.iter().filter(|c| **c == ',').count();
        words += 1;
        end_of_last = token.end;
    }
    if words > 0 {
        tally.add("words in a sentence", bin(words, &SENTENCE));
        tally.add("commas in a sentence", bin(commas, &COMMAS));
    }
}
