//! What a cell takes of a text.

use std::borrow::Cow;

/// A text that fits into a cell of so many UTF-16 units, and whether it was cut.
pub(super) fn fitting(text: &str, units: usize) -> (Cow<'_, str>, bool) {
    // A UTF-16 unit takes at least one byte of UTF-8.
    if text.len() <= units || text.encode_utf16().count() <= units {
        return (Cow::Borrowed(text), false);
    }
    let mark = format!("… [coupé : {} caractères]", text.chars().count());
    let room = units.saturating_sub(mark.encode_utf16().count());
    let mut taken = 0;
    let kept = text.chars().take_while(|c| {
        taken += c.len_utf16();
        taken <= room
    });
    (Cow::Owned(kept.chain(mark.chars()).collect()), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_where_a_mark_says_so() {
        let fits = "é".repeat(100);
        assert_eq!(fitting(&fits, 100), (Cow::Borrowed(fits.as_str()), false));
        // Each takes two units.
        let long = "🙂".repeat(51);
        let (cut, was_cut) = fitting(&long, 100);
        assert!(was_cut && cut.ends_with("… [coupé : 51 caractères]"), "{cut}");
        assert!(cut.encode_utf16().count() <= 100);
        assert!(cut.starts_with("🙂"));
    }
}
