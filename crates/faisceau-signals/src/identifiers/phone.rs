//! Telephone numbers in text, whole or masked.
//!
//! In: a text. Out: numbers as digits with the code of the country (ITU-T E.164), and masked ones
//! such as `06 •• •• •• 34`. Read: international numbers that start with `+` or `00`, and French
//! national numbers in one of their usual groupings. Refused: other national numbers, for nothing
//! tells them from order numbers and dates; fillers such as 06 00 00 00 00.

use super::fragment::{Fragment, is_mask};

/// Most digits of a number (E.164).
const MOST_DIGITS: usize = 15;
/// Least digits of an international number, code of the country included.
const LEAST_DIGITS: usize = 8;
/// Digits of a French national number, with its 0.
const FRENCH: usize = 10;
/// Groupings of a French national number.
const GROUPINGS: [&[usize]; 6] =
    [&[10], &[2, 2, 2, 2, 2], &[4, 2, 2, 2], &[4, 3, 3], &[1, 3, 3, 3], &[2, 4, 4]];
/// Most numbers read in one text.
const MOST_IN_TEXT: usize = 50;
/// Most groups of digits that one number is written in.
const MOST_GROUPS: usize = 12;
/// Fewest positions of a masked number.
const LEAST_MASKED: usize = 8;
/// Fewest masked digits.
const LEAST_MASKS: usize = 2;
/// Fewest different digits after the kind of line: below, it is a filler.
const LEAST_DIFFERENT: usize = 3;

/// A number found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Phone {
    /// Digits with the code of the country.
    Whole(String),
    /// Digits are masked.
    Masked(Fragment),
}

/// A run of digits and masks between separators.
#[derive(Debug, Clone, Default, PartialEq)]
struct Group {
    /// Digits, and `*` for masks.
    text: String,
    plus: bool,
    /// Whether something that is not a separator stands before it: a new number starts.
    fresh: bool,
}

/// The numbers in a text, at most [`MOST_IN_TEXT`].
pub(crate) fn phones(text: &str) -> Vec<Phone> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() && found.len() < MOST_IN_TEXT {
        // The groups that one number can be made of.
        let run = &groups[at..groups.len().min(at + MOST_GROUPS + 1)];
        let end = run.iter().skip(1).position(|g| g.fresh || g.plus).map_or(run.len(), |n| n + 1);
        let run = &run[..end];
        match whole(run).or_else(|| masked(run)) {
            Some((phone, used)) => {
                found.extend(phone);
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups = Vec::<Group>::new();
    let mut open = Group { fresh: true, ..Group::default() };
    let mut separators = 0;
    let mut after_letter = false;
    for c in text.chars().chain(['\n']) {
        let crossed = matches!(c, 'x' | 'X') && !open.text.is_empty()
            || matches!(c, 'x' | 'X')
                && separators > 0
                && groups.last().is_some_and(|_| !open.fresh);
        if (c.is_ascii_digit() || is_mask(c) || crossed) && !after_letter {
            open.text.push(if c.is_ascii_digit() { c } else { '*' });
            separators = 0;
            continue;
        }
        let separator = matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '/' | '(' | ')');
        let glued = c.is_alphabetic() && !open.text.is_empty();
        if !open.text.is_empty() && !glued {
            groups.push(std::mem::take(&mut open));
        }
        separators += 1;
        after_letter = c.is_alphanumeric();
        open = Group {
            text: String::new(),
            plus: c == '+',
            fresh: if open.text.is_empty() && !glued { open.fresh } else { glued }
                || !(separator || c == '+')
                || separators > 2,
        };
    }
    groups
}

/// A whole number at the start of `run`, and the groups that it takes. `None` inside: a filler.
fn whole(run: &[Group]) -> Option<(Option<Phone>, usize)> {
    let first = run.first()?;
    // Stars around a whole number are emphasis.
    let bare = |group: &Group| group.text.trim_matches('*').to_owned();
    if first.plus || bare(first).starts_with("00") {
        let mut digits = String::new();
        let mut used = 0;
        for text in run.iter().map(bare) {
            if text.is_empty() || text.contains('*') || digits.len() + text.len() > MOST_DIGITS + 2
            {
                break;
            }
            // +33 (0)6: the 0 of the national form.
            if !(used > 0 && text == "0") {
                digits.push_str(&text);
            }
            used += 1;
            if digits.trim_start_matches('0').starts_with("33")
                && digits.trim_start_matches('0').len() > FRENCH
            {
                break;
            }
        }
        let digits = digits.trim_start_matches('0');
        let french = digits.starts_with("33");
        let fits = if french {
            digits.len() == FRENCH + 1
        } else {
            (LEAST_DIGITS..=MOST_DIGITS).contains(&digits.len())
        };
        return fits.then(|| (number(digits), used));
    }
    let grouping = GROUPINGS.iter().find(|grouping| {
        run.len() >= grouping.len()
            && run.iter().map(bare).zip(**grouping).all(|(g, n)| g.len() == *n && !g.contains('*'))
    })?;
    let digits: String = run.iter().take(grouping.len()).map(bare).collect();
    let national = digits.strip_prefix('0').filter(|rest| !rest.starts_with('0'))?;
    Some((number(&format!("33{national}")), grouping.len()))
}

fn number(digits: &str) -> Option<Phone> {
    let mut different: Vec<char> = digits.chars().skip(3).collect();
    let steps = different.windows(2).all(|pair| pair[1] as u32 == pair[0] as u32 + 1);
    different.sort_unstable();
    different.dedup();
    (different.len() >= LEAST_DIFFERENT && !steps).then(|| Phone::Whole(digits.to_owned()))
}

/// A masked number that takes all of `run`.
fn masked(run: &[Group]) -> Option<(Option<Phone>, usize)> {
    let first = run.first()?;
    let all: String = run.iter().map(|group| group.text.as_str()).collect();
    // What follows the last digit is emphasis.
    let all = all.trim_end_matches('*');
    let masks = all.bytes().filter(|&b| b == b'*').count();
    if run.len() > MOST_GROUPS
        || masks < LEAST_MASKS
        || !(LEAST_MASKED..=MOST_DIGITS).contains(&all.len())
    {
        return None;
    }
    let digits = if first.plus {
        all.strip_prefix("330").map_or_else(|| all.to_owned(), |rest| format!("33{rest}"))
    } else {
        match all.strip_prefix('0') {
            Some(rest) if !rest.starts_with('*') => format!("33{rest}"),
            _ => all.to_owned(),
        }
    };
    Some((Fragment::phone(&digits).map(Phone::Masked), run.len()))
}

/// Whether a French number is that of a service (0800 to 0899).
pub(crate) fn is_service(digits: &str) -> bool {
    digits.len() == FRENCH + 1 && digits.starts_with("338")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wholes(text: &str) -> Vec<String> {
        let found = phones(text).into_iter();
        found.filter_map(|p| if let Phone::Whole(w) = p { Some(w) } else { None }).collect()
    }

    fn shapes(text: &str) -> Vec<String> {
        let found = phones(text).into_iter();
        found.filter_map(|p| if let Phone::Masked(f) = p { Some(f.shape) } else { None }).collect()
    }

    #[test]
    fn one_number_in_its_many_spellings() {
        for text in [
            "06 39 98 12 47",
            "appelle le 06.39.98.12.47 !",
            "0639981247",
            "+33 6 39 98 12 47",
            "+33 (0)6 39 98 12 47",
            "0033639981247",
            "tel:+33639981247",
            "0639 98 12 47",
            "**06-39-98-12-47**",
            "le 3, 06 39 98 12 47",
        ] {
            assert_eq!(wholes(text), ["33639981247"], "{text}");
        }
        assert_eq!(wholes("+32 470 12 34 56, +33639981247"), ["32470123456", "33639981247"]);
    }

    #[test]
    fn dates_fillers_and_other_digits_are_no_numbers() {
        for text in [
            "06/05/2024 12",
            "06 00 00 00 00",
            "0123456789",
            "192.168.10.12",
            "commande 4012345678",
            "a0639981247",
            "0639981247x9",
            "00",
            "+",
        ] {
            assert!(phones(text).is_empty(), "{text}: {:?}", phones(text));
        }
    }

    #[test]
    fn masked_numbers_keep_what_is_known() {
        assert_eq!(shapes("•• •• •• 12 34"), ["******1234"]);
        assert_eq!(shapes("06 ** ** ** 34"), ["336******34"]);
        assert_eq!(shapes("+33 6 •• •• •• 34"), ["336******34"]);
        assert_eq!(shapes("06 XX XX XX 34"), ["336******34"]);
        assert!(shapes("** gras ** 12").is_empty());
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(text in "[0-9+*•xX (a./-]{0,60}|\\PC{0,60}") {
            for phone in phones(&text) {
                if let Phone::Whole(digits) = phone {
                    prop_assert!(digits.len() >= LEAST_DIGITS && digits.len() <= MOST_DIGITS);
                }
            }
        }

        #[test]
        fn every_french_number_is_found(digits in "[1-9][0-9]{8}") {
            if number(&format!("33{digits}")).is_some() {
                prop_assert_eq!(wholes(&format!("au 0{digits}.")), [format!("33{digits}")]);
            }
        }
    }
}
