//! Tables of known producers, whose headers say what stands below them: which table a head is of,
//! and where its header stands.
//!
//! In: a source and the headers that a format knows. Out: records by header name, each settled
//! once; lines before the header and the header itself are set aside; headers that nobody knows
//! are listed. Refused: a table that has one of the headers twice, for nobody can say which of the
//! two counts, and records with fewer or more fields than the header.

use std::collections::BTreeSet;

use faisceau_model::{Place, Sink};

use super::csv::{Table, names};
use super::csv_records::CsvRecords;
pub(crate) use super::header::Entry;
use super::records::Records;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::json::Flaw;
use crate::records::set_aside;

/// Records looked through for the header: some producers write notes before it.
const BEFORE: usize = 12;
/// Delimiters that producers and spreadsheets write.
const DELIMITERS: [u8; 3] = *b",;\t";

/// The headers that a format knows.
pub(crate) struct Layout {
    /// Without these the table is another one.
    pub(crate) wanted: &'static [&'static str],
    /// Read where they are.
    pub(crate) used: &'static [&'static str],
    /// Known and not read.
    pub(crate) ignored: &'static [&'static str],
    /// Whether the table has no other headers than these: for headers that many tables have.
    pub(crate) exact: bool,
}

impl Layout {
    /// Whether a head holds the header of this table.
    pub(crate) fn sniff(&self, head: &[u8]) -> bool {
        self.delimiter(head).is_some()
    }

    /// The delimiter of a table with this layout.
    fn delimiter(&self, head: &[u8]) -> Option<u8> {
        // Most exhibits are told apart before they are taken for a table.
        let named = |wanted: &&str| memchr::memmem::find(head, wanted.as_bytes()).is_some();
        if !self.wanted.iter().all(named) {
            return None;
        }
        // A page or a list is no table.
        if matches!(head.trim_ascii_start().first(), Some(b'<' | b'{' | b'[')) {
            return None;
        }
        DELIMITERS.into_iter().find(|&delimiter| {
            let mut table = Table::new(Box::new(std::io::Cursor::new(head.to_vec())), delimiter);
            for _ in 0..BEFORE {
                let Ok(Some(record)) = table.next() else { return false };
                if record.fields.is_ok_and(|fields| self.is_header(&names(&fields))) {
                    return true;
                }
            }
            false
        })
    }

    fn is_header(&self, names: &[String]) -> bool {
        let known = |name: &String| self.reads(name) || self.ignored.contains(&name.as_str());
        self.wanted.iter().all(|wanted| names.iter().any(|name| name == wanted))
            && (!self.exact || names.iter().all(known))
    }

    fn reads(&self, name: &str) -> bool {
        [self.wanted, self.used].iter().any(|list| list.contains(&name))
    }

    /// The headers that are no news. A column without header is none that was renamed.
    fn known(&self) -> BTreeSet<&str> {
        [self.wanted, self.used, self.ignored, &[""]].into_iter().flatten().copied().collect()
    }
}

/// Reads a table record by record.
///
/// # Errors
/// When the source cannot be read further, or the header cannot be told.
pub(crate) fn read(
    source: &Source<'_>,
    layout: &Layout,
    sink: &mut dyn Sink,
    take: impl FnMut(&Entry, &Place, &mut dyn Sink) -> Result<(), Flaw>,
) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    let delimiter = layout.delimiter(&source.head()?).unwrap_or(b',');
    let mut table = Table::new((source.open)()?, delimiter);
    let first = loop {
        let Some(record) = table.next()? else { return Ok(()) };
        if record.fields.as_ref().is_ok_and(|fields| layout.is_header(&names(fields))) {
            break record;
        }
        set_aside(exhibit, &record.place, &record.head, "before the header", sink);
    };
    let mut records = CsvRecords::below(table, first)?;
    let (header, place) = records.header();
    let read = header.names().filter(|name| layout.reads(name));
    header.check(read.map(|name| ("this format".to_owned(), name)), place)?;
    let outcome = records.each(exhibit, sink, take);
    let mut fields = Fields::default();
    records.unknown(&layout.known(), &mut fields);
    fields.finish(exhibit, sink);
    outcome
}

#[cfg(test)]
mod tests {
    use faisceau_model::{Collected, ExhibitNo};

    use super::*;

    const LAYOUT: Layout =
        Layout { wanted: &["Date", "IP"], used: &["Port"], ignored: &["City"], exact: false };

    fn run(text: &str) -> (Collected, Vec<String>, Option<String>) {
        let open = || -> std::io::Result<Box<dyn std::io::Read + Send>> {
            Ok(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())))
        };
        let exhibit = ExhibitNo::top(1);
        let source = Source { exhibit, name: "x", len: text.len() as u64, open: &open };
        let (mut sink, mut seen) = (Collected::default(), Vec::new());
        let outcome = read(&source, &LAYOUT, &mut sink, |entry, _, _| {
            seen.push(format!("{} {:?}", entry.required("IP")?, entry.text("Port")));
            Ok(())
        });
        if outcome.is_ok() {
            assert!(sink.tally.balances());
        }
        (sink, seen, outcome.err().map(|error| error.to_string()))
    }

    #[test]
    fn notes_before_the_header_are_set_aside_and_new_headers_listed() {
        let text = "Notes:\n\"a, b\nc\"\n\nIP;Date;New;City\n192.0.2.1;x;;\n;x;;\n1;2\n";
        let (sink, seen, problem) = run(text);
        assert_eq!(problem, None);
        assert_eq!(seen, ["192.0.2.1 Missing(NotRecorded)"]);
        let details: Vec<_> = sink.rejects.iter().map(|r| r.detail.as_str()).collect();
        assert_eq!(
            details,
            [
                "before the header",
                "before the header",
                "the header of the table",
                "`IP` is missing",
                "2 fields over 1 lines, the header has 4",
            ]
        );
        assert_eq!(sink.unknown_fields.len(), 1);
        assert_eq!(sink.unknown_fields[0].field, "New");
    }

    #[test]
    fn a_header_that_is_there_twice_ends_the_table() {
        let (_, seen, problem) = run("IP,Date,IP\n1,2,3\n");
        assert!(seen.is_empty());
        assert_eq!(
            problem.unwrap(),
            "the header `IP`, asked for by this format, is in the table more than once"
        );
        let (_, seen, problem) = run("IP,Date,City,City\n1,2,3,4\n");
        assert_eq!((seen.len(), problem), (1, None));
    }

    #[test]
    fn a_page_is_no_table() {
        assert!(LAYOUT.sniff(b"Date,IP\n"));
        assert!(!LAYOUT.sniff(b"<p>Date,IP\n"));
        assert!(!LAYOUT.sniff(b"Date,Ip\n"));
        let exact = Layout { exact: true, ..LAYOUT };
        assert!(exact.sniff(b"Date,IP,City\n") && !exact.sniff(b"Date,IP,New\n"));
    }
}
