//! A figure as a table of its values, for renderings that draw nothing and for readers who see no
//! drawing.
//!
//! In: a block. Out: heads and rows of words, or nothing where the block is no figure. A new kind of
//! figure is added here and is then shown in every rendering. Values in time stand in one cell an
//! account: a column a day would not fit a page.

use std::collections::BTreeMap;

use crate::drawing::{DAYS, Drawing, Figure, HourGrid, Lane, Timeline};
use crate::french::{count, rate, signed};
use crate::model::{Bar, Bars, Block, CurvePoint, Curves};
use crate::text::Text;

/// The values of a figure.
pub(super) struct Values<'a> {
    /// `F1`.
    pub(super) id: &'a str,
    /// What it shows.
    pub(super) caption: &'a Text,
    /// The heads of its columns.
    pub(super) heads: Vec<String>,
    /// The share of the width of each column.
    pub(super) widths: Vec<u8>,
    /// Which columns hold numbers.
    pub(super) numeric: Vec<bool>,
    /// The rows, and whether each is a total.
    pub(super) rows: Vec<(bool, Vec<Text>)>,
    /// The values in words, for who sees no drawing.
    pub(super) alt: String,
    /// What it rests on.
    pub(super) support: &'a [String],
}

/// The most bars of a timeline that are told one by one; the drawing and the JSON have all.
const LONG: usize = 24;

/// A column: its head, its share of the width, whether it holds numbers.
type Column<'a> = (&'a str, u8, bool);

/// The values of a figure; nothing for other blocks.
pub(super) fn of(block: &Block) -> Option<Values<'_>> {
    match block {
        Block::Bars(bars) => Some(of_bars(bars)),
        Block::Curves(curves) => Some(of_curves(curves)),
        Block::Figure(figure) => Some(of_figure(figure)),
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Callout(_)
        | Block::Card(_)
        | Block::Table(_)
        | Block::Reference(_)
        | Block::Centred(_)
        | Block::Numbered(_)
        | Block::Passages(_) => None,
    }
}

impl<'a> Values<'a> {
    fn new(
        (id, caption): (&'a str, &'a Text),
        columns: &[Column<'_>],
        rows: Vec<(bool, Vec<Text>)>,
        support: &'a [String],
    ) -> Self {
        let said: Vec<String> = rows
            .iter()
            .map(|(_, cells)| cells.iter().map(Text::to_plain).collect::<Vec<_>>().join(" "))
            .collect();
        let heads: Vec<String> = columns.iter().map(|(head, _, _)| (*head).to_owned()).collect();
        Self {
            id,
            caption,
            alt: format!("{}\u{a0}: {}", heads.join(", "), said.join("\u{202f}; ")),
            heads,
            widths: columns.iter().map(|(_, width, _)| *width).collect(),
            numeric: columns.iter().map(|(_, _, numeric)| *numeric).collect(),
            rows,
            support,
        }
    }

    /// `Figure F1`.
    pub(super) fn label(&self) -> String {
        format!("Figure\u{a0}{}", self.id)
    }
}

fn of_bars(bars: &Bars) -> Values<'_> {
    let cap = |cap: Option<f64>| cap.map_or_else(|| "—".to_owned(), signed);
    let row = |bar: &Bar| {
        let cells = [bar.label.clone(), bar.text.clone(), cap(bar.cap)];
        (bar.total, cells.map(Text::from).into())
    };
    Values::new(
        (&bars.id, &bars.caption),
        &[("Famille", 8, false), ("log10 et intervalle", 6, true), ("Plafond", 3, true)],
        bars.bars.iter().map(row).collect(),
        bars.support.as_slice(),
    )
}

fn of_curves(curves: &Curves) -> Values<'_> {
    let row = |p: &CurvePoint| {
        let cells = [signed(p.log10_lr), rate(p.same), rate(p.different)];
        (false, cells.map(Text::from).into())
    };
    Values::new(
        (&curves.id, &curves.caption),
        &[
            ("log10 du rapport atteint", 6, true),
            ("Même personne", 5, true),
            ("Personnes différentes", 5, true),
        ],
        curves.points.iter().map(row).collect(),
        curves.support.as_slice(),
    )
}

fn of_figure(figure: &Figure) -> Values<'_> {
    let named = (figure.id.as_str(), &figure.caption);
    let support = figure.support.as_slice();
    let values = match &figure.drawing {
        Drawing::Timeline(drawing) => {
            let months = drawing.starts.len() > LONG;
            let head = if months {
                "Messages par mois (UTC)".to_owned()
            } else {
                format!("Messages par {}, premier jour (UTC)", drawing.unit.fr())
            };
            let columns = [("Compte", 5, false), (head.as_str(), 13, false), ("Total", 2, true)];
            let rows = drawing.lanes.iter().map(|lane| (false, of_lane(drawing, lane, months)));
            Values::new(named, &columns, rows.collect(), support)
        }
        Drawing::Hours(drawing) => {
            let columns = [
                ("Compte", 4, false),
                ("Messages par jour de la semaine", 7, false),
                ("Messages par heure de la journée", 10, false),
            ];
            let rows = drawing.grids.iter().map(|grid| (false, of_grid(grid)));
            Values::new(named, &columns, rows.collect(), support)
        }
        Drawing::Network(_) | Drawing::Counts(_) => {
            let (heads, rows) = figure.table();
            let is_number = |at: usize| {
                let is = |text: &String| {
                    text.contains(|c: char| c.is_ascii_digit())
                        && !text.contains(char::is_alphabetic)
                };
                !rows.is_empty()
                    && rows
                        .iter()
                        .all(|row| row.get(at).map(Text::to_plain).as_ref().is_some_and(is))
            };
            let columns: Vec<Column<'_>> = heads
                .iter()
                .enumerate()
                .map(|(at, head)| (head.as_str(), if is_number(at) { 3 } else { 6 }, is_number(at)))
                .collect();
            let all = rows.iter().map(|row| (false, row.clone())).collect();
            Values::new(named, &columns, all, support)
        }
    };
    Values { alt: figure.alt.to_plain(), ..values }
}

/// An account of a timeline: what it wrote when, by month where the bars are many, and in all.
fn of_lane(drawing: &Timeline, lane: &Lane, months: bool) -> Vec<Text> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (start, n) in drawing.starts.iter().zip(&lane.counts).filter(|(_, n)| **n > 0) {
        let key = if months { start.get(..7).unwrap_or(start) } else { start.as_str() };
        let sum = sums.entry(key).or_default();
        *sum = sum.saturating_add(*n);
    }
    let said: Vec<String> =
        sums.iter().map(|(start, n)| format!("{start}\u{a0}: {}", count(*n))).collect();
    let total = lane.counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    vec![lane.label.clone(), said.join("\u{202f}; ").into(), count(total).into()]
}

/// An account: what it wrote on each day of the week, and at each hour. Hour by hour of each day, it
/// stands in the drawing and in the JSON.
fn of_grid(grid: &HourGrid) -> Vec<Text> {
    let sum = |counts: &[u64]| counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    let told = |label: String, n: u64| (n > 0).then(|| format!("{label}\u{a0}: {}", count(n)));
    let days: Vec<String> = grid
        .counts
        .iter()
        .zip(DAYS)
        .filter_map(|(hours, day)| told(day.to_owned(), sum(hours)))
        .collect();
    let at = |hour: usize| -> Vec<u64> {
        grid.counts.iter().filter_map(|hours| hours.get(hour).copied()).collect()
    };
    let hours: Vec<String> =
        (0..24).filter_map(|hour| told(format!("{hour}\u{a0}h"), sum(&at(hour)))).collect();
    let between = "\u{202f}; ";
    vec![grid.label.clone(), days.join(between).into(), hours.join(between).into()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Support;
    use crate::drawing::{Hours, Span};

    fn figure(drawing: Drawing) -> Block {
        let support = Support::one("posts");
        let (caption, alt) = (Text::from("légende"), Text::from("valeurs"));
        Block::Figure(Figure { id: "F1".to_owned(), caption, alt, drawing, support })
    }

    fn cells(block: &Block) -> Vec<Vec<String>> {
        let rows = of(block).unwrap().rows;
        rows.iter().map(|(_, row)| row.iter().map(Text::to_plain).collect()).collect()
    }

    #[test]
    fn many_days_are_told_by_month_and_few_one_by_one() {
        let timeline = |days: usize| {
            let lane = Lane { label: "x".into(), counts: vec![2; days], full: 2 };
            let day = |n: usize| format!("2026-0{}-{:02}", 3 + n / 20, 1 + n % 20);
            figure(Drawing::Timeline(Timeline {
                unit: Span::Day,
                starts: (0..days).map(day).collect(),
                ticks: Vec::new(),
                marks: Vec::new(),
                lanes: vec![lane],
            }))
        };
        let few = "2026-03-01\u{a0}: 2\u{202f}; 2026-03-02\u{a0}: 2";
        assert_eq!(cells(&timeline(2)), [["x", few, "4"]]);
        let many = "2026-03\u{a0}: 40\u{202f}; 2026-04\u{a0}: 20";
        assert_eq!(cells(&timeline(30)), [["x", many, "60"]]);
    }

    #[test]
    fn a_week_is_told_by_day_and_by_hour() {
        let mut counts = vec![vec![0; 24]; 7];
        (counts[0][9], counts[0][22], counts[6][9]) = (3, 1, 5);
        let grids = vec![HourGrid { label: "x".into(), counts }];
        let days = "lundi\u{a0}: 4\u{202f}; dimanche\u{a0}: 5";
        let hours = "9\u{a0}h\u{a0}: 8\u{202f}; 22\u{a0}h\u{a0}: 1";
        assert_eq!(cells(&figure(Drawing::Hours(Hours { grids }))), [["x", days, hours]]);
    }
}
