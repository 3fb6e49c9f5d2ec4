//! Lists of tags, `name=value; …` (RFC 6376, section 3.2).
//!
//! In: the text of a signature or of a record. Out: its tags. Refused: a list that names one twice,
//! and more than [`MAX_TAGS`] of them.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Tags of one list.
const MAX_TAGS: usize = 64;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A list of tags.
#[derive(Debug, Default)]
pub(super) struct Tags<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Tags<'a> {
    /// Reads a list.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut tags: Vec<(&str, &str)> = Vec::new();
        for part in text.split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=')?;
            let name = name.trim();
            if tags.len() == MAX_TAGS || tags.iter().any(|(known, _)| *known == name) {
                return None;
            }
            tags.push((name, value.trim()));
        }
        Some(Self(tags))
    }

    /// The value of a tag.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// A tag in base64, white space apart.
    pub(super) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        decoded(self.get(name)?)
    }

    /// A tag that is a number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.parse().ok()
    }
}

/// Base64 with white space in it.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    BASE64.decode(text).ok()
}
