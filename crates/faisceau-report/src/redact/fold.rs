//! Text folded for search, each unit with the bytes that it comes from.
//!
//! In: characters as they stand. Out: letters without case, accents, width or invisible characters
//! (NFKD, Unicode UAX 15; upper then lower case), runs of separators as one [`SEPARATOR`]. With
//! `decoded`, also what `%C3%A9`, `\u00e9`, `&#233;` and `⟨U+00E9⟩` stand for.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What any run of white space, dots, underscores, dashes and apostrophes folds to.
pub(super) const SEPARATOR: char = '\u{1}';
/// What marks a cut; never folded to dots.
pub(super) const CUT: char = '…';
/// Longest escape that is decoded, in bytes.
const LONGEST_ESCAPE: usize = 12;

/// A folded character and the bytes that it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The folded text.
pub(super) fn folded(text: &str, decoded: bool) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        let escape = if decoded { escaped(rest) } else { None };
        let (c, len) = escape.unwrap_or((first, first.len_utf8()));
        push(&mut out, c, at, at + len);
        at += len;
    }
    out
}

/// The folded characters alone, without separators at the ends.
pub(super) fn pattern(text: &str, decoded: bool) -> Vec<char> {
    // A name may hold the mark of a cut itself: there it parts words.
    let plain = |c: char| if c == CUT { SEPARATOR } else { c };
    let all: Vec<char> = folded(text, decoded).iter().map(|unit| plain(unit.c)).collect();
    let first = all.iter().position(|c| *c != SEPARATOR).unwrap_or(all.len());
    let last = all.iter().rposition(|c| *c != SEPARATOR).map_or(first, |at| at + 1);
    all.get(first..last).unwrap_or_default().to_vec()
}

fn push(out: &mut Vec<Unit>, c: char, start: usize, end: usize) {
    if c == CUT {
        out.push(Unit { c, start, end });
        return;
    }
    let upper = std::iter::once(c).nfkd().flat_map(char::to_uppercase);
    for c in upper.flat_map(char::to_lowercase).nfkd() {
        if is_separator(c) {
            match out.last_mut() {
                Some(last) if last.c == SEPARATOR => last.end = end,
                _ => out.push(Unit { c: SEPARATOR, start, end }),
            }
        } else if !is_combining_mark(c) && !is_invisible(c) {
            out.push(Unit { c, start, end });
        }
    }
}

/// White space also as the symbols that stand for it in inert text.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | '_' | '-' | '+' | '\'' | '\u{2bc}' | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2018}'
                    | '\u{2019}'
                    | '·'
                    | '•'
                    | '\u{2409}'
                    | '\u{240a}'
                    | '\u{240d}'
                    | '\u{2212}'
        )
}

/// What a reader does not see, and the symbols of control characters.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
            | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2400}'..='\u{2426}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// The character that an escape at the start of a text stands for, and the bytes of the escape.
fn escaped(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    match bytes {
        [b'%', ..] => percent(bytes),
        [b'\\', b'u', ..] => unicode(text),
        [b'&', b'#', ..] => {
            let inner = text.get(2..)?;
            let end = inner.bytes().take(LONGEST_ESCAPE).position(|b| b == b';')?;
            let number = inner.get(..end)?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            Some((char::from_u32(code)?, end + 3))
        }
        _ => {
            let inner = text.strip_prefix("⟨U+")?;
            let end = inner.bytes().take(LONGEST_ESCAPE).position(|b| !b.is_ascii_hexdigit())?;
            let code = u32::from_str_radix(inner.get(..end)?, 16).ok()?;
            inner.get(end..)?.starts_with('⟩').then_some(())?;
            Some((char::from_u32(code)?, "⟨U+".len() + end + '⟩'.len_utf8()))
        }
    }
}

/// The first character of a stretch of `%XX`, as UTF-8.
fn percent(bytes: &[u8]) -> Option<(char, usize)> {
    let mut raw: Vec<u8> = Vec::with_capacity(4);
    for code in bytes.chunks_exact(3).take(4) {
        let digits = code.strip_prefix(b"%")?;
        digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
        raw.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        if let Some(c) = std::str::from_utf8(&raw).ok().and_then(|text| text.chars().next()) {
            return Some((c, 3 * raw.len()));
        }
    }
    None
}

/// `\u00e9`, or two of them for a character beyond the first 65,536.
fn unicode(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| -> Option<u16> {
        let code = text.get(at..at + 6)?.strip_prefix("\\u")?;
        code.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
        u16::from_str_radix(code, 16).ok()
    };
    let first = unit(0)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((c, 6));
    }
    let pair = [first, unit(6)?];
    char::decode_utf16(pair).next()?.ok().map(|c| (c, 12))
}

/// Letters that stand in words with spaces between them: where one follows another, a word goes on.
/// Other scripts join words, or particles to names, so that any place in them may begin a name.
pub(super) fn joins(c: char) -> bool {
    c.is_alphanumeric() && u32::from(c) < 0x590
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str, decoded: bool) -> String {
        folded(text, decoded).iter().map(|unit| unit.c).collect()
    }

    #[test]
    fn case_accents_width_and_the_invisible_fold_away() {
        for same in ["ÉLODIE", "e\u{301}lodie", "Ｅｌｏｄｉｅ", "é\u{200b}lo\u{ad}die", "𝓔lodie"]
        {
            assert_eq!(of(same, false), "elodie", "{same}");
        }
        assert_eq!(of("Straße", false), of("STRASSE", false));
        assert_eq!(of("ΟΔΥΣΣΕΥΣ", false), of("οδυσσευς", false));
        assert_eq!(of("jean - _ dupont", false), "jean\u{1}dupont");
        assert_eq!(of("jean…", false), "jean…");
    }

    #[test]
    fn escapes_are_what_they_stand_for() {
        for same in ["%C3%89lodie", "\\u00c9lodie", "&#201;lodie", "&#xC9;lodie", "⟨U+00C9⟩lodie"]
        {
            assert_eq!(of(same, true), "elodie", "{same}");
            assert_eq!(folded(same, true).last().map(|unit| unit.end), Some(same.len()));
        }
        assert_eq!(of("\\ud83d\\ude00", true), "😀");
        assert_eq!(of("100 % %zz \\uZZZZ &#; &#99999999;", true).chars().next(), Some('1'));
    }

    proptest! {
        #[test]
        fn units_lie_in_order_on_characters(text in ".{0,60}", decoded: bool) {
            let mut last = 0;
            for unit in folded(&text, decoded) {
                prop_assert!(unit.start >= last || unit.end >= last);
                prop_assert!(text.get(unit.start..unit.end).is_some());
                last = unit.start;
            }
        }
    }
}
