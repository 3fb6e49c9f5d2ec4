//! The names of the habits, for those who word them.
//!
//! In: nothing. Out: every name that a reader of messages gives, but those of `variants.rs`, which
//! are the first form of each line, and every alternative that is a word of this program. What is
//! not listed stands in the text itself, as `lol`, or is a number.

/// Names of habits, in order.
pub const NAMES: [&str; 64] = [
    "accents",
    "accents on capitals",
    "after a greeting",
    "apostrophe",
    "brackets in a message",
    "ces for c'est",
    "closing word",
    "commas in a sentence",
    "dash",
    "double spaces between words",
    "ellipsis",
    "elongated words",
    "emoji in a message",
    "emoji repeated",
    "emoticon in a message",
    "end of a message",
    "first letter after ! ?",
    "first letter after .",
    "first letter after :",
    "first letter of a message",
    "first word",
    "greeting",
    "hyphen before -t-il",
    "infinitive",
    "laughter",
    "laughter in a message",
    "laughter in capitals",
    "length of !",
    "length of ?",
    "ligature œ",
    "lines in a message",
    "link in a message",
    "list mark",
    "mark before a last emoticon",
    "mention opens a message",
    "mixed ! and ?",
    "negation",
    "nose of emoticons",
    "participle",
    "place of emoji",
    "plural mark",
    "pronoun I",
    "quotation marks",
    "skin tone",
    "small numbers",
    "space after ,",
    "space after an ellipsis",
    "space before ! ?",
    "space before % €",
    "space before (",
    "space before , .",
    "space before : ;",
    "space before emoji",
    "space before emoticons",
    "space inside « »",
    "spaces after .",
    "thousands",
    "which emoji",
    "which emoticon",
    "words in a message",
    "words in a sentence",
    "words in capitals",
    "à after grâce, quant…",
    "ça before a verb",
];

/// Habits whose alternatives are words or signs of the text, in order.
pub const FROM_TEXT: [&str; 6] =
    ["closing word", "first word", "greeting", "laughter", "which emoji", "which emoticon"];

/// Alternatives that this program words, in order.
pub const ALTERNATIVES: [&str; 34] = [
    "I",
    "as usual",
    "capital",
    "capitals",
    "comma",
    "end",
    "figures",
    "inside",
    "left out",
    "line break",
    "link",
    "mark",
    "narrow no-break space",
    "no",
    "no-break space",
    "none",
    "nothing",
    "once",
    "one",
    "other",
    "point",
    "rarer",
    "repeated",
    "small",
    "some",
    "space",
    "together",
    "two",
    "with",
    "with ne",
    "without",
    "without ne",
    "words",
    "yes",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const READERS: [&str; 5] = [
        include_str!("capitals.rs"),
        include_str!("expressive.rs"),
        include_str!("shape.rs"),
        include_str!("spelling.rs"),
        include_str!("typography.rs"),
    ];

    /// The text literals of some lines of a source.
    fn literals(text: &str) -> Vec<String> {
        text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn every_name_that_the_readers_give_is_listed() {
        let mut found = BTreeSet::new();
        for reader in READERS {
            for call in ["tally.add(", "tally.add_text(", "tally.either("] {
                for rest in reader.split(call).skip(1) {
                    // A call that passes a name on has none before its first comma.
                    found.extend(
                        literals(rest.split("\",").next().unwrap_or(rest)).first().cloned(),
                    );
                }
            }
        }
        assert_eq!(found, NAMES.iter().map(ToString::to_string).collect());
    }

    #[test]
    fn the_two_names_of_a_choice_are_listed() {
        let plain = |name: &&String| {
            name.len() > 2 && name.chars().all(|c| " -".contains(c) || c.is_ascii_lowercase())
        };
        let mut seen = 0;
        for reader in READERS {
            for pair in reader.split('[').skip(1).filter_map(|rest| Some(rest.split_once("])")?.0))
            {
                let names = literals(pair);
                for name in names.iter().filter(plain).filter(|_| names.len() == 2) {
                    let form = name == "-er";
                    assert!(form || ALTERNATIVES.contains(&name.as_str()), "{name}");
                    seen += 1;
                }
            }
        }
        assert!(seen > 20, "{seen}");
        assert!(NAMES.is_sorted() && FROM_TEXT.is_sorted() && ALTERNATIVES.is_sorted());
    }
}
