//! From a plain sentence to the hand's spelling: contractions, own spellings, accents, capitals.
//!
//! In: a sentence in plain French, in lower case, with straight apostrophes and no final mark.
//! Out: the sentence as the hand types it, still without its final mark.

use super::hand::Hand;
use crate::random::Rng;

/// Contractions of French that the filling of slots leaves open.
const CONTRACTIONS: &[(&str, &str)] = &[
    ("de le ", "du "),
    ("de les ", "des "),
    ("à le ", "au "),
    ("à les ", "aux "),
    ("de hier", "d'hier"),
    ("de avant", "d'avant"),
    ("de un ", "d'un "),
    ("de une ", "d'une "),
    ("que un ", "qu'un "),
    ("que une ", "qu'une "),
    ("que il ", "qu'il "),
    ("que ils ", "qu'ils "),
    ("que elle ", "qu'elle "),
    ("que elles ", "qu'elles "),
    ("que on ", "qu'on "),
    ("que ici ", "qu'ici "),
    ("que avant ", "qu'avant "),
    ("que aux ", "qu'aux "),
    ("que au ", "qu'au "),
    ("que à ", "qu'à "),
    ("si il ", "s'il "),
    ("je ai ", "j'ai "),
    ("je y ", "j'y "),
    ("je en ", "j'en "),
];

/// Contracts what French contracts.
pub(super) fn contract(sentence: &str) -> String {
    CONTRACTIONS.iter().fold(sentence.to_owned(), |text, (open, closed)| {
        replace_words(&text, open, closed, &mut || true)
    })
}

/// Replaces `from` wherever it stands between word boundaries and `yes` agrees.
fn replace_words(text: &str, from: &str, to: &str, yes: &mut dyn FnMut() -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let (before, after) = (&rest[..at], &rest[at + from.len()..]);
        let last = before.chars().next_back().or_else(|| out.chars().next_back());
        let inside = last.is_some_and(|c| c.is_alphanumeric() || c == '\'')
            || (from.chars().next_back().is_some_and(char::is_alphanumeric)
                && after.chars().next().is_some_and(char::is_alphanumeric));
        out.push_str(before);
        out.push_str(if !inside && yes() { to } else { from });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Spells the sentence in the hand's way.
pub(super) fn spell(sentence: &str, hand: &Hand, rng: &mut Rng) -> String {
    let (table, rate) = hand.respell;
    let mut text = sentence.to_owned();
    for (from, to) in table {
        text = replace_words(&text, from, to, &mut || rng.chance(rate));
    }
    if rng.chance(hand.stretch) {
        text = stretched(&text, rng);
    }
    if hand.bare > 0 {
        text = bare(&text, hand.bare, rng);
    }
    if rng.chance(hand.capital) {
        text = capitalised(&text);
    } else {
        text = text.replace("Maud", "maud").replace("Lilas", "lilas");
    }
    text.replace('\'', hand.apostrophe)
}

/// Leaves out the accents of about `rate` words in a hundred.
fn bare(text: &str, rate: u8, rng: &mut Rng) -> String {
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            if rng.chance(rate) { word.chars().map(unaccented).collect() } else { word.to_owned() }
        })
        .collect();
    words.join(" ")
}

fn unaccented(c: char) -> char {
    match c {
        'à' | 'â' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        'ù' | 'û' => 'u',
        'ç' => 'c',
        'À' => 'A',
        'É' => 'E',
        other => other,
    }
}

/// The sentence with its first letter in capitals.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Draws out the last vowel of one word of four letters or more.
fn stretched(text: &str, rng: &mut Rng) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|&i| words[i].chars().count() >= 4 && words[i].chars().all(char::is_alphabetic))
        .collect();
    if long.is_empty() {
        return text.to_owned();
    }
    let at = rng.pick(&long);
    let word = words[at].clone();
    if let Some((index, vowel)) = word.char_indices().rev().find(|(_, c)| "aeiouéè".contains(*c))
    {
        words[at].insert_str(index, &vowel.to_string().repeat(3));
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions_respect_words() {
        assert_eq!(contract("je crois que il parle de le pain"), "je crois qu'il parle du pain");
        assert_eq!(contract("je ai vu un monde le lundi"), "j'ai vu un monde le lundi");
        assert_eq!(contract("le stage de avant-hier"), "le stage d'avant-hier");
    }

    #[test]
    fn a_spelling_never_bites_into_a_word() {
        let swap = |text| replace_words(text, "ça", "sa", &mut || true);
        assert_eq!(swap("ça commença, ça va"), "sa commença, sa va");
    }

    #[test]
    fn accents_and_capitals_follow_the_hand() {
        let mut rng = Rng::new(1);
        assert_eq!(bare("déjà très été", 100, &mut rng), "deja tres ete");
        assert_eq!(capitalised("étal"), "Étal");
        assert!(stretched("vraiment", &mut rng).contains("eeee"));
    }
}
