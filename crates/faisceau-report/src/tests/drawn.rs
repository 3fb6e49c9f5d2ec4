//! Every value of a figure is counted again from the rows, by other means; and the page shows it.

use std::collections::BTreeMap;

use faisceau_model::Relation;
use jiff::tz::TimeZone;
use typst::layout::{Frame, FrameItem};
use typst::visualize::Paint;

use super::sample::{Sample, sample};
use crate::render::set;
use crate::{Block, Drawing, Figure, RunKind, Text, note};

fn figures(sample: &Sample) -> Vec<Figure> {
    let note = note(&sample.input());
    let blocks = note.sections.into_iter().flat_map(|section| section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
        .collect()
}

/// The keys of the accounts that a figure rests on, in the order of its support.
fn accounts(figure: &Figure) -> Vec<String> {
    let keys = figure.support.as_slice().iter();
    keys.filter_map(|s| s.strip_prefix("posts?account=")).map(str::to_owned).collect()
}

fn words(text: &Text) -> Vec<String> {
    let own = text.runs().iter().filter(|run| run.kind == RunKind::Data);
    own.map(|run| run.text.clone()).collect()
}

#[test]
fn the_timeline_is_the_table_of_posts() {
    let sample = sample();
    let figures = figures(&sample);
    let found = figures.iter().find_map(|f| match &f.drawing {
        Drawing::Timeline(d) => Some((f, d)),
        _ => None,
    });
    let (figure, timeline) = found.expect("a timeline");
    assert_eq!(timeline.unit.days(), 1, "the sample spans four months");
    // Handles are unique in the sample: a lane is found by its own.
    let mut days: BTreeMap<(String, String), u64> = BTreeMap::new();
    let keys = accounts(figure);
    for post in sample.posts.iter().filter(|post| keys.contains(&post.account.to_string())) {
        let row = sample.accounts.iter().find(|row| row.account == post.account).expect("a row");
        let handle = row.handle.known().expect("a handle").clone();
        if let Some(at) = post.at.known() {
            *days.entry((handle, at.day_utc())).or_default() += 1;
        }
    }
    let mut drawn: BTreeMap<(String, String), u64> = BTreeMap::new();
    for lane in &timeline.lanes {
        let handle = words(&lane.label)[0].clone();
        for (start, n) in timeline.starts.iter().zip(&lane.counts).filter(|(_, n)| **n > 0) {
            drawn.insert((handle.clone(), start.clone()), *n);
            assert!(figure.alt.to_plain().contains(&format!("{start} {n}")));
        }
    }
    assert_eq!(days, drawn);
    let (heads, rows) = figure.table(crate::Language::French);
    assert!(rows.iter().all(|row| row.len() == heads.len()));
}

#[test]
fn the_hours_are_the_table_of_posts() {
    let sample = sample();
    let paris = TimeZone::get("Europe/Paris").expect("a zone");
    let mut checked = 0;
    for figure in figures(&sample) {
        let Drawing::Hours(hours) = &figure.drawing else { continue };
        for (key, grid) in accounts(&figure).iter().zip(&hours.grids) {
            let mut wanted = vec![vec![0_u64; 24]; 7];
            for post in sample.posts.iter().filter(|post| post.account.to_string() == *key) {
                let Some(at) = post.at.known().filter(|at| at.feeds_timing()) else { continue };
                let text = at.display_in(&paris);
                let date: jiff::civil::Date = text[..10].parse().expect("a date");
                let hour: usize = text[11..13].parse().expect("an hour");
                let day = date.weekday().to_monday_zero_offset();
                wanted[usize::try_from(day).expect("a day")][hour] += 1;
            }
            assert_eq!(grid.counts, wanted, "{key}");
            checked += 1;
        }
    }
    assert!(checked >= 6, "{checked}");
}

#[test]
fn the_network_is_the_links_in_favour_of_h1() {
    let sample = sample();
    let figures = figures(&sample);
    let found = figures.iter().find_map(|f| match &f.drawing {
        Drawing::Network(d) => Some((f, d)),
        _ => None,
    });
    let (figure, network) = found.expect("a network");
    let h1 = sample.links.iter().filter(|link| link.favours.known().is_some_and(|f| f == "H1"));
    assert_eq!(network.edges.len(), h1.clone().count());
    for link in h1 {
        let edge = network.edges.iter().find(|e| e.link == link.id.as_str()).expect("an edge");
        assert_eq!((&edge.band, edge.value), (&link.band_fr, link.total));
        assert_eq!(edge.together, link.relation == Relation::Coordination);
        let ends: Vec<String> =
            [edge.a, edge.b].iter().map(|n| words(&network.nodes[*n].label)[0].clone()).collect();
        for (end, key) in ends.iter().zip([&link.a, &link.b]) {
            let row = sample.accounts.iter().find(|row| row.account == *key).expect("a row");
            assert_eq!(row.handle.known(), Some(end));
        }
        assert!(figure.support.as_slice().contains(&link.id.to_string()));
    }
}

#[test]
fn the_places_are_the_table_of_addresses() {
    let mut sample = sample();
    for (n, row) in sample.addresses.iter_mut().enumerate() {
        row.country = faisceau_model::Maybe::Known(["FR", "DE", "zz"][n % 3].into());
    }
    let figures = figures(&sample);
    let found = figures.iter().find_map(|f| match &f.drawing {
        Drawing::Counts(d) => Some(d),
        _ => None,
    });
    let counts = found.expect("bars");
    let drawn: Vec<(String, u64)> =
        counts.rows.iter().map(|row| (words(&row.label)[0].clone(), row.value)).collect();
    let wanted = [("France", 30), ("Allemagne", 30), ("zz", 30)];
    assert_eq!(drawn.len(), 3);
    assert!(wanted.iter().all(|(name, n)| drawn.contains(&((*name).to_owned(), *n))), "{drawn:?}");
}

#[test]
fn the_order_of_rows_changes_no_figure() {
    let sample = sample();
    let mut turned = self::sample();
    turned.posts.reverse();
    turned.addresses.reverse();
    turned.links.reverse();
    assert_eq!(figures(&sample), figures(&turned));
}

/// Shapes filled with a grey darker than paper.
fn dark(frame: &Frame) -> usize {
    frame
        .items()
        .map(|(_, item)| match item {
            FrameItem::Group(group) => dark(&group.frame),
            FrameItem::Shape(shape, _) => match &shape.fill {
                Some(Paint::Solid(colour)) => {
                    usize::from(colour.to_rgb().red < 0.94 && colour.to_rgb().alpha > 0.5)
                }
                _ => 0,
            },
            _ => 0,
        })
        .sum()
}

#[test]
fn hours_are_drawn_in_grey() {
    let sample = sample();
    let note = note(&sample.input());
    let hours =
        |block: &Block| matches!(block, Block::Figure(f) if matches!(f.drawing, Drawing::Hours(_)));
    let mut cells = 0;
    let mut only = note.clone();
    for section in &mut only.sections {
        section.blocks.retain(hours);
        for block in &section.blocks {
            if let Block::Figure(Figure { drawing: Drawing::Hours(drawing), .. }) = block {
                let all = drawing.grids.iter().flat_map(|grid| grid.counts.iter().flatten());
                cells += all.filter(|n| **n > 0).count();
            }
        }
    }
    let document = set(&only).expect("a document");
    let drawn: usize = document.pages().iter().map(|page| dark(&page.frame)).sum();
    assert_eq!(drawn, cells);
}
