//! Habits of typography: apostrophes, quotation marks, spaces around marks, dashes, figures.
//!
//! In: a message. Out: the alternatives that it took. Many of these are the keyboard's or the
//! site's choice as much as the author's (see [`super::MACHINE`]).

use super::message::{Message, is_apostrophe, is_blank};
use super::tally::Tally;

/// Counts the typography of a message.
pub(super) fn read(message: &Message, tally: &mut Tally) {
    let mut at = 0;
    while at < message.chars.len() {
        at = mark(message, at, tally).max(at + 1);
    }
    figures(message, tally);
}

/// Reads what starts at a place and returns where to go on.
fn mark(message: &Message, at: usize, tally: &mut Tally) -> usize {
    let Some(c) = message.char(at) else { return at };
    let (before, after) = (message.before(at), message.char(at + 1));
    match c {
        '!' | '?' => return exclamation(message, at, tally),
        '.' | '…' => return dots(message, at, tally),
        ':' | ';' => {
            // A colon that a smiley or a time of day holds is none.
            if after.is_none_or(char::is_whitespace)
                && let Some(space) = space_before(message, at)
            {
                tally.add("space before : ;", space);
            }
        }
        ',' => {
            if let Some(space) = space_before(message, at) {
                tally.either("space before , .", space == "none", ["none", "space"]);
            }
            match after {
                Some(next) if next.is_alphabetic() => tally.add("space after ,", "none"),
                Some(next) if next.is_whitespace() => tally.add("space after ,", "space"),
                _ => {}
            }
        }
        '«' => {
            tally.add("quotation marks", "« »");
            tally.add("space inside « »", space_name(after));
        }
        '“' => tally.add("quotation marks", "“ ”"),
        '"' if after.is_some_and(char::is_alphanumeric) => tally.add("quotation marks", "\" \""),
        '-' | '–' | '—' => return dash(message, at, tally),
        '(' if after.is_some_and(char::is_alphanumeric) => {
            tally.either(
                "space before (",
                before.is_none_or(char::is_whitespace),
                ["space", "none"],
            );
        }
        _ if is_apostrophe(c) => apostrophe(c, before, after, tally),
        _ => {}
    }
    at + 1
}

fn apostrophe(c: char, before: Option<char>, after: Option<char>, tally: &mut Tally) {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    if letter(before) && letter(after) {
        let name = match c {
            '\'' => "'",
            '’' => "’",
            _ => "other",
        };
        tally.add("apostrophe", name);
    } else if !letter(before) && letter(after) && c == '\'' {
        tally.add("quotation marks", "' '");
    }
}

fn exclamation(message: &Message, at: usize, tally: &mut Tally) -> usize {
    let run = message.chars[at..].iter().take_while(|c| matches!(c, '!' | '?')).count();
    if let Some(space) = space_before(message, at) {
        tally.add("space before ! ?", space);
    }
    let marks = &message.chars[at..at + run];
    let exclaims = marks.iter().filter(|c| **c == '!').count();
    if exclaims == run {
        tally.add("length of !", ["1", "2", "3", "4+"][run.min(4) - 1]);
    } else if exclaims == 0 {
        tally.add("length of ?", ["1", "2", "3", "4+"][run.min(4) - 1]);
    } else {
        tally.add("mixed ! and ?", if marks[0] == '?' { "?!" } else { "!?" });
    }
    at + run
}

fn dots(message: &Message, at: usize, tally: &mut Tally) -> usize {
    if message.char(at) == Some('…') {
        tally.add("ellipsis", "…");
        after_dots(message, at + 1, tally);
        return at + 1;
    }
    let run = message.chars[at..].iter().take_while(|c| **c == '.').count();
    let end = at + run;
    match run {
        1 => {
            let next = message.char(end);
            if next.is_none_or(char::is_whitespace)
                && let Some(space) = space_before(message, at)
            {
                tally.either("space before , .", space == "none", ["none", "space"]);
            }
            let follows: Vec<char> = message.chars[end..].iter().take(3).copied().collect();
            if let [' ', second, third] = follows[..] {
                if !second.is_whitespace() {
                    tally.add("spaces after .", "one");
                } else if second == ' ' && !third.is_whitespace() {
                    tally.add("spaces after .", "two");
                }
            }
        }
        2 => tally.add("ellipsis", ".."),
        3 => tally.add("ellipsis", "..."),
        _ => tally.add("ellipsis", "...."),
    }
    if run > 1 {
        after_dots(message, end, tally);
    }
    end
}

fn after_dots(message: &Message, end: usize, tally: &mut Tally) {
    if let Some(next) = message.char(end) {
        if next.is_alphabetic() {
            tally.add("space after an ellipsis", "none");
        } else if is_blank(next) {
            tally.add("space after an ellipsis", "space");
        }
    }
}

fn dash(message: &Message, at: usize, tally: &mut Tally) -> usize {
    let run = message.chars[at..].iter().take_while(|c| matches!(c, '-' | '–' | '—')).count();
    let end = at + run;
    let starts_line = message.before(at).is_none_or(|c| c == '\n');
    let spaced = message.char(end).is_some_and(is_blank);
    if starts_line && spaced {
        tally.add("list mark", "-");
    } else if spaced && message.before(at).is_some_and(is_blank) {
        let name = match (message.chars[at], run) {
            ('-', 1) => "-",
            ('-', _) => "--",
            ('–', _) => "–",
            _ => "—",
        };
        tally.add("dash", name);
    }
    end
}

/// The space between a mark and the word before it, or `None` where no word stands there.
fn space_before(message: &Message, at: usize) -> Option<&'static str> {
    let before = message.before(at)?;
    let word = |c: char| c.is_alphanumeric() || matches!(c, ')' | '"' | '»' | '”');
    if word(before) {
        return Some("none");
    }
    (is_blank(before) && message.before(at - 1).is_some_and(word)).then(|| space_name(Some(before)))
}

fn space_name(c: Option<char>) -> &'static str {
    match c {
        Some('\u{a0}') => "no-break space",
        Some('\u{202f}') => "narrow no-break space",
        Some(c) if c.is_whitespace() => "space",
        _ => "none",
    }
}

/// Figures: thousands, units, numbers in words.
fn figures(message: &Message, tally: &mut Tally) {
    for (at, token) in message.tokens.iter().enumerate() {
        let digits = token.lower.chars().all(|c| c.is_ascii_digit());
        let length = token.end - token.start;
        if digits {
            let sign = |c: char| matches!(c, '%' | '€' | '$');
            let next = message.char(token.end);
            if next.is_some_and(sign) {
                tally.add("space before % €", "none");
            } else if next.is_some_and(is_blank) && message.char(token.end + 1).is_some_and(sign) {
                tally.add("space before % €", "space");
            }
            if length == 1 {
                tally.add("small numbers", "figures");
            }
            if length >= 4 && message.chars[token.end - 3..token.end] == ['0'; 3] {
                tally.add("thousands", "together");
            }
            let grouped = message.tokens.get(at + 1).filter(|next| {
                next.start == token.end + 1 && next.lower.len() == 3 && next.lower == "000"
            });
            if grouped.is_some() && length <= 3 {
                match message.char(token.end) {
                    Some('.') => tally.add("thousands", "point"),
                    Some(',') => tally.add("thousands", "comma"),
                    Some(c) if is_blank(c) => tally.add("thousands", "space"),
                    _ => {}
                }
            }
        } else if matches!(
            token.lower.as_str(),
            "deux" | "trois" | "quatre" | "cinq" | "six" | "two" | "three" | "four" | "five"
        ) {
            tally.add("small numbers", "words");
        }
    }
}
