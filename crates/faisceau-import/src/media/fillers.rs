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

/// Whether a serial number can: some figures, and not all the same.
pub(super) fn is_serial(text: &str) -> bool {
    let mut characters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    characters.sort_unstable();
    characters.dedup();
    says_something(text) && (characters.len() > 1 || text.trim().len() < 4)
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
        assert!(is_serial("042021003512") && is_serial("12"));
        assert!(!is_serial("11111111") && !is_serial("0"));
    }
}
