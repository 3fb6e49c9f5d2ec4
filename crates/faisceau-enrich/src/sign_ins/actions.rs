//! What was done to the safety of an account, by the words of the platforms.
//!
//! In: an action as a platform writes it. Out: its kind, from `datasets/sign-in-actions`. Refused:
//! guessing: an action that no word names is none.

use std::sync::LazyLock;

/// A kind of act on the safety of an account.
pub(super) type Act = &'static str;

static TABLE: &str = include_str!("../../../../datasets/sign-in-actions/actions.csv");

/// Words with their kind, in lower case.
static WORDS: LazyLock<Vec<(String, Act)>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    let pair = |line: &'static str| {
        let (act, word) = line.split_once(',')?;
        Some((word.trim().to_lowercase(), act.trim()))
    };
    lines.filter_map(pair).filter(|(word, _)| !word.is_empty()).collect()
});

/// The kind of act that a text names; the first line of the table that fits decides.
pub(super) fn recognise(text: &str) -> Option<Act> {
    let text = text.to_lowercase().replace(['’', '_'], " ").replace('\'', " ");
    WORDS.iter().find(|(word, _)| text.contains(word.as_str())).map(|(_, act)| *act)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_known_in_both_languages() {
        for (text, act) in [
            ("Password changed; Web", "act_password"),
            ("Modification du mot de passe", "act_password"),
            ("New-InboxRule; Exchange; Succeeded", "act_forwarding"),
            ("Adresse e-mail modifiée", "act_email"),
            ("Login; Google Takeout", "act_export"),
            ("two_factor_disabled", "act_two_factor"),
            ("Déconnexion de toutes les sessions", "act_sessions"),
        ] {
            assert_eq!(recognise(text), Some(act), "{text}");
        }
        for text in ["Login; Gmail; Lyon, FR", "sign-in; Success", "", "last use of a session"] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn every_line_of_the_table_is_read_and_finds_itself() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        assert_eq!(WORDS.len(), lines.count());
        for (word, act) in WORDS.iter() {
            assert!(act.starts_with("act_"), "{act}");
            assert!(recognise(word).is_some(), "{word} is written as no text is compared");
        }
    }
}
