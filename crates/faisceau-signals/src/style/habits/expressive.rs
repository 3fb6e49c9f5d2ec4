//! Habits of expression: elongation, laughter, emoji, emoticons.
//!
//! In: a message. Out: the alternatives that it took. An emoji is a character of the blocks that
//! Unicode gives them; joiners, variation selectors and skin tones belong to the one before.

use super::message::{Message, is_blank};
use super::tally::Tally;

/// Counts the expression of a message.
pub(super) fn read(message: &Message, tally: &mut Tally) {
    let mut laughs = false;
    let mut elongated = false;
    for token in &message.tokens {
        if let Some(laughter) = laughter(&token.lower) {
            laughs = true;
            let all = &message.chars[token.start..token.end];
            let capitals = all.len() > 1 && all.iter().all(|c| c.is_uppercase());
            tally.add("laughter", laughter);
            tally.either("laughter in capitals", capitals, ["capitals", "small"]);
        }
        let letters: Vec<char> = token.lower.chars().collect();
        elongated |= letters
            .windows(3)
            .any(|w| w[0].is_alphabetic() && w[0] != 'w' && w[0] == w[1] && w[1] == w[2]);
    }
    tally.either("laughter in a message", laughs, ["some", "none"]);
    tally.either("elongated words", elongated, ["some", "none"]);
    emoji(message, tally);
    emoticons(message, tally);
}

/// The sort of laughter that a lower-case word is, whatever its length.
fn laughter(word: &str) -> Option<&'static str> {
    let exact = match word {
        "mdr" | "mdrr" | "mdrrr" => "mdr",
        "ptdr" | "ptdrr" => "ptdr",
        "lmao" | "lmfao" => "lmao",
        "rofl" => "rofl",
        "xd" | "xdd" | "xddd" => "xD",
        "hihi" | "hihihi" => "hihi",
        "héhé" | "hehe" | "hehehe" | "héhéhé" => "hehe",
        "heh" => "heh",
        "jaja" | "jajaja" => "jaja",
        _ => "",
    };
    if !exact.is_empty() {
        return Some(exact);
    }
    let of = |letters: &str| word.chars().all(|c| letters.contains(c));
    if of("lo") && word.starts_with("lo") && word.ends_with('l') {
        return Some("lol");
    }
    if of("ha") && word.contains("ha") && word.contains("ah") {
        return Some(if word.starts_with('h') { "haha" } else { "ahah" });
    }
    None
}

fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27bf | 0x1f000..=0x1faff | 0x2b50 | 0x2b55 | 0x203c | 0x2049)
        && !is_tone(c)
}

fn is_tone(c: char) -> bool {
    matches!(u32::from(c), 0x1f3fb..=0x1f3ff)
}

fn emoji(message: &Message, tally: &mut Tally) {
    let mut last: Option<(usize, char)> = None;
    let mut any = false;
    for (at, &c) in message.chars.iter().enumerate() {
        if is_tone(c) {
            tally.add("skin tone", ["1", "2", "3", "4", "5"][(u32::from(c) - 0x1f3fb) as usize]);
        }
        if is_tone(c) || matches!(c, '\u{fe0f}' | '\u{fe0e}' | '\u{200d}') {
            last = last.map(|(_, of)| (at, of));
            continue;
        }
        if !is_emoji(c) {
            continue;
        }
        any = true;
        let repeats = last.is_some_and(|(place, of)| place + 1 == at && of == c);
        tally.either("emoji repeated", repeats, ["repeated", "once"]);
        if !repeats {
            tally.add_text("which emoji", &c.to_string());
            let space = message.before(at).is_some_and(is_blank);
            tally.either("space before emoji", space, ["space", "none"]);
            let ends = message.tokens.last().is_none_or(|last| last.end <= at);
            tally.either("place of emoji", ends, ["end", "inside"]);
        }
        last = Some((at, c));
    }
    tally.either("emoji in a message", any, ["some", "none"]);
}

/// Emoticons without nose.
const FACES: &[&str] = &[
    ":)", ":(", ":D", ":P", ":p", ":/", ":\\", ":o", ":O", ":s", ":S", ":|", ":'(", ":*", ":3",
    ":]", ";)", ";D", ";p", ";P", "=)", "=D", "=P", "=p", "=(", "=/", "^^", "^_^", "<3", "-_-",
    "o_O", "O_o", "o_o", "T_T", "XD", "xD", "xd", "\\o/", ">_<",
];
/// Characters of the longest emoticon, nose and repeated mouth not counted.
const LONGEST: usize = 3;

fn emoticons(message: &Message, tally: &mut Tally) {
    let mut any = false;
    let mut at = 0;
    while at < message.chars.len() {
        // Inside a word, `xD` is something else.
        if message.before(at).is_some_and(char::is_alphanumeric)
            && message.chars[at].is_alphanumeric()
        {
            at += 1;
            continue;
        }
        let Some((face, nose, end)) = face(message, at) else {
            at += 1;
            continue;
        };
        any = true;
        tally.add_text("which emoticon", face);
        if matches!(face.chars().next(), Some(':' | ';' | '=')) {
            tally.either("nose of emoticons", nose, ["with", "without"]);
        }
        if let Some(before) = message.before(at) {
            tally.either("space before emoticons", before.is_whitespace(), ["space", "none"]);
        }
        if end >= message.chars.len() {
            let words = message.chars[..at].iter().rposition(|c| !c.is_whitespace());
            let stop = words
                .and_then(|at| message.char(at))
                .is_some_and(|c| matches!(c, '.' | '!' | '?' | '…'));
            tally.either("mark before a last emoticon", stop, ["mark", "none"]);
        }
        at = end;
    }
    tally.either("emoticon in a message", any, ["some", "none"]);
}

/// The emoticon at a place, whether it has a nose, and where it ends.
fn face(message: &Message, at: usize) -> Option<(&'static str, bool, usize)> {
    let eyes = message.char(at)?;
    let nose = matches!(eyes, ':' | ';' | '=') && message.char(at + 1) == Some('-');
    let mut bare: Vec<char> = Vec::with_capacity(LONGEST);
    bare.push(eyes);
    let mut end = at + 1 + usize::from(nose);
    while bare.len() < LONGEST {
        let Some(c) = message.char(end) else { break };
        bare.push(c);
        end += 1;
    }
    for length in (2..=bare.len()).rev() {
        let found = FACES.iter().find(|face| face.chars().eq(bare[..length].iter().copied()));
        let end = at + usize::from(nose) + length;
        if let Some(face) = found {
            // A mouth that is repeated is one mouth; a letter stands apart from words.
            let mouth = bare[length - 1];
            let more = message.chars[end..].iter().take_while(|c| **c == mouth).count();
            let end = end + more;
            let next = [message.before(at), message.char(end)];
            if mouth.is_alphanumeric() && next.into_iter().flatten().any(char::is_alphanumeric) {
                continue;
            }
            return Some((face, nose, end));
        }
    }
    None
}
