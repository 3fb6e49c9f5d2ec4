//! Plots as inline SVG that can be read in black and white.
//!
//! In: curves. Out: an SVG element with axes, ticks, a legend; curves differ by dashes and marks,
//! never by colour alone. Refused: nothing; values outside the axes are drawn at their edge.

use std::fmt::Write as _;

/// How a curve is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) enum Line {
    /// A full line with discs.
    Full,
    /// Dashes with squares.
    Dashed,
    /// Dots without marks.
    Dotted,
}

/// One curve.
pub(super) struct Curve {
    pub(super) name: &'static str,
    pub(super) line: Line,
    pub(super) points: Vec<(f64, f64)>,
}

/// A plot.
pub(super) struct Plot {
    pub(super) title: String,
    pub(super) x_name: &'static str,
    pub(super) y_name: &'static str,
    /// Lowest and highest value of the horizontal axis, in whole numbers.
    pub(super) x: [i32; 2],
    /// Highest value of the vertical axis, which starts at 0.
    pub(super) y_most: f64,
    pub(super) curves: Vec<Curve>,
}

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 88.0;
/// Parts of the vertical axis.
const Y_TICKS: i32 = 5;
/// One mark every so many points.
const MARK_EVERY: usize = 3;

impl Plot {
    /// The SVG element.
    pub(super) fn svg(&self) -> String {
        let mut svg = format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{0}\">\
             <title>{0}</title>\n",
            super::page::escaped(&self.title)
        );
        self.axes(&mut svg);
        for (number, curve) in self.curves.iter().enumerate() {
            self.curve(&mut svg, curve);
            legend(&mut svg, curve, number);
        }
        svg + "</svg>\n"
    }

    fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [low, high] = self.x.map(f64::from);
        let across = ((x - low) / (high - low)).clamp(0.0, 1.0);
        let up = (y / self.y_most).clamp(0.0, 1.0);
        (LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM))
    }

    fn axes(&self, svg: &mut String) {
        let [low, high] = self.x;
        let (left, bottom) = self.place((f64::from(low), 0.0));
        let (right, top) = self.place((f64::from(high), self.y_most));
        let _ = writeln!(
            svg,
            "<path class=\"axis\" d=\"M{left:.1} {top:.1}V{bottom:.1}H{right:.1}\"/>"
        );
        for x in low..=high {
            let (at, _) = self.place((f64::from(x), 0.0));
            let _ = writeln!(
                svg,
                "<path class=\"tick\" d=\"M{at:.1} {top:.1}V{:.1}\"/>\
                 <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                bottom + 4.0,
                bottom + 16.0,
                signed(x)
            );
        }
        for step in 0..=Y_TICKS {
            let y = self.y_most * f64::from(step) / f64::from(Y_TICKS);
            let (_, at) = self.place((0.0, y));
            let _ = writeln!(
                svg,
                "<path class=\"tick\" d=\"M{:.1} {at:.1}H{right:.1}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                left - 4.0,
                left - 7.0,
                at + 4.0,
                super::page::decimal(y, 2)
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\
             <text transform=\"translate(11 {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            f64::midpoint(left, right),
            bottom + 32.0,
            self.x_name,
            f64::midpoint(top, bottom),
            self.y_name
        );
    }

    fn curve(&self, svg: &mut String, curve: &Curve) {
        let mut path = String::new();
        for (number, &point) in curve.points.iter().enumerate() {
            let (x, y) = self.place(point);
            let _ = write!(path, "{}{x:.1} {y:.1}", if number == 0 { 'M' } else { 'L' });
        }
        let _ = writeln!(svg, "<path class=\"curve\"{} d=\"{path}\"/>", dashes(curve.line));
        for &point in curve.points.iter().step_by(MARK_EVERY) {
            mark(svg, curve.line, self.place(point));
        }
    }
}

fn legend(svg: &mut String, curve: &Curve, number: usize) {
    let y = HEIGHT - 40.0 + 15.0 * number as f64;
    let _ = writeln!(
        svg,
        "<path class=\"curve\"{} d=\"M{LEFT} {y:.1}h36\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
        dashes(curve.line),
        LEFT + 43.0,
        y + 4.0,
        curve.name
    );
    mark(svg, curve.line, (LEFT + 18.0, y));
}

fn dashes(line: Line) -> &'static str {
    match line {
        Line::Full => "",
        Line::Dashed => " stroke-dasharray=\"7 4\"",
        Line::Dotted => " stroke-dasharray=\"1 4\"",
    }
}

fn mark(svg: &mut String, line: Line, (x, y): (f64, f64)) {
    let _ = match line {
        Line::Full => writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\"/>"),
        Line::Dashed => {
            let (x, y) = (x - 2.8, y - 2.8);
            writeln!(
                svg,
                "<rect class=\"hollow\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"5.6\" height=\"5.6\"/>"
            )
        }
        Line::Dotted => Ok(()),
    };
}

/// A whole number with a true minus sign.
fn signed(x: i32) -> String {
    if x < 0 { format!("−{}", x.abs()) } else { x.to_string() }
}
