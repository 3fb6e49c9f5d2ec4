//! Values that say nothing, and would tie strangers together.
//!
//! Seen in photographs of many makers: names that a factory leaves, serial numbers of zeros, blanks.

/// Words that stand where nothing is known.
const EMPTY: [&str; 12] = [
    "unknown",
    "unknown user",
    "none",
    "null",
    "n/a",
    "na",
    "not set",
    "undefined",
    "default",
    "no lens",
    "user",
    "owner",
];

/// Whether a value can tell one device, person or file from another.
pub(super) fn says_something(text: &str) -> bool {
    let text = text.trim();
    let fill =
        |c: char| matches!(c, '0' | '-' | '.' | ':' | ' ' | '_' | '*' | '?' | 'ÿ' | '\u{fffd}');
    let id = ["xmp.did:", "xmp.iid:", "uuid:", "adobe:docid:photoshop:"];
    let bare = id.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
    !bare.is_empty()
        && !bare.chars().all(fill)
        && !EMPTY.iter().any(|word| bare.eq_ignore_ascii_case(word))
}

/// Whether a serial number can: three characters or more without the zeros before them, not all the
/// same, and no row of figures such as 123456789.
pub(super) fn is_serial(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    let bare: Vec<char> =
        bare.chars().filter(|c| c.is_alphanumeric()).skip_while(|c| *c == '0').collect();
    let steps: Vec<i64> =
        bare.windows(2).map(|two| i64::from(two[1] as u32) - i64::from(two[0] as u32)).collect();
    // 9 is followed by 0 in a row of figures, and 0 by 9 in one that goes down.
    let row = |step: i64| steps.iter().all(|s| *s == step || *s == -9 * step);
    says_something(text) && bare.len() >= 3 && ![0, 1, -1].into_iter().any(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_say_nothing() {
        let fillers = [
            "",
            "   ",
            "unknown",
            "UNKNOWN",
            "0",
            "00:00-0",
            "0000000000",
            "xmp.did:",
            "xmp.iid:00000000-0000",
            "No Lens",
            "____",
            "ÿÿÿÿ",
        ];
        for text in fillers {
            assert!(!says_something(text), "{text}");
        }
        for text in ["D300", "10", "xmp.did:9C1", "Le Vengeur", "unknown soldier"] {
            assert!(says_something(text), "{text}");
        }
        for serial in ["042021003512", "3105364", "B9V508278", "0042107", "LX6805783", "129"] {
            assert!(is_serial(serial), "{serial}");
        }
        let fillers = [
            "11111111",
            "0",
            "12",
            "123456789",
            "0123456789",
            "1234567890",
            "12345678",
            "87654321",
            "0x00000000",
            "0000001",
            "XXXXXXXX",
            "9876543210",
        ];
        for filler in fillers {
            assert!(!is_serial(filler), "{filler}");
        }
    }
}
