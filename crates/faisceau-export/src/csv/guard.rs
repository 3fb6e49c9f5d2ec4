//! Texts that a spreadsheet would run, made inert and readable back.
//!
//! In: any text. Out: the same with an apostrophe before every place where a cell could begin with
//! `=`, `+`, `-` or `@` (also their full-width forms, also after white space, quotation marks and
//! what cannot be seen). A cell begins at the start of the text; a spreadsheet that splits at
//! another character than the file, as Excel does by its language, also begins one after a comma,
//! a semicolon, a tabulator or a line break: whoever wrote the text knows that (OWASP, "CSV
//! Injection"). An apostrophe that stands there already gets one more, so that taking one away
//! everywhere gives the text back: in regular expressions, `(^|[,;\t\r\n])'` becomes `\1`.

use std::borrow::Cow;

const GUARD: char = '\'';

/// The text, inert.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    let places = places(text);
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + places.len());
    let mut done = 0;
    // They were collected from the end.
    for place in places.into_iter().rev() {
        out.push_str(text.get(done..place).unwrap_or_default());
        out.push(GUARD);
        done = place;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The bytes before which an apostrophe goes, from the end to the start. One pass: whether what
/// follows would run is known when a place is reached.
fn places(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    // Of the text after the character that is looked at.
    let mut runs = false;
    let mut reversed = text.char_indices().rev().peekable();
    while let Some((at, c)) = reversed.next() {
        runs = starts_formula(c) || (is_passed_over(c) && runs);
        let begins_cell = reversed.peek().is_none_or(|(_, before)| splits(*before));
        // Excel takes a tabulator or a line break at the start away and runs what follows.
        let first = at == 0 && matches!(c, '\t' | '\r' | '\n');
        if begins_cell && (runs || first || c == GUARD) {
            places.push(at);
        }
    }
    places
}

fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

fn splits(c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '\r' | '\n')
}

fn is_passed_over(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\'' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// The text back.
#[cfg(test)]
pub(super) fn unguarded(text: &str) -> String {
    let mut out = String::new();
    let (mut begins, mut skipped) = (true, false);
    for c in text.chars() {
        if begins && !skipped && c == GUARD {
            skipped = true;
            continue;
        }
        out.push(c);
        (begins, skipped) = (splits(c), false);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for (text, inert) in [
            ("=1+1", "'=1+1"),
            ("+33612345678", "'+33612345678"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "'\r'=1"),
            ("\tx", "'\tx"),
            (" \" =1", "' \" =1"),
            ("\u{200f}=1", "'\u{200f}=1"),
            ("＝1", "'＝1"),
            ("a;=1", "a;'=1"),
            ("a\n\n- b", "a\n'\n'- b"),
            ("'quoted'", "''quoted'"),
            ("a,'b", "a,''b"),
            ("'=1", "''=1"),
            ("a=1, b", "a=1, b"),
            ("l'été", "l'été"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), inert, "{text:?}");
            assert_eq!(unguarded(inert), text);
        }
    }

    #[test]
    fn a_long_run_of_line_breaks_costs_one_pass() {
        let text = "\n".repeat(2_000_000) + "=";
        assert_eq!(guarded(&text).len(), 2 * text.len());
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[-=+@'\",;\t\r\n a\u{200b}é＝]{0,30}|\\PC{0,30}") {
            prop_assert_eq!(unguarded(&guarded(&text)), text);
        }

        #[test]
        fn no_cell_begins_with_what_runs(text in "[-=+@'\",;\t\r\n a\u{200b}é＝]{0,30}") {
            let guarded = guarded(&text);
            for cell in guarded.split([',', ';', '\t', '\r', '\n']) {
                // The apostrophe is what a spreadsheet takes for the mark of a text.
                let first = cell.chars().find(|c| *c == GUARD || !is_passed_over(*c));
                prop_assert!(!first.is_some_and(starts_formula), "{cell:?} of {guarded:?}");
            }
        }
    }
}
