//! The element `meta`: pairs of a name and a value, of several vocabularies.
//!
//! In: the element. Out: a field for each name that it gives the value. Refused: nothing; a name
//! without letters is no name.

use scraper::ElementRef;

use super::findings::{Class, Findings};
use super::names::{ITEMPROP, equivalent, munged, named};
use super::{HTML, trackers};

/// Most names of one value.
const NAMES: usize = 8;

pub(super) fn fields(element: &ElementRef<'_>, found: &mut Findings<'_>) {
    let at = found.tag(element.id());
    if let Some(charset) = element.attr("charset") {
        found.add(Class::Page, HTML, "CharacterSet", charset, at.clone());
    }
    let Some(content) = element.attr("content") else { return };
    let named_by = |attribute: &str| element.attr(attribute).unwrap_or_default();
    let whole = std::iter::once(named_by("name"));
    let mut before = Vec::new();
    for key in whole.chain(named_by("property").split_whitespace()).take(NAMES) {
        let (group, name) = named(key);
        // Many pages say the same with `name` and `property`.
        if name.is_empty() || before.contains(&(group, name.clone())) {
            continue;
        }
        found.add(Class::Meta, group, &name, content, at.clone());
        before.push((group, name));
    }
    for key in named_by("itemprop").split_whitespace().take(NAMES) {
        found.add(Class::Meta, ITEMPROP, &munged(key), content, at.clone());
    }
    if named_by("name").is_empty() && !named_by("http-equiv").is_empty() {
        let name = equivalent(named_by("http-equiv"));
        found.add(Class::Meta, "HTTP-equiv", &name, content, at);
    }
    if named_by("name").eq_ignore_ascii_case("google-adsense-account") {
        trackers::of_attributes(element, found);
    }
}
