//! Masks what is not the author's own wording.
//!
//! In: a post. Out: its lines without quotes and code, where links, mentions and mail addresses
//! are one symbol each: that somebody uses them is style, which ones is not. White space inside a
//! line stays as it was written, for it is a habit; [`collapsed`] gives the words one space apart.
//! Letters are composed (NFC, Unicode Standard Annex 15): whether é is one character or two is the
//! exporter's doing.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Stands for a link.
const LINK: &str = "\u{1}";
/// Stands for a mention of an account.
const MENTION: &str = "\u{2}";
/// Stands for a mail address.
const MAIL: &str = "\u{3}";

/// The lines of a post that its author worded, white space as written inside, never empty.
pub(crate) fn masked_lines(text: &str) -> Vec<String> {
    let mut in_code = false;
    let mut lines = Vec::new();
    for line in composed(text).lines() {
        let line = line.trim();
        if line.starts_with("```") {
            in_code = !in_code;
            continue;
        }
        if in_code || line.starts_with('>') || line.starts_with('»') {
            continue;
        }
        if !line.is_empty() {
            lines.push(masked(line));
        }
    }
    lines
}

fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

fn masked(line: &str) -> String {
    let mut masked = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
        let (space, tail) = rest.split_at(start);
        let end = tail.find(char::is_whitespace).unwrap_or(tail.len());
        let (word, tail) = tail.split_at(end);
        masked.push_str(space);
        masked.push_str(masked_word(word));
        rest = tail;
    }
    masked
}

/// Lines as one text, one space between words.
pub(crate) fn collapsed(lines: &[String]) -> String {
    let line = |line: &String| line.split_whitespace().collect::<Vec<_>>().join(" ");
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn masked_word(word: &str) -> &str {
    let bare = word.trim_start_matches(|c: char| c.is_ascii_punctuation() && c != '@');
    if word.contains("://") || bare.starts_with("www.") || bare == "URL" {
        LINK
    } else if bare.starts_with('@') && bare.len() > 1 {
        MENTION
    } else if bare.split_once('@').is_some_and(|(_, domain)| domain.contains('.')) {
        MAIL
    } else {
        word
    }
}

/// Words of a text: runs of letters, as the calibration counts them.
pub(crate) fn count_words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty()).count()
}

/// The start of a text that holds at most `words` words.
pub(crate) fn first_words(text: &str, words: usize) -> &str {
    let mut seen = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if c.is_alphabetic() && !inside {
            if seen == words {
                return text[..at].trim_end();
            }
            seen += 1;
        }
        inside = c.is_alphabetic();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_mentions_addresses_quotes_and_code_go() {
        let lines = masked_lines(
            "> cité\n(voir https://a.example/x) et www.b.example\n```\ncode\n```\n@lui écris à a.b@c.example  !\n",
        );
        assert_eq!(lines, ["(voir \u{1} et \u{1}", "\u{2} écris à \u{3}  !"]);
        assert_eq!(collapsed(&lines), "(voir \u{1} et \u{1}\n\u{2} écris à \u{3} !");
    }

    #[test]
    fn spacing_survives_and_collapses() {
        let lines = masked_lines(" «\u{a0}oui\u{a0}»  non\u{202f}!\t\n \u{a0}\nbien");
        assert_eq!(lines, ["«\u{a0}oui\u{a0}»  non\u{202f}!", "bien"]);
        assert_eq!(collapsed(&lines), "« oui » non !\nbien");
    }

    #[test]
    fn an_exporter_that_takes_letters_apart_changes_nothing() {
        let apart = "l'e\u{301}te\u{301} a\u{300} Noe\u{308}l, \u{1100}\u{1161}";
        let composed = "l'\u{e9}t\u{e9} \u{e0} No\u{eb}l, \u{ac00}";
        assert_ne!(count_words(apart), count_words(composed), "taken apart, words break");
        assert_eq!(masked_lines(apart), masked_lines(composed));
        assert_eq!(masked_lines(composed), [composed]);
    }

    #[test]
    fn words_are_runs_of_letters() {
        assert_eq!(count_words("l'été 2026, déjà_vu !"), 4);
        assert_eq!(first_words("l'été 2026, déjà_vu !", 3), "l'été 2026, déjà_");
        assert_eq!(first_words("un", 5), "un");
    }
}
