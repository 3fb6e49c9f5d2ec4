//! A figure as a table of its values, for renderings that draw nothing and for readers who see no
//! drawing.
//!
//! In: a block. Out: heads and rows of words, or nothing where the block is no figure. A new kind of
//! figure is added here and is then shown in every rendering. Values in time stand in one cell an
//! account: a column a day would not fit a page.

use std::collections::BTreeMap;

use super::words::Words;
use crate::drawing::{Drawing, Figure, HourGrid, Lane, Timeline, days, hour};
use crate::language::{Language, said};
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
pub(super) fn of(block: &Block, lang: Language) -> Option<Values<'_>> {
    match block {
        Block::Bars(bars) => Some(of_bars(bars, lang)),
        Block::Curves(curves) => Some(of_curves(curves, lang)),
        Block::Figure(figure) => Some(of_figure(figure, lang)),
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
        lang: Language,
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
        let &Words { colon, semicolon, .. } = Words::of(lang);
        Self {
            id,
            caption,
            alt: format!("{}{colon}{}", heads.join(", "), said.join(semicolon)),
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

fn of_bars(bars: &Bars, lang: Language) -> Values<'_> {
    let cap = |cap: Option<f64>| cap.map_or_else(|| "—".to_owned(), |cap| lang.signed(cap));
    let row = |bar: &Bar| {
        let cells = [bar.label.clone(), bar.text.clone(), cap(bar.cap)];
        (bar.total, cells.map(Text::from).into())
    };
    Values::new(
        lang,
        (&bars.id, &bars.caption),
        &[
            (lang.pick("Famille", "Family"), 8, false),
            (lang.pick("log10 et intervalle", "log10 and interval"), 6, true),
            (lang.pick("Plafond", "Cap"), 3, true),
        ],
        bars.bars.iter().map(row).collect(),
        bars.support.as_slice(),
    )
}

fn of_curves(curves: &Curves, lang: Language) -> Values<'_> {
    let row = |p: &CurvePoint| {
        let cells = [lang.signed(p.log10_lr), lang.rate(p.same), lang.rate(p.different)];
        (false, cells.map(Text::from).into())
    };
    Values::new(
        lang,
        (&curves.id, &curves.caption),
        &[
            (lang.pick("log10 du rapport atteint", "log10 of the ratio reached"), 6, true),
            (lang.pick("Même personne", "Same person"), 5, true),
            (lang.pick("Personnes différentes", "Different persons"), 5, true),
        ],
        curves.points.iter().map(row).collect(),
        curves.support.as_slice(),
    )
}

fn of_figure(figure: &Figure, lang: Language) -> Values<'_> {
    let named = (figure.id.as_str(), &figure.caption);
    let support = figure.support.as_slice();
    let account = Words::of(lang).account;
    let values = match &figure.drawing {
        Drawing::Timeline(drawing) => {
            let months = drawing.starts.len() > LONG;
            let head = if months {
                lang.pick("Messages par mois (UTC)", "Messages by month (UTC)").to_owned()
            } else {
                said!(
                    lang,
                    "Messages par {}, premier jour (UTC)",
                    "Messages by {}, first day (UTC)",
                    drawing.unit.words(lang)
                )
            };
            let columns = [(account, 5, false), (head.as_str(), 13, false), ("Total", 2, true)];
            let rows = drawing.lanes.iter();
            let rows = rows.map(|lane| (false, of_lane(lang, drawing, lane, months)));
            Values::new(lang, named, &columns, rows.collect(), support)
        }
        Drawing::Hours(drawing) => {
            let columns = [
                (account, 4, false),
                (
                    lang.pick("Messages par jour de la semaine", "Messages by day of the week"),
                    7,
                    false,
                ),
                (
                    lang.pick("Messages par heure de la journée", "Messages by hour of the day"),
                    10,
                    false,
                ),
            ];
            let rows = drawing.grids.iter().map(|grid| (false, of_grid(lang, grid)));
            Values::new(lang, named, &columns, rows.collect(), support)
        }
        Drawing::Network(_) | Drawing::Counts(_) => {
            let (heads, rows) = figure.table(lang);
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
            Values::new(lang, named, &columns, all, support)
        }
    };
    Values { alt: figure.alt.to_plain(), ..values }
}

/// An account of a timeline: what it wrote when, by month where the bars are many, and in all.
fn of_lane(lang: Language, drawing: &Timeline, lane: &Lane, months: bool) -> Vec<Text> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (start, n) in drawing.starts.iter().zip(&lane.counts).filter(|(_, n)| **n > 0) {
        let key = if months { start.get(..7).unwrap_or(start) } else { start.as_str() };
        let sum = sums.entry(key).or_default();
        *sum = sum.saturating_add(*n);
    }
    let &Words { colon, semicolon, .. } = Words::of(lang);
    let said: Vec<String> =
        sums.iter().map(|(start, n)| format!("{start}{colon}{}", lang.count(*n))).collect();
    let total = lane.counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    vec![lane.label.clone(), said.join(semicolon).into(), lang.count(total).into()]
}

/// An account: what it wrote on each day of the week, and at each hour. Hour by hour of each day, it
/// stands in the drawing and in the JSON.
fn of_grid(lang: Language, grid: &HourGrid) -> Vec<Text> {
    let sum = |counts: &[u64]| counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    let &Words { colon, semicolon, .. } = Words::of(lang);
    let told = |label: String, n: u64| (n > 0).then(|| format!("{label}{colon}{}", lang.count(n)));
    let by_day: Vec<String> = grid
        .counts
        .iter()
        .zip(days(lang))
        .filter_map(|(hours, day)| told(day.to_owned(), sum(hours)))
        .collect();
    let counts = |at: usize| -> Vec<u64> {
        grid.counts.iter().filter_map(|hours| hours.get(at).copied()).collect()
    };
    let by_hour: Vec<String> =
        (0..24).filter_map(|at| told(hour(lang, at), sum(&counts(at)))).collect();
    vec![grid.label.clone(), by_day.join(semicolon).into(), by_hour.join(semicolon).into()]
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

    fn cells(block: &Block, lang: Language) -> Vec<Vec<String>> {
        let rows = of(block, lang).unwrap().rows;
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
        assert_eq!(cells(&timeline(2), Language::French), [["x", few, "4"]]);
        let many = "2026-03\u{a0}: 40\u{202f}; 2026-04\u{a0}: 20";
        assert_eq!(cells(&timeline(30), Language::French), [["x", many, "60"]]);
    }

    #[test]
    fn a_week_is_told_by_day_and_by_hour() {
        let mut counts = vec![vec![0; 24]; 7];
        (counts[0][9], counts[0][22], counts[6][9]) = (3, 1, 5);
        let grids = vec![HourGrid { label: "x".into(), counts }];
        let days = "lundi\u{a0}: 4\u{202f}; dimanche\u{a0}: 5";
        let hours = "9\u{a0}h\u{a0}: 8\u{202f}; 22\u{a0}h\u{a0}: 1";
        let week = figure(Drawing::Hours(Hours { grids }));
        assert_eq!(cells(&week, Language::French), [["x", days, hours]]);
        let (days, hours) = ("Monday: 4; Sunday: 5", "09h: 8; 22h: 1");
        assert_eq!(cells(&week, Language::English), [["x", days, hours]]);
    }
}
