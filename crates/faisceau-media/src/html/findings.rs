//! What is found on a page, before it is put in order.
//!
//! In: fields with their place in the text of the page. Out: fields in the order of the page, at
//! bytes of the file. A page can hold any number of anything: each class has its own limit, so that
//! a flood of one does not push the others out; what is beyond is counted.

use std::collections::BTreeSet;
use std::ops::Range;

use ego_tree::NodeId;
use faisceau_html::{Page, bytes_at};
use scraper::ElementRef;

use crate::collector::Collector;
use crate::part::Part;

/// What a field is of, and by that how many of it are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Title, language, base, properties of Office, text.
    Page,
    Meta,
    Link,
    /// Accounts that the page calls those of its author.
    Person,
    Time,
    Comment,
    Tracker,
    Linked,
}

impl Class {
    /// Most fields. Their sum is below what a file may have.
    const fn most(self) -> u16 {
        match self {
            Self::Page => 48,
            Self::Meta => 1_500,
            Self::Link => 500,
            Self::Person | Self::Tracker => 300,
            Self::Time => 100,
            Self::Comment => 64,
            Self::Linked => 1_000,
        }
    }
}

/// Longest value that is looked at, in bytes: fields are cut at 2 000 characters.
const LOOKED_AT: usize = 65_536;
/// Longest text, in characters.
pub(super) const TEXT: usize = 65_536;

struct Found {
    group: &'static str,
    name: String,
    value: String,
    at: Range<usize>,
}

pub(super) struct Findings<'p> {
    page: &'p Page,
    pub(super) text: &'p str,
    found: Vec<Found>,
    kept: [u16; 8],
    /// Parts of the page that may still be searched for properties of Office.
    sources_left: u8,
    /// What is kept once.
    once: BTreeSet<String>,
    left_out: u64,
    flaws: Vec<(usize, &'static str)>,
}

impl<'p> Findings<'p> {
    pub(super) fn new(page: &'p Page, text: &'p str) -> Self {
        Self {
            page,
            text,
            found: Vec::new(),
            kept: [0; 8],
            sources_left: 32,
            once: BTreeSet::new(),
            left_out: 0,
            flaws: Vec::new(),
        }
    }

    /// Adds a field; runs of white space with a line break in them are one blank.
    pub(super) fn add(
        &mut self,
        class: Class,
        group: &'static str,
        name: &str,
        value: &str,
        at: Range<usize>,
    ) {
        let mut end = value.len().min(LOOKED_AT);
        while !value.is_char_boundary(end) {
            end -= 1;
        }
        let value = one_line(value.get(..end).unwrap_or_default());
        if value.is_empty() {
            return;
        }
        self.push(class, Found { group, name: name.to_owned(), value, at });
    }

    /// Adds an identifier if it was not met before.
    pub(super) fn add_once(
        &mut self,
        class: Class,
        group: &'static str,
        name: &str,
        value: &str,
        at: Range<usize>,
    ) {
        let full = self.once.len() >= usize::from(class.most());
        let key = format!("{group}:{name} {value}");
        if self.once.contains(&key) {
            return;
        }
        if !full {
            self.once.insert(key);
        }
        self.add(class, group, name, value, at);
    }

    /// Adds the text, whose lines are kept.
    pub(super) fn add_text(&mut self, name: &str, value: String, at: Range<usize>) {
        self.push(Class::Page, Found { group: super::HTML, name: name.to_owned(), value, at });
    }

    fn push(&mut self, class: Class, found: Found) {
        match self.kept.get_mut(class as usize) {
            Some(kept) if *kept < class.most() => {
                *kept += 1;
                self.found.push(found);
            }
            _ => self.left_out += 1,
        }
    }

    /// Whether one more part of the page may be searched.
    pub(super) fn takes_source(&mut self) -> bool {
        let left = self.sources_left.checked_sub(1);
        self.sources_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Notes a flaw; the first ones are enough.
    pub(super) fn flaw(&mut self, at: usize, detail: &'static str) {
        if self.flaws.len() < 100 {
            self.flaws.push((at, detail));
        }
    }

    /// Where the tag of an element, or a comment, is written.
    pub(super) fn tag(&self, node: NodeId) -> Range<usize> {
        self.page.written(node).unwrap_or(0..0)
    }

    /// Where what stands in a `title` or `script` is written: up to its end tag.
    pub(super) fn content(&self, element: &ElementRef<'_>) -> Range<usize> {
        let start = self.tag(element.id()).end;
        if start == 0 {
            return 0..0;
        }
        let name = element.value().name().as_bytes();
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let ends = |at: &usize| {
            let tag = rest.get(at + 1..).and_then(|tag| tag.strip_prefix(b"/"));
            tag.and_then(|tag| tag.get(..name.len()))
                .is_some_and(|tag| tag.eq_ignore_ascii_case(name))
        };
        let end = memchr::memchr_iter(b'<', rest).find(ends).unwrap_or(rest.len());
        start..start + end
    }

    /// Gives the fields to the collector.
    pub(super) fn finish(mut self, file: &Part<'_>, out: &mut Collector) {
        self.found.sort_by_key(|found| (found.at.start, found.at.end));
        self.flaws.sort_unstable();
        let ends = self.found.iter().flat_map(|found| [found.at.start, found.at.end]);
        let mut places: Vec<usize> = ends.chain(self.flaws.iter().map(|(at, _)| *at)).collect();
        places.sort_unstable();
        places.dedup();
        let bytes = bytes_at(file.bytes(), self.text, &places);
        let byte = |place: usize| {
            let at = places.binary_search(&place).ok().and_then(|at| bytes.get(at));
            at.map_or(0, |at| (*at as usize).min(file.len()))
        };
        for found in self.found {
            let at = file.place(byte(found.at.start)..byte(found.at.end));
            out.add_long(found.group, &found.name, &found.value, at, limit(&found.name));
        }
        for (at, detail) in self.flaws {
            let at = byte(at);
            out.flaw(file.place(at..at).start, detail);
        }
        out.found.left_out += self.left_out;
    }
}

/// The longest value of a field of this name, if it may be longer than others.
fn limit(name: &str) -> Option<usize> {
    (name == "Text").then_some(TEXT)
}

/// Whether an element is one of HTML, not of a drawing or a formula inside.
pub(super) fn is_html(element: &ElementRef<'_>) -> bool {
    &*element.value().name.ns == "http://www.w3.org/1999/xhtml"
}

/// Runs of white space with a line break in them become one blank, as `ExifTool` writes them.
fn one_line(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for (index, line) in value.split(['\n', '\r']).enumerate() {
        let line = if index == 0 { line.trim_end() } else { line.trim() };
        if index > 0 && !line.is_empty() && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.trim().to_owned()
}
