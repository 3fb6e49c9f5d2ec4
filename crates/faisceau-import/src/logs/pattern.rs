//! Lines that a program writes by a fixed pattern: texts, and values between them.
//!
//! In: a pattern, a line. Out: the values, as slices of the line. Refused: a line that the pattern
//! does not fit, and a line that it fits in two ways which differ in a value that is kept: somebody
//! put the separators of the log into what he could choose, and nothing says which reading is the
//! server's.
//!
//! Every reading is looked for, the leftmost first, within a number of steps; what a shape cannot
//! hold (a space in an address, a bare quote in a quoted value) keeps that number small.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use faisceau_model::RejectReason;

use super::clf_time;
use crate::json::Flaw;
use crate::text::address::endpoint;
use crate::text::decode::decode;
use crate::text::lines::Line;

/// The longest line that is read, in bytes.
const LINE_LIMIT: usize = 64 * 1024;
/// Tries for one line.
const STEPS: u32 = 1000;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// The address of the client, as the server sees it.
    Address,
    /// Its port.
    Port,
    /// The other end of the connection, where a trusted proxy named the client.
    Peer,
    /// Its port.
    PeerPort,
    /// The client, as the balancer in front says in the PROXY protocol.
    Proxy,
    /// Its port.
    ProxyPort,
    /// A forwarded chain, which anyone can write.
    Forwarded,
    /// A header in which a proxy names the one client: CF-Connecting-IP, X-Real-IP. Anyone can
    /// write it too.
    NamedClient,
    /// The name of a user.
    User,
    /// `17/May/2015:10:05:03 +0200`.
    LocalTime,
    /// RFC 3339.
    IsoTime,
    /// Seconds since the epoch, with a fraction.
    UnixTime,
    /// A time in a pattern of `strptime`.
    PatternTime,
    /// The request line.
    Request,
    /// The method.
    Method,
    /// What was asked for.
    Uri,
    /// The query, with or without its question mark.
    Query,
    /// The protocol.
    Protocol,
    /// The status.
    Status,
    /// The size of the answer.
    Bytes,
    /// The referer.
    Referer,
    /// The user agent.
    Agent,
    /// An address in brackets and the port that may follow it: `[192.0.2.1]:4711`.
    Bracketed,
}

/// What a value can be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Anything.
    Free,
    /// Anything but a quote that no backslash escapes.
    Quoted,
    /// No white space, no quote.
    Word,
    /// No white space, no quote, no comma.
    Name,
    /// Digits, or a dash.
    Digits,
    /// Digits, points, dashes.
    Number,
    /// The letters of addresses and host names.
    Host,
    /// An address without port.
    Ip,
    /// `[address]`, `[address]:port`.
    Bracketed,
    /// The 26 bytes of a time in the common log format.
    LocalTime,
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A text.
    Text(String),
    /// A value; without slot it is read and dropped.
    Value(Option<Slot>, Shape),
}

/// The values of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Found<'l>(pub(super) Vec<(Slot, &'l str)>);

impl<'l> Found<'l> {
    /// The first value of that kind.
    pub(super) fn get(&self, slot: Slot) -> Option<&'l str> {
        self.0.iter().find(|(of, _)| *of == slot).map(|(_, text)| *text)
    }
}

/// Why a line gives no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// The pattern does not fit.
    Other,
    /// It fits in two ways.
    TwoWays,
    /// It took too many steps to say.
    Limit,
}

impl Mismatch {
    /// Why the line gives no row.
    pub(super) fn flaw(self, expected: &str) -> Flaw {
        match self {
            Self::Other => (RejectReason::Syntax, expected.to_owned()),
            Self::TwoWays => (
                RejectReason::Syntax,
                "the line can be read in two ways: a value holds the separators of the log"
                    .to_owned(),
            ),
            Self::Limit => (
                RejectReason::Limit,
                format!("the line cannot be taken apart within {STEPS} steps"),
            ),
        }
    }
}

/// One line as text.
///
/// # Errors
/// When it is longer than 64 KiB.
pub(super) fn line_text<'l>(line: &Line<'l>) -> Result<Cow<'l, str>, Flaw> {
    if line.bytes.len() > LINE_LIMIT {
        return Err((RejectReason::Limit, "the line is longer than 64 KiB".to_owned()));
    }
    Ok(decode(line.bytes))
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(pub(super) Vec<Item>);

impl Pattern {
    /// A pattern of this program: `Failed {word} for {user} from {ip} port {port} ssh2`. What
    /// stands in braces is one of the names below; another name is a value that is dropped.
    pub(super) fn of(spec: &str) -> Self {
        let (mut items, mut rest) = (Vec::new(), spec);
        while let Some((text, after)) = rest.split_once('{') {
            if !text.is_empty() {
                items.push(Item::Text(text.to_owned()));
            }
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let (slot, shape) = match name {
                "user" => (Some(Slot::User), Shape::Free),
                "name" => (Some(Slot::User), Shape::Name),
                "ip" => (Some(Slot::Address), Shape::Ip),
                "port" => (Some(Slot::Port), Shape::Digits),
                "peer" => (Some(Slot::Bracketed), Shape::Bracketed),
                "word" => (None, Shape::Word),
                "host" => (None, Shape::Host),
                "n" => (None, Shape::Number),
                _ => (None, Shape::Free),
            };
            items.push(Item::Value(slot, shape));
            rest = after;
        }
        if !rest.is_empty() {
            items.push(Item::Text(rest.to_owned()));
        }
        Self(items)
    }

    /// The values of a line.
    ///
    /// # Errors
    /// When it does not fit, or in more than one way.
    pub(super) fn read<'l>(&self, line: &'l str) -> Result<Found<'l>, Mismatch> {
        let mut walk = Walk {
            items: &self.0,
            line,
            taken: Vec::new(),
            found: None,
            steps: STEPS,
            two_ways: false,
        };
        walk.step(0, 0);
        match walk.found {
            _ if walk.two_ways => Err(Mismatch::TwoWays),
            _ if walk.steps == 0 => Err(Mismatch::Limit),
            Some(found) => Ok(Found(found)),
            None => Err(Mismatch::Other),
        }
    }
}

/// A search for the readings of one line.
struct Walk<'p, 'l> {
    items: &'p [Item],
    line: &'l str,
    taken: Vec<(Slot, &'l str)>,
    found: Option<Vec<(Slot, &'l str)>>,
    steps: u32,
    two_ways: bool,
}

impl Walk<'_, '_> {
    fn step(&mut self, item: usize, at: usize) {
        if self.two_ways || self.steps == 0 {
            return;
        }
        self.steps -= 1;
        let Some(rest) = self.line.get(at..) else { return };
        match self.items.get(item) {
            None if rest.is_empty() => self.end(),
            Some(Item::Text(text)) if rest.starts_with(text.as_str()) => {
                self.step(item + 1, at + text.len());
            }
            None | Some(Item::Text(_)) => {}
            Some(&Item::Value(slot, shape)) => {
                let Some(reach) = shape.reach(rest) else { return };
                match self.items.get(item + 1) {
                    _ if shape.is_exact() => self.take(item, at, reach, slot, shape),
                    None if reach == rest.len() => self.take(item, at, reach, slot, shape),
                    // An address in brackets begins with one.
                    Some(Item::Value(_, Shape::Bracketed)) => self.each_end(item, at, reach, "["),
                    None | Some(Item::Value(..)) => {}
                    Some(Item::Text(text)) => self.each_end(item, at, reach, text.as_str()),
                }
            }
        }
    }

    /// Tries each place where the text after a value stands.
    fn each_end(&mut self, item: usize, at: usize, reach: usize, text: &str) {
        let Some(&Item::Value(slot, shape)) = self.items.get(item) else { return };
        let rest = self.line.as_bytes().get(at..).unwrap_or_default();
        let window = rest.get(..(reach + text.len()).min(rest.len())).unwrap_or_default();
        // A quote before the reach of a quoted value is one that a backslash escapes.
        let mut from = if shape == Shape::Quoted && text.starts_with('"') { reach } else { 0 };
        while let Some(next) = window
            .get(from..)
            .and_then(|after| memchr::memmem::find(after, text.as_bytes()))
            .map(|found| from + found)
        {
            self.take(item, at, next, slot, shape);
            if self.two_ways || self.steps == 0 {
                return;
            }
            from = next + 1;
        }
    }

    fn take(&mut self, item: usize, at: usize, len: usize, slot: Option<Slot>, shape: Shape) {
        let Some(text) = self.line.get(at..at + len).filter(|text| shape.fits(text)) else {
            return;
        };
        let before = self.taken.len();
        if let Some(slot) = slot {
            self.taken.push((slot, text));
        }
        self.step(item + 1, at + len);
        self.taken.truncate(before);
    }

    fn end(&mut self) {
        match &self.found {
            None => self.found = Some(self.taken.clone()),
            // Slices of one line: what differs in place differs in what it says.
            Some(found) => {
                let place =
                    |(slot, text): &(Slot, &str)| (*slot, text.as_ptr() as usize, text.len());
                self.two_ways |= !found.iter().map(place).eq(self.taken.iter().map(place));
            }
        }
    }
}

impl Shape {
    /// Whether the value has one length, which needs no text after it.
    const fn is_exact(self) -> bool {
        matches!(self, Self::Bracketed | Self::LocalTime)
    }

    /// How far the value can reach from here.
    fn reach(self, rest: &str) -> Option<usize> {
        let run =
            |keep: fn(u8) -> bool| Some(rest.bytes().position(|b| !keep(b)).unwrap_or(rest.len()));
        match self {
            Self::Free => Some(rest.len()),
            Self::Quoted => Some(unescaped_quote(rest.as_bytes())),
            Self::Word => run(|b| !b.is_ascii_whitespace() && b != b'"'),
            Self::Name => run(|b| !b.is_ascii_whitespace() && !matches!(b, b'"' | b',')),
            Self::Digits => run(|b| b.is_ascii_digit() || b == b'-'),
            Self::Number => run(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.')),
            Self::Host | Self::Ip => run(|b| {
                b.is_ascii_alphanumeric()
                    || matches!(b, b'.' | b':' | b'-' | b'_' | b'%' | b'[' | b']' | b'/')
            }),
            Self::Bracketed => bracketed_len(rest.as_bytes()),
            Self::LocalTime => (rest.len() >= clf_time::WIDTH).then_some(clf_time::WIDTH),
        }
    }

    fn fits(self, text: &str) -> bool {
        match self {
            Self::Ip => endpoint(text).is_some_and(|(_, port)| port.is_none()),
            Self::LocalTime => clf_time::seconds(text.as_bytes()).is_some(),
            _ => true,
        }
    }
}

/// Where the first quote stands that no backslash escapes, or the end.
fn unescaped_quote(bytes: &[u8]) -> usize {
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        if bytes.get(from + at) == Some(&b'"') {
            return from + at;
        }
        from += at + 2;
    }
    bytes.len()
}

fn bracketed_len(bytes: &[u8]) -> Option<usize> {
    if bytes.first() != Some(&b'[') {
        return None;
    }
    let close = memchr::memchr(b']', bytes.get(..64.min(bytes.len()))?)?;
    let after = bytes.get(close + 1..)?;
    let digits = after.iter().skip(1).take_while(|b| b.is_ascii_digit()).count();
    Some(close + 1 + if after.first() == Some(&b':') && digits > 0 { 1 + digits } else { 0 })
}

/// The address and the port of `[192.0.2.1]:4711`.
pub(super) fn of_brackets(text: &str) -> Option<(&str, Option<&str>)> {
    let (inside, after) = text.strip_prefix('[')?.split_once(']')?;
    Some((inside, after.strip_prefix(':')))
}
