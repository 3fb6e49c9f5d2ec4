//! WARC files, plain or compressed: a file comes in, the body of each response and each resource
//! goes out as a member, in the order of the file. Requests, metadata, and records without a body
//! stay inside and are counted. A record that is broken or cut is said with its place.
//!
//! What the limits of the reader below keep out is no member, so that numbers are the same under
//! any limits of the case.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::rc::Rc;

use faisceau_archive::message::{Flaw, Message};
use faisceau_archive::warc::{
    Broken, BrokenRecord, Checked, Damage, Entity, Item, Limits, Reader, Record, RecordFlaw, entity,
};

use super::receiver::{Flow, Receiver, Trouble, trouble_of};
use super::warc_name::name;
use crate::error::StoreError;
use crate::exhibit::{Label, Reason};

/// The largest body that is decoded, in bytes: it is held in memory.
const MAX_BODY: u64 = 512 << 20;
/// The largest body for one byte recorded. Text reaches 20; deflate could reach 1032.
const MAX_RATIO: u64 = 200;
/// The size of a body up to which the ratio is not looked at, in bytes.
const RATIO_FLOOR: u64 = 16 << 20;

/// Why a record is not taken whose digest is wrong.
const ALTERED: &str = "its bytes are not those that were recorded: it states another digest";

/// The content of a member. What it takes in the file counts as read when its first byte is.
struct Content<'c> {
    bytes: &'c [u8],
    stored: u64,
    consumed: &'c Cell<u64>,
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.consumed.set(self.consumed.get() + std::mem::take(&mut self.stored));
        self.bytes.read(buffer)
    }
}

/// Reads a WARC file.
pub(crate) fn read(
    file: File,
    consumed: &Rc<Cell<u64>>,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    let limits = Limits { max_total: receiver.may_read(), ..Limits::default() };
    let mut reader = match Reader::new(file, limits) {
        Ok(reader) => reader,
        Err(e) => return broken_off(receiver, e),
    };
    loop {
        match reader.next_item() {
            Ok(None) => return Ok(()),
            Ok(Some(Item::Record(record))) => {
                if take(&record, consumed, receiver)?.is_break() {
                    return Ok(());
                }
            }
            Ok(Some(Item::Broken(broken))) => say_broken(&broken, receiver)?,
            Err(e) => return broken_off(receiver, e),
        }
    }
}

fn broken_off(receiver: &mut Receiver<'_, '_, '_>, e: io::Error) -> Result<(), StoreError> {
    let (reason, text) = trouble_of(e)?;
    receiver.damaged(reason, &format!("the archive breaks off: {text}"))
}

fn say_broken(broken: &Broken, receiver: &mut Receiver<'_, '_, '_>) -> Result<(), StoreError> {
    let reason = match broken.why {
        BrokenRecord::TooLong { .. } | BrokenRecord::Head { .. } => Reason::TooLarge,
        BrokenRecord::Damage(Damage::Ratio(_)) => Reason::Ratio,
        BrokenRecord::Damage(Damage::Total(_)) => Reason::Total,
        _ => Reason::Corrupt,
    };
    receiver.damaged(reason, &broken.to_string())
}

/// Takes what a record holds, if it holds anything.
fn take(
    record: &Record,
    consumed: &Rc<Cell<u64>>,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<Flow, StoreError> {
    let ratio = (record.block.len() as u64).saturating_mul(MAX_RATIO).max(RATIO_FLOOR);
    let entity = entity(record, MAX_BODY.min(ratio));
    let (content, media, trouble) = match &entity {
        Entity::Response(message) => {
            (message.body.as_slice(), message.header("Content-Type"), too_long(message))
        }
        Entity::Block => (&*record.block, record.field("Content-Type").map(str::to_owned), None),
        Entity::Unread(e) if !record.block.is_empty() => {
            (&*record.block, None, Some((Reason::Corrupt, e.to_string())))
        }
        Entity::Unread(_) | Entity::None => (&[][..], None, None),
    };
    if content.is_empty() {
        receiver.bodiless += 1;
        return Ok(Flow::Continue(()));
    }
    let target = record.target().unwrap_or_default();
    let label = Label::new(&name(target, media.as_deref()));
    let at = record.place.at;
    // Bytes that are not those that were recorded are nobody's words: they stay in the archive.
    let altered = record.block_digest == Checked::Wrong || record.payload_digest == Checked::Wrong;
    let altered = altered.then(|| (Reason::Corrupt, ALTERED.to_owned()));
    let trouble =
        altered.or(trouble).map(|(reason, text)| (reason, format!("at byte {at}: {text}")));
    let stored = record.place.length.unwrap_or(record.block.len() as u64);
    let mut reader = Content { bytes: content, stored, consumed };
    let declared = Some(content.len() as u64);
    let flow = receiver.member(&label, trouble, declared, None, &mut reader)?;
    if flow.is_continue() {
        for text in flaws(record, &entity) {
            receiver
                .damaged(Reason::Corrupt, &format!("at byte {at}, `{}`: {text}", label.text))?;
        }
    }
    Ok(flow)
}

fn too_long(message: &Message) -> Option<Trouble> {
    let found = message.flaws.iter().find(|flaw| matches!(flaw, Flaw::TooLong(_)));
    let reason = |flaw: &Flaw| match flaw {
        Flaw::TooLong(MAX_BODY) => Reason::TooLarge,
        _ => Reason::Ratio,
    };
    found.map(|flaw| (reason(flaw), flaw.to_string()))
}

/// What is wrong with a record whose content is taken all the same.
fn flaws(record: &Record, entity: &Entity) -> Vec<String> {
    let mut flaws: Vec<String> = record
        .flaws
        .iter()
        .filter(|flaw| matches!(flaw, RecordFlaw::End | RecordFlaw::Damage(_)))
        .map(ToString::to_string)
        .collect();
    if let Entity::Response(message) = entity
        && !message.is_whole()
    {
        let said = |flaw: &&Flaw| flaw.concerns_body() && !matches!(flaw, Flaw::TooLong(_));
        flaws.extend(message.flaws.iter().filter(said).map(ToString::to_string));
    }
    flaws
}
