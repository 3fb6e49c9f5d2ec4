//! How a note shows the value that two accounts have in common.
//!
//! In: the column `shared` of a comparison. Out: words fit for a document that circulates: mail
//! addresses and telephone numbers are masked, for they may be a third party's; counts are put in
//! the language of the edition. The whole value stands in the table.

use faisceau_model::Maybe;
use faisceau_model::rows::Comparison;

use crate::language::{Language, said};
use crate::text::Text;

/// Longest value that is looked at, in characters.
const LONGEST: usize = 400;
/// Longest value that is shown.
const SHOWN: usize = 40;
/// Fewest digits that make a telephone number.
const PHONE_DIGITS: usize = 8;

/// What the accounts share, as the note shows it; nothing where the value holds counts that a
/// sentence of its own gives.
pub(super) fn shown(lang: Language, c: &Comparison) -> Option<Text> {
    let Maybe::Known(shared) = &c.shared else { return None };
    let shared: String = shared.chars().take(LONGEST).collect();
    Some(match c.signal.as_str() {
        "shared_hands" => return None,
        "synchrony" => Text::new().data(&coincidences(lang, &shared), 90),
        "shared_phone" => Text::new().quoted(lang, &masked_phone(&shared), SHOWN),
        "shared_phrase" | "rare_phrase" => {
            Text::new().quoted(lang, &masked_phones(&masked(&shared)), 60)
        }
        _ => Text::new().quoted(lang, &masked(&shared), SHOWN),
    })
}

/// `3 minutes in common, 0.4 expected, z 2.1, 40 shifts` in words of the language; any other text
/// as it stands.
fn coincidences(lang: Language, text: &str) -> String {
    let mut parts = text.split(", ");
    let mut next = |before: &str, after: &str| -> Option<String> {
        let part = parts.next()?.strip_prefix(before)?.strip_suffix(after)?;
        part.parse::<f64>().ok()?;
        Some(part.replace('.', lang.pick(",", ".")).replace('-', "\u{2212}"))
    };
    let mut words = || {
        let observed = next("", " minutes in common")?;
        let expected = next("", " expected")?;
        let z = next("z ", "")?;
        let shifts = next("", " shifts")?;
        Some(said!(
            lang,
            "minutes communes : {observed}, attendues {expected} sur {shifts} décalages, z {z}",
            "minutes in common: {observed}, expected {expected} over {shifts} shifts, z {z}"
        ))
    };
    words().map_or_else(|| masked(text), |words| crate::french::spaced(&words))
}

/// Masks every mail address: its first letter and its domain stay.
pub(crate) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    let part = |c: char| c.is_alphanumeric() || "@._%+-*'!#$&=~^{|}`".contains(c);
    for c in text.chars() {
        if part(c) {
            word.push(c);
        } else {
            out += &masked_word(&word);
            word.clear();
            out.push(c);
        }
    }
    out + &masked_word(&word)
}

fn masked_word(word: &str) -> String {
    match word.rsplit_once('@') {
        Some((local, domain)) if !local.is_empty() && domain.contains('.') => {
            let first = local.chars().find(|c| c.is_alphanumeric()).unwrap_or('*');
            format!("{first}***@{domain}")
        }
        _ => word.to_owned(),
    }
}

/// Masks a telephone number: its last two digits stay.
fn masked_phone(text: &str) -> String {
    let mut left = text.chars().filter(char::is_ascii_digit).count();
    text.chars()
        .map(|c| {
            if !c.is_ascii_digit() {
                return c;
            }
            left = left.saturating_sub(1);
            if left < 2 { c } else { '*' }
        })
        .collect()
}

/// Masks every stretch of digits long enough for a telephone number.
fn masked_phones(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        if digits >= PHONE_DIGITS {
            *out += &masked_phone(run);
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        if c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')' | '/' | '\u{a0}') {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_their_first_letter_and_domain() {
        assert_eq!(masked("jean.dupont+x@exemple.fr"), "j***@exemple.fr");
        assert_eq!(masked("voir <a@b.fr>, x@y"), "voir <a***@b.fr>, x@y");
        assert_eq!(masked("j***@e***.fr"), "j***@e***.fr");
        assert_eq!(masked("mailto:jean@exemple.fr?subject=a"), "mailto:j***@exemple.fr?subject=a");
        assert_eq!(masked("@corbeau ~ corbeau_92"), "@corbeau ~ corbeau_92");
        assert_eq!(masked("192.0.2.17"), "192.0.2.17");
    }

    #[test]
    fn numbers_keep_their_last_two_digits() {
        assert_eq!(masked_phone("+33612345678"), "+*********78");
        assert_eq!(masked_phone("+*********78"), "+*********78");
        assert_eq!(masked_phone("7"), "7");
        assert_eq!(masked_phones("appelle le 06 12 34 56 78 !"), "appelle le ** ** ** ** 78 !");
        assert_eq!(masked_phones("en 2026, 12 fois"), "en 2026, 12 fois");
    }

    #[test]
    fn counts_are_put_in_words_and_other_texts_stand() {
        let text = "3 minutes in common, 0.4 expected, z -2.1, 40 shifts";
        assert_eq!(
            coincidences(Language::French, text),
            "minutes communes\u{a0}: 3, attendues 0,4 sur 40 décalages, z \u{2212}2,1"
        );
        assert_eq!(
            coincidences(Language::English, text),
            "minutes in common: 3, expected 0.4 over 40 shifts, z \u{2212}2.1"
        );
        let other = "x minutes in common, y";
        assert_eq!(coincidences(Language::French, other), other);
    }
}
