//! The parts of a mail, and where they stand in the exhibit.
//!
//! In: the bytes of a mail. Out: its structure, its attachments with their names and places.
//! Refused: structures that the parser cannot hold, told as such, so that the headers are still
//! read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use faisceau_model::{Place, excerpt, inert};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// Most parts of a mail whose body is read: nesting costs stack, and a list digest has less.
pub(super) const MAX_PARTS: usize = 256;

/// The mail with its parts, or why only its headers can be read.
///
/// The headers are read apart, so that no structure of the body can put those of an attached mail
/// in their place.
pub(super) fn parsed<'x>(parser: &MessageParser, raw: &'x [u8]) -> Result<Message<'x>, String> {
    if too_many_parts(raw) {
        return Err(format!("more than {MAX_PARTS} parts: the body is not read"));
    }
    // The parser loses count when parts close what was never opened, and may then panic.
    let message = catch_unwind(AssertUnwindSafe(|| parser.parse(raw))).ok().flatten();
    let whole =
        |message: &Message<'_>| message.parts.first().is_some_and(|part| part.offset_header == 0);
    message.filter(whole).ok_or_else(|| "the parts of the body contradict each other".to_owned())
}

/// Each level of nesting needs a line of this header; hostile mails have millions.
fn too_many_parts(raw: &[u8]) -> bool {
    let lines = raw.split(|&b| b == b'\n').filter(|line| {
        let name = line.trim_ascii_start();
        name.get(..12).is_some_and(|name| name.eq_ignore_ascii_case(b"content-type"))
    });
    lines.take(MAX_PARTS + 1).count() > MAX_PARTS
}

/// The attached parts with their names, made inert.
pub(super) fn attachments<'a, 'x>(
    message: &'a Message<'x>,
) -> impl Iterator<Item = (&'a MessagePart<'x>, String)> {
    message.attachments.iter().filter_map(|&id| {
        let part = message.parts.get(id as usize)?;
        let name = part.attachment_name().filter(|name| !name.trim().is_empty());
        Some((part, name.map_or_else(|| format!("part {id}"), |name| inert(name).into_owned())))
    })
}

/// The media type that a part declares, made inert.
pub(super) fn kind(part: &MessagePart<'_>) -> String {
    match (part.content_type(), &part.body) {
        (Some(kind), _) => {
            let subtype = kind.subtype().unwrap_or("*");
            excerpt(&format!("{}/{subtype}", kind.ctype()).to_lowercase(), 80)
        }
        (None, PartType::Message(_)) => "message/rfc822".to_owned(),
        (None, _) => "unknown".to_owned(),
    }
}

/// Where the bytes of a mail stand in the exhibit, after the escapes of a mailbox were undone.
pub(in crate::messages) struct Shift {
    /// First byte of the mail in the exhibit.
    pub(in crate::messages) start: u64,
    /// Positions in the mail before which one byte was taken out, in order.
    pub(in crate::messages) removed: Vec<usize>,
}

impl Shift {
    /// A mail that is the whole exhibit.
    pub(in crate::messages) const fn none() -> Self {
        Self { start: 0, removed: Vec::new() }
    }

    /// The same for a mail whose first `skipped` bytes are not looked at.
    pub(super) fn from(&self, skipped: usize) -> Self {
        let before = self.removed.partition_point(|&removed| removed <= skipped);
        Self {
            start: self.byte(skipped),
            removed: self.removed[before..].iter().map(|removed| removed - skipped).collect(),
        }
    }

    fn byte(&self, at: usize) -> u64 {
        let before = self.removed.partition_point(|&removed| removed <= at);
        self.start + at as u64 + before as u64
    }

    pub(super) fn place(&self, from: u32, to: u32) -> Place {
        let start = self.byte(from as usize);
        Place::Bytes { start, len: self.byte(to.max(from) as usize) - start }
    }
}
