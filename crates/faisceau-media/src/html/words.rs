//! The text of a page as a reader sees it.
//!
//! In: the page. Out: `Text`, the title and then the text, a line for each block, blanks collapsed;
//! `TextLength`, how many characters it has in all. Refused: scripts, styles, menus (`nav`), what is
//! only there without scripts, and what the markup itself hides; a style sheet may hide more.

use faisceau_html::{Page, Words, visible_text};
use scraper::ElementRef;

use super::findings::{Findings, TEXT, is_html};

struct Read;

impl Words for Read {
    fn leaves_out(&self, element: &ElementRef<'_>) -> bool {
        let value = element.value();
        let hidden = || {
            let style = value.attr("style").unwrap_or_default();
            let style: String = style.chars().take(500).filter(|c| !c.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        };
        matches!(value.name(), "nav" | "noscript" | "svg" | "math")
            || value.attr("hidden").is_some()
            || (value.name() == "dialog" && value.attr("open").is_none())
            || hidden()
    }

    fn speaks(&self, _: &ElementRef<'_>) -> bool {
        false
    }
}

pub(super) fn fields(page: &Page, found: &mut Findings<'_>) {
    let Some(root) = page.elements().next() else { return };
    let title = page.elements().find(|e| e.value().name() == "title" && is_html(e));
    let title: String = title.map(|e| e.text().collect()).unwrap_or_default();
    let mut text = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let seen = visible_text(&root, &Read);
    let lines = seen.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    if text.is_empty() {
        return;
    }
    let body = page.elements().find(|e| e.value().name() == "body");
    let start = body.and_then(|body| page.written(body.id())).map_or(0, |at| at.start);
    let at = start..found.text.len();
    let length = text.chars().count();
    let cut: String = if length > TEXT { text.chars().take(TEXT + 1).collect() } else { text };
    found.add_text("Text", cut, at.clone());
    found.add_text("TextLength", length.to_string(), at);
}
