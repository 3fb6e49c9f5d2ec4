//! CSV records of a source of any size, one by one, with their places.
//!
//! In: a source and a delimiter. Out: records as text with the line and byte where they start.
//! Refused: records above 1 MiB or 1024 fields, which cost no more memory than that, and a table
//! that ends inside a quoted field. Grammar: RFC 4180, with any line end, blank lines skipped.

use std::borrow::Cow;
use std::io::Read;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use faisceau_model::{Place, RejectReason};

use crate::contract::ImportError;
use crate::text::decode::windows_1252;

/// Bytes of one record, quotes taken off.
const RECORD_LIMIT: usize = 1024 * 1024;

/// Fields of one record.
const FIELD_LIMIT: usize = 1024;

/// Bytes read at a time.
const INPUT: usize = 64 * 1024;

/// Bytes of a record kept as they stand, for the reject.
const EXCERPT: usize = 600;

/// Reads a CSV table.
pub(crate) struct Table {
    source: Box<dyn Read + Send>,
    csv: Reader,
    input: Vec<u8>,
    at: usize,
    ended: bool,
    output: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    byte: u64,
}

/// What was met in place of a record, or a record.
#[derive(Debug)]
pub(crate) struct Record {
    /// Where it starts.
    pub(crate) place: Place,
    /// Lines that it covers.
    pub(crate) lines: u64,
    /// The fields, or why there are none.
    pub(crate) fields: Result<Vec<String>, (RejectReason, &'static str)>,
    /// Its first bytes as they stand.
    pub(crate) head: Vec<u8>,
}

impl Table {
    /// Starts at the first byte.
    pub(crate) fn new(source: Box<dyn Read + Send>, delimiter: u8) -> Self {
        Self {
            source,
            csv: ReaderBuilder::new().delimiter(delimiter).build(),
            input: Vec::new(),
            at: 0,
            ended: false,
            output: vec![0; 16 * 1024],
            ends: vec![0; FIELD_LIMIT],
            line: 1,
            byte: 0,
        }
    }

    /// The next record, or none at the end.
    ///
    /// # Errors
    /// When the source cannot be read further; the error names the start of the record that is
    /// lost.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, ImportError> {
        self.skip_blank()?;
        let (line, start) = (self.line, self.byte);
        let place = Place::Line { number: line, byte: start };
        let mut head = Vec::new();
        let (mut written, mut fields, mut quotes) = (0, 0, 0);
        let mut refusal = None;
        loop {
            if self.at == self.input.len() && !self.ended {
                self.fill(&place)?;
            }
            let (result, read, wrote, ended) = self.csv.read_record(
                &self.input[self.at..],
                &mut self.output[written..],
                &mut self.ends[fields..],
            );
            let raw = &self.input[self.at..self.at + read];
            quotes += memchr::memchr_iter(b'"', raw).count();
            self.line += memchr::memchr_iter(b'\n', raw).count() as u64;
            head.extend_from_slice(&raw[..read.min(EXCERPT - head.len())]);
            self.at += read;
            self.byte += read as u64;
            written += wrote;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.output.len() < RECORD_LIMIT => {
                    self.output.resize(self.output.len() * 2, 0);
                }
                ReadRecordResult::OutputFull => {
                    refusal = Some((RejectReason::Limit, "the record is longer than 1 MiB"));
                    written = 0;
                }
                ReadRecordResult::OutputEndsFull => {
                    refusal = Some((RejectReason::Limit, "the record has more than 1024 fields"));
                    fields = 0;
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        // The end of the source, not a line end, has closed a record whose quotes do not pair.
        if self.ended && self.at == self.input.len() && quotes % 2 == 1 {
            let cut = (RejectReason::Truncated, "the table ends inside a quoted field");
            refusal = refusal.or(Some(cut));
        }
        let fields = match refusal {
            Some(refusal) => Err(refusal),
            None => Ok(self.text(fields)),
        };
        Ok(Some(Record { place, lines: self.line.saturating_sub(line).max(1), fields, head }))
    }

    /// The first `count` fields: UTF-8, else Windows-1252 for the whole record.
    fn text(&self, count: usize) -> Vec<String> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let fields: Vec<&[u8]> = starts
            .zip(&self.ends[..count])
            .map(|(&start, &end)| self.output.get(start..end).unwrap_or_default())
            .collect();
        let utf8 = fields.iter().all(|field| std::str::from_utf8(field).is_ok());
        let text = |field: &&[u8]| {
            if utf8 { String::from_utf8_lossy(field).into_owned() } else { windows_1252(field) }
        };
        fields.iter().map(text).collect()
    }

    /// Passes line ends, so that the next record starts at its own first byte.
    fn skip_blank(&mut self) -> Result<(), ImportError> {
        loop {
            if self.at == self.input.len() {
                if self.ended {
                    return Ok(());
                }
                let place = Place::Line { number: self.line, byte: self.byte };
                self.fill(&place)?;
                continue;
            }
            match self.input[self.at] {
                b'\n' => self.line += 1,
                b'\r' => {}
                _ => return Ok(()),
            }
            self.at += 1;
            self.byte += 1;
        }
    }

    fn fill(&mut self, place: &Place) -> Result<(), ImportError> {
        self.input.clear();
        self.at = 0;
        (&mut self.source)
            .take(INPUT as u64)
            .read_to_end(&mut self.input)
            .map_err(|error| ImportError::Read { place: place.clone(), error })?;
        self.ended = self.input.is_empty();
        Ok(())
    }
}

/// The header line of a table, if it holds all of `wanted`, with the delimiter that tells so.
pub(crate) fn header(
    head: &[u8],
    wanted: &[impl AsRef<str>],
    delimiter: Option<u8>,
) -> Option<(u8, Vec<String>)> {
    let delimiters = delimiter.map_or(Cow::Borrowed(&b",;\t"[..]), |given| vec![given].into());
    delimiters.iter().find_map(|&delimiter| {
        let mut table = Table::new(Box::new(std::io::Cursor::new(head.to_vec())), delimiter);
        let names = names(&table.next().ok()??.fields.ok()?);
        let all = wanted.iter().all(|name| names.iter().any(|n| n == name.as_ref()));
        all.then_some((delimiter, names))
    })
}

/// Header names without the white space and the byte order mark around them.
pub(crate) fn names(fields: &[String]) -> Vec<String> {
    let trim = |name: &String| name.trim_start_matches('\u{feff}').trim().to_owned();
    fields.iter().map(trim).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &[u8]) -> Vec<(String, Result<Vec<String>, RejectReason>)> {
        let mut table = Table::new(Box::new(std::io::Cursor::new(text.to_vec())), b',');
        std::iter::from_fn(|| table.next().unwrap())
            .map(|record| (record.place.to_string(), record.fields.map_err(|(reason, _)| reason)))
            .collect()
    }

    #[test]
    fn records_know_their_place() {
        let text = b"\xef\xbb\xbfa,b\r\n\r\n1,\"x\r\ny\"\r\n\n2,\"q\"\"r\"\n3,";
        let texts = |fields: [&str; 2]| Ok(fields.map(str::to_owned).to_vec());
        assert_eq!(
            read(text),
            [
                ("l1@0".to_owned(), texts(["a", "b"])),
                ("l3@10".to_owned(), texts(["1", "x\r\ny"])),
                ("l6@21".to_owned(), texts(["2", "q\"r"])),
                ("l7@30".to_owned(), texts(["3", ""])),
            ]
        );
    }

    #[test]
    fn a_record_that_is_not_utf8_is_read_as_windows_1252() {
        let fields = read(b"d\xe9j\xe0,na\xc3\xafve\nd\xc3\xa9,x\n");
        assert_eq!(fields[0].1.as_ref().unwrap(), &["déjà", "naÃ¯ve"]);
        assert_eq!(fields[1].1.as_ref().unwrap(), &["dé", "x"]);
    }

    #[test]
    fn hostile_records_are_refused_and_the_next_is_read() {
        let mut text = b"a,b\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', 3 * RECORD_LIMIT));
        text.extend(b"\n1,2\n");
        text.extend(std::iter::repeat_n(b',', 10_000));
        text.extend(b"\n3,4\n5,\"never closed\n6,7\n");
        let read = read(&text);
        let reasons: Vec<_> = read.iter().map(|(_, fields)| fields.as_ref().err()).collect();
        let limit = Some(&RejectReason::Limit);
        assert_eq!(reasons, [None, limit, None, limit, None, Some(&RejectReason::Truncated)]);
        assert_eq!(read[2].1.as_ref().unwrap(), &["1", "2"]);
        assert_eq!(read[4].1.as_ref().unwrap(), &["3", "4"]);
    }

    #[test]
    fn the_header_tells_the_delimiter() {
        let wanted = ["a b", "c"];
        assert_eq!(header(b"\xef\xbb\xbfa b;c;d\n", &wanted, None).unwrap().0, b';');
        assert_eq!(header(b"c\ta b \n", &wanted, None).unwrap().0, b'\t');
        assert_eq!(header(b"c|a b\n", &wanted, Some(b'|')).unwrap().1, ["c", "a b"]);
        assert!(header(b"c,a\n", &wanted, None).is_none());
        assert!(header(b"", &wanted, None).is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_end(text in prop::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), any::<u8>()], 0..300)) {
            let mut last = None;
            for (place, _) in read(&text) {
                let Ok(Place::Line { byte, .. }) = place.parse() else { panic!("{place}") };
                prop_assert!(last.is_none_or(|before| before < byte));
                prop_assert!((byte as usize) < text.len());
                last = Some(byte);
            }
        }
    }
}
