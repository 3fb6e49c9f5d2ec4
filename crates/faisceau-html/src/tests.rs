//! Tests of the reader of pages.

use faisceau_model::Place;
use proptest::prelude::*;
use scraper::{ElementRef, Selector};

use super::*;

fn text(markup: &str) -> String {
    fragment_text(markup, &|element| element.value().name() == "blockquote").unwrap()
}

fn places(markup: &str, selector: &str) -> Vec<String> {
    let page = Page::of_text(markup).unwrap();
    let selector = Selector::parse(selector).unwrap();
    let found = page.elements().filter(|element| selector.matches(element));
    found.map(|element| page.place(&element).to_string()).collect()
}

#[test]
fn elements_are_numbered_in_document_order_as_browsers_do() {
    assert_eq!(places("<p id=a><p id=b>x", "p"), ["e4", "e5"]);
    // What a table cannot hold moves before it, and was made after it.
    assert_eq!(places("<table><tr><td>1<div>out</div></table>", "td, div"), ["e7", "e8"]);
    assert_eq!(places("<table><b>moved</b><tr><td>1</table>", "b, table"), ["e4", "e5"]);
    // The content of a template is no part of the document.
    assert_eq!(places("<p><template><i></i><i></i></template><p>", "i, p"), ["e4", "e6"]);
    assert_eq!(places("<p><noscript><i></i></noscript><p>", "i, p"), ["e4", "e6", "e7"]);
}

#[test]
fn text_breaks_where_lines_break() {
    for (markup, expected) in [
        ("<p>Un <b>mot</b>,\n\t deux</p><p>Trois<br>quatre</p>", "Un mot, deux\n\nTrois\nquatre"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("a<br><br>b", "a\n\nb"),
        ("<ul><li>a<li>b</ul><pre>  x\n y</pre>", "a\nb\n  x\n y"),
        ("a<script>x</script><style>y</style>b", "ab"),
        ("moi<blockquote>lui<p>lui</blockquote>moi", "moi\nmoi"),
        ("vu <img class=smiley alt=':)'> !", "vu :) !"),
        ("<a><span>https://</span><span>exa</span><span>mple</span></a>", "https://example"),
        ("&lt;b&gt; &amp; caf&eacute;&nbsp;!", "<b> & café\u{a0}!"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("", ""),
    ] {
        assert_eq!(text(markup), expected, "{markup}");
    }
}

#[test]
fn nesting_and_reopened_formatting_end_at_a_limit() {
    for (markup, limit) in [
        ("<div>".repeat(100_000), "nests more than 512"),
        ("<b id=1><i><u>".repeat(100_000), "nests more than 512"),
        (formatting(9000, "</p><p>"), "nests more than 512"),
        ("<table><tr><td>".repeat(50_000), "nests more than 512"),
    ] {
        let page = Page::parse(markup.as_bytes()).unwrap();
        let cut = page.cut().unwrap_or_else(|| panic!("{}", &markup[..60]));
        assert!(matches!(cut.place(), Place::Element(n) if n > 100), "{}", cut.place());
        assert!(cut.to_string().contains(limit), "{cut}");
        let root = page.elements().next().unwrap();
        visible_text(&root, &NoWords);
    }
    for markup in ["<p>x".repeat(20_000), "<ul><li><p>x".to_owned() + &"<li><p>y".repeat(20_000)] {
        let page = Page::of_text(&markup).unwrap();
        assert!(page.cut().is_none(), "{}", &markup[..20]);
    }
    let bomb = format!("<p>{}{}", formatting(400, ""), "<p>x".repeat(9_000));
    let limits::Tree { html, limit, .. } = limits::parse(&bomb, 100_000, true);
    assert!(limit.is_some_and(|detail| detail.contains("more elements")));
    assert!(html.tree.nodes().count() < 1_000_000);
    assert_eq!(fragment_text(&"<i>".repeat(1000), &|_| false), None);
}

/// Formatting that is never closed, each with an attribute of its own.
fn formatting(count: usize, after: &str) -> String {
    (0..count).fold(String::new(), |markup, n| markup + &format!("<b x{n}>{after}"))
}

struct NoWords;

impl Words for NoWords {
    fn leaves_out(&self, _: &ElementRef<'_>) -> bool {
        false
    }

    fn speaks(&self, _: &ElementRef<'_>) -> bool {
        false
    }
}

#[test]
fn breaks_of_both_sorts_in_turn_are_not_counted_again_and_again() {
    assert_eq!(text(&format!("a{}b", "<br><hr>".repeat(50_000))).len(), 50_002);
}

#[test]
fn a_page_is_told_by_how_it_opens() {
    for page in [
        "<!DOCTYPE html><p>",
        "\u{feff}\n<HTML lang=fr>",
        "<?xml version=\"1.0\"?>\n<!-- saved from url=(0030)https://example.org/?a>b --><html>",
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">",
    ] {
        assert!(opens_a_page(page.as_bytes()), "{page}");
    }
    for other in ["<rss>", "{\"a\":\"<html>\"}", "<!-- never closed <html>", "", "From: x"] {
        assert!(!opens_a_page(other.as_bytes()), "{other}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_fail(
        markup in "(<(/?(p|b|a|table|td|div|select|svg|math|template|form|li|body|html|script|p x=1 x=2))>|.){0,60}"
    ) {
        let page = Page::of_text(&markup).unwrap();
        let places: Vec<_> = page.elements().map(|element| page.place(&element)).collect();
        let expected: Vec<_> = (1..=places.len() as u32).map(Place::Element).collect();
        prop_assert_eq!(places, expected);
        text(&markup);
    }
}

#[test]
fn tags_and_comments_are_found_where_they_are_written() {
    let markup = "<!-- a > b --><meta a='<x>' b=\">\">\n<p class=q>x < y<table><tr\n><td>1</table>\
        <script>'<b>'</script><title>t</title><html lang=fr><!x><svg><title/></svg>";
    let page = Page::of_text_with_places(markup).unwrap();
    let mut found = Vec::new();
    walk(page.root(), &mut |step| {
        if let Step::Open(node) = step
            && let Some(at) = page.written(node.id())
        {
            found.push(&markup[at]);
        }
        true
    });
    let expected = [
        "<!-- a > b -->",
        "<html lang=fr>",
        "<meta a='<x>' b=\">\">",
        "<p class=q>",
        "<table>",
        "<tr\n>",
        "<td>",
        "<script>",
        "<title>",
        "<!x>",
        "<svg>",
        "<title/>",
    ];
    assert_eq!(found, expected);
    assert!(
        Page::of_text(markup)
            .unwrap()
            .elements()
            .all(|e| { Page::of_text(markup).unwrap().written(e.id()).is_none() })
    );
}

proptest! {
    #[test]
    fn places_change_nothing_and_lie_in_the_text(
        markup in "(<(/?(p|b|meta a='>'|!--|-->|table|td|svg|title|script|html|!|\\?))>|[a<>é'\"]){0,60}"
    ) {
        let (with, without) =
            (Page::of_text_with_places(&markup).unwrap(), Page::of_text(&markup).unwrap());
        let names = |page: &Page| {
            page.elements().map(|e| e.value().name().to_owned()).collect::<Vec<_>>()
        };
        prop_assert_eq!(names(&with), names(&without));
        for element in with.elements() {
            if let Some(at) = with.written(element.id()) {
                let tag = markup.get(at).unwrap();
                prop_assert!(tag.starts_with('<') && tag.ends_with('>'), "{}", tag);
            }
        }
    }
}
