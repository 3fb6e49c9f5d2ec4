//! Pages that are lists and tables: their headings, list items and table rows in document order,
//! each with the number of its element.
//!
//! In: a page. Out: its [`Part`]s. Refused: what a reader does not see.

use faisceau_model::Place;
use scraper::Node;

use crate::page::Page;
use crate::walk::{Step, walk};

/// A heading, a list item or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The number of its element.
    pub element: u32,
    /// The number of its table, from 1, if it is a row.
    pub table: Option<u32>,
    /// Its text; of a row, that of each cell. White space is collapsed.
    pub cells: Vec<String>,
}

impl Part {
    /// Its place.
    pub fn place(&self) -> Place {
        Place::Element(self.element)
    }

    /// The label and the value of `label: value`, if it is no row.
    pub fn labelled(&self) -> Option<(&str, &str)> {
        let text = self.cells.first().filter(|_| self.table.is_none())?;
        let (label, value) = text.split_once(':')?;
        Some((label.trim(), value.trim()))
    }
}

/// The parts of a page.
pub fn parts(page: &Page) -> Vec<Part> {
    let mut open = Open::default();
    walk(page.root(), &mut |step| {
        match step {
            Step::Open(node) => match node.value() {
                Node::Element(element) if hides(element.name()) => return false,
                Node::Element(element) => open.enter(page.number(node.id()), element.name()),
                Node::Text(text) => open.text(text),
                _ => {}
            },
            Step::Close(node) => {
                if let Node::Element(element) = node.value() {
                    open.leave(element.name());
                }
            }
        }
        true
    });
    open.parts
}

/// Whether what an element holds is not part of the page that a reader sees.
fn hides(name: &str) -> bool {
    matches!(name, "template" | "script" | "style")
}

/// What the walk is in.
enum Inside {
    /// A heading or a list item: the index of its part.
    Item(usize),
    /// A row: the index of its part.
    Row(usize),
    /// A cell: the index of the part of its row, and its text.
    Cell(usize, String),
}

#[derive(Default)]
struct Open {
    parts: Vec<Part>,
    /// Tables met so far.
    tables: u32,
    /// The tables that are open, from the outermost.
    nested: Vec<u32>,
    inside: Vec<Inside>,
}

impl Open {
    fn enter(&mut self, number: u32, name: &str) {
        match name {
            "table" => {
                self.tables += 1;
                self.nested.push(self.tables);
            }
            "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let part = self.part(number, None, vec![String::new()]);
                self.inside.push(Inside::Item(part));
            }
            "tr" => {
                let part = self.part(number, self.nested.last().copied(), Vec::new());
                self.inside.push(Inside::Row(part));
            }
            "td" | "th" => {
                if let Some(Inside::Row(row)) = self.inside.last() {
                    self.inside.push(Inside::Cell(*row, String::new()));
                }
            }
            "br" => self.text(" "),
            _ => {}
        }
    }

    fn part(&mut self, element: u32, table: Option<u32>, cells: Vec<String>) -> usize {
        self.parts.push(Part { element, table, cells });
        self.parts.len() - 1
    }

    fn text(&mut self, text: &str) {
        match self.inside.last_mut() {
            Some(Inside::Cell(_, into)) => into.push_str(text),
            Some(Inside::Item(part)) => {
                let cell = self.parts.get_mut(*part).and_then(|part| part.cells.first_mut());
                if let Some(cell) = cell {
                    cell.push_str(text);
                }
            }
            Some(Inside::Row(_)) | None => {}
        }
    }

    fn leave(&mut self, name: &str) {
        match (name, self.inside.last_mut()) {
            ("table", _) => {
                self.nested.pop();
            }
            ("li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", Some(Inside::Item(part))) => {
                let cell = self.parts.get_mut(*part).and_then(|part| part.cells.first_mut());
                if let Some(cell) = cell {
                    *cell = collapsed(cell);
                }
                self.inside.pop();
            }
            ("tr", Some(Inside::Row(_))) => {
                self.inside.pop();
            }
            ("td" | "th", Some(Inside::Cell(row, text))) => {
                if let Some(part) = self.parts.get_mut(*row) {
                    part.cells.push(collapsed(text));
                }
                self.inside.pop();
            }
            _ => {}
        }
    }
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_are_counted_as_a_browser_counts_them() {
        // html 1, head 2, title 3, body 4, h2 5, ul 6, li 7, b 8, li 9, table 10, tbody 11, …
        let page = "<title>x</title><h2> A\n b</h2><ul><li><b>Name</b>: Ann <li>Phone:</ul>\
            <template><li>no: no</li></template><table><tr><th>T<th>IP</tr>\
            <tr><td>1<td>a<br>b<table><tr><td>in</table></td></tr></table>";
        let parts = parts(&Page::of_text(page).unwrap());
        let shown: Vec<_> = parts.iter().map(|p| (p.element, p.table, p.cells.join("|"))).collect();
        assert_eq!(
            shown,
            [
                (5, None, "A b".to_owned()),
                (7, None, "Name: Ann".to_owned()),
                (9, None, "Phone:".to_owned()),
                (13, Some(1), "T|IP".to_owned()),
                (16, Some(1), "1|a b".to_owned()),
                (22, Some(2), "in".to_owned()),
            ]
        );
        assert_eq!(parts[1].labelled(), Some(("Name", "Ann")));
        assert_eq!(parts[2].labelled(), Some(("Phone", "")));
        assert_eq!(parts[3].labelled(), None);
        assert_eq!(parts[1].place(), Place::Element(7));
    }

    #[test]
    fn items_that_are_not_closed_do_not_nest() {
        let page = Page::of_text(&"<li>a: b".repeat(2000)).unwrap();
        assert!(page.cut().is_none());
        assert!(parts(&page).iter().all(|part| part.labelled() == Some(("a", "b"))));
        let page = Page::of_text(&format!("<b>{}", "<p><li>x".repeat(2000))).unwrap();
        assert_eq!((page.cut().is_none(), parts(&page).len()), (true, 2000));
    }

    proptest! {
        #[test]
        fn any_bytes_end(page in "(</?(li|ul|table|tr|td|template|h2|b|svg)>|[a:\u{e9}]| ){0,80}") {
            let parts = parts(&Page::of_text(&page).unwrap());
            prop_assert!(parts.windows(2).all(|two| two[0].element < two[1].element));
        }
    }
}
