//! Google's answer to a legal request, as text: labelled lines, and the table `IP ACTIVITY` with
//! tabs or runs of blanks between its columns, as the page is pasted or printed.
//!
//! Sources of the labels, and traps: see [`super::google_account`]. In: the text. Out: what that
//! module makes of its lines. Refused: lines between the heading and the header. Trap: where blanks
//! part the columns, an empty cell cannot be told, so that only the first three are sure: cells
//! beyond them are read only from tables with tabs.

use faisceau_model::{Place, Sink};

use super::google_account::{Line, What, emit, is_header};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::settings::ImportSettings;
use crate::text::decode::decode;
use crate::text::lines::Chunk;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "google-ip-activity",
    title: "Google's answer: IP activity (text)",
    group: Group::Answers,
    gives: &["connections", "subscribers", "accounts", "devices"],
    versions: "answers of 2019 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/google_answer/ip_activity.txt",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

/// Largest text, in bytes.
const LARGEST: u64 = 64 << 20;
/// Columns that are sure where blanks part them.
const SURE: usize = 3;
/// Lines of the head that are looked through for the header.
const LOOKED: usize = 200;

fn sniff(head: &Head<'_>) -> bool {
    let mut headed = false;
    head.text().lines().take(LOOKED).any(|line| {
        headed |= line.trim().eq_ignore_ascii_case("IP ACTIVITY");
        headed && is_header(&cells(line))
    })
}

/// The cells of a line.
fn cells(line: &str) -> Vec<String> {
    if line.contains('\t') {
        return line.split('\t').map(|cell| cell.trim().to_owned()).collect();
    }
    let cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    cells.map(str::to_owned).collect()
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let bytes = source.read_all(LARGEST)?;
    let mut table = false;
    let lines: Vec<Line> = Chunk::head(&bytes)
        .lines()
        .map(|line| {
            let text = decode(line.bytes);
            let place = Place::Line { number: line.number, byte: line.byte };
            Line { place, what: what(&text, &mut table) }
        })
        .collect();
    emit(source.exhibit, &lines, sink);
    Ok(())
}

/// What a line is. `table` says whether the header of the table was met.
fn what(line: &str, table: &mut bool) -> What {
    let mut found = cells(line);
    if is_header(&found) {
        *table = true;
        return What::Header(found);
    }
    if *table && found.len() > 1 {
        if !line.contains('\t') {
            found.truncate(SURE);
        }
        return What::Use(found);
    }
    match line.split_once(':') {
        Some((label, value)) => {
            *table = false;
            What::Labelled(label.trim().to_owned(), value.trim().to_owned())
        }
        None => What::Words(line.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/google_answer/ip_activity.txt");
    const BLANKS: &[u8] =
        include_bytes!("../../tests/fixtures/google_answer/ip_activity_blanks.txt");

    #[test]
    fn tabs_part_the_columns() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!(imported.name(), Some("google-ip-activity"));
        insta::assert_snapshot!("tabs", dump(&sink.connections));
        assert_eq!(
            reasons(&sink),
            ["l1@0 set_aside: neither label nor use", "l3@13 set_aside: the header of the table"]
        );
    }

    #[test]
    fn blanks_part_the_columns_and_the_account_is_named() {
        let (imported, sink) = read(BLANKS);
        assert_eq!(imported.name(), Some("google-ip-activity"));
        insta::assert_snapshot!(
            "blanks",
            dump(&sink.connections) + &dump(&sink.accounts) + &dump(&sink.subscribers)
        );
        insta::assert_snapshot!("blanks_refused", reasons(&sink).join("\n"));
    }

    proptest! {
        #[test]
        fn never_panics(tabs in mutated(SAMPLE), blanks in mutated(BLANKS)) {
            read(&tabs);
            read(&blanks);
        }
    }
}
