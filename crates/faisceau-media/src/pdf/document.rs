//! The structure of a PDF. In: the file. Out: its revisions, newest first, and the objects as each
//! of them sees them.
//!
//! ISO 32000-1:2008, 7.5 "File structure": an update is written behind what was there before, with a
//! cross-reference section that names the one before it (7.5.6). So every earlier state is still in
//! the file. Where no section can be read, objects are searched by their heads.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use memchr::memmem;

use super::object::{Object, Parser, Value, is_blank};
use super::stream::{self, Left};
use super::xref::{self, Entry, Section};

/// Most cross-reference sections.
pub(super) const SECTIONS: usize = 256;
/// Most entries of all sections.
const ENTRIES: usize = 1_000_000;
/// Most places where an object was found by search.
const FOUND: usize = 1_000_000;
/// Most bytes unpacked of one document, and most bytes read as objects.
const LEFT: Left = Left { unpacked: 64 << 20, parsed: 64 << 20 };
/// Where the head of the document must begin.
const HEAD: usize = 1_024;
/// Most objects of an object stream.
const MEMBERS: u64 = 10_000;

/// An object and where it was.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) object: Object,
    /// The stream of the file that it was unpacked from.
    pub(super) packed: Option<Range<usize>>,
}

/// A state of the document.
#[derive(Debug, Clone)]
pub(super) struct Revision {
    /// The first of its sections; those of older revisions follow.
    pub(super) first: usize,
    /// How many sections are its own.
    pub(super) own: usize,
    /// Where this state of the file ends.
    pub(super) end: usize,
}

/// An object stream, unpacked.
#[derive(Debug, Clone)]
struct Holder {
    range: Range<usize>,
    bytes: Rc<[u8]>,
    members: u64,
    /// Where the first member begins.
    first: usize,
}

#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) bytes: &'a [u8],
    /// Where the document begins.
    pub(super) head: usize,
    pub(super) sections: Vec<Section>,
    pub(super) revisions: Vec<Revision>,
    /// How many sections the newest one leads to; the others no longer belong to the document.
    pub(super) reached: usize,
    /// Whether no section could be read, so that objects are searched.
    pub(super) searching: bool,
    /// What may still be done.
    pub(super) left: Left,
    heads: Option<Rc<[(u32, usize)]>>,
    /// The same, in the order of the numbers.
    by_number: Vec<(u32, usize)>,
    streams: BTreeMap<usize, Option<Holder>>,
}

impl<'a> Document<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let start = bytes.get(..HEAD).unwrap_or(bytes);
        let mut document = Self {
            bytes,
            head: memmem::find(start, b"%PDF-").unwrap_or(0),
            sections: Vec::new(),
            revisions: Vec::new(),
            reached: 0,
            searching: false,
            left: LEFT,
            heads: None,
            by_number: Vec::new(),
            streams: BTreeMap::new(),
        };
        document.find_sections();
        document.find_revisions();
        document
    }

    /// Follows the newest `startxref`, then those that it does not lead to.
    fn find_sections(&mut self) {
        let mut seen = BTreeSet::new();
        for (index, at) in memmem::rfind_iter(self.bytes, b"startxref").take(SECTIONS).enumerate() {
            let mut parser = Parser::new(self.bytes, at + b"startxref".len());
            let mut next: Vec<u64> = parser.unsigned().into_iter().filter(|at| *at > 0).collect();
            while let Some(at) = next.pop() {
                let Some(at) = usize::try_from(at).ok().and_then(|at| at.checked_add(self.head))
                else {
                    continue;
                };
                if self.sections.len() >= SECTIONS || !seen.insert(at) {
                    continue;
                }
                let kept: usize = self.sections.iter().map(|section| section.entries.len()).sum();
                let most = ENTRIES - kept.min(ENTRIES);
                let Some(section) = xref::section(self.bytes, at, most, &mut self.left) else {
                    continue;
                };
                // The stream of a hybrid file is of the same revision: it is taken first.
                for key in [b"Prev".as_slice(), b"XRefStm"] {
                    let place = section.trailer.get(key).and_then(Object::integer);
                    next.extend(place.map(|at| at as u64));
                }
                self.sections.push(section);
            }
            if index == 0 {
                self.reached = self.sections.len();
            }
        }
        if self.sections.is_empty() {
            self.search_trailers();
        }
    }

    /// Takes every trailer that a search finds, the last one first, for a section without entries.
    fn search_trailers(&mut self) {
        self.searching = true;
        let bytes = self.bytes;
        let of_streams: Vec<usize> = self.heads().iter().rev().map(|(_, at)| *at).collect();
        let after_head = |at: &usize| {
            let mut parser = Parser::new(bytes, *at);
            parser.unsigned().and(parser.unsigned()).filter(|_| parser.word(b"obj"))?;
            let is_stream = bytes
                .get(*at..)?
                .get(..HEAD)
                .is_some_and(|near| memmem::find(near, b"/XRef").is_some());
            Some((*at, parser)).filter(|_| is_stream)
        };
        let words =
            memmem::rfind_iter(bytes, b"trailer").map(|at| (at, Parser::new(bytes, at + 7)));
        let all = words.chain(of_streams.iter().filter_map(after_head));
        for (at, mut parser) in all.take(SECTIONS) {
            let trailer = if self.left.parsed > 0 { parser.object() } else { None };
            self.spend(&parser, at);
            let Some(trailer) = trailer.filter(|trailer| trailer.get(b"Root").is_some()) else {
                continue;
            };
            self.sections.push(Section { at, end: parser.at, entries: BTreeMap::new(), trailer });
        }
        self.reached = self.sections.len();
    }

    /// Groups sections: one that lies before the section it leads to is of the same state, which
    /// is how a linearized file (Annex F) and a hybrid one are written.
    fn find_revisions(&mut self) {
        for (index, section) in self.sections.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| self.sections.get(index));
            let hybrid = before.is_some_and(|before| {
                let stream = before.trailer.get(b"XRefStm").and_then(Object::integer);
                stream.and_then(|at| at.checked_add(self.head)) == Some(section.at)
            });
            let forward = before.is_some_and(|before| before.at < section.at);
            let end = end_of(self.bytes, section.end);
            match self.revisions.last_mut() {
                Some(revision) if index < self.reached && (hybrid || forward) => {
                    revision.own += 1;
                    revision.end = revision.end.max(end);
                }
                _ => self.revisions.push(Revision { first: index, own: 1, end }),
            }
        }
    }

    /// The value of a key in the trailer of a revision.
    pub(super) fn trailer(&self, revision: &Revision, key: &[u8]) -> Option<&Object> {
        let own = self.sections.get(revision.first..revision.first + revision.own)?;
        own.iter().find_map(|section| section.trailer.get(key))
    }

    /// The object of a number, as the sections from `first` on see it.
    pub(super) fn object(&mut self, first: usize, number: u32) -> Option<Found> {
        let sections = self.sections.get(first..).unwrap_or_default();
        let entry = sections.iter().find_map(|section| section.entries.get(&number)).copied();
        match entry {
            Some(Entry::At(at)) => {
                let at = usize::try_from(at).ok().and_then(|at| at.checked_add(self.head));
                at.and_then(|at| self.at(at, number)).or_else(|| self.searched(number))
            }
            Some(Entry::Packed(stream)) => self.packed(first, stream, number),
            None if self.searching => self.searched(number),
            Some(Entry::Free) | None => None,
        }
    }

    /// The object itself where it is written in place, or the one that it refers to.
    pub(super) fn follow(&mut self, first: usize, from: &Found) -> Option<Found> {
        match from.object.value {
            Value::Reference(number) => self.object(first, number),
            _ => Some(from.clone()),
        }
    }

    /// The object whose head stands at a place.
    pub(super) fn at(&mut self, at: usize, number: u32) -> Option<Found> {
        let mut parser = Parser::new(self.bytes, at);
        let headed = if self.left.parsed > 0 { parser.headed() } else { None };
        self.spend(&parser, at);
        let (_, object) = headed.filter(|(of, _)| *of == u64::from(number))?;
        Some(Found { object, packed: None })
    }

    fn spend(&mut self, parser: &Parser<'_>, from: usize) {
        let parsed = parser.at.saturating_sub(from);
        self.left.parsed = self.left.parsed.saturating_sub(parsed);
    }

    /// The last object of that number that a search of the file finds.
    fn searched(&mut self, number: u32) -> Option<Found> {
        if self.by_number.is_empty() {
            self.by_number = self.heads().to_vec();
            self.by_number.sort_unstable();
        }
        let behind = self.by_number.partition_point(|(of, _)| *of <= number);
        let (of, at) = *self.by_number.get(behind.checked_sub(1)?)?;
        if of == number { self.at(at, number) } else { None }
    }

    /// Every place where an object seems to begin.
    pub(super) fn heads(&mut self) -> Rc<[(u32, usize)]> {
        let bytes = self.bytes;
        let heads = self.heads.get_or_insert_with(|| {
            let words = memmem::find_iter(bytes, b"obj").filter_map(|at| head(bytes, at));
            words.take(FOUND).collect()
        });
        Rc::clone(heads)
    }

    fn packed(&mut self, first: usize, stream: u32, number: u32) -> Option<Found> {
        let sections = self.sections.get(first..).unwrap_or_default();
        let entry = sections.iter().find_map(|section| section.entries.get(&stream)).copied();
        let Some(Entry::At(at)) = entry else { return None };
        let at = usize::try_from(at).ok()?.checked_add(self.head)?;
        if !self.streams.contains_key(&at) {
            let holder = self.holder(first, at, stream);
            self.streams.insert(at, holder);
        }
        let holder = self.streams.get(&at)?.clone()?;
        let mut parser = Parser::new(&holder.bytes, 0);
        let mut start = None;
        for _ in 0..holder.members.min(MEMBERS) {
            let (Some(of), Some(offset)) = (parser.unsigned(), parser.unsigned()) else { break };
            if of == u64::from(number) {
                start = usize::try_from(offset).ok().and_then(|at| at.checked_add(holder.first));
                break;
            }
        }
        self.spend(&parser, 0);
        let start = start.filter(|_| self.left.parsed > 0)?;
        let mut parser = Parser::new(&holder.bytes, start);
        let object = parser.object();
        self.spend(&parser, start);
        Some(Found { object: object?, packed: Some(holder.range) })
    }

    fn holder(&mut self, first: usize, at: usize, number: u32) -> Option<Holder> {
        let dictionary = self.at(at, number)?.object;
        let range = self.stream(first, &dictionary)?;
        let packed = self.bytes.get(range.clone())?;
        let bytes = stream::unpack(packed, &dictionary, &mut self.left).ok()?;
        let integer = |key: &[u8]| dictionary.get(key).and_then(Object::integer);
        let (members, first) = (integer(b"N")? as u64, integer(b"First")?);
        Some(Holder { range, bytes: Rc::from(bytes), members, first })
    }

    /// The packed bytes of the stream whose dictionary stands in the file.
    pub(super) fn stream(&mut self, first: usize, dictionary: &Object) -> Option<Range<usize>> {
        let length = dictionary.get(b"Length");
        let length = match length.map(|length| &length.value) {
            Some(Value::Reference(number)) => {
                let sections = self.sections.get(first..).unwrap_or_default();
                let entry = sections.iter().find_map(|section| section.entries.get(number));
                match entry {
                    Some(Entry::At(at)) => {
                        let at = usize::try_from(*at).ok().and_then(|at| at.checked_add(self.head));
                        let found = at.and_then(|at| self.at(at, *number));
                        found.and_then(|found| found.object.integer())
                    }
                    _ => None,
                }
            }
            _ => length.and_then(Object::integer),
        };
        stream::range(self.bytes, dictionary.at.end, length)
    }
}

/// The number and place of the object whose `obj` stands here.
fn head(bytes: &[u8], word: usize) -> Option<(u32, usize)> {
    let before = bytes.get(word.saturating_sub(24)..word)?;
    let without = |bytes: &[u8], of: fn(u8) -> bool| {
        bytes.iter().rposition(|byte| !of(*byte)).map_or(0, |last| last + 1)
    };
    let digit: fn(u8) -> bool = |byte| byte.is_ascii_digit();
    let mut rest = before;
    for of in [is_blank, digit, is_blank] {
        let kept = without(rest, of);
        if kept == rest.len() {
            return None;
        }
        rest = rest.get(..kept)?;
    }
    let start = without(rest, digit);
    let number = str::from_utf8(rest.get(start..)?).ok()?.parse().ok()?;
    Some((number, word - before.len() + start))
}

/// Where the state of the file ends whose last section ends here: behind `%%EOF` and its line.
fn end_of(bytes: &[u8], after: usize) -> usize {
    let rest = bytes.get(after..).unwrap_or_default();
    let mark = b"%%EOF";
    let Some(at) = memmem::find(rest.get(..HEAD).unwrap_or(rest), mark) else { return after };
    let end = after + at + mark.len();
    match bytes.get(end..).unwrap_or_default() {
        [b'\r', b'\n', ..] => end + 2,
        [b'\n' | b'\r', ..] => end + 1,
        _ => end,
    }
}
