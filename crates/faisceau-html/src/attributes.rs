//! How much work the attributes of a page make.
//!
//! In: the text of a page. Out: an upper bound of the comparisons that the parser makes, which
//! compares each attribute of a tag with those before it. Refused: nothing; the caller refuses
//! pages that would take minutes.
//!
//! Whether a `<` opens a tag depends on all that stands before it. Here every `<` before a letter
//! may: the tags that could be open at a byte differ only in their state and in the number of
//! their attributes, and of those in the same state the longest stands for all.

/// Most comparisons: some seconds.
pub(crate) const MAX_WORK: u64 = 2_000_000_000;

/// Where in a tag a byte can stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    TagName,
    Between,
    Name,
    BeforeValue,
    Double,
    Single,
    Bare,
}

/// All states, in the order in which their counts are kept.
const STATES: [State; 7] = [
    State::TagName,
    State::Between,
    State::Name,
    State::BeforeValue,
    State::Double,
    State::Single,
    State::Bare,
];

/// The state after a byte, or none where the tag ends.
const fn after(state: State, byte: u8) -> Option<State> {
    let space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
    match state {
        State::Double => Some(if byte == b'"' { State::Between } else { state }),
        State::Single => Some(if byte == b'\'' { State::Between } else { state }),
        _ if byte == b'>' => None,
        State::BeforeValue => Some(match byte {
            b'"' => State::Double,
            b'\'' => State::Single,
            _ if space => state,
            _ => State::Bare,
        }),
        State::Bare => Some(if space { State::Between } else { state }),
        _ if space || byte == b'/' => Some(State::Between),
        State::Name if byte == b'=' => Some(State::BeforeValue),
        State::Between => Some(State::Name),
        State::TagName | State::Name => Some(state),
    }
}

/// Comparisons that the attributes may need.
pub(crate) fn work(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut open: [Option<u64>; 7] = [None; 7];
    let (mut work, mut at) = (0_u64, 0);
    while let Some(&byte) = bytes.get(at) {
        if open.iter().all(Option::is_none) {
            // Nothing is open: go to the next tag.
            match bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
                Some(next) => at += next,
                None => break,
            }
        } else {
            let mut next: [Option<u64>; 7] = [None; 7];
            for (state, count) in STATES.into_iter().zip(open) {
                let (Some(count), Some(then)) = (count, after(state, byte)) else { continue };
                let starts = then == State::Name && state == State::Between;
                let count = if starts { count + 1 } else { count };
                work += if starts { count } else { 0 };
                if let Some(slot) = next.get_mut(then as usize) {
                    *slot = (*slot).max(Some(count));
                }
            }
            open = next;
        }
        let opens = bytes.get(at) == Some(&b'<')
            && match (bytes.get(at + 1), bytes.get(at + 2)) {
                (Some(b'/'), Some(letter)) | (Some(letter), _) => letter.is_ascii_alphabetic(),
                _ => false,
            };
        if opens {
            let slot = &mut open[State::TagName as usize];
            *slot = (*slot).max(Some(0));
        }
        at += 1;
    }
    work
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORK, work};

    #[test]
    fn a_page_makes_little_work_and_a_hostile_tag_makes_much() {
        // One and two; the name of an end tag counts as an attribute.
        assert_eq!(work("<p class=\"a b c\" id=x>1 < 2 and so on</p>"), 4);
        assert_eq!(work("<a b='>' c d>"), 6);
        assert_eq!(work("no tag at all"), 0);
        let tag = format!("<a {}>", "b1 ".repeat(70_000));
        assert!(work(&tag) > MAX_WORK);
        // Hidden in what another reader would take for a quotation or a comment.
        assert!(work(&format!("<!-- \" ' {tag}")) > MAX_WORK);
        assert!(work(&format!("<p x=\"{tag}")) > MAX_WORK);
        assert!(work(&format!("<a {}>", "b1=\">\" ".repeat(70_000))) > MAX_WORK);
        // A picture inside a page is one long value.
        assert!(work(&format!("<img src=\"data:{}\">", "ab/ c".repeat(200_000))) < 10);
    }
}
