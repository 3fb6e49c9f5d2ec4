//! JSON lines (NDJSON) of any size: one object a line, read in parallel, handed over in order.
//!
//! In: a source, and a function from an object to rows. Out: the rows in the order of the
//! exhibit, whatever the number of threads. Refused: lines above 4 MiB, nesting above 128 levels.
//! Memory is bounded by one block of lines and its rows. What the lines say of an account is
//! handed over once for the exhibit.

use faisceau_model::{Place, RejectReason, Sink};

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::json::prune::{self, Unread};
use crate::json::{Flaw, Object, object};
use crate::text::line_records;
use crate::text::lines::Chunk;

/// Lines of the head, one of which must be an object for a format to be told.
const SNIFF_LINES: usize = 10;

/// What a format makes of one object: rows into the sink once all is well, unknown keys into the
/// fields.
pub(crate) type Reader<'r> =
    &'r (dyn Fn(&Object, &Place, &mut Fields, &mut dyn Sink) -> Result<(), Flaw> + Sync);

/// Reads every line as one record.
///
/// # Errors
/// When the source cannot be read further; the lines before are kept.
pub(crate) fn read(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    reader: Reader<'_>,
) -> Result<(), ImportError> {
    read_without(source, sink, &Unread::default(), reader)
}

/// Reads every line as one record without the keys `unread`: see [`json_prune`].
///
/// # Errors
/// When the source cannot be read further; the lines before are kept.
pub(crate) fn read_without(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    unread: &Unread,
    reader: Reader<'_>,
) -> Result<(), ImportError> {
    line_records::read(source, sink, &|line, fields, sink| {
        let object = prune::object(text(line.bytes)?, unread)?;
        reader(&object, &line.place(), fields, sink)
    })
}

/// The text of a record.
pub(crate) fn text(raw: &[u8]) -> Result<&str, Flaw> {
    std::str::from_utf8(raw)
        .map_err(|error| (RejectReason::Syntax, format!("the record is not UTF-8: {error}")))
}

/// The first objects of a head, by which formats of JSON lines are told.
pub(crate) fn first_objects(head: &[u8]) -> Vec<Object> {
    let lines = Chunk::head(head).lines().take(SNIFF_LINES);
    lines.filter_map(|line| object(text(line.bytes).ok()?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use faisceau_model::rows::Account;
    use faisceau_model::{AccountKey, Collected, ExhibitNo};

    use super::*;

    #[test]
    fn rows_come_in_the_order_of_the_lines_and_every_line_is_counted() {
        let mut text = String::new();
        for number in 0..20_000 {
            let line = if number % 1000 == 7 {
                "{\"id\":".to_owned()
            } else {
                format!("{{\"id\":{number},\"new\":1}}")
            };
            text.push_str(&line);
            text.push('\n');
        }
        let open = || -> std::io::Result<Box<dyn std::io::Read + Send>> {
            Ok(Box::new(std::io::Cursor::new(text.clone().into_bytes())))
        };
        let exhibit = ExhibitNo::top(1);
        let source = Source { exhibit, name: "x", len: text.len() as u64, open: &open };
        let mut sink = Collected::default();
        read(&source, &mut sink, &|object, place, fields, sink| {
            let id = crate::json::required(object, "id")?;
            fields.object("", object, &["id"], place);
            sink.account(Account::new(exhibit, place, 0, AccountKey::by_id("x", &id)));
            Ok(())
        })
        .unwrap();
        assert!(sink.tally.balances());
        assert_eq!((sink.tally.records, sink.rejects.len()), (20_000, 20));
        let ids: Vec<u32> =
            sink.accounts.iter().map(|a| a.account.native().parse().unwrap()).collect();
        assert!(ids.is_sorted());
        let unknown: Vec<_> =
            sink.unknown_fields.iter().map(|f| (&f.field[..], f.records)).collect();
        assert_eq!(unknown, [("new", 19_980)]);
    }
}
