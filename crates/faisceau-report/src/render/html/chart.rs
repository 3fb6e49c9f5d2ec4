//! Drawings of a page, as SVG inside it.
//!
//! In: a figure. Out: the drawing that the PDF shows, with its values as its name for who does not
//! see it. Refused: values that are no numbers or stretch the scale beyond what can be read; the
//! page then shows the values alone.

use super::drawing::drawing;
use crate::language::Language;
use crate::model::{Bar, Bars, Block, CurvePoint, Curves};
use crate::render::escaped::push;
use crate::render::words::Words;

/// The longest scale that is drawn, in units of log10.
const LONGEST: f64 = 60.0;
/// Height of a bar's row.
const ROW: f64 = 20.0;
/// Where the scale starts and ends, left to right.
const SCALE: (f64, f64) = (130.0, 430.0);
/// Width of a drawing.
pub(super) const WIDTH: f64 = 640.0;

/// Draws a figure; `false` where there is nothing to draw.
pub(super) fn chart(out: &mut String, lang: Language, block: &Block, alt: &str) -> bool {
    match block {
        Block::Bars(figure) => bars(out, figure, alt),
        Block::Curves(figure) => curves(out, lang, figure, alt),
        Block::Figure(figure) => drawing(out, lang, &figure.drawing, alt),
        _ => false,
    }
}

/// A scale of log10 from left to right.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// The whole numbers around these values and these ends.
    fn of(values: impl Iterator<Item = f64>, ends: [f64; 2]) -> Option<Self> {
        let (mut low, mut high) = (ends[0], ends[1]);
        for value in values {
            if !value.is_finite() {
                return None;
            }
            (low, high) = (low.min(value), high.max(value));
        }
        let (low, high) = (low.floor(), high.ceil().max(low.floor() + 1.0));
        (high - low <= LONGEST).then_some(Self { low, high })
    }

    fn at(self, value: f64) -> f64 {
        let (from, to) = SCALE;
        from + (value - self.low) / (self.high - self.low) * (to - from)
    }

    /// The lines of the scale and their numbers, from `top` to `bottom`.
    fn grid(self, out: &mut String, top: f64, bottom: f64) {
        let step = if self.high - self.low > 12.0 { 2 } else { 1 };
        // Both ends are whole and close, as `of` says.
        for value in (self.low as i64..=self.high as i64).step_by(step) {
            let x = self.at(value as f64);
            let (width, colour) = if value == 0 { (1.2, "#141414") } else { (0.5, "#a5a5a5") };
            line(out, [x, top, x, bottom], colour, width, "");
            let said = if value < 0 { format!("\u{2212}{}", -value) } else { value.to_string() };
            label(out, [x, bottom + 13.0], "middle", "#5f5f5f", &said);
        }
    }
}

/// Opens a drawing of the full width.
pub(super) fn open(out: &mut String, height: f64, alt: &str) {
    put!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {height:.0}\" \
         width=\"{WIDTH}\" height=\"{height:.0}\" aria-label=\""
    );
    push(out, alt);
    out.push_str("\">\n");
}

/// A straight line.
pub(super) fn line(
    out: &mut String,
    [x1, y1, x2, y2]: [f64; 4],
    colour: &str,
    width: f64,
    dash: &str,
) {
    let dash =
        if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
    put!(
        out,
        "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\" \
         stroke-width=\"{width}\"{dash}/>\n"
    );
}

/// Words at a point.
pub(super) fn label(out: &mut String, [x, y]: [f64; 2], anchor: &str, colour: &str, text: &str) {
    put!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">");
    push(out, text);
    out.push_str("</text>\n");
}

/// Where each bar starts: where the last one ended, the total at zero.
fn starts(bars: &[Bar]) -> Vec<f64> {
    let mut sum = 0.0;
    let start = |bar: &Bar| {
        if bar.total {
            return 0.0;
        }
        let from = sum;
        sum += bar.value;
        from
    };
    bars.iter().map(start).collect()
}

fn bars(out: &mut String, figure: &Bars, alt: &str) -> bool {
    let starts = starts(&figure.bars);
    let placed = || figure.bars.iter().zip(&starts);
    let ends = placed().flat_map(|(bar, from)| {
        [bar.low, bar.value, bar.high, bar.cap.unwrap_or(bar.value)].map(|v| from + v)
    });
    let Some(scale) = Scale::of(ends, [0.0, 0.0]) else { return false };
    let bottom = ROW * figure.bars.len() as f64 + 4.0;
    open(out, bottom + 18.0, alt);
    scale.grid(out, 2.0, bottom);
    for (at, (bar, from)) in placed().enumerate() {
        let middle = ROW * (at as f64 + 0.5) + 2.0;
        let (start, end) = (scale.at(*from), scale.at(from + bar.value));
        let fill = match (bar.value < 0.0, bar.total) {
            (true, _) => "#fff",
            (false, true) => "#141414",
            (false, false) => "#969696",
        };
        put!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"9\" fill=\"{fill}\" \
             stroke=\"#141414\"/>\n",
            start.min(end),
            middle - 4.5,
            (end - start).abs().max(0.8),
        );
        let (low, high) = (scale.at(from + bar.low), scale.at(from + bar.high));
        line(out, [low, middle, high, middle], "#fff", 2.6, "");
        line(out, [low, middle, high, middle], "#141414", 1.0, "");
        for x in [low, high] {
            line(out, [x, middle - 3.0, x, middle + 3.0], "#141414", 1.0, "");
        }
        if let Some(cap) = bar.cap {
            let x = scale.at(from + cap);
            line(out, [x, middle - 8.0, x, middle + 8.0], "#141414", 1.0, "1.5 1.5");
        }
        label(out, [SCALE.0 - 12.0, middle + 4.0], "end", "#141414", &bar.label);
        label(out, [SCALE.1 + 14.0, middle + 4.0], "start", "#141414", &bar.text);
    }
    out.push_str("</svg>\n");
    true
}

/// One of the two shares of a point.
type Share = fn(&CurvePoint) -> f64;

fn curves(out: &mut String, lang: Language, figure: &Curves, alt: &str) -> bool {
    let shares = figure.points.iter().flat_map(|p| [p.same, p.different]);
    if figure.points.len() < 2 || shares.into_iter().any(|share| !(0.0..=1.0).contains(&share)) {
        return false;
    }
    let Some(scale) = Scale::of(figure.points.iter().map(|p| p.log10_lr), [-1.0, 1.0]) else {
        return false;
    };
    let words = Words::of(lang);
    let (top, bottom) = (8.0, 158.0);
    let y = |share: f64| bottom - share * (bottom - top);
    open(out, bottom + 36.0, alt);
    scale.grid(out, top, bottom);
    for percent in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let at = y(percent / 100.0);
        line(out, [SCALE.0, at, SCALE.1, at], "#a5a5a5", 0.5, "");
        let said = format!("{percent:.0}{}", words.percent);
        label(out, [SCALE.0 - 6.0, at + 4.0], "end", "#5f5f5f", &said);
    }
    let both: [(Share, &str, &str, f64); 2] =
        [(|p| p.same, "", words.same, 24.0), (|p| p.different, "6 4", words.different, 44.0)];
    for (share, dash, said, key) in both {
        let points: Vec<String> = figure
            .points
            .iter()
            .map(|p| format!("{:.1},{:.1}", scale.at(p.log10_lr), y(share(p))))
            .collect();
        let dashes =
            if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        put!(
            out,
            "<polyline fill=\"none\" stroke=\"#141414\" stroke-width=\"1.5\"{dashes} points=\"{}\"/>\n",
            points.join(" ")
        );
        line(out, [SCALE.1 + 14.0, key, SCALE.1 + 44.0, key], "#141414", 1.5, dash);
        label(out, [SCALE.1 + 50.0, key + 4.0], "start", "#141414", said);
    }
    let middle = f64::midpoint(SCALE.0, SCALE.1);
    label(out, [middle, bottom + 30.0], "middle", "#141414", words.scale);
    out.push_str("</svg>\n");
    true
}
