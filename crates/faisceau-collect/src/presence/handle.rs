//! A handle that may stand in an address.
//!
//! In: what the user wants looked for. Out: a [`Handle`]. Refused: what would change where a request
//! goes, or be another name on the way: `/../`, `%0d%0a`, white space, control characters, signs that
//! addresses use.

use faisceau_model::excerpt;

/// Longest handle, in characters.
const MAX: usize = 64;
/// Signs beside letters and digits.
const SIGNS: &str = "._-~+";

/// A handle of letters, digits and `._-~+`, of any script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handle(String);

/// Why a text is no handle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no handle that can be looked for: {why}")]
pub struct HandleError {
    text: String,
    why: &'static str,
}

impl Handle {
    /// Takes a handle, without the `@` before it.
    pub fn parse(text: &str) -> Result<Self, HandleError> {
        let trimmed = text.trim();
        let bare = trimmed.strip_prefix('@').unwrap_or(trimmed);
        let refused = |why| Err(HandleError { text: excerpt(text, 80), why });
        if bare.is_empty() || !bare.chars().any(char::is_alphanumeric) {
            return refused("it has neither letter nor digit");
        }
        if bare.chars().nth(MAX).is_some() {
            return refused("it is longer than 64 characters");
        }
        if !bare.chars().all(|c| c.is_alphanumeric() || SIGNS.contains(c)) {
            return refused("beside letters and digits only . _ - ~ + are allowed");
        }
        Ok(Self(bare.to_owned()))
    }

    /// The handle.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A name as it stands in a path or a query (RFC 3986, section 2.1): everything but unreserved ASCII
/// is encoded.
pub(super) fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'~') {
            out.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
            out.push('%');
            out.push(digit(byte >> 4).to_ascii_uppercase());
            out.push(digit(byte & 15).to_ascii_uppercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_stays_one_name() {
        for (text, handle) in [
            ("@LeVengeur_59", "LeVengeur_59"),
            (" jean.d-upont ", "jean.d-upont"),
            ("Élodie", "Élodie"),
            ("тест", "тест"),
        ] {
            assert_eq!(Handle::parse(text).unwrap().as_str(), handle);
        }
        let long = "a".repeat(65);
        for bad in [
            "",
            "@",
            "..",
            "._-",
            "a/../b",
            "/../",
            "a%0d%0ab",
            "a\r\nb",
            "a b",
            "a\u{202e}b",
            "a?b",
            "a#b",
            "a@b",
            "a\\b",
            "a:b",
            "{account}",
            "a\0",
            &long,
        ] {
            assert!(Handle::parse(bad).is_err(), "{bad:?}");
        }
        assert!(!Handle::parse("\u{1b}[2J").unwrap_err().to_string().contains('\u{1b}'));
    }

    #[test]
    fn other_scripts_and_signs_are_encoded() {
        assert_eq!(encoded("Élo+d_i.e~"), "%C3%89lo%2Bd_i.e~");
    }
}
