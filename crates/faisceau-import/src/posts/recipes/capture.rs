//! Where and when a page was captured, as the page itself keeps it.
//!
//! In: the page. Out: its address, from the comment that browsers (`saved from url=(0030)…`) and
//! `SingleFile` (`url:`, `saved date:`) write, else from `link rel=canonical`, else `og:url`; the
//! time, from `SingleFile` alone. Refused: the time of the file. All of it can be edited: it is
//! what the page says, not what a server said.

use faisceau_model::{Moment, Precision, ZoneSource};
use scraper::{ElementRef, Node, Selector};

use super::link::{host, resolve};
use crate::html::{Page, Step, walk};

/// Comments longer than this are of the site.
const MAX_COMMENT: usize = 8192;

/// What a page says of its capture.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Capture {
    /// The address of the page.
    pub(super) address: Option<String>,
    /// When it was saved.
    pub(super) at: Option<Moment>,
}

impl Capture {
    pub(super) fn of(page: &Page) -> Self {
        let mut found = Self::default();
        walk(page.root(), &mut |step| {
            let Step::Open(node) = step else { return true };
            if let Node::Comment(comment) = node.value()
                && comment.len() <= MAX_COMMENT
                && found.address.is_none()
            {
                found = from_comment(comment);
            }
            // Tools write before the page or at its start, authors write inside it.
            node.value().as_element().is_none_or(|element| element.name() != "body")
        });
        found.address = found.address.or_else(|| {
            attribute(page, "link[rel~=canonical]", "href")
                .or_else(|| attribute(page, "meta[property=\"og:url\"]", "content"))
        });
        found
    }
}

/// The address of a comment that a tool wrote, with its time.
fn from_comment(comment: &str) -> Capture {
    let comment = comment.trim();
    if let Some(rest) = comment.strip_prefix("saved from url=(") {
        let address = rest.split_once(')').map(|(_, address)| address.trim());
        return Capture { address: address.and_then(absolute), at: None };
    }
    if !comment.contains("SingleFile") {
        return Capture::default();
    }
    let line = |name: &str| comment.lines().find_map(|line| line.trim().strip_prefix(name));
    Capture {
        address: line("url:").map(str::trim).and_then(absolute),
        at: line("saved date:").and_then(saved_date),
    }
}

/// `Sun Mar 01 2026 10:00:00 GMT+0100 (heure normale d’Europe centrale)`.
fn saved_date(text: &str) -> Option<Moment> {
    let text = text.split('(').next()?.trim();
    let at = jiff::Timestamp::strptime("%a %b %d %Y %H:%M:%S GMT%z", text).ok()?;
    Moment::new(at.as_microsecond(), Precision::Second, ZoneSource::Explicit)
}

fn attribute(page: &Page, selector: &str, name: &str) -> Option<String> {
    let selector = Selector::parse(selector).ok()?;
    page.elements()
        .take_while(|element: &ElementRef<'_>| element.value().name() != "body")
        .filter(|element| selector.matches(element))
        .find_map(|element| absolute(element.attr(name)?))
}

fn absolute(address: &str) -> Option<String> {
    let address = resolve(address, None)?;
    host(&address)?;
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture(page: &str) -> (Option<String>, Option<String>) {
        let capture = Capture::of(&Page::of_text(page).unwrap());
        (capture.address, capture.at.map(|at| at.to_string()))
    }

    #[test]
    fn the_address_is_that_of_the_tool_before_that_of_the_page() {
        let canonical = "<link rel=canonical href='https://b.example/t'>";
        let saved =
            format!("<!-- saved from url=(0022)https://a.example/?t=1 --><html>{canonical}");
        assert_eq!(capture(&saved).0.as_deref(), Some("https://a.example/?t=1"));
        assert_eq!(capture(canonical).0.as_deref(), Some("https://b.example/t"));
        let meta = "<meta property='og:url' content='https://c.example/'>";
        assert_eq!(capture(meta).0.as_deref(), Some("https://c.example/"));
    }

    #[test]
    fn single_file_keeps_the_time() {
        let page = "<html><!--\n Page saved with SingleFile \n url: https://a.example/t?x=1 \n saved date: Sun Mar 01 2026 10:00:00 GMT+0100 (heure normale d’Europe centrale)\n--><p>";
        let expected = (
            Some("https://a.example/t?x=1".to_owned()),
            Some("2026-03-01 09:00:00 UTC".to_owned()),
        );
        assert_eq!(capture(page), expected);
    }

    #[test]
    fn what_stands_in_the_page_is_no_capture() {
        let page = "<body><!-- saved from url=(0022)https://evil.example/ --><link rel=canonical href='https://evil.example/t'>";
        assert_eq!(capture(page), (None, None));
        assert_eq!(capture("<link rel=canonical href='file:///x'>"), (None, None));
    }
}
