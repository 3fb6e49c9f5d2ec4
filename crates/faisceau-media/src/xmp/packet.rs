//! Walks through the elements of a packet.
//!
//! In: the text of a packet. Out: its properties, handed to the collector.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::namespace::Namespace;
use super::path::{self, Element};
use super::scope::{Scope, Space};
use super::value::written;
use super::{DEPTH, NODES, TEXT};
use crate::collector::Collector;
use crate::part::Part;

/// Most values of one name, in all languages: histories grow without end in some programs.
const REPEATS: u32 = 256;
/// Most different names of a group.
const NAMES: usize = 256;

/// A packet that is being read.
pub(super) struct Packet<'a, 'b> {
    part: &'a Part<'b>,
    out: &'a mut Collector,
    scope: Scope,
    elements: Vec<Element>,
    nodes: u32,
    about: String,
    /// How often each name of a group was kept.
    names: BTreeMap<&'static str, BTreeMap<String, u32>>,
}

impl<'a, 'b> Packet<'a, 'b> {
    pub(super) fn new(part: &'a Part<'b>, out: &'a mut Collector) -> Self {
        Self {
            part,
            out,
            scope: Scope::default(),
            elements: Vec::new(),
            nodes: 0,
            about: String::new(),
            names: BTreeMap::new(),
        }
    }

    /// Reads it, up to the first thing that is refused.
    pub(super) fn read(&mut self, text: &str) {
        // Some writers put zeros or a length before the packet.
        let Some(start) = text.find('<') else { return };
        let mut reader = Reader::from_str(text.get(start..).unwrap_or_default());
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let place = |reader: &Reader<&[u8]>| start + reader.buffer_position() as usize;
        let mut ended = false;
        loop {
            let before = place(&reader);
            let event = reader.read_event();
            let at = before..place(&reader);
            let refused = match event {
                Ok(Event::Eof) => {
                    if !self.elements.is_empty() {
                        self.out.flaw(self.part.whole().end, "XMP that ends in an element");
                    }
                    break;
                }
                Ok(Event::PI(end)) if self.elements.is_empty() && self.nodes > 0 => {
                    ended |= end.target() == "xpacket";
                    None
                }
                // What follows the end of a packet is padding, or another packet.
                Err(_) if ended => break,
                Ok(event) => self.event(event, at.clone()),
                Err(_) => Some("XMP that is not well-formed"),
            };
            if let Some(detail) = refused {
                self.out.flaw(self.part.place(at).start, detail);
                break;
            }
        }
        if self.scope.full {
            self.out.flaw(self.part.whole().start, "XMP with too many namespaces");
        }
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) -> Option<&'static str> {
        match event {
            Event::Start(tag) => return self.open(&tag, at),
            Event::Empty(tag) => {
                let refused = self.open(&tag, at.clone());
                if refused.is_none() {
                    self.close();
                }
                return refused;
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text.into_inner(), at),
            Event::CData(text) => self.text(&text.into_inner(), at),
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().ok().flatten();
                let named = resolve_predefined_entity(&name.into_inner());
                match (character, named) {
                    (Some(character), _) => self.text(character.encode_utf8(&mut [0; 4]), at),
                    (None, Some(text)) => self.text(text, at),
                    (None, None) => return Some("XMP with an entity of its own"),
                }
            }
            _ => {}
        }
        None
    }

    /// An element opens: its declarations, then its properties in attributes.
    fn open(&mut self, tag: &BytesStart<'_>, at: Range<usize>) -> Option<&'static str> {
        if self.elements.len() >= DEPTH {
            return Some("XMP that is too deep");
        }
        let declared = self.scope.len();
        self.nodes += 1;
        for attribute in tag.attributes().with_checks(false) {
            self.nodes += 1;
            if self.nodes > NODES {
                break;
            }
            if let Ok(attribute) = attribute {
                self.scope.declare(attribute.key.as_ref(), &attribute.value);
            } else {
                let place = self.part.place(at.clone()).start;
                self.out.flaw(place, "XMP with an attribute that is not well-formed");
            }
        }
        if self.nodes > NODES {
            return Some("XMP that is too long");
        }
        if let Some(outer) = self.elements.last_mut() {
            outer.structured = true;
            outer.text.clear();
        }
        let name = tag.name();
        let (space, local) = self.split(name.as_ref(), None);
        self.elements.push(Element::new(space, local, declared));
        // The name is followed by the attributes in order: each is looked for after the one before.
        let content: &str = tag;
        let mut cursor = 0;
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            let value = located(content, &mut cursor, key, &attribute.value);
            // One byte for the `<`.
            let place = at.start + 1 + value.start..at.start + 1 + value.end;
            let raw = cut(&attribute.value);
            let value = unescape(raw).unwrap_or(Cow::Borrowed(raw));
            self.attribute(key, &value, space, place);
        }
        None
    }

    fn attribute(&mut self, key: &str, value: &str, outer: Space, at: Range<usize>) {
        if key.starts_with("xmlns") {
            return;
        }
        let (space, local) = self.split(key, Some(outer));
        let local = local.to_owned();
        let namespace = match space {
            Space::Xml | Space::Rdf | Space::Wrapper => {
                return self.reserved(space, &local, value, at);
            }
            Space::Known(namespace) => Some(namespace),
            Space::Unknown => None,
        };
        let local = path::piece(&local);
        if let Some((namespace, name)) = path::name(&self.elements, Some((namespace, &local))) {
            self.keep(namespace, &name, None, value, at);
        }
    }

    /// Attributes of XML, RDF and the wrapper.
    fn reserved(&mut self, space: Space, local: &str, value: &str, at: Range<usize>) {
        let place = self.part.place(at.clone());
        match (space, local) {
            (Space::Wrapper, "xmptk" | "xaptk") => {
                self.out.add("XMP-x", "XMPToolkit", value, place);
            }
            // Each description repeats it.
            (Space::Rdf, "about") if self.about != value => {
                value.clone_into(&mut self.about);
                self.out.add("XMP-rdf", "About", value, place);
            }
            (Space::Xml, "lang") => {
                if let Some(element) = self.elements.last_mut() {
                    element.language = path::language(value);
                }
            }
            (Space::Rdf, "resource" | "value") => {
                if let Some(element) = self.elements.last_mut() {
                    element.resource = Some((value.to_owned(), at));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, at: Range<usize>) {
        let Some(element) = self.elements.last_mut() else { return };
        if element.structured || element.text.len() > TEXT {
            return;
        }
        element.text.push_str(cut(text));
        element.at = Some(element.at.as_ref().map_or(at.start, |first| first.start)..at.end);
    }

    /// An element closes: if it holds no other, it is the value of a property.
    fn close(&mut self) {
        let Some(element) = self.elements.last_mut() else { return };
        let text = std::mem::take(&mut element.text);
        let (language, resource) = (element.language.take(), element.resource.take());
        let (declared, structured) = (element.declared, element.structured);
        let value = match (element.at.take(), resource) {
            (Some(at), _) if !text.trim().is_empty() => Some((text, at)),
            (_, resource) => resource,
        };
        if let Some((value, at)) = value.filter(|_| !structured)
            && let Some((namespace, name)) = path::name(&self.elements, None)
        {
            self.keep(namespace, &name, language.as_deref(), &value, at);
        }
        self.elements.pop();
        self.scope.truncate(declared);
    }

    fn keep(
        &mut self,
        namespace: &'static Namespace,
        name: &str,
        language: Option<&str>,
        value: &str,
        at: Range<usize>,
    ) {
        let Some((name, kind)) = namespace.find(name) else { return };
        let names = self.names.entry(namespace.group).or_default();
        let full = names.len() >= NAMES;
        let room = if let Some(count) = names.get_mut(name) {
            *count += 1;
            *count <= REPEATS
        } else {
            !full && names.insert(name.to_owned(), 1).is_none()
        };
        if !room {
            self.out.found.left_out += 1;
            return;
        }
        let value = written(kind, value);
        let place = self.part.place(at);
        match language {
            Some(language) => {
                self.out.add(namespace.group, &format!("{name}-{language}"), &value, place);
            }
            None => self.out.add(namespace.group, name, &value, place),
        }
    }

    /// The namespace and the local part of a name; an attribute without a prefix is of the namespace
    /// of its element.
    fn split<'n>(&self, name: &'n str, outer: Option<Space>) -> (Space, &'n str) {
        match (name.split_once(':'), outer) {
            (Some((prefix, local)), _) => (self.scope.resolve(prefix), local),
            (None, Some(outer)) => (outer, name),
            (None, None) => (self.scope.resolve(""), name),
        }
    }
}

/// Where the value of an attribute stands in its tag.
fn located(content: &str, cursor: &mut usize, key: &str, value: &str) -> Range<usize> {
    let after_key = content
        .get(*cursor..)
        .and_then(|rest| rest.find(key))
        .map_or(*cursor, |found| *cursor + found + key.len());
    let start = content
        .get(after_key..)
        .and_then(|rest| rest.find(['"', '\'']))
        .map_or(after_key, |found| after_key + found + 1);
    *cursor = (start + value.len()).min(content.len());
    start.min(*cursor)..*cursor
}

/// As much of a text as is looked at.
fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(TEXT)).unwrap_or(text)
}
