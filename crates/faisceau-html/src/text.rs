//! The text of an element as a reader sees it.
//!
//! In: an element, and what of it to leave out. Out: its text with line breaks where lines break
//! (`innerText` of the HTML standard, for the usual style sheet): blocks start a line, paragraphs
//! leave a blank one, runs of white space are one space outside `pre`. Refused: scripts, styles,
//! and anything that only a style sheet could hide or show.

use scraper::{ElementRef, Node};

use crate::page::Page;
use crate::walk::{Step, walk};

/// Which elements are left out of a text, and of which images the alternative text is part of it.
pub trait Words {
    /// Whether this element and what it holds is somebody else's.
    fn leaves_out(&self, element: &ElementRef<'_>) -> bool;
    /// Whether the alternative text of this image stands for what was typed, as with smileys.
    fn speaks(&self, image: &ElementRef<'_>) -> bool;
}

/// All but what the caller leaves out.
struct Without<'f>(&'f dyn Fn(&ElementRef<'_>) -> bool);

impl Words for Without<'_> {
    fn leaves_out(&self, element: &ElementRef<'_>) -> bool {
        (self.0)(element)
    }

    fn speaks(&self, _: &ElementRef<'_>) -> bool {
        true
    }
}

/// The text of a fragment of markup, as formats that are not pages carry it. `None` if it is too
/// deep or too large to be read whole.
pub fn fragment_text(markup: &str, leaves_out: &dyn Fn(&ElementRef<'_>) -> bool) -> Option<String> {
    let page = Page::of_text(markup).ok().filter(|page| page.limit.is_none())?;
    let root = page.elements().next()?;
    Some(visible_text(&root, &Without(leaves_out)))
}

/// The text of an element.
pub fn visible_text(element: &ElementRef<'_>, words: &dyn Words) -> String {
    let mut text = Lines::default();
    let mut preformatted = 0_usize;
    walk(**element, &mut |step| {
        match step {
            Step::Open(node) => match node.value() {
                Node::Text(part) if preformatted > 0 => text.verbatim(part),
                Node::Text(part) => text.flowing(part),
                Node::Element(_) => {
                    let Some(inner) = ElementRef::wrap(node) else { return true };
                    let name = inner.value().name();
                    if is_hidden(name) || words.leaves_out(&inner) {
                        text.breaks(breaks_around(name));
                        return false;
                    }
                    match name {
                        "br" => text.line(),
                        "img" if words.speaks(&inner) => {
                            text.flowing(inner.attr("alt").unwrap_or_default());
                        }
                        "pre" | "textarea" => preformatted += 1,
                        "td" | "th" => text.flowing(" "),
                        _ => {}
                    }
                    text.breaks(breaks_around(name));
                }
                _ => {}
            },
            Step::Close(node) => {
                if let Node::Element(inner) = node.value() {
                    if matches!(inner.name(), "pre" | "textarea") {
                        preformatted = preformatted.saturating_sub(1);
                    }
                    text.breaks(breaks_around(inner.name()));
                }
            }
        }
        true
    });
    text.finish()
}

/// Elements whose text is no text.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "title"
            | "template"
            | "noembed"
            | "noframes"
            | "iframe"
            | "object"
            | "select"
            | "datalist"
            | "audio"
            | "video"
            | "canvas"
    )
}

/// Line breaks that an element needs before and after it.
fn breaks_around(name: &str) -> usize {
    match name {
        "p" => 2,
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details"
        | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure"
        | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hr"
        | "html" | "legend" | "li" | "main" | "menu" | "nav" | "ol" | "pre" | "search"
        | "section" | "summary" | "table" | "tbody" | "tfoot" | "thead" | "tr" | "ul" => 1,
        _ => 0,
    }
}

/// Text under construction.
#[derive(Default)]
struct Lines {
    out: String,
    /// Breaks that the next text needs before it.
    needed: usize,
    /// Whether a space stands between the last text and the next.
    space: bool,
}

impl Lines {
    fn breaks(&mut self, count: usize) {
        self.needed = self.needed.max(count);
    }

    /// A break that was written as such.
    fn line(&mut self) {
        self.settle();
        self.space = false;
        self.out.push('\n');
    }

    fn flowing(&mut self, part: &str) {
        for (index, word) in part.split([' ', '\t', '\n', '\r', '\x0c']).enumerate() {
            self.space |= index > 0;
            if !word.is_empty() {
                self.settle();
                if self.space && !self.out.is_empty() && !self.out.ends_with('\n') {
                    self.out.push(' ');
                }
                self.space = false;
                self.out.push_str(word);
            }
        }
    }

    fn verbatim(&mut self, part: &str) {
        if !part.is_empty() {
            self.settle();
            self.space = false;
            self.out.push_str(part);
        }
    }

    fn settle(&mut self) {
        if self.needed > 0 && !self.out.is_empty() {
            // No further back than needed: a page may end each of its lines so.
            let tail = self.out.bytes().rev().take(self.needed);
            let have = tail.take_while(|&b| b == b'\n').count();
            (have..self.needed).for_each(|_| self.out.push('\n'));
        }
        self.needed = 0;
    }

    fn finish(self) -> String {
        self.out.trim_matches(['\n', ' ']).to_owned()
    }
}
