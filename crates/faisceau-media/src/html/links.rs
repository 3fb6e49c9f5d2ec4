//! Links that tell what a page is, and who is behind it.
//!
//! HTML Living Standard, 4.6.7 "Link types"; `rel=me`: microformats, XFN. In: `link`, `a`, `area`.
//! Out: the address as it is written, under the name of its type.

use scraper::ElementRef;

use super::findings::{Class, Findings};

const LINK: &str = "HTML-link";

/// Types that are kept, and their names.
const TYPES: [(&str, &str); 18] = [
    ("canonical", "Canonical"),
    ("alternate", "Alternate"),
    ("shortlink", "Shortlink"),
    ("author", "Author"),
    ("me", "Me"),
    ("icon", "Icon"),
    ("apple-touch-icon", "AppleTouchIcon"),
    ("amphtml", "Amphtml"),
    ("edituri", "EditURI"),
    ("pingback", "Pingback"),
    ("webmention", "Webmention"),
    ("wlwmanifest", "Wlwmanifest"),
    ("publisher", "Publisher"),
    ("license", "License"),
    ("manifest", "Manifest"),
    ("search", "Search"),
    ("image_src", "Image_src"),
    ("https://api.w.org/", "WordPressApi"),
];

/// Types that say that the target is of the same person.
const PERSONS: [&str; 2] = ["me", "author"];

/// What a `link` in the head tells.
pub(super) fn fields(element: &ElementRef<'_>, found: &mut Findings<'_>) {
    typed(element, found, |_| true);
}

/// What a link in the text tells of who wrote it.
pub(super) fn of_persons(element: &ElementRef<'_>, found: &mut Findings<'_>) {
    typed(element, found, |kind| PERSONS.contains(&kind));
}

fn typed(element: &ElementRef<'_>, found: &mut Findings<'_>, wanted: fn(&str) -> bool) {
    let (Some(types), Some(target)) = (element.attr("rel"), element.attr("href")) else { return };
    let at = found.tag(element.id());
    for written in types.split_whitespace().take(16) {
        let lower = written.to_ascii_lowercase();
        let Some((kind, name)) = TYPES.iter().find(|(kind, _)| *kind == lower) else { continue };
        if !wanted(kind) {
            continue;
        }
        // A picture that is packed into its address tells nothing in its first characters.
        let target = if target.starts_with("data:") { "data:" } else { target };
        let class = if PERSONS.contains(kind) { Class::Person } else { Class::Link };
        found.add(class, LINK, name, target, at.clone());
    }
}
