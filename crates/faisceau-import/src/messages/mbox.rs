//! A box of mails: mbox, RFC 4155, as Thunderbird, Gmail Takeout and Unix write it.
//!
//! In: mails one after the other, each after a line `From sender date`. Out: what each mail
//! gives, at the bytes it stands at. Refused: a mail beyond the limit, which is skipped up to the
//! next one.
//!
//! Traps: a line of a body that starts with `From ` is escaped as `>From ` (mboxo) or with one
//! more `>` (mboxrd); one `>` is taken off again, and the places of attachments allow for it. A
//! separator counts only after an empty line and with a clock and a year in it, but a sender who
//! knows that can still forge a mail inside his own: the separate `.eml` file is better evidence.

use std::io::{BufRead, BufReader, Read};

use faisceau_model::rows::Reject;
use faisceau_model::{Place, RejectReason, Sink};

use super::mail::{MAX_MAIL, Mails, Shift, after_blank};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;

/// Longest run of bytes read at once; a longer line comes in several pieces.
const MAX_LINE: u64 = 1 << 20;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "mbox",
    title: "Box of mails (mbox, RFC 4155)",
    group: Group::Messages,
    gives: &["posts", "accounts", "connections", "mail_hops", "media"],
    versions: "mboxo, mboxrd",
    checked: "2026-11-21",
    sample: "tests/fixtures/mail/box.mbox",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether the head is of a mailbox.
pub(crate) fn sniff(head: &[u8]) -> bool {
    let head = &head[after_blank(head)..];
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let after = head.get(line.len() + 1..).unwrap_or_default();
    is_separator(line) && super::mail::sniff(after)
}

/// `From sender … 10:04 … 2024`, with a clock and a year anywhere after the sender.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).skip(1);
    let clock = |word: &[u8]| matches!(word, [a, b, b':', c, d, ..] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()));
    let year = |word: &[u8]| {
        word.len() == 4
            && word.iter().all(u8::is_ascii_digit)
            && (word.starts_with(b"19") || word.starts_with(b"20"))
    };
    line.len() <= 1000 && words().any(clock) && words().any(year)
}

/// Reads the mails of a box.
///
/// # Errors
/// When the bytes cannot be had to the end; the mails before are kept.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let mut lines = Lines { reader: BufReader::new((source.open)()?), at: 0, whole: true };
    let mails = Mails::new(source.exhibit, settings);
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let mut current: Option<Letter> = None;
    let mut line = Vec::new();
    // The start of the box counts as an empty line.
    let mut after_empty = true;
    loop {
        let start = lines.at;
        let first_piece = lines.whole;
        match lines.next(&mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                settle(current.take(), start, &mails, source, sink);
                return Err(ImportError::Read { place: Place::Bytes { start, len: 0 }, error });
            }
        }
        let text = if start == 0 { line.strip_prefix(b"\xef\xbb\xbf") } else { None };
        let text = text.unwrap_or(&line);
        if first_piece && after_empty && is_separator(text) {
            settle(current.take(), start, &mails, source, sink);
            current = Some(Letter::new(lines.at));
        } else if let Some(letter) = &mut current {
            letter.push(&line, first_piece);
        }
        // Before the first mail, an empty line may hold white space: nothing is lost by it.
        let blank = current.is_none() && text.iter().all(u8::is_ascii_whitespace);
        after_empty = first_piece && (blank || text == b"\n" || text == b"\r\n");
    }
    settle(current.take(), lines.at, &mails, source, sink);
    Ok(())
}

/// Lines, or pieces of lines that are too long.
struct Lines<R> {
    reader: R,
    /// Bytes read.
    at: u64,
    /// Whether the next piece starts a line.
    whole: bool,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self, line: &mut Vec<u8>) -> std::io::Result<usize> {
        line.clear();
        let read = self.reader.by_ref().take(MAX_LINE).read_until(b'\n', line)?;
        self.at += read as u64;
        self.whole = line.ends_with(b"\n");
        Ok(read)
    }
}

/// A mail on its way.
struct Letter {
    bytes: Vec<u8>,
    shift: Shift,
    /// Whether it grew beyond the limit; its bytes are then dropped.
    too_large: bool,
}

impl Letter {
    fn new(start: u64) -> Self {
        Self { bytes: Vec::new(), shift: Shift { start, removed: Vec::new() }, too_large: false }
    }

    fn push(&mut self, line: &[u8], first_piece: bool) {
        if self.too_large || self.bytes.len() + line.len() > MAX_MAIL as usize {
            self.too_large = true;
            self.bytes.truncate(600);
            return;
        }
        let unquoted = line.iter().position(|&b| b != b'>').unwrap_or(0);
        if first_piece && unquoted > 0 && line[unquoted..].starts_with(b"From ") {
            self.shift.removed.push(self.bytes.len());
            self.bytes.extend_from_slice(&line[1..]);
        } else {
            self.bytes.extend_from_slice(line);
        }
    }
}

/// Gives the rows of a mail that ends before byte `end`.
fn settle(
    letter: Option<Letter>,
    end: u64,
    mails: &Mails,
    source: &Source<'_>,
    sink: &mut dyn Sink,
) {
    let Some(letter) = letter else { return };
    let start = letter.shift.start;
    let place = Place::Bytes { start, len: end.saturating_sub(start) };
    if letter.too_large {
        let detail = format!("the mail is larger than {MAX_MAIL} bytes");
        sink.records(1);
        let reason = RejectReason::Limit;
        sink.reject(Reject::new(source.exhibit, place, reason, detail, &letter.bytes));
    } else {
        mails.record(&place, &letter.bytes, &letter.shift, sink);
    }
}

#[cfg(test)]
mod tests;
