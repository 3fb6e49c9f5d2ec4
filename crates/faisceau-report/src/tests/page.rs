//! The page: one page of summary, the same bytes twice.

use faisceau_model::{Head, RowId};

use super::sample::{self, Sample, sample};
use crate::render::set;
use crate::{DatasetLine, Document, note, pdf};

/// The note cut after its first section.
pub(crate) fn first_section(note: &Document) -> Document {
    Document { sections: note.sections[..1].to_vec(), ..note.clone() }
}

/// More of everything, with the longest names that are let through.
pub(crate) fn overfull() -> Sample {
    let long = "Wwwwwwwwww ".repeat(400);
    let mut sample = sample();
    sample.case.title = long.clone();
    sample.case.claimant = long.clone();
    sample.case.capacity = long.clone();
    sample.case.access_place = long.clone();
    for account in &mut sample.accounts {
        account.handle = faisceau_model::Maybe::Known(long.clone());
    }
    for link in &mut sample.links {
        link.innocent = (0..30).map(|i| format!("unknown_code_{i}_{long}")).collect();
    }
    let row = sample.explanations[0].clone();
    sample.explanations.extend((0..60).map(|i| {
        let mut row = row.clone();
        row.code = format!("unknown_code_{i}_{long}");
        row
    }));
    let group = sample.identities[0].clone();
    sample.identities = (1..60)
        .map(|n| {
            let mut group = group.clone();
            group.id = RowId::derived("idt", n);
            group.members = (0..200).map(|i| sample::key(i % 8).to_string()).collect();
            group
        })
        .collect();
    let line = sample.datasets[0].clone();
    sample.datasets = (0..80)
        .map(|n| DatasetLine { id: format!("dataset-{n}-{long}"), ..line.clone() })
        .collect();
    sample.requests = (1..400)
        .map(|n| {
            let day = format!("2027-01-{:02}", 1 + n % 28);
            let to = format!("{n} {long}");
            sample::requests::request(n, Head::C3, &to, n % 8, Some(&day), true)
        })
        .collect();
    let exhibit = sample.exhibits[8].clone();
    sample.exhibits = (1..200)
        .map(|n| {
            let mut exhibit = exhibit.clone();
            exhibit.exhibit = faisceau_model::ExhibitNo::top(n);
            exhibit
        })
        .collect();
    sample
}

#[test]
fn the_summary_is_one_page() {
    for sample in [sample(), overfull()] {
        let note = note(&sample.input());
        let pages = set(&first_section(&note)).expect("a document").pages().len();
        assert_eq!(pages, 1);
    }
}

/// Long tables and details stand in the annexes: what is read first stays short.
#[test]
fn the_body_stays_short() {
    for (sample, most) in [(sample(), 20), (overfull(), 30)] {
        let mut note = note(&sample.input());
        let annexes = note.sections.iter().position(|s| s.number == "A").expect("annex A");
        note.sections.truncate(annexes);
        let pages = set(&note).expect("a document").pages().len();
        assert!(pages <= most, "{pages}");
    }
}

#[test]
fn the_same_note_is_the_same_bytes() {
    let once = note(&sample().input());
    let twice = note(&sample().input());
    assert_eq!(once.to_json(), twice.to_json());
    let first = pdf(&once).expect("a PDF");
    comemo::evict(0);
    assert!(first == pdf(&twice).expect("a PDF"));
}

#[test]
fn a_day_outside_the_calendar_is_refused() {
    let note = Document { as_of: "tomorrow".into(), ..note(&sample().input()) };
    assert!(matches!(pdf(&note), Err(crate::ReportError::Date(_))));
}
