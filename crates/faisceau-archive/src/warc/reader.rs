//! Records of a WARC file, one by one: bytes come in, records with their place go out, or what is
//! broken there. Bytes are looked at a bounded number of times, whatever lengths are stated.

use std::io::{self, Read};

use super::digest::Checked;
use super::error::{Broken, BrokenRecord, Damage, RecordFlaw};
use super::head::{self, Head, Kind};
use super::limits::Limits;
use super::payload;
use super::stream::Stream;
use crate::message;

/// How a record begins.
const MARK: &[u8] = b"WARC/";
/// How a record begins that is looked for behind a broken one.
const SOUGHT: &[u8] = b"WARC/1.";
/// The two empty lines after a block.
const END: &[u8] = b"\r\n\r\n";

/// Where a record stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The first byte of the record in a plain file, or of the gzip member that it begins in.
    pub at: u64,
    /// The first byte in the content of that member: 0 where each record has its own.
    pub inside: u64,
    /// Bytes in the file, with the empty lines after the block. Nothing where the record shares a
    /// gzip member with others.
    pub length: Option<u64>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub place: Place,
    /// `1.0` or `1.1`, or another that is then a flaw.
    pub version: String,
    /// Its type.
    pub kind: Kind,
    /// The fields of its head in their order, folded lines joined.
    pub fields: Vec<(String, String)>,
    /// Its content.
    pub block: Vec<u8>,
    /// Whether the block has the digest that is stated.
    pub block_digest: Checked,
    /// Whether the payload has the digest that is stated.
    pub payload_digest: Checked,
    /// What is wrong with it.
    pub flaws: Vec<RecordFlaw>,
}

impl Record {
    /// The first field of a name, whatever its case.
    pub fn field(&self, name: &str) -> Option<&str> {
        head::field(&self.fields, name)
    }

    /// What the record is about. Angle brackets, which some writers put around it, are left out.
    pub fn target(&self) -> Option<&str> {
        let uri = self.field("WARC-Target-URI")?;
        Some(uri.strip_prefix('<').and_then(|u| u.strip_suffix('>')).unwrap_or(uri))
    }

    /// The identity of the record, without angle brackets.
    pub fn id(&self) -> Option<&str> {
        Some(self.field("WARC-Record-ID")?.trim_start_matches('<').trim_end_matches('>'))
    }
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A record.
    Record(Box<Record>),
    /// Something that is none, or not whole.
    Broken(Broken),
}

/// Reads a file.
#[derive(Debug)]
pub struct Reader<R> {
    stream: Stream<R>,
    limits: Limits,
    /// Up to here in the content no head ends: looking again would be quadratic.
    headless: u64,
    /// Whether the damage that stops the reading was said of a record.
    said: bool,
}

impl<R: Read> Reader<R> {
    /// Starts at the first byte of a file, plain or compressed.
    ///
    /// # Errors
    /// When the system cannot read it.
    pub fn new(file: R, limits: Limits) -> io::Result<Self> {
        let stream = Stream::new(file, limits)?;
        Ok(Self { stream, limits, headless: 0, said: false })
    }

    /// Whether the file is compressed.
    pub fn is_gzip(&self) -> bool {
        self.stream.is_gzip()
    }

    /// The next record, or what is broken; nothing at the end.
    ///
    /// # Errors
    /// When the system cannot read the file. Damage of the file itself is no error.
    pub fn next_item(&mut self) -> io::Result<Option<Item>> {
        if std::mem::take(&mut self.said) {
            self.stream.recover()?;
        }
        while let [b'\r' | b'\n', ..] = self.stream.want(1)? {
            self.stream.consume(1);
        }
        if self.stream.rest().is_empty() {
            return self.damaged();
        }
        let place = self.place();
        if !self.stream.want(MARK.len())?.starts_with(MARK) {
            return self.pass_over(place);
        }
        let Some(length) = self.head_length()? else {
            let whole = self.stream.rest().len() as u64;
            let cut = self.stream.is_at_end() && whole <= self.limits.max_head as u64;
            let why = if cut {
                self.cut(0, 0)
            } else {
                BrokenRecord::Head { limit: self.limits.max_head }
            };
            return self.broken(place, why);
        };
        let head = Head::read(self.stream.rest().get(..length).unwrap_or_default());
        match head.length() {
            Ok(stated) if stated > self.limits.max_block => self.too_long(place, length, stated),
            Ok(stated) => self.block(place, head, length, stated),
            Err(why) => self.broken(place, why),
        }
    }

    fn place(&self) -> Place {
        let mark = self.stream.mark();
        let inside = self.stream.position() - mark.position.min(self.stream.position());
        if self.stream.is_gzip() {
            Place { at: mark.at, inside, length: None }
        } else {
            Place { at: self.stream.position(), inside: 0, length: None }
        }
    }

    /// How many bytes the head has, with the empty line that ends it.
    fn head_length(&mut self) -> io::Result<Option<usize>> {
        let known = self.headless.saturating_sub(self.stream.position());
        let mut searched = usize::try_from(known).unwrap_or(usize::MAX);
        loop {
            let rest = self.stream.rest();
            let seen = rest.len().min(self.limits.max_head);
            if let Some(end) = message::end_of_head(rest.get(..seen).unwrap_or_default(), searched)
            {
                return Ok(Some(end));
            }
            searched = seen.saturating_sub(2).max(searched);
            if seen == self.limits.max_head || self.stream.is_at_end() {
                self.headless = self.stream.position() + searched as u64;
                return Ok(None);
            }
            self.stream.want(seen + 1)?;
        }
    }

    /// Reads the block of a record whose head is at hand.
    fn block(
        &mut self,
        mut place: Place,
        head: Head,
        head_length: usize,
        stated: u64,
    ) -> io::Result<Option<Item>> {
        let start = self.stream.position();
        let whole = head_length.saturating_add(usize::try_from(stated).unwrap_or(usize::MAX));
        let end = self.block_end(start, whole, place.inside == 0)?;
        if end < whole {
            let why = self.cut(end.saturating_sub(head_length) as u64, stated);
            return self.broken(place, why);
        }
        self.stream.consume(head_length);
        let block = self.stream.take(whole - head_length);
        let mut flaws = head.flaws;
        if self.stream.want(END.len())?.starts_with(END) {
            self.stream.consume(END.len());
        } else {
            flaws.push(RecordFlaw::End);
        }
        let after = self.stream.position();
        self.stream.want(1)?;
        place.length = self.length_until(place, after);
        let is_last = self.stream.rest().is_empty() && self.stream.mark_from(after).is_none();
        if let (true, Some(damage @ Damage::Gzip(_))) = (is_last, self.stream.damage()) {
            flaws.push(RecordFlaw::Damage(damage.clone()));
            self.said = true;
        }
        let (block_digest, payload_digest) = payload::check(head.kind, &head.fields, &block);
        Ok(Some(Item::Record(Box::new(Record {
            place,
            version: head.version,
            kind: head.kind,
            fields: head.fields,
            block,
            block_digest,
            payload_digest,
            flaws,
        }))))
    }

    /// Reads until `whole` bytes are at hand. Gives how many belong to the record: fewer where the
    /// file ends, or where a record that has a gzip member of its own ends with it.
    fn block_end(&mut self, start: u64, whole: usize, is_own: bool) -> io::Result<usize> {
        let mut looked = !is_own || !self.stream.is_gzip();
        loop {
            if let Some(mark) = self.stream.mark_from(start + 1).filter(|_| !looked) {
                looked = true;
                let until = usize::try_from(mark.position - start).unwrap_or(usize::MAX);
                let seen = self.stream.want(until.saturating_add(SOUGHT.len()))?;
                if until < whole && seen.get(until..).is_some_and(|r| r.starts_with(SOUGHT)) {
                    return Ok(until);
                }
            }
            let have = self.stream.rest().len();
            if have >= whole || self.stream.is_at_end() {
                return Ok(have.min(whole));
            }
            self.stream.fill()?;
        }
    }

    /// Bytes in the file from a record's place to `after`, if nothing else shares its member.
    fn length_until(&self, place: Place, after: u64) -> Option<u64> {
        if !self.stream.is_gzip() {
            return Some(after - place.at);
        }
        let next = self.stream.mark_from(after).filter(|mark| mark.position == after);
        let ended = self.stream.is_at_end() && self.stream.rest().is_empty();
        let end = next.map(|mark| mark.at).or(ended.then(|| self.stream.taken()))?;
        (place.inside == 0).then(|| end - place.at)
    }

    /// Why a block is not there: the file ends, or cannot be read on.
    fn cut(&self, have: u64, want: u64) -> BrokenRecord {
        match self.stream.damage() {
            Some(damage) => BrokenRecord::Damage(damage.clone()),
            None => BrokenRecord::Cut { have, want },
        }
    }

    /// Says what is broken, and goes to the next record.
    fn broken(&mut self, place: Place, why: BrokenRecord) -> io::Result<Option<Item>> {
        if matches!(why, BrokenRecord::Damage(_)) {
            self.stream.recover()?;
        } else {
            self.stream.consume(MARK.len());
            self.seek()?;
        }
        Ok(Some(Item::Broken(Broken { place, why })))
    }

    fn pass_over(&mut self, place: Place) -> io::Result<Option<Item>> {
        let from = self.stream.position();
        self.seek()?;
        let skipped = self.stream.position() - from;
        Ok(Some(Item::Broken(Broken { place, why: BrokenRecord::NoRecord { skipped } })))
    }

    /// Passes over a block that is too long to be held.
    fn too_long(&mut self, place: Place, head: usize, stated: u64) -> io::Result<Option<Item>> {
        self.stream.consume(head);
        let mut left = stated;
        while left > 0 && !self.stream.want(1)?.is_empty() {
            let step = usize::try_from(left).unwrap_or(usize::MAX).min(self.stream.rest().len());
            self.stream.consume(step);
            left -= step as u64;
        }
        let why = if left > 0 {
            self.cut(stated - left, stated)
        } else {
            BrokenRecord::TooLong { stated, limit: self.limits.max_block }
        };
        if matches!(why, BrokenRecord::Damage(_)) {
            self.stream.recover()?;
        }
        Ok(Some(Item::Broken(Broken { place, why })))
    }

    /// Goes to the next record: at the beginning of a line or of a gzip member.
    fn seek(&mut self) -> io::Result<()> {
        let mut after_line = false;
        loop {
            let rest = self.stream.want(SOUGHT.len())?;
            if rest.len() < SOUGHT.len() {
                self.stream.consume(usize::MAX);
                return Ok(());
            }
            let found = memchr::memmem::find(rest, SOUGHT);
            let step = found.unwrap_or(rest.len() - SOUGHT.len() + 1);
            after_line = match step.checked_sub(1) {
                Some(before) => rest.get(before) == Some(&b'\n'),
                None => after_line,
            };
            self.stream.consume(step);
            let position = self.stream.position();
            let begins = after_line || self.stream.mark().position == position;
            if found.is_some() && begins {
                return Ok(());
            }
            if found.is_some() {
                self.stream.consume(1);
                after_line = false;
            }
        }
    }

    /// Says what stopped the reading, or that nothing did.
    fn damaged(&mut self) -> io::Result<Option<Item>> {
        let Some(damage) = self.stream.damage().cloned() else { return Ok(None) };
        let place = match damage {
            Damage::NoMember => Place { at: self.stream.taken(), inside: 0, length: None },
            _ => self.place(),
        };
        self.broken(place, BrokenRecord::Damage(damage))
    }
}
