//! The index of a package (CDXJ): lines come in, and whether each points to the record that it
//! speaks of goes out. For writing: records come in, sorted lines go out.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::MultiGzDecoder;
use serde_json::{Map, Value};

use crate::warc::{Item, Kind, Limits, Reader, Record, digest_of};

/// The most bytes of an index, decompressed.
const MAX_INDEX: u64 = 64 << 20;
/// How often the bytes of an archive may be pointed to: each time they are hashed.
const MAX_TIMES: u64 = 8;
/// The most flaws that are kept; the others are counted.
const MAX_FLAWS: usize = 100;

/// What is wrong with a line of an index.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexFlaw {
    /// The line cannot be read.
    #[error("line {0} of the index cannot be read")]
    Line(u64),
    /// It names an archive that is not there, or was not read.
    #[error("line {line} of the index speaks of `{file}`, which was not read")]
    File {
        /// From 1.
        line: u64,
        /// As the line has it.
        file: String,
    },
    /// No record of that length stands at that place.
    #[error("line {line} of the index points to byte {at} of `{file}`, where no such record is")]
    Record {
        /// From 1.
        line: u64,
        /// The archive.
        file: String,
        /// The place.
        at: u64,
    },
    /// The record is of another address, or its digest is another.
    #[error("line {line} of the index states another {what} than the record")]
    Other {
        /// From 1.
        line: u64,
        /// The address or a digest.
        what: &'static str,
    },
    /// A block of the index is not as its own index states.
    #[error("a block of the index at byte {0} is not as stated")]
    Block(u64),
    /// The index is longer than is read, or damaged.
    #[error("the index is not read to its end: {0}")]
    Cut(String),
}

/// What was found in an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexCheck {
    /// Lines that speak of records.
    pub lines: u64,
    /// Those that point to the record that they speak of.
    pub right: u64,
    /// What is wrong, at most 100.
    pub flaws: Vec<IndexFlaw>,
    /// How many flaws there are.
    pub wrong: u64,
}

/// A line, by the archive that it speaks of.
#[derive(Debug)]
pub(super) struct Line {
    no: u64,
    url: Option<String>,
    at: u64,
    length: u64,
    digest: Option<String>,
    record_digest: Option<String>,
}

impl IndexCheck {
    fn wrong(&mut self, flaw: IndexFlaw) {
        self.wrong += 1;
        if self.flaws.len() < MAX_FLAWS {
            self.flaws.push(flaw);
        }
    }

    /// Reads an index, plain or compressed. Lines are sorted by the archive they speak of.
    pub(super) fn read(&mut self, index: &[u8], lines: &mut BTreeMap<String, Vec<Line>>) {
        let mut text = Vec::new();
        let result = if index.starts_with(&[0x1f, 0x8b]) {
            MultiGzDecoder::new(index).take(MAX_INDEX + 1).read_to_end(&mut text)
        } else {
            index.take(MAX_INDEX + 1).read_to_end(&mut text)
        };
        if let Err(e) = result {
            self.wrong(IndexFlaw::Cut(e.to_string()));
        } else if text.len() as u64 > MAX_INDEX {
            self.wrong(IndexFlaw::Cut(format!("more than {MAX_INDEX} bytes")));
        }
        for line in text.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            if line.starts_with(b"!") {
                continue;
            }
            self.lines += 1;
            match read_line(line, self.lines) {
                Some((file, line)) => lines.entry(file).or_default().push(line),
                None => self.wrong(IndexFlaw::Line(self.lines)),
            }
        }
    }

    /// Checks the index of a compressed index against its blocks.
    pub(super) fn blocks(&mut self, idx: &[u8], index: &[u8]) {
        for line in idx.split(|b| *b == b'\n').filter(|l| !l.is_empty() && !l.starts_with(b"!")) {
            let Some(value) = json(line) else { continue };
            let (at, length) = (number(&value, "offset"), number(&value, "length"));
            let block = at.zip(length).and_then(|(at, length)| slice(index, at, length));
            let stated = value.get("digest").and_then(Value::as_str);
            let right = block.is_some_and(|block| stated.is_none_or(|s| digest_of(block) == s));
            if !right {
                self.wrong(IndexFlaw::Block(at.unwrap_or_default()));
            }
        }
    }

    /// Checks all lines that speak of one archive.
    pub(super) fn archive(&mut self, name: &str, archive: &[u8], lines: &[Line]) {
        let mut budget = (archive.len() as u64).saturating_mul(MAX_TIMES);
        for line in lines {
            let Some(left) = budget.checked_sub(line.length) else {
                let text =
                    format!("it points to the bytes of `{name}` more than {MAX_TIMES} times");
                return self.wrong(IndexFlaw::Cut(text));
            };
            budget = left;
            match line.check(name, archive) {
                None => self.right += 1,
                Some(flaw) => self.wrong(flaw),
            }
        }
    }

    /// Says that an archive was not there.
    pub(super) fn missing(&mut self, name: &str, lines: &[Line]) {
        for line in lines {
            self.wrong(IndexFlaw::File { line: line.no, file: name.chars().take(200).collect() });
        }
    }
}

fn read_line(line: &[u8], no: u64) -> Option<(String, Line)> {
    let value = json(line)?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let (at, length) = (number(&value, "offset")?, number(&value, "length")?);
    let (url, digest, record_digest) = (text("url"), text("digest"), text("recordDigest"));
    Some((text("filename")?, Line { no, url, at, length, digest, record_digest }))
}

/// What follows the key and the time of a line.
fn json(line: &[u8]) -> Option<Map<String, Value>> {
    let start = line.iter().position(|b| *b == b'{')?;
    serde_json::from_slice(line.get(start..)?).ok()
}

/// Numbers are written as such or as text.
fn number(value: &Map<String, Value>, name: &str) -> Option<u64> {
    match value.get(name)? {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    }
}

fn slice(bytes: &[u8], at: u64, length: u64) -> Option<&[u8]> {
    let from = usize::try_from(at).ok()?;
    bytes.get(from..from.checked_add(usize::try_from(length).ok()?)?)
}

impl Line {
    fn check(&self, name: &str, archive: &[u8]) -> Option<IndexFlaw> {
        let line = self.no;
        let other = |what| Some(IndexFlaw::Other { line, what });
        let nowhere = IndexFlaw::Record { line, file: name.to_owned(), at: self.at };
        let Some(stored) = slice(archive, self.at, self.length) else { return Some(nowhere) };
        let Some(record) = only_record(stored) else { return Some(nowhere) };
        if self.record_digest.as_ref().is_some_and(|stated| digest_of(stored) != *stated) {
            return other("digest of the record");
        }
        if self.url.as_deref().is_some_and(|url| record.target() != Some(url)) {
            return other("address");
        }
        // Some writers leave out the name of the algorithm.
        let stated = record.field("WARC-Payload-Digest");
        let equal = |digest: &String| {
            stated
                .is_none_or(|s| s == digest || s.split_once(':').is_some_and(|(_, v)| v == digest))
        };
        if self.digest.as_ref().is_some_and(|digest| !equal(digest)) {
            return other("digest of the payload");
        }
        None
    }
}

/// The one record of a piece of an archive.
fn only_record(stored: &[u8]) -> Option<Record> {
    let mut reader = Reader::new(stored, Limits::default()).ok()?;
    match reader.next_item().ok()?? {
        // Some indexes leave the empty lines after the block out of the length.
        Item::Record(record) if reader.next_item().ok()?.is_none() => Some(*record),
        _ => None,
    }
}

/// The line of an index for a record; none for what is no capture.
pub(super) fn line(record: &Record, stored: &[u8], filename: &str) -> Option<String> {
    if !matches!(record.kind, Kind::Response | Kind::Resource | Kind::Revisit) {
        return None;
    }
    let url = record.target()?;
    let date: String = record.field("WARC-Date")?.chars().filter(char::is_ascii_digit).collect();
    let (mime, status) = match crate::warc::entity(record, 0) {
        crate::warc::Entity::Response(message) => {
            let media = message.header("Content-Type").unwrap_or_default();
            let media = media.split(';').next().unwrap_or_default().trim().to_owned();
            (media, message.status.to_string())
        }
        _ => (record.field("Content-Type").unwrap_or_default().to_owned(), "200".to_owned()),
    };
    let mut fields = Map::new();
    let mut put = |name: &str, value: &str| {
        fields.insert(name.to_owned(), Value::from(value));
    };
    put("url", url);
    put("mime", &mime);
    put("status", &status);
    put("digest", record.field("WARC-Payload-Digest").unwrap_or_default());
    put("length", &stored.len().to_string());
    put("offset", &record.place.at.to_string());
    put("filename", filename);
    put("recordDigest", &digest_of(stored));
    let json = serde_json::to_string(&fields).ok()?;
    Some(format!("{} {} {json}\n", key(url), date.get(..14)?))
}

/// The sort key of an address: the labels of the host in reverse, then the rest, in lower case.
pub(super) fn key(url: &str) -> String {
    let lower = url.to_ascii_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let cut = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(cut).unwrap_or((rest, ""));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = path.split('#').next().unwrap_or_default();
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.reverse();
    let slash = if path.starts_with('/') { "" } else { "/" };
    let text = format!("{}){slash}{path}", labels.join(","));
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}
