//! What stands at a place that no byte names: a row of a workbook, an element of a page.
//!
//! In: the bytes of an exhibit and a place. Out: the words that stand there, for a person who
//! walks a row of a table back. Refused: places that a reader finds by bytes or pointer.

use faisceau_model::Place;

use crate::html::Page;
use crate::tables::workbook;

/// Most characters shown.
const SHOWN: usize = 4000;

/// The words at a place, or why they cannot be had.
///
/// # Errors
/// A sentence, when the exhibit has no such place.
pub fn words_at(bytes: Vec<u8>, place: &Place) -> Result<String, String> {
    let words = match place {
        Place::Row { sheet, row } => workbook::row(bytes, *sheet, *row)?,
        Place::Element(number) => element(&bytes, *number)?,
        Place::Line { .. } | Place::Bytes { .. } | Place::Pointer(_) | Place::Whole => None,
    };
    let words = words.ok_or_else(|| format!("nothing stands at {place}"))?;
    Ok(words.chars().take(SHOWN).collect())
}

/// The text of an element, its own start first.
fn element(bytes: &[u8], number: u32) -> Result<Option<String>, String> {
    let page = Page::parse(bytes).map_err(|error| error.to_string())?;
    Ok(page.element(number).map(|element| {
        let words = element.text().flat_map(str::split_whitespace).take(SHOWN);
        let start = format!("<{}>", element.value().name());
        std::iter::once(start.as_str()).chain(words).collect::<Vec<_>>().join(" ")
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_found_by_its_number() {
        let page = b"<p>one</p><div>two <b>three</b>\n four</div><p>five</p>";
        // html, head, body, p, div, b, p.
        let at = |number| words_at(page.to_vec(), &Place::Element(number));
        assert_eq!(at(5).as_deref(), Ok("<div> two three four"));
        assert_eq!(at(6).as_deref(), Ok("<b> three"));
        assert!(at(8).unwrap_err().contains("e8"));
    }

    #[test]
    fn a_row_is_found_by_sheet_and_number() {
        let book = include_bytes!("../tests/fixtures/workbooks/operator.xlsx");
        let shown = words_at(book.to_vec(), &Place::Row { sheet: 1, row: 1 });
        assert!(shown.is_ok_and(|words| !words.is_empty()));
        assert!(words_at(book.to_vec(), &Place::Row { sheet: 99, row: 1 }).is_err());
        assert!(words_at(b"no book".to_vec(), &Place::Row { sheet: 1, row: 1 }).is_err());
    }
}
