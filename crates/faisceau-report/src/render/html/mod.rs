//! A document as one page of HTML, for reading on a screen.
//!
//! In: the model. Out: a page that holds all it needs: its style, its drawings. No script, no outer
//! resource, no attribute made of what a stranger wrote but texts: a content security policy in the
//! page forbids the rest. Each sentence, row and figure is an anchor of its id; what it rests on
//! shows on its number. Same document, same bytes.

mod blocks;
mod chart;
mod drawing;
mod table;
mod text;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::escaped;
use super::outline::{foot, heading, title};
use super::words::Words;
use crate::model::Document;

const STYLE: &str = include_str!("style.css");

/// Renders a document for reading on a screen.
pub fn html(document: &Document) -> String {
    let lang = document.language;
    let mut out =
        format!("<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n");
    // The one style of the page by its hash: a style that came in with a text would not hold.
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    put!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
         'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    );
    tagged(&mut out, "title", "", &document.title);
    put!(out, "<style>{STYLE}</style>\n</head>\n<body>\n<main>\n");
    tagged(&mut out, "h1", "", title(document));
    blanks(&mut out, document);
    contents(&mut out, document);
    for (at, section) in document.sections.iter().enumerate() {
        put!(out, "<section id=\"section-{}\">\n", at + 1);
        let head = heading(document, section);
        if !head.is_empty() {
            tagged(&mut out, "h2", "", &head);
        }
        section.blocks.iter().for_each(|block| blocks::block(&mut out, lang, block));
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n");
    tagged(&mut out, "footer", "", &foot(document));
    out.push_str("</body>\n</html>\n");
    out
}

/// An element that holds words of the program.
fn tagged(out: &mut String, name: &str, attributes: &str, text: &str) {
    put!(out, "<{name}{attributes}>");
    escaped::push(out, text);
    put!(out, "</{name}>\n");
}

/// What is left to fill in.
fn blanks(out: &mut String, document: &Document) {
    let blanks = document.blanks();
    if blanks.is_empty() {
        return;
    }
    out.push_str("<aside class=\"callout\">\n");
    tagged(out, "p", " class=\"head\"", Words::of(document.language).blanks);
    out.push_str("<ul>\n");
    for what in &blanks {
        tagged(out, "li", "", what);
    }
    out.push_str("</ul>\n</aside>\n");
}

/// The sections, where there are several.
fn contents(out: &mut String, document: &Document) {
    let heads = document.sections.iter().map(|s| heading(document, s)).enumerate();
    let heads: Vec<(usize, String)> = heads.filter(|(_, head)| !head.is_empty()).collect();
    if heads.len() < 2 {
        return;
    }
    put!(out, "<nav aria-label=\"{}\">\n<ul>\n", Words::of(document.language).contents);
    for (at, head) in heads {
        put!(out, "<li><a href=\"#section-{}\">", at + 1);
        escaped::push(out, &head);
        out.push_str("</a></li>\n");
    }
    out.push_str("</ul>\n</nav>\n");
}
