//! The language of an account, for texts in different languages are never compared.
//!
//! In: the text, and the languages that the platform declares. Out: a two-letter code, or `und`.
//! The text decides, for declared languages follow the interface; words that several languages
//! share count for each of them. Refuses to decide below five function words.

/// The commonest function words that do not depend on the subject.
const FUNCTION_WORDS: [(&str, &[&str]); 7] = [
    (
        "de",
        &[
            "der", "die", "und", "das", "nicht", "ist", "ich", "ein", "mit", "auf", "für", "auch",
            "sich", "dass", "aber",
        ],
    ),
    (
        "en",
        &[
            "the", "and", "to", "of", "is", "that", "it", "you", "for", "with", "this", "not",
            "have", "are", "but", "what", "my", "do",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "una", "por", "con", "para", "pero", "más", "como", "esta", "muy",
            "todo", "también", "y",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "des", "et", "est", "pas", "que", "une", "dans", "pour", "qui",
            "je", "vous", "sur", "mais", "avec", "ne", "ce", "il",
        ],
    ),
    (
        "it",
        &[
            "il", "che", "di", "non", "per", "una", "sono", "della", "questo", "anche", "gli",
            "più", "perché", "ma", "come",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "van", "niet", "dat", "ik", "zijn", "voor", "met", "maar", "ook", "naar",
            "deze", "wat", "heb",
        ],
    ),
    (
        "pt",
        &[
            "não", "uma", "os", "para", "com", "mas", "como", "mais", "isso", "você", "muito",
            "são", "também", "eu", "ele",
        ],
    ),
];

/// The code where the language cannot be told.
pub(crate) const UNDECIDED: &str = "und";

/// The language of `text`, else the commonest of `declared`, else `und`.
pub(crate) fn language<'a>(
    texts: impl Iterator<Item = &'a str>,
    declared: impl Iterator<Item = &'a str>,
) -> String {
    let mut votes = [0_usize; FUNCTION_WORDS.len()];
    let mut words = 0;
    for text in texts {
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            words += 1;
            let word = word.to_lowercase();
            for (vote, (_, list)) in votes.iter_mut().zip(&FUNCTION_WORDS) {
                *vote += usize::from(list.contains(&word.as_str()));
            }
        }
    }
    let best = votes.iter().max().copied().unwrap_or(0);
    // A language that is not in the list shows few of these words.
    if best >= 5 && best * 20 >= words {
        let winners = votes.iter().zip(&FUNCTION_WORDS).filter(|&(&vote, _)| vote == best);
        if let [(_, (code, _))] = winners.collect::<Vec<_>>()[..] {
            return (*code).to_owned();
        }
    }
    commonest(declared).unwrap_or_else(|| UNDECIDED.to_owned())
}

fn commonest<'a>(declared: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for tag in declared {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        if (2..=3).contains(&primary.len()) && primary != UNDECIDED {
            *counts.entry(primary).or_default() += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(tag, _)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        language(std::iter::once(text), ["en-GB"].into_iter())
    }

    #[test]
    fn the_text_decides_and_the_declaration_fills_in() {
        assert_eq!(of("je ne sais pas ce que vous avez dans la tête mais il est tard"), "fr");
        assert_eq!(of("what do you have to do with this and that"), "en");
        assert_eq!(of("lol mdr"), "en");
        assert_eq!(language(std::iter::empty(), std::iter::empty()), "und");
    }
}
