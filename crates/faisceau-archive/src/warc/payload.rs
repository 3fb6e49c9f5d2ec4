//! The payload of a record (ISO 28500, section 2): what its digest is taken of.

use super::digest::{Checked, Stated, check as check_bytes};
use super::head::{Kind, field};
use super::reader::Record;
use crate::message::{self, Message, MessageError};

/// What a record says of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entity {
    /// An HTTP response, read, with its body decoded.
    Response(Box<Message>),
    /// A response that is no HTTP, or whose head is cut.
    Unread(MessageError),
    /// The block itself is the resource: records of type `resource` and `conversion`, and
    /// responses of other protocols.
    Block,
    /// The record holds no resource.
    None,
}

/// What a record says of a resource. `limit` is the largest decoded body, in bytes.
pub fn entity(record: &Record, limit: u64) -> Entity {
    match record.kind {
        Kind::Response if is_http(&record.fields) => {
            match message::response(&record.block, false, limit) {
                Ok(message) => Entity::Response(Box::new(message)),
                Err(e) => Entity::Unread(e),
            }
        }
        Kind::Response | Kind::Resource | Kind::Conversion => Entity::Block,
        _ => Entity::None,
    }
}

/// Whether the block is an HTTP message.
pub(super) fn is_http(fields: &[(String, String)]) -> bool {
    let media = field(fields, "Content-Type").unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case("application/http")
}

/// Checks the digests of a block and of its payload.
pub(super) fn check(kind: Kind, fields: &[(String, String)], block: &[u8]) -> (Checked, Checked) {
    let of_block = check_bytes(field(fields, "WARC-Block-Digest"), block);
    let stated = field(fields, "WARC-Payload-Digest");
    let is_split = field(fields, "WARC-Segment-Number").is_some();
    let of_payload = match kind {
        _ if stated.is_some() && (is_split || kind == Kind::Revisit) => Checked::Elsewhere,
        Kind::Response | Kind::Request if is_http(fields) => of_message(stated, block),
        _ => check_bytes(stated, block),
    };
    (of_block, of_payload)
}

/// Writers take the digest of what follows the head, most with the chunks, some without.
fn of_message(stated: Option<&str>, block: &[u8]) -> Checked {
    let Some(text) = stated else { return Checked::Absent };
    let stated = match Stated::read(text) {
        Ok(stated) => stated,
        Err(text) => return Checked::Unknown(text),
    };
    let end = message::end_of_head(block, 0).unwrap_or(block.len());
    if stated.is_of(block.get(end..).unwrap_or_default()) {
        Checked::Right
    } else if message::without_chunks(block).is_some_and(|body| stated.is_of(&body)) {
        Checked::RightDecoded
    } else {
        Checked::Wrong
    }
}
