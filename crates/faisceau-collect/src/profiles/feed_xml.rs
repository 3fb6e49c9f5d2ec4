//! RSS and Atom, as far as a pager needs them: ids, times, and what the feed names as next.
//!
//! In: the text. Out: a page. Extensible Markup Language 1.0; prefixes are left out. Refused: a text
//! that is no feed, entities that the document defines (none is expanded), nesting beyond
//! [`DEPTH`].

use faisceau_model::excerpt;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::feed::Page;
use super::outcome::Stopped;
use super::pager::Item;

/// Deepest nesting.
const DEPTH: usize = 64;
/// Longest id, time or address, in bytes.
const TEXT: usize = 4096;

/// An entry while it is read.
#[derive(Debug, Default)]
struct Entry {
    id: Option<String>,
    link: Option<String>,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
}

/// Reads a page.
pub(super) fn page(text: &str) -> Result<Page, Stopped> {
    let unreadable = |why: String| Stopped::Unreadable { why };
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    let mut found = Found::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                if open.len() >= DEPTH {
                    return Err(unreadable(format!(
                        "more than {DEPTH} elements within each other"
                    )));
                }
                let name = start.local_name().as_ref().to_owned();
                if open.is_empty() && !is_root(&name) {
                    let why = format!("a document `{}`, which is no feed", excerpt(&name, 40));
                    return Err(unreadable(why));
                }
                found.begin(&name, &start);
                open.push(name);
            }
            Ok(Event::Empty(start)) => {
                let name = start.local_name().as_ref().to_owned();
                found.begin(&name, &start);
                found.end(&name, open.last().map(String::as_str));
            }
            Ok(Event::End(_)) => {
                if let Some(name) = open.pop() {
                    found.end(&name, open.last().map(String::as_str));
                }
            }
            Ok(Event::Text(text)) => found.append(&text.xml10_content()),
            Ok(Event::CData(text)) => found.append(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => {
                let mut buffer = [0; 4];
                let name = entity.xml10_content();
                let known = match entity.resolve_char_ref() {
                    Ok(Some(letter)) => Some(&*letter.encode_utf8(&mut buffer)),
                    _ => resolve_predefined_entity(&name),
                };
                found.append(known.unwrap_or("\u{fffd}"));
            }
            Ok(Event::Eof) => break,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(error) => return Err(unreadable(excerpt(&error.to_string(), 200))),
        }
    }
    if !found.is_feed {
        return Err(unreadable("no feed".to_owned()));
    }
    if !open.is_empty() {
        return Err(unreadable("the feed ends in the middle".to_owned()));
    }
    Ok(Page {
        items: found.items,
        unreadable: found.unreadable,
        next: found.next.or(found.archive),
    })
}

fn is_root(name: &str) -> bool {
    matches!(name, "rss" | "RDF" | "feed")
}

/// What was found so far.
#[derive(Default)]
struct Found {
    is_feed: bool,
    entry: Option<Entry>,
    /// The own text of the element that was opened last.
    text: String,
    items: Vec<Item>,
    unreadable: u64,
    next: Option<String>,
    archive: Option<String>,
}

impl Found {
    fn begin(&mut self, name: &str, start: &BytesStart<'_>) {
        self.is_feed |= is_root(name);
        self.text.clear();
        match (name, &mut self.entry) {
            ("item" | "entry", None) => self.entry = Some(Entry::default()),
            ("link", Some(entry)) if entry.link.is_none() => {
                entry.link = attribute(start, "href");
            }
            ("link", None) => {
                let target = || attribute(start, "href");
                match attribute(start, "rel").as_deref() {
                    Some("next") if self.next.is_none() => self.next = target(),
                    Some("prev-archive") if self.archive.is_none() => self.archive = target(),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn append(&mut self, text: &str) {
        if self.text.len() + text.len() <= TEXT {
            self.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str, parent: Option<&str>) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if matches!(name, "item" | "entry") {
            if let Some(entry) = self.entry.take() {
                self.keep(entry);
            }
            return;
        }
        // What stands deeper belongs to something else: an Atom entry quotes its source.
        let Some(entry) = self.entry.as_mut().filter(|_| matches!(parent, Some("item" | "entry")))
        else {
            return;
        };
        match name {
            "guid" | "id" if !text.is_empty() => entry.id = Some(text.to_owned()),
            "link" if entry.link.is_none() && !text.is_empty() => {
                entry.link = Some(text.to_owned());
            }
            "pubDate" | "published" | "date" => entry.published = entry.published.or(time(text)),
            "updated" => entry.updated = entry.updated.or(time(text)),
            _ => {}
        }
    }

    fn keep(&mut self, entry: Entry) {
        let at = entry.published.or(entry.updated);
        match entry.id.or(entry.link) {
            Some(id) => self.items.push(Item { id, at, repost: false }),
            None => self.unreadable += 1,
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = start.attributes();
    let mut named = all.with_checks(false).filter_map(Result::ok);
    let found = named.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    (value.len() <= TEXT && !value.trim().is_empty()).then(|| value.trim().to_owned())
}

/// A time of RFC 3339 (Atom, Dublin Core) or of RFC 2822 (RSS).
fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| DateTimeParser::new().parse_timestamp(text).ok())
}
