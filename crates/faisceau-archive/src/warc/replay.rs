//! Recorded exchanges, read again: a file of ours comes in, the exchanges in it go out, and up to
//! where it is whole. A collection that was killed goes on from there.

use std::io::{self, Read};

use super::error::Broken;
use super::exchange::{Exchange, FORM, METADATA, Metadata};
use super::head::Kind;
use super::limits::Limits;
use super::reader::{Item, Reader, Record};

/// Reads exchanges one by one.
#[derive(Debug)]
pub struct Replay<R> {
    reader: Reader<R>,
    response: Option<Box<Record>>,
    request: Option<Box<Record>>,
    complete: u64,
    records: u64,
    foreign: u64,
    ended: bool,
    stopped: Option<Broken>,
}

impl<R: Read> Replay<R> {
    /// Starts at the first byte of a file, plain or with a gzip member for each record.
    ///
    /// # Errors
    /// When the system cannot read it.
    pub fn new(file: R, limits: Limits) -> io::Result<Self> {
        let reader = Reader::new(file, limits)?;
        Ok(Self {
            reader,
            response: None,
            request: None,
            complete: 0,
            records: 0,
            foreign: 0,
            ended: false,
            stopped: None,
        })
    }

    /// The next exchange; nothing at the end, or where a record is broken or cut.
    ///
    /// # Errors
    /// When the system cannot read the file.
    pub fn next_exchange(&mut self) -> io::Result<Option<Exchange>> {
        while !self.ended {
            let record = match self.reader.next_item()? {
                Some(Item::Record(record)) => record,
                Some(Item::Broken(broken)) => {
                    self.ended = true;
                    self.stopped = Some(broken);
                    return Ok(None);
                }
                None => {
                    self.ended = true;
                    return Ok(None);
                }
            };
            // A record that is not right to its last byte is where the file was cut.
            let (Some(length), true) = (record.place.length, record.flaws.is_empty()) else {
                self.ended = true;
                return Ok(None);
            };
            let end = record.place.at + length;
            self.records += 1;
            match record.kind {
                Kind::Response => self.response = Some(record),
                Kind::Request => self.request = Some(record),
                Kind::Metadata if record.field("Content-Type") == Some(METADATA) => {
                    let exchange = self.exchange(&record);
                    self.complete = end;
                    if exchange.is_some() {
                        return Ok(exchange);
                    }
                    self.foreign += 1;
                }
                // A file head and resources are whole in themselves.
                _ if self.request.is_none() && self.response.is_none() => self.complete = end,
                _ => {}
            }
        }
        Ok(None)
    }

    /// Up to where the file is whole, in bytes of the file: after the last exchange, file head or
    /// resource that was read. What follows may be cut off, and the file goes on there.
    pub fn complete(&self) -> u64 {
        self.complete
    }

    /// Records that were read.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Metadata records that are not ours, or speak of other bytes than the records beside them:
    /// their exchanges are not given.
    pub fn foreign(&self) -> u64 {
        self.foreign
    }

    /// What stopped the reading before the end.
    pub fn stopped(&self) -> Option<&Broken> {
        self.stopped.as_ref()
    }

    fn exchange(&mut self, record: &Record) -> Option<Exchange> {
        let (response, request) = (self.response.take(), self.request.take());
        let metadata: Metadata = serde_json::from_slice(&record.block).ok()?;
        if metadata.form != FORM {
            return None;
        }
        let received = response.as_ref().map_or(&[][..], |response| &response.block);
        metadata.exchange(request?.block, received)
    }
}

/// All exchanges of a file, and up to where it is whole.
pub fn exchanges(file: &[u8]) -> (Vec<Exchange>, u64) {
    let mut found = Vec::new();
    let Ok(mut replay) = Replay::new(file, Limits::default()) else { return (found, 0) };
    while let Ok(Some(exchange)) = replay.next_exchange() {
        found.push(exchange);
    }
    (found, replay.complete())
}
