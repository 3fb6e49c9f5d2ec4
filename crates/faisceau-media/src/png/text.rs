//! Textual chunks.
//!
//! In: `tEXt`, `zTXt` and `iTXt`: a key and a text. Out: a field under the name that `ExifTool` gives
//! the key; or the fields of the packet or profile that the text is.

use super::inflate::Budget;
use super::{GROUP, date, profile};
use crate::charset::guessed;
use crate::collector::Collector;
use crate::part::Part;
use crate::xmp;

/// Characters kept of a text.
const BEGINNING: usize = 500;
/// Longest key, in bytes, by the standard.
const KEY: usize = 79;

/// A text as it stands.
pub(super) fn plain(data: &Part<'_>, out: &mut Collector) {
    let Some((key, text)) = up_to_nul(data) else { return nameless(data, out) };
    keep(&key, None, &text, out);
}

/// A compressed text.
pub(super) fn compressed(data: &Part<'_>, budget: &mut Budget, out: &mut Collector) {
    let Some((key, text)) = up_to_nul(data) else { return nameless(data, out) };
    // One byte for the method, of which there is one.
    if let Some(bytes) = budget.inflate(&text.from(1), out) {
        keep(&key, None, &Part::unpacked(&bytes, text.whole()), out);
    }
}

/// A text with a language, which may be compressed.
pub(super) fn international(data: &Part<'_>, budget: &mut Budget, out: &mut Collector) {
    let Some((key, rest)) = up_to_nul(data) else { return nameless(data, out) };
    let packed = rest.bytes().first().is_some_and(|flag| *flag != 0);
    let language = up_to_nul(&rest.from(2));
    let text = language.as_ref().and_then(|(_, rest)| up_to_nul(rest));
    let (Some((language, _)), Some((_translated, text))) = (language, text) else {
        return nameless(data, out);
    };
    let language = xmp::language(&guessed(language.bytes()));
    if !packed {
        return keep(&key, language.as_deref(), &text, out);
    }
    if let Some(bytes) = budget.inflate(&text, out) {
        keep(&key, language.as_deref(), &Part::unpacked(&bytes, text.whole()), out);
    }
}

fn nameless(data: &Part<'_>, out: &mut Collector) {
    out.flaw(data.whole().start, "a text without its key");
}

/// What stands before and after the first NUL.
pub(super) fn up_to_nul<'a>(data: &Part<'a>) -> Option<(Part<'a>, Part<'a>)> {
    let end = data.bytes().iter().position(|byte| *byte == 0)?;
    Some((data.get(0..end)?, data.from(end + 1)))
}

fn keep(key: &Part<'_>, language: Option<&str>, value: &Part<'_>, out: &mut Collector) {
    if key.len() > KEY {
        out.flaw(key.whole().start, "a text with a key that is too long");
    }
    let key = guessed(key.bytes().get(..KEY).unwrap_or(key.bytes()));
    if key == "XML:com.adobe.xmp" {
        return xmp::read(value, out);
    }
    if profile::read(&key, value, out) {
        return;
    }
    let text = value.bytes();
    // Four bytes for each character, and one character more to know that it goes on.
    let text = guessed(text.get(..4 * (BEGINNING + 1)).unwrap_or(text));
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    let name = name(&key);
    let text = match name.as_str() {
        "CreationTime" => date::written(text),
        "CreateDate" | "ModDate" => xmp::date(text).into_owned(),
        _ => match text.char_indices().nth(BEGINNING) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        },
    };
    let name = match language {
        Some(language) => format!("{name}-{language}"),
        None => name,
    };
    out.add(GROUP, &name, &text, value.whole());
}

/// The name that `ExifTool` gives a key.
fn name(key: &str) -> String {
    match key {
        "create-date" => return "CreateDate".to_owned(),
        "modify-date" => return "ModDate".to_owned(),
        "Warning" | "warning" => return "PNGWarning".to_owned(),
        _ => {}
    }
    let mut name = String::new();
    let mut capital = true;
    for character in key.chars() {
        if character.is_whitespace() {
            capital = true;
        } else if character.is_ascii_alphanumeric() || matches!(character, '-' | '_') {
            name.push(if capital { character.to_ascii_uppercase() } else { character });
            capital = false;
        }
    }
    if name.len() < 2 || name.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
        name.insert_str(0, "Tag");
    }
    name
}
