//! A corpus from its bytes.

use std::io::{self, BufRead, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::gather::Gathering;
use super::lines::{Record, Records};
use super::open::open;
use super::row::{Row, Written};
use super::{Corpus, Limits, Rejects};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// Columns without which there is no corpus.
const NEEDED: [&str; 4] = ["author", "timestamp_utc", "text", "lang"];
/// Most columns of a table.
const MOST_COLUMNS: usize = 1000;

/// A file that is no corpus.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// Nothing in it.
    #[error("the corpus is empty")]
    Empty,
    /// It cannot be read from the start.
    #[error("the corpus cannot be read: {0}")]
    Read(#[from] io::Error),
    /// The first line of the table is not its columns.
    #[error("the corpus has no readable first line with the names of its columns")]
    Header,
    /// A column is missing.
    #[error("the corpus has no column `{0}`")]
    Column(&'static str),
}

impl Corpus {
    /// Reads a corpus. What is after a fault of the compression, or after the limit of bytes, is
    /// one reject.
    ///
    /// # Errors
    ///
    /// Only for a file that is no corpus at all: empty, unreadable from its first byte, without
    /// the columns `author`, `timestamp_utc`, `text` and `lang`.
    pub fn read(reader: impl Read, limits: &Limits) -> Result<Self, CorpusError> {
        let mut reader = open(reader)?;
        let mut head = vec![0; BYTE_ORDER_MARK.len() + 1];
        let length = fill(&mut reader, &mut head)?;
        head.truncate(length);
        if head.starts_with(BYTE_ORDER_MARK) {
            head.drain(..BYTE_ORDER_MARK.len());
        }
        let json = head.first() == Some(&b'{');
        if head.is_empty() {
            return Err(CorpusError::Empty);
        }
        let whole = io::Cursor::new(head).chain(reader);
        let mut records = Records::new(whole, limits.bytes, limits.record, !json);
        let columns = if json { None } else { Some(Columns::read(&mut records)?) };
        let (mut gathering, mut rejects) = (Gathering::default(), Rejects::default());
        loop {
            let (line, record) = match records.next() {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(error) => {
                    let reason = format!("the corpus cannot be read from here on: {error}");
                    rejects.add(records.number() + 1, reason, limits.rejects);
                    break;
                }
            };
            let row = match record {
                Record::Refused(reason) => Err(reason.to_owned()),
                Record::Whole(bytes) if bytes.trim_ascii().is_empty() => continue,
                Record::Whole(bytes) => match &columns {
                    Some(columns) => columns.written(&bytes).and_then(Row::read),
                    None => from_json(&bytes).and_then(Row::read),
                },
            };
            if let Err(reason) = row.and_then(|row| gathering.add(row, limits)) {
                rejects.add(line, reason, limits.rejects);
            }
        }
        if records.exhausted() {
            let reason = format!("the corpus reaches the limit of {} bytes", limits.bytes);
            rejects.add(records.number(), reason, limits.rejects);
        }
        Ok(Self { authors: gathering.finish(), rejects })
    }
}

fn fill(reader: &mut impl Read, head: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while let Some(room) = head.get_mut(length..).filter(|room| !room.is_empty()) {
        match reader.read(room)? {
            0 => break,
            more => length += more,
        }
    }
    Ok(length)
}

fn from_json(bytes: &[u8]) -> Result<Written, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("the line is not a row in JSON: {error}"))
}

/// Where the columns are.
struct Columns {
    count: usize,
    needed: [usize; 4],
    split: Option<usize>,
    source: Option<usize>,
    offset: Option<usize>,
}

impl Columns {
    fn read(records: &mut Records<impl BufRead>) -> Result<Self, CorpusError> {
        let Some((_, Record::Whole(bytes))) = records.next()? else {
            return Err(CorpusError::Header);
        };
        let names = fields(&bytes).ok_or(CorpusError::Header)?;
        if names.len() > MOST_COLUMNS {
            return Err(CorpusError::Header);
        }
        let at = |name: &str| names.iter().position(|field| field == name.as_bytes());
        let mut needed = [0; 4];
        for (place, name) in needed.iter_mut().zip(NEEDED) {
            *place = at(name).ok_or(CorpusError::Column(name))?;
        }
        Ok(Self {
            count: names.len(),
            needed,
            split: at("split"),
            source: at("source"),
            offset: at("tz_offset_min"),
        })
    }

    fn written(&self, bytes: &[u8]) -> Result<Written, String> {
        let fields = fields(bytes).ok_or("the line is not a row of a table")?;
        if fields.len() != self.count {
            let (found, count) = (fields.len(), self.count);
            return Err(format!("the line has {found} values, {count} were expected"));
        }
        let text = |at: usize| {
            let bytes = fields.get(at).unwrap_or_default();
            String::from_utf8(bytes.to_vec()).map_err(|_| "the line is not UTF-8".to_owned())
        };
        let optional = |at: Option<usize>| at.map(text).transpose();
        let [author, timestamp_utc, words, lang] = self.needed;
        Ok(Written {
            author: text(author)?,
            timestamp_utc: text(timestamp_utc)?,
            text: text(words)?,
            lang: text(lang)?,
            split: optional(self.split)?,
            source: optional(self.source)?,
            tz_offset_min: optional(self.offset)?.map(super::row::Offset::Text),
        })
    }
}

/// The values of one record of a table.
fn fields(bytes: &[u8]) -> Option<ByteRecord> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = ByteRecord::new();
    reader.read_byte_record(&mut record).ok()?.then_some(record)
}
