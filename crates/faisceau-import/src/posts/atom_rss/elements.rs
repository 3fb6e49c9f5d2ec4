//! The elements of a feed that are read.
//!
//! In: the text. Out: what the feed says of itself, its entries with their places, and where it
//! breaks, if it does.

use faisceau_model::{Place, excerpt};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::contract::ImportError;
use crate::json::{MAX_RECORD, MAX_RECORDS};
use crate::posts::feed_entry::{Content, Entry, Feed, MAX_MEDIA};

/// Deepest nesting.
const DEPTH: usize = 128;
/// Elements of an entry that are read.
#[rustfmt::skip]
const OF_ENTRY: [&str; 14] = [
    "author", "content", "creator", "date", "description", "encoded", "guid", "id", "link",
    "pubDate", "published", "summary", "title", "updated",
];
/// Elements of the feed that are read.
const OF_FEED: [&str; 4] = ["creator", "language", "link", "title"];
/// Longest attribute, in bytes.
const ATTRIBUTE: usize = 16 << 10;

/// What a feed holds.
#[derive(Debug, Default)]
pub(super) struct Found<'t> {
    pub(super) feed: Feed,
    pub(super) entries: Vec<(Place, &'t str, Entry)>,
    pub(super) error: Option<ImportError>,
}

/// The text of an element that is read, with that of what it holds.
#[derive(Debug)]
struct Capture {
    /// Elements around it.
    depth: usize,
    markup: bool,
    text: String,
}

/// Where reading is.
struct Walk<'t> {
    found: Found<'t>,
    open: Vec<String>,
    entry: Option<(Entry, Place, usize)>,
    capture: Option<Capture>,
    number: u32,
    /// The address of the feed itself.
    own: Option<String>,
}

/// Reads a feed.
pub(super) fn read(text: &str) -> Found<'_> {
    let mut reader = Reader::from_str(text);
    let mut walk = Walk {
        found: Found::default(),
        open: Vec::new(),
        entry: None,
        capture: None,
        number: 0,
        own: None,
    };
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event();
        let after = reader.buffer_position() as usize;
        match event {
            Ok(Event::Start(start)) => {
                if walk.open.len() >= DEPTH {
                    let detail = format!("more than {DEPTH} elements within each other");
                    return walk.broken(text, before, &detail);
                }
                walk.begin(&start, before);
                walk.open.push(start.local_name().as_ref().to_owned());
            }
            Ok(Event::Empty(start)) => {
                walk.begin(&start, before);
                walk.open.push(start.local_name().as_ref().to_owned());
                walk.end(text, after);
            }
            Ok(Event::End(_)) => walk.end(text, after),
            Ok(Event::Text(part)) => walk.append(&part.xml10_content()),
            Ok(Event::CData(part)) => walk.append(&part.xml10_content()),
            Ok(Event::GeneralRef(entity)) => {
                let mut buffer = [0; 4];
                let name = entity.xml10_content();
                let known = match entity.resolve_char_ref() {
                    Ok(Some(letter)) => Some(&*letter.encode_utf8(&mut buffer)),
                    _ => resolve_predefined_entity(&name),
                };
                walk.append(known.unwrap_or("\u{fffd}"));
            }
            Ok(Event::Eof) if walk.open.is_empty() => return walk.finish(),
            Ok(Event::Eof) => {
                let detail = "the feed ends in the middle".to_owned();
                return walk.broken(text, text.len(), &detail);
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(error) => return walk.broken(text, before, &excerpt(&error.to_string(), 200)),
        }
        if walk.found.entries.len() >= MAX_RECORDS {
            return walk.broken(text, after, &format!("more than {MAX_RECORDS} entries"));
        }
    }
}

impl<'t> Walk<'t> {
    fn begin(&mut self, start: &BytesStart<'_>, at: usize) {
        self.number = self.number.saturating_add(1);
        let local = start.local_name();
        let name = local.as_ref();
        if let Some(capture) = &mut self.capture {
            if matches!(name, "p" | "br" | "div" | "li" | "blockquote" | "tr") {
                capture.text.push('\n');
            }
            return;
        }
        let (parent, above) = around(&self.open);
        let (in_entry, in_feed) =
            (matches!(parent, "item" | "entry"), matches!(parent, "channel" | "feed"));
        let (grouped, atom) = (parent == "group", matches!(parent, "entry" | "feed"));
        let text = match parent {
            "item" | "entry" => OF_ENTRY.contains(&name),
            "channel" | "feed" => OF_FEED.contains(&name),
            "author" => name == "name" && matches!(above, "entry" | "feed"),
            "group" => name == "description" && above == "entry",
            _ => false,
        };
        // An author of Atom has parts of its own.
        let parts = name == "author" && parent == "entry";
        if matches!(name, "item" | "entry") && self.entry.is_none() {
            let lang = attribute(start, "lang");
            let entry = Entry { lang, ..Entry::default() };
            self.entry = Some((entry, Place::Element(self.number), at));
        } else if name == "feed" || name == "rss" {
            self.found.feed.lang = attribute(start, "lang");
        }
        match (name, attribute(start, "href").or_else(|| attribute(start, "url"))) {
            ("link", Some(target)) if in_entry || in_feed => self.link(start, target, in_entry),
            ("enclosure" | "content", Some(target)) if in_entry || grouped => self.media(target),
            _ => {}
        }
        if text && !parts {
            let kind = attribute(start, "type");
            // Texts of RSS are markup. Those of Atom say so.
            let markup = if atom { kind.as_deref() == Some("html") } else { name != "title" };
            self.capture = Some(Capture { depth: self.open.len(), markup, text: String::new() });
        }
    }

    fn link(&mut self, start: &BytesStart<'_>, target: String, in_entry: bool) {
        let relation = attribute(start, "rel");
        match (relation.as_deref(), &mut self.entry) {
            (None | Some("alternate"), Some((entry, ..))) if in_entry && entry.link.is_none() => {
                entry.link = Some(target);
            }
            (Some("enclosure"), Some(_)) if in_entry => self.media(target),
            (None | Some("alternate"), None) => self.found.feed.link = Some(target),
            (Some("self"), None) => self.own = Some(target),
            _ => {}
        }
    }

    fn media(&mut self, target: String) {
        if let Some((entry, ..)) = &mut self.entry
            && entry.media.len() < MAX_MEDIA
            && !entry.media.contains(&target)
        {
            entry.media.push(target);
        }
    }

    fn append(&mut self, text: &str) {
        if let Some(capture) = &mut self.capture
            && capture.text.len() + text.len() <= MAX_RECORD
        {
            capture.text.push_str(text);
        }
    }

    fn end(&mut self, text: &'t str, at: usize) {
        let Some(name) = self.open.pop() else { return };
        if let Some(capture) = self.capture.take_if(|capture| capture.depth == self.open.len()) {
            self.keep(&name, capture);
            return;
        }
        let outer = !self.open.iter().any(|open| matches!(open.as_str(), "item" | "entry"));
        if matches!(name.as_str(), "item" | "entry")
            && outer
            && let Some((entry, place, start)) = self.entry.take()
        {
            self.found.entries.push((place, text.get(start..at).unwrap_or_default(), entry));
        }
    }

    fn keep(&mut self, name: &str, capture: Capture) {
        let Capture { markup, text, .. } = capture;
        if text.trim().is_empty() {
            return;
        }
        let plain = || Some(text.trim().to_owned());
        let content = || {
            Some(if markup { Content::Markup(text.clone()) } else { Content::Plain(text.clone()) })
        };
        let Some((entry, ..)) = &mut self.entry else {
            let feed = &mut self.found.feed;
            match name {
                "title" => feed.title = plain(),
                "link" if feed.link.is_none() => feed.link = plain(),
                "language" => feed.lang = plain(),
                "name" | "creator" => feed.author = plain(),
                _ => {}
            }
            return;
        };
        match name {
            "title" => entry.title = content(),
            // The whole text is better than its start.
            "encoded" | "content" => entry.content = content(),
            "description" | "summary" if entry.content.is_none() => entry.content = content(),
            "guid" | "id" => entry.id = plain(),
            "link" if entry.link.is_none() => entry.link = plain(),
            "pubDate" | "published" | "date" => entry.published = plain(),
            "updated" => entry.updated = plain(),
            "author" | "creator" | "name" => entry.author = entry.author.take().or_else(plain),
            _ => {}
        }
    }

    /// What was read until it broke.
    fn broken(mut self, text: &str, at: usize, detail: &str) -> Found<'t> {
        let at = at.min(text.len());
        let place = Place::Bytes { start: at as u64, len: (text.len() - at) as u64 };
        let kept = self.found.entries.len();
        let detail = format!("{detail}; {kept} entries before it were kept");
        self.found.error = Some(ImportError::Broken { place, detail });
        self.finish()
    }

    fn finish(mut self) -> Found<'t> {
        let link = self.found.feed.link.take();
        self.found.feed.link = link.or(self.own);
        self.found
    }
}

/// The element around, and the one around that.
fn around(open: &[String]) -> (&str, &str) {
    let mut around = open.iter().rev().map(String::as_str);
    (around.next().unwrap_or_default(), around.next().unwrap_or_default())
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = start.attributes();
    let mut named = all.with_checks(false).filter_map(Result::ok);
    let found = named.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    if found.value.len() > ATTRIBUTE {
        return None;
    }
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
