//! Text from exhibits is hostile: the person complained of wrote it.

use std::borrow::Cow;

/// Makes a text safe for a terminal, a log or a page: control characters (and with them ANSI
/// escapes), line breaks and bidirectional overrides become visible symbols.
pub fn inert(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(shown).collect())
}

fn shown(c: char) -> Option<char> {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => Some('\u{fffd}'),
        c if is_bidi_control(c) => None,
        '\u{2028}' | '\u{2029}' => Some('\u{240a}'),
        c => Some(c),
    }
}

/// Bidirectional controls reorder what the reader sees (Unicode TR 36).
pub(crate) const fn is_bidi_control(c: char) -> bool {
    matches!(
        c,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// The first `max` characters of a text, made inert, with `…` where it was cut.
pub fn excerpt(text: &str, max: usize) -> String {
    let mut out: String = text.chars().take(max).filter_map(shown).collect();
    if text.chars().nth(max).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_overrides_lose_their_power() {
        assert_eq!(inert("a\u{1b}[31mb\n"), "a␛[31mb␊");
        assert_eq!(inert("abc\u{202e}def"), "abcdef");
        assert!(matches!(inert("déjà vu"), Cow::Borrowed(_)));
        assert_eq!(excerpt("éàü", 2), "éà…");
    }
}
