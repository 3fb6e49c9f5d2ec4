//! The content of a WARC file, plain or compressed: bytes in order, with the places of the gzip
//! members that they come from. It refuses bombs and damage, and can go on behind them.

use std::collections::VecDeque;
use std::io::{self, Read};

use flate2::bufread::GzDecoder;

use super::error::Damage;
use super::limits::Limits;
use super::window::Window;

/// What is decompressed at once, in bytes.
const CHUNK: usize = 64 << 10;

/// Where bytes come from.
#[derive(Debug)]
enum Source<R> {
    Plain(Window<R>),
    Member(Box<GzDecoder<Window<R>>>),
    Between(Window<R>),
    /// Only while another is put in its place.
    None,
}

/// Where a gzip member, or the file, begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// In the content.
    pub(super) position: u64,
    /// In the file.
    pub(super) at: u64,
}

/// The content of a file.
#[derive(Debug)]
pub(super) struct Stream<R> {
    source: Source<R>,
    limits: Limits,
    /// What a decoder writes into.
    scratch: Vec<u8>,
    buffer: Vec<u8>,
    from: usize,
    /// The place of the first unread byte in the content.
    position: u64,
    /// Marks at or before the first unread byte (one), and those after it.
    marks: VecDeque<Mark>,
    ended: bool,
    damage: Option<Damage>,
}

impl<R: Read> Stream<R> {
    pub(super) fn new(inner: R, limits: Limits) -> io::Result<Self> {
        let mut window = Window::new(inner);
        let is_gzip = window.is_member()?;
        let source = if is_gzip { Source::Between(window) } else { Source::Plain(window) };
        let marks =
            if is_gzip { VecDeque::new() } else { VecDeque::from([Mark { position: 0, at: 0 }]) };
        let (scratch, buffer, ended, damage) = (vec![0; CHUNK], Vec::new(), false, None);
        Ok(Self { source, limits, scratch, buffer, from: 0, position: 0, marks, ended, damage })
    }

    /// Unread bytes that are at hand.
    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.from..).unwrap_or_default()
    }

    /// The place of the first unread byte in the content.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Whether all that can be read is at hand.
    pub(super) fn is_at_end(&self) -> bool {
        self.ended || self.damage.is_some()
    }

    /// The mark that a place in the content belongs to.
    pub(super) fn mark(&self) -> Mark {
        let before = self.marks.iter().rev().find(|m| m.position <= self.position);
        before.copied().unwrap_or(Mark { position: 0, at: 0 })
    }

    /// The next mark after the first unread byte or at it, as far as the bytes at hand go.
    pub(super) fn mark_from(&self, position: u64) -> Option<Mark> {
        self.marks.iter().find(|m| m.position >= position).copied()
    }

    /// Whether members are compressed.
    pub(super) fn is_gzip(&self) -> bool {
        !matches!(self.source, Source::Plain(_))
    }

    /// Bytes of the file that were taken.
    pub(super) fn taken(&self) -> u64 {
        match &self.source {
            Source::Plain(window) | Source::Between(window) => window.taken(),
            Source::Member(decoder) => decoder.get_ref().taken(),
            Source::None => 0,
        }
    }

    /// Takes bytes that are at hand.
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.rest().len());
        self.from += count;
        self.position += count as u64;
        self.forget_marks();
    }

    fn forget_marks(&mut self) {
        while self.marks.get(1).is_some_and(|m| m.position <= self.position) {
            self.marks.pop_front();
        }
    }

    /// Takes bytes that are at hand, as many as there are at most, out of the buffer.
    pub(super) fn take(&mut self, count: usize) -> Vec<u8> {
        let count = count.min(self.rest().len());
        if self.from > 0 || self.buffer.len() > count.saturating_mul(2) {
            let taken = self.rest().get(..count).unwrap_or_default().to_vec();
            self.consume(count);
            return taken;
        }
        // A large block is not copied: what follows it is.
        let rest = self.buffer.split_off(count);
        let taken = std::mem::replace(&mut self.buffer, rest);
        self.position += count as u64;
        self.forget_marks();
        taken
    }

    /// Reads until `count` bytes are at hand, if there are as many, and gives all that are.
    pub(super) fn want(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.rest().len() < count && !self.is_at_end() {
            self.fill()?;
        }
        Ok(self.rest())
    }

    /// What stopped the reading, if nothing is at hand any more.
    pub(super) fn damage(&self) -> Option<&Damage> {
        self.damage.as_ref()
    }

    /// Forgets a damage and goes on at the next member with a record. What is at hand is dropped.
    pub(super) fn recover(&mut self) -> io::Result<()> {
        self.consume(usize::MAX);
        let Some(damage) = self.damage.take() else { return Ok(()) };
        let window = match std::mem::replace(&mut self.source, Source::None) {
            Source::Member(decoder) => decoder.into_inner(),
            Source::Plain(window) | Source::Between(window) => window,
            Source::None => return Ok(()),
        };
        self.source = Source::Between(window);
        if matches!(damage, Damage::Total(_)) {
            self.ended = true;
            return Ok(());
        }
        let Source::Between(window) = &mut self.source else { return Ok(()) };
        self.ended = !window.find_member()?;
        Ok(())
    }

    /// Reads some more bytes, or finds the end.
    pub(super) fn fill(&mut self) -> io::Result<()> {
        // Moving what is unread each time would be quadratic.
        if self.from > self.buffer.len() / 2 {
            self.buffer.drain(..self.from);
            self.from = 0;
        }
        if self.position + self.rest().len() as u64 >= self.limits.max_total {
            self.damage = Some(Damage::Total(self.limits.max_total));
            return Ok(());
        }
        match std::mem::replace(&mut self.source, Source::None) {
            Source::Between(window) => return self.begin_member(window),
            other => self.source = other,
        }
        let read = match &mut self.source {
            Source::Plain(window) => window.read(&mut self.scratch),
            Source::Member(decoder) => decoder.read(&mut self.scratch),
            Source::Between(_) | Source::None => Ok(0),
        };
        match read {
            Ok(0) => self.end_member(),
            Ok(read) => {
                self.buffer.extend_from_slice(self.scratch.get(..read).unwrap_or_default());
                self.weigh();
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) if e.raw_os_error().is_some() => return Err(e),
            Err(e) => self.damage = Some(Damage::Gzip(e.to_string())),
        }
        Ok(())
    }

    fn end_member(&mut self) {
        match std::mem::replace(&mut self.source, Source::None) {
            Source::Member(decoder) => self.source = Source::Between(decoder.into_inner()),
            other => {
                self.source = other;
                self.ended = true;
            }
        }
    }

    fn begin_member(&mut self, mut window: Window<R>) -> io::Result<()> {
        if window.is_member()? {
            let position = self.position + self.rest().len() as u64;
            // Members without content leave no mark: there may be very many.
            self.marks.pop_back_if(|last| last.position == position);
            self.marks.push_back(Mark { position, at: window.taken() });
            self.forget_marks();
            self.source = Source::Member(Box::new(GzDecoder::new(window)));
            return Ok(());
        }
        // Some writers fill the last block of a file with noughts.
        while matches!(window.peek(1)?, [0, ..]) {
            std::io::BufRead::consume(&mut window, 1);
        }
        if window.peek(1)?.is_empty() {
            self.ended = true;
        } else if !window.is_member()? {
            self.damage = Some(Damage::NoMember);
        }
        self.source = Source::Between(window);
        Ok(())
    }

    /// Holds the member that is being read to the ratio.
    fn weigh(&mut self) {
        let (Some(mark), Source::Member(decoder)) = (self.marks.back(), &self.source) else {
            return;
        };
        let given = (self.position + self.rest().len() as u64).saturating_sub(mark.position);
        let stored = decoder.get_ref().taken().saturating_sub(mark.at).max(1);
        if given > self.limits.ratio_floor && given / stored > self.limits.max_ratio {
            self.damage = Some(Damage::Ratio(self.limits.max_ratio));
        }
    }
}
