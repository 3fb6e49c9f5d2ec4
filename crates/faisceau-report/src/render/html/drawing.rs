//! Drawings from rows, as SVG: time, hours of the week, accounts and links, counts.
//!
//! In: a drawing. Out: what the PDF shows, black on white: what differs, differs by length,
//! thickness, number or dashes. Refused: places that are no numbers and more than a page can show;
//! the page then shows the values alone.

use super::chart::{WIDTH, label, line, open};
use crate::drawing::{Counts, Drawing, HourGrid, Hours, Network, Timeline};
use crate::language::Language;
use crate::render::words::{initials, tick};

const INK: &str = "#141414";
const GREY: &str = "#5f5f5f";
const RULE: &str = "#a5a5a5";
/// The most lanes, bars, nodes, edges or rows that are drawn.
const MOST: usize = 1000;

/// Draws a drawing; `false` where there is nothing to draw.
pub(super) fn drawing(out: &mut String, lang: Language, drawing: &Drawing, alt: &str) -> bool {
    match drawing {
        Drawing::Timeline(d) => timeline(out, lang, d, alt),
        Drawing::Hours(d) => hours(out, lang, d, alt),
        Drawing::Network(d) => network(out, lang, d, alt),
        Drawing::Counts(d) => counts(out, lang, d, alt),
    }
}

/// A filled box.
fn bar(out: &mut String, [x, y, width, height]: [f64; 4], fill: &str) {
    put!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>\n"
    );
}

fn timeline(out: &mut String, lang: Language, d: &Timeline, alt: &str) -> bool {
    let bars = d.starts.len();
    if bars == 0 || bars > MOST || d.lanes.is_empty() || d.lanes.len() > MOST {
        return false;
    }
    let (side, end, row, tall) = (170.0, 560.0, 24.0, 19.0);
    let top = if d.marks.is_empty() { 4.0 } else { 18.0 };
    let unit = (end - side) / bars as f64;
    let bottom = top + row * d.lanes.len() as f64;
    open(out, bottom + 20.0, alt);
    for (at, said) in &d.ticks {
        let x = side + unit * *at as f64;
        line(out, [x, top, x, bottom + 3.0], RULE, 0.5, "");
        label(out, [x + 2.0, bottom + 14.0], "start", GREY, said);
    }
    for (at, said) in &d.marks {
        let x = side + unit * (*at as f64 + 0.5);
        line(out, [x, top - 3.0, x, bottom], INK, 0.8, "3 2");
        label(out, [x, top - 6.0], "middle", GREY, said);
    }
    for (n, lane) in d.lanes.iter().enumerate() {
        let base = top + row * (n + 1) as f64;
        label(out, [side - 6.0, base - 7.0], "end", INK, &short(&lane.label.to_plain()));
        line(out, [side, base, end, base], RULE, 0.6, "");
        for (at, value) in lane.counts.iter().take(bars).enumerate().filter(|(_, v)| **v > 0) {
            let height = tall * (*value as f64 / lane.full.max(1) as f64).min(1.0);
            let x = side + unit * at as f64;
            bar(out, [x, base - height, (unit * 0.86).max(0.6), height], "#464646");
        }
        let total = lane.counts.iter().fold(0_u64, |sum, v| sum.saturating_add(*v));
        let own = lane.counts.iter().max().copied().unwrap_or(0);
        let said = format!("{} ({})", lang.count(total), lang.count(own));
        label(out, [end + 6.0, base - 7.0], "start", GREY, &said);
    }
    out.push_str("</svg>\n");
    true
}

fn hours(out: &mut String, lang: Language, d: &Hours, alt: &str) -> bool {
    if d.grids.is_empty() || d.grids.len() > MOST {
        return false;
    }
    let (across, down) = (WIDTH / 2.0, 134.0);
    open(out, down * d.grids.len().div_ceil(2) as f64, alt);
    for (n, grid) in d.grids.iter().enumerate() {
        let corner = [across * (n % 2) as f64, down * (n / 2) as f64];
        week(out, lang, grid, corner);
    }
    out.push_str("</svg>\n");
    true
}

/// Seven days of twenty-four hours, the darker the more messages, with their number.
fn week(out: &mut String, lang: Language, grid: &HourGrid, [left, top]: [f64; 2]) {
    let (cell, tall, side) = (12.0, 13.5, 14.0);
    let (x0, y0) = (left + side, top + 18.0);
    let most = grid.counts.iter().flatten().max().copied().unwrap_or(0).max(1);
    label(out, [x0, top + 12.0], "start", INK, &short(&grid.label.to_plain()));
    for (day, (hours, initial)) in grid.counts.iter().zip(initials(lang)).enumerate() {
        let y = y0 + tall * day as f64;
        label(out, [x0 - 3.0, y + 10.0], "end", GREY, &initial);
        for (hour, value) in hours.iter().take(24).enumerate().filter(|(_, v)| **v > 0) {
            let shade = 235 - (*value as f64 / most as f64 * 185.0).round() as u8;
            let x = x0 + cell * hour as f64;
            bar(out, [x, y, cell, tall], &format!("#{shade:02x}{shade:02x}{shade:02x}"));
            let ink = if shade < 125 { "#fff" } else { INK };
            put!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{}\" fill=\"{ink}\">{value}</text>\n",
                x + cell / 2.0,
                y + 9.6,
                if *value > 99 { 5 } else { 7 },
            );
        }
    }
    let (right, bottom) = (x0 + cell * 24.0, y0 + tall * 7.0);
    for hour in [0, 6, 12, 18, 24_usize] {
        let x = x0 + cell * hour as f64;
        line(out, [x, y0, x, bottom], RULE, 0.5, "");
        if hour < 24 {
            label(out, [x, bottom + 12.0], "start", GREY, &tick(lang, hour));
        }
    }
    line(out, [x0, y0, right, y0], RULE, 0.5, "");
    line(out, [x0, bottom, right, bottom], RULE, 0.5, "");
}

fn network(out: &mut String, lang: Language, d: &Network, alt: &str) -> bool {
    let placed = d.nodes.iter().all(|n| (0.0..=1.0).contains(&n.x) && (0.0..=4.0).contains(&n.y));
    let few = d.nodes.len() <= MOST && d.edges.len() <= MOST;
    if d.nodes.is_empty() || !placed || !few || !(0.0..=4.0).contains(&d.height) {
        return false;
    }
    let at = |n: usize| d.nodes.get(n).map(|node| (node.x * WIDTH, node.y * WIDTH + 10.0));
    open(out, d.height * WIDTH + 34.0, alt);
    for edge in &d.edges {
        if let (Some((x1, y1)), Some((x2, y2))) = (at(edge.a), at(edge.b)) {
            let width = 0.6 + 0.6 * f64::from(edge.weight.saturating_sub(1));
            let (ink, dash) = if edge.together { (INK, "6 4") } else { ("#3c3c3c", "") };
            line(out, [x1, y1, x2, y2], ink, width, dash);
        }
    }
    for edge in &d.edges {
        if let (Some((x1, y1)), Some((x2, y2)), Some(share)) = (at(edge.a), at(edge.b), edge.at) {
            let said = format!("{} ({})", edge.band, lang.signed(edge.value));
            let (x, y) = (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share);
            let wide = said.chars().count() as f64 * 5.2;
            bar(out, [x - wide / 2.0, y - 7.0, wide, 13.0], "#fff");
            label(out, [x, y + 3.5], "middle", GREY, &said);
        }
    }
    for (n, node) in d.nodes.iter().enumerate() {
        let Some((x, y)) = at(n) else { continue };
        put!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{INK}\"/>\n");
        let (x, y, anchor) = match node.side {
            0 => (x, y + 16.0, "middle"),
            ..0 => (x - 8.0, y + 4.0, "end"),
            1.. => (x + 8.0, y + 4.0, "start"),
        };
        label(out, [x, y], anchor, INK, &short(&node.label.to_plain()));
    }
    out.push_str("</svg>\n");
    true
}

fn counts(out: &mut String, lang: Language, d: &Counts, alt: &str) -> bool {
    if d.rows.is_empty() || d.rows.len() > MOST {
        return false;
    }
    let (side, width, row) = (230.0, 200.0, 19.0);
    let most = d.rows.iter().map(|r| r.value).max().unwrap_or(0).max(1);
    open(out, row * d.rows.len() as f64 + 4.0, alt);
    for (n, line) in d.rows.iter().enumerate() {
        let y = 2.0 + row * n as f64;
        label(out, [side - 6.0, y + 13.0], "end", INK, &short(&line.label.to_plain()));
        let long = (width * line.value as f64 / most as f64).max(0.8);
        bar(out, [side, y + 4.0, long, 11.0], "#787878");
        label(out, [side + long + 5.0, y + 13.0], "start", INK, &lang.count(line.value));
        let beside = [side + width + 50.0, y + 13.0];
        label(out, beside, "start", GREY, &short(&line.beside.to_plain()));
    }
    out.push_str("</svg>\n");
    true
}

/// A label that fits beside a drawing: what is cut stands in the values below.
fn short(text: &str) -> String {
    faisceau_model::excerpt(text, 34)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::drawing::{Edge, Lane, Node, Span};

    fn drawn(shape: &Drawing) -> Option<String> {
        let mut out = String::new();
        drawing(&mut out, Language::French, shape, "a\"<b").then_some(out)
    }

    fn network(x: f64, weight: u8) -> Drawing {
        let node = |x: f64| Node { label: Text::from("<svg>"), x, y: 0.1, side: 0 };
        let edge = Edge {
            link: "lnk:1".into(),
            a: 0,
            b: 9,
            band: "soutien faible".into(),
            value: f64::NAN,
            weight,
            together: true,
            at: Some(0.5),
        };
        let edges = vec![Edge { b: 1, ..edge.clone() }, edge];
        Drawing::Network(Network { height: 0.5, nodes: vec![node(0.2), node(x)], edges })
    }

    fn timeline(bars: usize, counts: Vec<u64>) -> Drawing {
        let lane = Lane { label: Text::from("&amp;"), counts, full: 0 };
        Drawing::Timeline(Timeline {
            unit: Span::Day,
            starts: vec!["2026-03-01".into(); bars],
            ticks: vec![(usize::MAX, "mars".into())],
            marks: Vec::new(),
            lanes: vec![lane],
        })
    }

    #[test]
    fn what_cannot_be_placed_is_not_drawn() {
        assert!(drawn(&network(f64::NAN, 1)).is_none());
        assert!(drawn(&network(1e300, 1)).is_none());
        assert!(drawn(&timeline(0, vec![1])).is_none());
        assert!(drawn(&timeline(MOST + 1, vec![1])).is_none());
        assert!(drawn(&Drawing::Hours(Hours { grids: Vec::new() })).is_none());
        assert!(
            drawn(&Drawing::Counts(Counts { unit: String::new(), rows: Vec::new() })).is_none()
        );
    }

    #[test]
    fn what_is_drawn_is_one_element_whatever_it_counts() {
        let grid = HourGrid { label: Text::from("x"), counts: vec![vec![u64::MAX; 30]; 9] };
        let shapes = [
            network(0.9, u8::MAX),
            timeline(3, vec![u64::MAX, 0, 1, 5, 6]),
            Drawing::Hours(Hours { grids: vec![grid.clone(), grid] }),
        ];
        for shape in shapes {
            let svg = drawn(&shape).unwrap();
            assert_eq!((svg.matches("<svg").count(), svg.matches("</svg>").count()), (1, 1));
            assert!(svg.contains("aria-label=\"a&quot;&lt;b\"") && !svg.contains("NaN\""), "{svg}");
        }
    }
}
