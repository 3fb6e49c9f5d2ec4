//! Character n-grams as scikit-learn cuts them.

use super::characters::{between_blanks, squeezed};

/// All runs of `length` characters (`analyzer="char"`), blanks squeezed.
pub(super) fn over_everything(text: &str, length: usize) -> Vec<String> {
    squeezed(text).windows(length).map(|gram| gram.iter().collect()).collect()
}

/// Runs of two to five characters inside words with a space on both sides
/// (`analyzer="char_wb"`). A word shorter than the run is taken whole, once.
pub(super) fn inside_words(text: &str) -> Vec<String> {
    let mut grams = Vec::new();
    for word in between_blanks(&squeezed(text)) {
        let padded: Vec<char> = [&[' '], word, &[' ']].concat();
        for length in 2..=5 {
            if padded.len() <= length {
                grams.push(padded.iter().collect());
                break;
            }
            grams.extend(padded.windows(length).map(|gram| gram.iter().collect::<String>()));
        }
    }
    grams
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::characters::{words, words_and_signs};
    use super::*;

    #[test]
    fn grams_are_those_of_scikit_learn() {
        assert_eq!(over_everything("ab  cd", 4), ["ab c", "b cd"]);
        assert!(over_everything("abc", 4).is_empty());
        // CountVectorizer(analyzer="char_wb", ngram_range=(2, 5)).build_analyzer()("a bc")
        let expected = [" a", "a ", " a ", " b", "bc", "c ", " bc", "bc ", " bc "];
        assert_eq!(inside_words("a bc"), expected);
    }

    proptest! {
        #[test]
        fn any_text_is_cut(text in any::<String>()) {
            prop_assert!(over_everything(&text, 4).iter().all(|gram| gram.chars().count() == 4));
            prop_assert!(inside_words(&text).iter().all(|gram| gram.chars().count() <= 5));
            let tokens = words_and_signs(&text);
            prop_assert!(words(&text).all(|word| tokens.contains(&word)));
        }
    }
}
