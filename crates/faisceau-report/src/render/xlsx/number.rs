//! Numbers of a table that a spreadsheet may count with.
//!
//! In: the characters of a cell. Out: a value and a format that shows the same characters, or
//! nothing: a port beside a date, a share, an interval and an id stay texts.

use crate::language::Language;

/// Digits that a spreadsheet keeps.
const DIGITS: usize = 15;

/// The sign before decimals and the one between thousands.
fn signs(lang: Language) -> [char; 2] {
    lang.pick([',', '\u{202f}'], ['.', ','])
}

/// How many decimals a number of the note has.
pub(super) fn decimals(lang: Language, text: &str) -> usize {
    let [point, _] = signs(lang);
    text.split_once(point).map_or(0, |(_, decimals)| decimals.chars().count())
}

/// The value of a cell and the format that shows it as it stands.
pub(super) fn number(lang: Language, text: &str) -> Option<(f64, String)> {
    let [point, between] = signs(lang);
    let (sign, body) = match text.chars().next()? {
        '\u{2212}' => (-1.0, text.get('\u{2212}'.len_utf8()..)?),
        '+' => (1.0, text.get(1..)?),
        _ => (1.0, text),
    };
    let (whole, decimals) = match body.split_once(point) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (body, None),
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    // A number of the note has its thousands apart: `1234` is an id or a year.
    if whole != grouped(&digits, between) || digits.is_empty() || leading_zero {
        return None;
    }
    if decimals.is_some_and(|d| !all_digits(d))
        || digits.len() + decimals.map_or(0, str::len) > DIGITS
    {
        return None;
    }
    let places = decimals.map_or(String::new(), |d| format!(".{}", "0".repeat(d.len())));
    let shape = format!("#,##0{places}");
    let value: f64 = format!("{digits}.{}", decimals.unwrap_or("0")).parse().ok()?;
    let shape = if text.starts_with('+') {
        format!("+{shape};\"\u{2212}\"{shape};{shape}")
    } else {
        format!("{shape};\"\u{2212}\"{shape}")
    };
    Some((sign * value, shape))
}

/// Digits in groups of three.
fn grouped(digits: &str, between: char) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(between);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_note_writes_as_a_number_is_one() {
        for lang in Language::ALL {
            for n in [0_i64, 7, 999, 1000, 123_456_789, -45] {
                assert_eq!(number(lang, &lang.count(n)).unwrap().0, n as f64);
            }
            assert_eq!(
                number(lang, &lang.signed(1.25)).unwrap(),
                (1.25, "+#,##0.00;\"−\"#,##0.00;#,##0.00".into())
            );
            assert_eq!(number(lang, &lang.decimal(-0.5, 3)).unwrap().0, -0.5);
            assert_eq!(decimals(lang, &lang.decimal(1234.5, 2)), 2);
            assert_eq!(decimals(lang, &lang.count(1234)), 0);
        }
    }

    #[test]
    fn what_only_looks_like_a_number_stays_a_text() {
        for text in [
            "",
            "+",
            "−",
            "1.2",
            "01",
            "1e5",
            "NaN",
            "0,4\u{202f}%",
            "1,",
            ",5",
            "3 / 4",
            "=1",
            "1 234",
            "+1,0 [+0,5]",
            "1234567890123456",
        ] {
            assert_eq!(number(Language::French, text), None, "{text}");
        }
    }

    #[test]
    fn english_thousands_are_no_decimals() {
        let value = |text: &str| number(Language::English, text).map(|(value, _)| value);
        assert_eq!(value("12,345.50"), Some(12_345.5));
        assert_eq!(value("1,234"), Some(1_234.0));
        for text in ["0,42", "1,23", "1234", "1.", ".5", "0.4%", "1\u{202f}234", "1.2.3"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_left(text in any::<String>(), near in "[+\u{2212}0-9,.\u{202f} ]{0,24}") {
            for text in [text, near] {
                for (value, shape) in Language::ALL.into_iter().filter_map(|l| number(l, &text)) {
                    prop_assert!(value.is_finite() && !shape.is_empty());
                }
            }
        }
    }
}
