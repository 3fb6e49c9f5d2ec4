//! Exhibits whose records are lines: a source of any size, line by line.
//!
//! In: a source, and a function from a line to rows. Out: the rows in the order of the exhibit,
//! whatever the number of threads. Refused: lines above 4 MiB. Memory is bounded by one block of
//! lines and its rows.

use faisceau_model::rows::Reject;
use faisceau_model::{Collected, RejectReason, Sink};
use rayon::prelude::*;

use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::json::Flaw;
use crate::records::settle;
use crate::rows::seen_accounts::SeenAccounts;
use crate::text::lines::{Block, Blocks, Chunk, Line, Piece};

/// Bytes of lines that one thread reads at a time.
const CHUNK: usize = 256 * 1024;

/// What a format makes of one line: rows into the sink once all is well, unknown names into the
/// fields.
pub(crate) type Reader<'r> =
    &'r (dyn Fn(&Line<'_>, &mut Fields, &mut dyn Sink) -> Result<(), Flaw> + Sync);

/// The same for lines that depend on those before them.
pub(crate) type OrderedReader<'r> =
    &'r mut dyn FnMut(&Line<'_>, &mut Fields, &mut dyn Sink) -> Result<(), Flaw>;

/// What a format makes of one line that may hold several records: it settles each of them.
pub(crate) type EachLine<'r> = &'r (dyn Fn(&Line<'_>, &mut Fields, &mut dyn Sink) + Sync);

/// Reads every line as one record, in parallel.
///
/// # Errors
/// When the source cannot be read further; the lines before are kept.
pub(crate) fn read(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    reader: Reader<'_>,
) -> Result<(), ImportError> {
    let exhibit = source.exhibit;
    read_each(source, sink, &|line, fields, sink| {
        settle(exhibit, &line.place(), line.bytes, sink, |sink| reader(line, fields, sink));
    })
}

/// Reads every line, in parallel; `each` settles the records that it holds. What the lines say of
/// an account is handed over once.
///
/// # Errors
/// When the source cannot be read further; the lines before are kept.
pub(crate) fn read_each(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    each: EachLine<'_>,
) -> Result<(), ImportError> {
    let mut seen = SeenAccounts::default();
    each_block(source, sink, &mut |block, fields, sink| {
        let parts: Vec<_> =
            block.chunks(CHUNK).into_par_iter().map(|chunk| read_chunk(chunk, each)).collect();
        for (mut rows, found) in parts {
            rows.accounts.retain(|row| seen.first(row));
            rows.replay(sink);
            fields.merge(found);
        }
    })
}

/// Reads every line after the one before it.
///
/// # Errors
/// When the source cannot be read further; the lines before are kept.
pub(crate) fn read_in_order(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    reader: OrderedReader<'_>,
) -> Result<(), ImportError> {
    each_block(source, sink, &mut |block, fields, sink| {
        for line in block.lines() {
            settle(source.exhibit, &line.place(), line.bytes, sink, |sink| {
                reader(&line, fields, sink)
            });
        }
    })
}

/// Hands over block by block; a line that no block can hold is rejected here.
fn each_block(
    source: &Source<'_>,
    sink: &mut dyn Sink,
    take: &mut dyn FnMut(&Block, &mut Fields, &mut dyn Sink),
) -> Result<(), ImportError> {
    let mut blocks = Blocks::new((source.open)()?);
    let mut fields = Fields::default();
    let outcome = loop {
        match blocks.next() {
            Ok(Some(Piece::Lines(block))) => take(&block, &mut fields, sink),
            Ok(Some(Piece::TooLong { place, head })) => {
                let detail = "the line is longer than 4 MiB";
                sink.records(1);
                sink.reject(Reject::new(source.exhibit, place, RejectReason::Limit, detail, &head));
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    fields.finish(source.exhibit, sink);
    outcome
}

fn read_chunk(chunk: Chunk<'_>, each: EachLine<'_>) -> (Collected, Fields) {
    let (mut rows, mut fields) = (Collected::default(), Fields::default());
    for line in chunk.lines() {
        each(&line, &mut fields, &mut rows);
    }
    (rows, fields)
}
