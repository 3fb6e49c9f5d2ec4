//! Words and punctuation marks of a text, in order.
//!
//! In: a line. Out: runs of letters as they are written, and every other character that is
//! neither white space nor a digit.

/// The words and marks of a line.
pub(crate) fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices() {
        if c.is_alphabetic() {
            start.get_or_insert(at);
            continue;
        }
        words.extend(start.take().map(|start| &line[start..at]));
        if !c.is_whitespace() && !c.is_numeric() {
            words.push(&line[at..at + c.len_utf8()]);
        }
    }
    words.extend(start.map(|start| &line[start..]));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_run_together_and_marks_stand_alone() {
        assert_eq!(words("L'été 2026, ah!!"), ["L", "'", "été", ",", "ah", "!", "!"]);
        assert_eq!(words("a😀b"), ["a", "😀", "b"]);
        assert!(words(" 12 ").is_empty());
    }
}
