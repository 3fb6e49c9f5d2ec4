//! Identifiers: typed, textual, ordered.

use std::fmt;
use std::str::FromStr;

use crate::inert::is_bidi_control;
use crate::locus::Place;
use crate::table::{FieldError, text_field};

/// A text that is not the identifier it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct IdError {
    text: String,
    expected: &'static str,
}

impl IdError {
    pub(crate) fn new(text: &str, expected: &'static str) -> Self {
        Self { text: crate::excerpt(text, 60), expected }
    }
}

/// The number of an exhibit: `4`, or `4.2` for the second member of the archive that is exhibit 4.
///
/// Numbers are given in order and never change. At most four levels, which is also the deepest
/// archive in an archive that the store opens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExhibitNo([u32; 4]);

impl ExhibitNo {
    /// The exhibit with this number in the case (from 1).
    pub const fn top(number: u32) -> Self {
        Self([number, 0, 0, 0])
    }

    /// The member with this number (from 1), or `None` below the deepest level.
    pub fn member(self, number: u32) -> Option<Self> {
        let level = self.0.iter().position(|&n| n == 0)?;
        let mut numbers = self.0;
        numbers[level] = number;
        Some(Self(numbers))
    }

    /// The exhibit that this one is a member of.
    pub fn parent(self) -> Option<Self> {
        let depth = self.depth();
        (depth > 1).then(|| {
            let mut numbers = self.0;
            numbers[depth - 1] = 0;
            Self(numbers)
        })
    }

    /// One for an exhibit that was added as such, two for its members, and so on.
    pub fn depth(self) -> usize {
        self.0.iter().position(|&n| n == 0).unwrap_or(self.0.len())
    }
}

impl fmt::Display for ExhibitNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0[0])?;
        self.0[1..].iter().take_while(|&&n| n != 0).try_for_each(|n| write!(f, ".{n}"))
    }
}

impl fmt::Debug for ExhibitNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExhibitNo({self})")
    }
}

impl FromStr for ExhibitNo {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let err = || IdError::new(text, "an exhibit number such as `4` or `4.2`");
        let mut numbers = [0; 4];
        let mut parts = text.split('.');
        for slot in &mut numbers {
            let Some(part) = parts.next() else { break };
            *slot = part.parse().ok().filter(|&n| n > 0).ok_or_else(err)?;
        }
        if parts.next().is_some() || numbers[0] == 0 { Err(err()) } else { Ok(Self(numbers)) }
    }
}

/// An account on a service: `platform:native-id`, or `platform:@handle` when only the handle is
/// known. The immutable id is preferred, for a handle is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey(String);

impl AccountKey {
    /// An account known by the platform's immutable id.
    pub fn by_id(platform: &str, native_id: &str) -> Self {
        Self(format!("{}:{}", slug(platform), clean(native_id)))
    }

    /// An account known only by its handle at the time of capture.
    pub fn by_handle(platform: &str, handle: &str) -> Self {
        Self(format!("{}:@{}", slug(platform), clean(handle.trim_start_matches('@'))))
    }

    /// The platform.
    pub fn platform(&self) -> &str {
        self.0.split_once(':').map_or("", |(platform, _)| platform)
    }

    /// The part after the platform.
    pub fn native(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, native)| native)
    }

    /// The whole key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Platform names are lower case, without white space or colon.
fn slug(platform: &str) -> String {
    platform
        .trim()
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '.' || c == '-' || c == '_' { c } else { '-' })
        .collect::<String>()
        .to_lowercase()
}

/// Control characters never enter a key: it is printed in terminals and reports. A longer text
/// than [`MAX_NATIVE`] ends in its hash, and so does one with control characters or overrides of the
/// direction, so that two accounts that look alike stay two.
fn clean(text: &str) -> String {
    let shown = |c: &char| !c.is_control() && !is_bidi_control(*c);
    let text = text.trim();
    let all: String = text.chars().filter(shown).collect();
    let disguised = text.chars().any(disguises);
    // Nothing that can be shown is nobody.
    if all.is_empty() {
        return all;
    }
    if all.chars().nth(MAX_NATIVE).is_none() && !disguised {
        return all;
    }
    let start: String = all.chars().take(KEPT_OF_LONG).collect();
    let whole = if disguised { text } else { &all };
    format!("{start}~{:016x}", fnv1a(whole.as_bytes()))
}

/// Whether a character that is left out makes another name of it. Exporters put marks of direction
/// around names (U+200E, U+202A and U+202C around telephone numbers), and these make none.
fn disguises(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202d}' | '\u{202e}')
}

/// Most characters of an id or a handle in a key.
const MAX_NATIVE: usize = 200;
/// Characters kept of what is longer, before its hash.
const KEPT_OF_LONG: usize = 180;

/// 64-bit FNV-1a.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for AccountKey {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.split_once(':') {
            Some((platform, native)) if !platform.is_empty() && !native.is_empty() => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(IdError::new(text, "an account such as `x:12345` or `forum:@pseudo`")),
        }
    }
}

/// A row: `post:3.2:/messages/17`, `con:5:l1042@190477`, `lnk:12`.
///
/// The id of an imported row holds its exhibit and place, so that a reader can walk from a
/// sentence to a byte with nothing but the exhibits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(String);

impl RowId {
    /// A row read at a place of an exhibit. `part` tells apart several rows of one record.
    pub fn at(prefix: &str, exhibit: ExhibitNo, place: &Place, part: u32) -> Self {
        if part == 0 {
            Self(format!("{prefix}:{exhibit}:{place}"))
        } else {
            Self(format!("{prefix}:{exhibit}:{place}#{part}"))
        }
    }

    /// A derived row, numbered from 1 in the order of its table.
    pub fn derived(prefix: &str, number: usize) -> Self {
        Self(format!("{prefix}:{number}"))
    }

    /// A row id that starts with the same exhibit and place under another table's prefix.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> Self {
        let rest = self.0.split_once(':').map_or("", |(_, rest)| rest);
        Self(format!("{prefix}:{rest}"))
    }

    /// One of several rows that are derived from this one, below a thousand.
    #[must_use]
    pub fn with_part(&self, part: u32) -> Self {
        let (before, own) = match self.0.rsplit_once('#') {
            Some((before, own)) if own.bytes().all(|b| b.is_ascii_digit()) => (before, own),
            _ => (self.0.as_str(), ""),
        };
        let own: u64 = own.parse().unwrap_or(0);
        Self(format!("{before}#{}", (own + 1) * 1000 + u64::from(part)))
    }

    /// The prefix of the table it belongs to.
    pub fn prefix(&self) -> &str {
        self.0.split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// The exhibit and the place, for rows that were read from an exhibit.
    pub fn locus(&self) -> Option<(ExhibitNo, Place)> {
        let (exhibit, place) = self.0.split_once(':')?.1.split_once(':')?;
        let place = match place.rsplit_once('#') {
            Some((before, part)) if part.bytes().all(|b| b.is_ascii_digit()) => before,
            _ => place,
        };
        Some((exhibit.parse().ok()?, place.parse().ok()?))
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for RowId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.split_once(':').is_some_and(|(p, r)| !p.is_empty() && !r.is_empty()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdError::new(text, "a row such as `post:3:l12@400`"))
        }
    }
}

impl From<IdError> for FieldError {
    fn from(error: IdError) -> Self {
        Self::id(error)
    }
}

text_field!(display ExhibitNo);
text_field!(AccountKey);
text_field!(RowId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exhibit_numbers_order_like_a_bordereau() {
        let mut numbers: Vec<ExhibitNo> =
            ["10", "2", "2.10", "2.9", "2.9.1"].iter().map(|t| t.parse().unwrap()).collect();
        numbers.sort();
        let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["2", "2.9", "2.9.1", "2.10", "10"]);
        assert_eq!(numbers[2].parent(), Some(numbers[1]));
        assert_eq!(numbers[0].parent(), None);
        assert!("0".parse::<ExhibitNo>().is_err());
        assert!("1.2.3.4.5".parse::<ExhibitNo>().is_err());
    }

    #[test]
    fn a_row_id_walks_back_to_its_place() {
        let place = Place::Line { number: 1042, byte: 190_477 };
        let id = RowId::at("con", "5.1".parse().unwrap(), &place, 2);
        assert_eq!(id.as_str(), "con:5.1:l1042@190477#2");
        assert_eq!(id.locus(), Some(("5.1".parse().unwrap(), place)));
        assert_eq!(RowId::derived("lnk", 3).locus(), None);
    }

    #[test]
    fn a_pointer_with_a_colon_or_a_hash_survives() {
        let place = Place::Pointer("/a:b/c#d".into());
        let id = RowId::at("post", ExhibitNo::top(1), &place, 0);
        assert_eq!(id.locus(), Some((ExhibitNo::top(1), place)));
    }

    #[test]
    fn names_that_an_override_makes_look_alike_stay_two() {
        let plain = AccountKey::by_handle("forum", "evil");
        assert_ne!(AccountKey::by_handle("forum", "\u{202e}evil"), plain);
        // Exporters put these around names.
        assert_eq!(AccountKey::by_handle("forum", "\u{202a}evil\u{202c}"), plain);
    }

    #[test]
    fn control_characters_never_enter_a_key() {
        let key = AccountKey::by_handle("My Forum", "@bad\u{1b}[31mguy");
        assert_eq!(key.as_str(), "my-forum:@bad[31mguy~8a0dea4d952de280");
        let key = AccountKey::by_id("x", "12\u{202e}3\u{2066}4\u{feff}");
        assert_eq!(key.as_str(), "x:1234~18aa21b7a0437ecb");
    }

    #[test]
    fn long_keys_that_begin_alike_stay_apart() {
        let start = "é".repeat(199);
        let key = |end: &str| AccountKey::by_handle("forum", &format!("{start}{end}"));
        assert_eq!(key("a").native(), format!("@{start}a"));
        assert_ne!(key("ab"), key("ac"));
        assert_eq!(key("ab"), key("ab\n"));
        assert_eq!(key("ab").native().chars().count(), 1 + 180 + 1 + 16);
        assert!(key("ab").native().starts_with(&format!("@{}~", "é".repeat(180))));
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8, "published test vector");
    }
}
