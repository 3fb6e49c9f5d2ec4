//! The elements of a signed text: lists and objects of JSON with other lines between them.
//!
//! In: the text without its escapes. Out: each element, handed to the reader of archives with its
//! part; a part that is not read is one record for each run of its elements. Refused: what is not
//! JSON, up to the next line that starts with `****`, which no JSON can hold, or with a bracket.

use faisceau_model::{Place, RejectReason};
use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use crate::accounts::x_archive::part::Part;
use crate::accounts::x_archive::reader::Reader;
use crate::accounts::x_archive::spot::Spot;
use crate::json::{self, Object};
use crate::records::{set_aside, settle};
use crate::rows::repeated::repeated;

/// The start of a line between elements.
const BANNER: &str = "****";

/// What comes next in a text.
enum Item<'t> {
    /// An element of a list, or an object that stands alone.
    Element(&'t str),
    /// A line between elements, without its stars.
    Banner(&'t str),
    /// Something else.
    Other(&'t str, String),
}

/// Reads all elements of a text.
pub(super) fn read(text: &str, spot: Spot<'_>, reader: &mut Reader<'_>) {
    let mut unread: Option<Unread> = None;
    let mut thread: Option<String> = None;
    walk(text, &mut |item| match item {
        Item::Banner(line) => {
            Unread::end(&mut unread, text, spot, reader);
            if let Some(id) = line.strip_prefix("conversationId:") {
                thread = Some(repeated(id.trim().to_owned())).filter(|id| !id.is_empty());
            }
        }
        Item::Other(raw, detail) => {
            Unread::end(&mut unread, text, spot, reader);
            not_json(&spot.place("", raw), raw.as_bytes(), &detail, reader);
        }
        Item::Element(raw) => {
            let element = json::object(raw).ok();
            if element.as_ref().is_some_and(is_event) {
                Unread::end(&mut unread, text, spot, reader);
                reader.event(raw, &spot.place("", raw), thread.as_deref());
            } else if let Some(part) = told(raw, element.as_ref()) {
                Unread::end(&mut unread, text, spot, reader);
                reader.element(part, raw, spot);
            } else {
                let name = element.as_ref().and_then(|element| element.keys().next().cloned());
                Unread::add(&mut unread, name, raw, text, spot, reader);
            }
        }
    });
    Unread::end(&mut unread, text, spot, reader);
}

/// A reject for what is no JSON.
pub(super) fn not_json(place: &Place, raw: &[u8], detail: &str, reader: &mut Reader<'_>) {
    settle(reader.context.exhibit, place, raw, &mut *reader.sink, |_| {
        Err((RejectReason::Syntax, detail.to_owned()))
    });
}

/// The accounts that the elements of the parts with `accountId` name as their holder.
pub(super) fn holders(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(text, &mut |item| {
        let Item::Element(raw) = item else { return };
        let Ok(element) = json::object(raw) else { return };
        let part = Part::of(&element);
        if !matches!(part, Some(Part::Account | Part::IpAudit | Part::CreationIp)) {
            return;
        }
        let wrapper = part.map_or("", Part::wrapper);
        let record = element.get(wrapper).and_then(|record| record.as_object());
        if let Some(id) = json::field(record.unwrap_or(&element), "accountId")
            && found.last() != Some(&id)
        {
            found.push(id);
        }
    });
    found
}

/// The part of an element. One that is too long to be parsed is a conversation or nothing.
fn told(raw: &str, element: Option<&Object>) -> Option<Part> {
    match element {
        Some(element) => Part::of(element),
        None if raw.len() > json::MAX_RECORD => {
            let key = raw.trim_start_matches(|c: char| c == '{' || c.is_ascii_whitespace());
            key.starts_with("\"dmConversation\"").then_some(Part::Messages)
        }
        None => None,
    }
}

/// Whether an element is a message, or another event of a conversation, without its conversation.
fn is_event(element: &Object) -> bool {
    const EVENTS: [&str; 6] = [
        "messageCreate",
        "welcomeMessageCreate",
        "joinConversation",
        "participantsJoin",
        "participantsLeave",
        "conversationNameUpdate",
    ];
    element.contains_key("senderId") && element.contains_key("id")
        || element.len() == 1 && EVENTS.iter().any(|event| element.contains_key(*event))
}

/// Elements of one part that is not read, one after the other.
struct Unread {
    name: Option<String>,
    start: usize,
    end: usize,
    count: u64,
}

impl Unread {
    fn add(
        run: &mut Option<Self>,
        name: Option<String>,
        raw: &str,
        text: &str,
        spot: Spot<'_>,
        reader: &mut Reader<'_>,
    ) {
        let start = json::offset(text, raw);
        let end = start + raw.len();
        match run {
            Some(run) if run.name == name => {
                run.end = end;
                run.count += 1;
            }
            _ => {
                Self::end(run, text, spot, reader);
                *run = Some(Self { name, start, end, count: 1 });
            }
        }
    }

    /// Settles the run as one record.
    fn end(run: &mut Option<Self>, text: &str, spot: Spot<'_>, reader: &mut Reader<'_>) {
        let Some(Self { name, start, end, count }) = run.take() else { return };
        let raw = text.get(start..end).unwrap_or_default();
        let exhibit = reader.context.exhibit;
        let place = spot.place("", raw);
        let Some(name) = name else {
            let detail = "an element that is no object";
            not_json(&place, raw.as_bytes(), detail, reader);
            return;
        };
        let name = faisceau_model::excerpt(&name, 60);
        let detail = format!("elements `{name}` are not read: {count}");
        set_aside(exhibit, &place, b"", &detail, &mut *reader.sink);
    }
}

/// Takes a text apart. What is no JSON costs what stands up to the next line that could start
/// something.
fn walk<'t>(text: &'t str, give: &mut dyn FnMut(Item<'t>)) {
    let mut rest = text;
    let mut budget = json::MAX_RECORDS;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return;
        }
        let taken = if rest.starts_with(BANNER) {
            let line = rest.split('\n').next().unwrap_or(rest);
            give(Item::Banner(line.trim_matches(|c: char| c == '*' || c.is_whitespace())));
            line.len()
        } else if rest.starts_with(['{', '[']) {
            value(rest, &mut budget, give)
        } else {
            assignment(rest).unwrap_or_else(|| other(rest, 0, 0, "a line of text", give))
        };
        rest = rest.get(taken..).filter(|left| left.len() < rest.len()).unwrap_or_default();
    }
}

/// The length of `window.YTD.….partN =`, as files of an archive start.
fn assignment(rest: &str) -> Option<usize> {
    crate::accounts::x_archive::part_name(rest)?;
    let line = rest.split('\n').next()?;
    Some(line.find('=')? + 1)
}

/// One value: its elements, and how much of the text it takes.
fn value<'t>(rest: &'t str, budget: &mut usize, give: &mut dyn FnMut(Item<'t>)) -> usize {
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
    let whole = values.next();
    let taken = values.byte_offset();
    if !rest.starts_with('[') {
        return match whole {
            Some(Ok(raw)) => {
                give(Item::Element(raw.get()));
                taken
            }
            Some(Err(error)) => broken(rest, 0, &error, give),
            None => other(rest, 0, 0, "not JSON", give),
        };
    }
    let mut elements: Vec<&'t RawValue> = Vec::new();
    let mut json = serde_json::Deserializer::from_str(rest);
    let outcome = json::Elements { out: &mut elements, budget: *budget }.deserialize(&mut json);
    *budget = budget.saturating_sub(elements.len());
    let end = elements.last().map_or(0, |last| json::offset(rest, last.get()) + last.get().len());
    for element in &elements {
        give(Item::Element(element.get()));
    }
    match outcome {
        Ok(()) => taken,
        Err(error) => broken(rest, end, &error, give),
    }
}

/// What stands from byte `from` on in a value that breaks. JSON of X starts at the start of a
/// line, and what precedes the flaw has been gone through: nothing is gone through twice.
fn broken<'t>(
    rest: &'t str,
    from: usize,
    error: &serde_json::Error,
    give: &mut dyn FnMut(Item<'t>),
) -> usize {
    let line_end = |n: usize| memchr::memchr_iter(b'\n', rest.as_bytes()).nth(n);
    let flaw = match error.line() {
        0 | 1 => error.column(),
        line => line_end(line - 2).unwrap_or(rest.len()),
    };
    other(rest, from, flaw.max(from), &error.to_string(), give)
}

/// What stands from byte `from` on up to the next line, behind byte `search`, that could start
/// something.
fn other<'t>(
    rest: &'t str,
    from: usize,
    search: usize,
    why: &str,
    give: &mut dyn FnMut(Item<'t>),
) -> usize {
    let bytes = rest.as_bytes();
    let starts = |at: &usize| {
        let line = bytes.get(at + 1..).unwrap_or_default();
        line.starts_with(BANNER.as_bytes()) || line.starts_with(b"{") || line.starts_with(b"[")
    };
    let behind = bytes.get(search..).unwrap_or_default();
    let end = memchr::memchr_iter(b'\n', behind).map(|at| search + at).find(starts);
    // Both ends stand before an ASCII character, or at the end of an element.
    let raw = rest.get(from..end.unwrap_or(rest.len())).unwrap_or_default();
    if !raw.trim().is_empty() {
        give(Item::Other(raw.trim_end(), format!("not JSON: {why}")));
    }
    end.unwrap_or(rest.len())
}
