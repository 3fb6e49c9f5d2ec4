//! Values out of elements, as a recipe says.
//!
//! In: the elements of a post outside its text, and the ways to a value. Out: the value. Refused:
//! values longer than [`MAX_LEN`], and empty ones.

use scraper::ElementRef;

use super::link::parameter;
use super::recipe::{Field, How};
use crate::html::{Words, visible_text};

/// Longest value: names, times and addresses are shorter.
const MAX_LEN: usize = 4096;

/// The first value that the ways give.
pub(super) fn first(
    fields: &[Field],
    elements: &[ElementRef<'_>],
    scope: Option<ElementRef<'_>>,
) -> Option<String> {
    fields.iter().find_map(|field| all(field, elements, scope).next())
}

/// The values that one way gives, in the order of the page.
pub(super) fn all<'f>(
    field: &'f Field,
    elements: &'f [ElementRef<'_>],
    scope: Option<ElementRef<'f>>,
) -> impl Iterator<Item = String> + 'f {
    elements
        .iter()
        .filter(move |element| field.selector.matches_with_scope(element, scope))
        .filter_map(|element| value(element, &field.how))
}

/// What of an element is the value.
fn value(element: &ElementRef<'_>, how: &How) -> Option<String> {
    let written = match &how.attribute {
        Some(name) => element.attr(name)?.to_owned(),
        None => visible_text(element, &Plain),
    };
    part(&written, how)
}

/// What of a text is the value.
fn part(written: &str, how: &How) -> Option<String> {
    let mut text = written.trim();
    if let Some(name) = &how.query {
        text = parameter(text, name)?;
    }
    if let Some(start) = &how.word {
        text = text.split_whitespace().find_map(|word| word.strip_prefix(start.as_str()))?;
    }
    if let Some(mark) = &how.after {
        text = text.split_once(mark.as_str())?.1;
    }
    if let Some(mark) = &how.until {
        text = text.split(mark.as_str()).next()?;
    }
    if let Some(prefix) = &how.prefix {
        text = text.strip_prefix(prefix.as_str())?;
    }
    if let Some(suffix) = &how.suffix {
        text = text.strip_suffix(suffix.as_str())?;
    }
    let text = text.trim();
    (!text.is_empty() && text.len() <= MAX_LEN).then(|| text.to_owned())
}

/// The text of names and times: no image speaks.
struct Plain;

impl Words for Plain {
    fn leaves_out(&self, _: &ElementRef<'_>) -> bool {
        false
    }

    fn speaks(&self, _: &ElementRef<'_>) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_the_recipe_names_is_the_value() {
        let how = How::default;
        let some = |text: &str| Some(text.to_owned());
        for (written, how, expected) in [
            (" a b ", how(), Some("a b")),
            ("p123", How { prefix: some("p"), ..how() }, Some("123")),
            ("q123", How { prefix: some("p"), ..how() }, None),
            ("x?mode=v&u=54#z", How { query: some("u"), ..how() }, Some("54")),
            (
                "a byuser comment-author-luc b",
                How { word: some("comment-author-"), ..how() },
                Some("luc"),
            ),
            (
                "par X » 4 mars (modifié)",
                How { after: some("»"), until: some("("), ..how() },
                Some("4 mars"),
            ),
            ("p", How { prefix: some("p"), ..how() }, None),
            ("4 mars.", How { suffix: some("."), ..how() }, Some("4 mars")),
        ] {
            assert_eq!(part(written, &how).as_deref(), expected, "{written}");
        }
        assert_eq!(part(&"x".repeat(5000), &how()), None);
    }
}
