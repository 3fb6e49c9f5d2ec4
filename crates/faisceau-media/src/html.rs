//! HTML pages. In: a file. Out: what the page says of itself and of those who run it, and its text.
//!
//! HTML Living Standard, 4.2 "Document metadata". Names and groups of `title` and `meta` are those of
//! `ExifTool` (`HTML`, `HTML-og`, `HTTP-equiv`), which reads `name` and `http-equiv` alone: `property`
//! is named in the same way. Our own groups, whose names signals may rely on:
//!
//! - `HTML`: `Language`, `CharacterSet`, `Base`, `Time` (each `time datetime`), `Text` (title, then
//!   what a reader sees, cut at 65 536 characters) and `TextLength` (characters before the cut);
//! - `HTML-itemprop`: microdata of `meta` and `time`; `HTML-link`: `Canonical`, `Me`, … by `rel`;
//! - `HTML-comment`: `SavedFrom`, `SavedWith`, `SavedDate`, `Archived`, `Generator`;
//! - `HTML-office`: what Microsoft Office writes into pages, named as `ExifTool` does;
//! - `HTML-tracker`: see [`trackers`]; `JSON-LD`: see [`linked`].
//!
//! A field lies at its tag, its comment or its script. Refused: scripts are read, never run; frames
//! and style sheets are not fetched; pages above 64 MiB; encodings that are not those of the reader
//! of pages; what stands behind its limits on nesting, nodes and attributes.

mod comments;
mod findings;
mod linked;
mod links;
mod meta;
mod names;
mod office;
mod trackers;
mod words;

use faisceau_html::{MAX_PAGE, Page, Step, walk};
use scraper::{ElementRef, Node};

use crate::collector::Collector;
use crate::part::Part;
use crate::pdf;
use findings::{Class, Findings};

const HTML: &str = "HTML";

/// Whether the head is of a page.
pub(crate) fn sniff(head: &[u8]) -> bool {
    faisceau_html::opens_a_page(head)
}

/// Reads a page.
pub(crate) fn read(file: &Part<'_>, out: &mut Collector) {
    out.found.mime = "text/html";
    let start = file.whole().start;
    if file.len() as u64 > MAX_PAGE {
        out.flaw(start, "a page that is larger than those that are read");
        return;
    }
    let Ok(text) = Page::decode(file.bytes()) else {
        out.flaw(start, "a page in an encoding that is not read");
        return;
    };
    let Ok(page) = Page::of_text_with_places(&text) else {
        out.flaw(start, "markup of a sort that no page has");
        return;
    };
    let mut found = Findings::new(&page, &text);
    if pdf::sniff(file.bytes()) {
        found.flaw(0, "a page that could be a PDF too, which is not read");
    }
    walk(page.root(), &mut |step| {
        if let Step::Open(node) = step {
            match node.value() {
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(node) {
                        fields(&element, &mut found);
                    }
                }
                Node::Comment(comment) => {
                    let at = found.tag(node.id());
                    office::of_comment(comment, at.start, &mut found);
                    comments::fields(comment, at, &mut found);
                }
                _ => {}
            }
        }
        true
    });
    words::fields(&page, &mut found);
    if page.cut().is_some() {
        found.flaw(
            text.len(),
            "more nesting, elements or attributes than are read: the rest is left",
        );
    }
    found.finish(file, out);
}

/// What one element tells.
fn fields(element: &ElementRef<'_>, found: &mut Findings<'_>) {
    let at = found.tag(element.id());
    let plain = |found: &mut Findings<'_>, name: &str, attribute: &str| {
        if let Some(value) = element.attr(attribute) {
            found.add(Class::Page, HTML, name, value, at.clone());
        }
    };
    match element.value().name() {
        "html" => {
            let of = if element.attr("lang").is_some() { "lang" } else { "xml:lang" };
            plain(found, "Language", of);
        }
        "base" => plain(found, "Base", "href"),
        "title" if findings::is_html(element) => {
            let at = found.content(element);
            let value: String = element.text().collect();
            found.add(Class::Page, HTML, "Title", &value, at);
        }
        "meta" => meta::fields(element, found),
        "link" => {
            links::fields(element, found);
            trackers::of_attributes(element, found);
        }
        "a" | "area" => links::of_persons(element, found),
        "time" => time(element, found),
        "xml" => office::of_element(at.end, found),
        "script" => script(element, found),
        "img" | "iframe" | "ins" | "amp-analytics" | "amp-ad" | "amp-auto-ads" => {
            trackers::of_attributes(element, found);
        }
        _ => {}
    }
}

/// A time for machines, under the name of its property if it has one.
fn time(element: &ElementRef<'_>, found: &mut Findings<'_>) {
    let Some(value) = element.attr("datetime") else { return };
    let at = found.tag(element.id());
    match element.attr("itemprop") {
        Some(properties) => {
            for property in properties.split_whitespace().take(8) {
                found.add(
                    Class::Time,
                    names::ITEMPROP,
                    &names::munged(property),
                    value,
                    at.clone(),
                );
            }
        }
        None => found.add(Class::Time, HTML, "Time", value, at),
    }
}

fn script(element: &ElementRef<'_>, found: &mut Findings<'_>) {
    trackers::of_attributes(element, found);
    if !findings::is_html(element) {
        return;
    }
    let kind = element.attr("type").unwrap_or_default().trim().to_ascii_lowercase();
    let at = found.content(element);
    let Some(source) = found.text.get(at.clone()) else { return };
    if kind.starts_with("application/ld+json") {
        linked::fields(source, &at, found);
    } else {
        trackers::of_script(source, at.start, found);
    }
}

#[cfg(test)]
mod tests;
