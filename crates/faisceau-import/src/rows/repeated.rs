//! Texts of an exhibit that each of many rows repeats: the name of a conversation, the id of a
//! mail for each of its hops.
//!
//! In: such a text. Out: the text, cut if it is longer than any real one. Refused: a name of
//! megabytes above a hundred thousand messages, which would fill the memory.

/// Most characters of a text that rows repeat. A line of a mail has 998.
const LONGEST: usize = 1000;

/// The text, with `…` where it was cut.
pub(crate) fn repeated(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
        text.shrink_to_fit();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_platform_writes_is_cut() {
        assert_eq!(repeated("Été [1]".to_owned()), "Été [1]");
        assert_eq!(repeated("é".repeat(LONGEST)), "é".repeat(LONGEST));
        assert_eq!(repeated("é".repeat(LONGEST + 1)), "é".repeat(LONGEST) + "…");
    }
}
