//! Google's answer to a legal request, `….SubscriberInfo.html`.
//!
//! A page with the heading `GOOGLE SUBSCRIBER INFORMATION`, a list of `label: value`, and the table
//! `IP ACTIVITY`. Sources of the labels, and traps: see [`super::google_account`]. In: the page.
//! Out: what that module makes of its lines. Refused: rows of other tables, which are set aside.
//! Places are the numbers of elements in document order.

use faisceau_model::Sink;

use super::google_account::{Line, What, emit, is_header};
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::html::{MAX_PAGE, Page, Part, parts};
use crate::settings::ImportSettings;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "google-subscriber-info",
    title: "Google's answer: subscriber information (HTML)",
    group: Group::Answers,
    gives: &["subscribers", "accounts", "connections", "devices"],
    versions: "answers of 2019 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/google_answer/subscriber_info.html",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff,
    parse,
    owner: None,
};

fn sniff(head: &Head<'_>) -> bool {
    let text = head.text().to_ascii_lowercase();
    text.trim_start().starts_with('<')
        && ["google subscriber information", "google account id"].iter().all(|w| text.contains(w))
}

fn parse(source: &Source<'_>, _: &ImportSettings, sink: &mut dyn Sink) -> Result<(), ImportError> {
    let page = Page::parse(&source.read_all(MAX_PAGE)?)?;
    let mut open = None;
    let lines: Vec<Line> = parts(&page)
        .into_iter()
        .map(|part| Line { place: part.place(), what: what(part, &mut open) })
        .collect();
    emit(source.exhibit, &lines, sink);
    page.cut().map_or(Ok(()), |cut| Err(cut.into()))
}

/// What a part of the page is. `open` is the table of uses, once its header was met.
fn what(part: Part, open: &mut Option<u32>) -> What {
    if let Some((label, value)) = part.labelled() {
        return What::Labelled(label.to_owned(), value.to_owned());
    }
    if part.table.is_some() && is_header(&part.cells) {
        *open = part.table;
        return What::Header(part.cells);
    }
    if part.table.is_some() && part.table == *open {
        return What::Use(part.cells);
    }
    What::Words(part.cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::testing::{dump, mutated, read, reasons};

    const SAMPLE: &[u8] = include_bytes!("../../tests/fixtures/google_answer/subscriber_info.html");

    #[test]
    fn the_page_gives_all_columns() {
        let (imported, sink) = read(SAMPLE);
        assert_eq!((imported.name(), imported.problem), (Some("google-subscriber-info"), None));
        insta::assert_snapshot!("declared", dump(&sink.accounts) + &dump(&sink.subscribers));
        insta::assert_snapshot!("uses", dump(&sink.connections) + &dump(&sink.devices));
        insta::assert_snapshot!("refused", reasons(&sink).join("\n"));
        let unknown: Vec<_> = sink.unknown_fields.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(unknown, ["Favourite Colour"]);
    }

    #[test]
    fn what_precedes_nesting_without_end_is_kept() {
        let head = "<h2>GOOGLE SUBSCRIBER INFORMATION</h2>Google Account ID:";
        let page = format!("{head}{}", "<div>".repeat(600));
        let (imported, sink) = read(page.as_bytes());
        assert!(imported.problem.unwrap().contains("nests more than 512"));
        assert_eq!(reasons(&sink).len(), 2, "the heading, and the rest");
    }

    #[test]
    fn hostile_values_stay_text() {
        let page = "<h2>Google Subscriber Information</h2><ul><li>Name: \u{1b}[31m=cmd()</li>\
            <li>Google Account ID: </li><li>Terms of Service IP: nowhere</li></ul>";
        let (_, sink) = read(page.as_bytes());
        assert_eq!(sink.subscribers.len(), 1);
        assert_eq!(sink.rejects.len(), 3);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
