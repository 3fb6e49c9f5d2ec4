//! A link as a waterfall: from LR 1 to the total, one bar for each family of signals.
//!
//! There is no bar before the first: a prior is not ours to state (ENFSI guideline for evaluative
//! reporting, 2015).

use std::fmt::Write;

use faisceau_export::propositions;
use faisceau_model::rows::{Comparison, Explanation, FamilyPart, Link};
use faisceau_model::{Family, Relation, Review, excerpt, inert};
use faisceau_weigh::Shift;
use serde::Serialize;

/// Columns of the drawing.
const WIDTH: usize = 41;

/// The parts of a link in the order in which they are added.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waterfall {
    /// The row of `links`.
    pub link: String,
    /// The account that sorts first.
    pub a: String,
    /// The account that sorts second.
    pub b: String,
    /// The pair of propositions.
    pub relation: Relation,
    /// What is asked whether it holds.
    pub h1: &'static str,
    /// What it is held against.
    pub h2: &'static str,
    /// One bar for each family that had something to say.
    pub bars: Vec<Bar>,
    /// What the calibration of style was found to be worth on the pairs of the case, where the
    /// link has a part of style.
    pub style_shift: Option<Shift>,
    /// What validation cuts off the sum of the parts, log10 LR; 0 where it cuts nothing.
    pub limit: f64,
    /// Total, log10 LR.
    pub total: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// Highest total that validation supports.
    pub cap: f64,
    /// Verbal band, French.
    pub band_fr: String,
    /// Verbal band, English.
    pub band_en: String,
    /// The proposition that is supported.
    pub favours: Option<String>,
    /// Pairs that were compared to find this one.
    pub pairs_compared: i64,
    /// Innocent explanations that were looked into: code and standing.
    pub explanations: Vec<(String, String)>,
    /// The last decision of an analyst, which changes no figure.
    pub review: Option<ReviewShown>,
}

/// The part of a family.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// The family.
    pub family: Family,
    /// The signals of it that were compared.
    pub signals: Vec<String>,
    /// Its part, log10 LR.
    pub part: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// Highest that validation supports for that material.
    pub cap: f64,
    /// Whether it is added. Of images and of what else was posted the stronger alone is: whoever
    /// copies a picture copies the link beside it.
    pub counted: bool,
    /// Sum of the parts that are added, up to and with this one.
    pub sum: f64,
}

/// A decision as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewShown {
    /// What was decided.
    pub decision: faisceau_model::Decision,
    /// Why.
    pub because: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: String,
    /// The line of the journal.
    pub journal_line: u64,
    /// The links of the pair as they were when it was decided.
    pub figures: String,
    /// Earlier decisions on the pair.
    pub earlier: usize,
}

impl From<&Review> for ReviewShown {
    fn from(review: &Review) -> Self {
        Self {
            decision: review.decision,
            because: review.because.clone(),
            who: review.who.clone(),
            at: review.at.clone(),
            journal_line: review.seq,
            figures: review.figures.clone(),
            earlier: review.earlier,
        }
    }
}

impl Waterfall {
    /// The bars of a link, given the comparisons, the shifts and the explanations of the case.
    pub(crate) fn of(
        link: &Link,
        (comparisons, shifts): (&[Comparison], &[Shift]),
        explanations: &[Explanation],
        review: Option<&Review>,
    ) -> Self {
        let mut sum = 0.0;
        let mut bars = Vec::new();
        let weaker = weaker_posted(link);
        for FamilyPart { family, value, low, high, cap } in link.families() {
            let counted = weaker != Some(family);
            sum += if counted { value } else { 0.0 };
            let behind = |c: &&Comparison| {
                c.family == family && link.rows.iter().any(|row| row == c.id.as_str())
            };
            let signals = comparisons.iter().filter(behind).map(|c| c.signal.clone()).collect();
            let [low, high, cap] = [low, high, cap].map(|end| end.unwrap_or(value));
            bars.push(Bar { family, signals, part: value, low, high, cap, counted, sum });
        }
        let (h1, h2) = propositions(link.relation);
        let of_link = explanations.iter().filter(|row| row.link == link.id);
        Self {
            link: link.id.to_string(),
            a: link.a.to_string(),
            b: link.b.to_string(),
            relation: link.relation,
            h1,
            h2,
            bars,
            style_shift: style_shift(link, comparisons, shifts).cloned(),
            limit: if (link.total - sum).abs() > 5e-7 { link.total - sum } else { 0.0 },
            total: link.total,
            low: link.total_low,
            high: link.total_high,
            cap: link.total_cap,
            band_fr: link.band_fr.clone(),
            band_en: link.band_en.clone(),
            favours: link.favours.known().cloned(),
            pairs_compared: link.pairs_compared,
            explanations: of_link.map(|row| (row.code.clone(), row.standing.to_string())).collect(),
            review: review.map(ReviewShown::from),
        }
    }

    /// The drawing, in lines. Bars towards H1 are `█`, those towards H2 `▒`.
    pub(crate) fn draw(&self, out: &mut String, pad: &str) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{pad}{} — {}", inert(&self.a), inert(&self.b));
        let _ = writeln!(out, "{pad}{}\n{pad}{}", self.h1, self.h2);
        let scale = Scale::of(self);
        let _ = writeln!(out, "{pad}{:<13}{:>8}  {}", "log10 LR", "", scale.axis());
        let mut from = 0.0;
        for bar in &self.bars {
            let span = scale.bar(from, bar.sum);
            from = bar.sum;
            let interval = interval(bar.low, bar.high, bar.cap);
            let aside = if bar.counted {
                ""
            } else {
                "  not added: the stronger of what was posted counts"
            };
            let signals = format!("{}{aside}", bar.signals.join(", "));
            let _ = writeln!(
                out,
                "{pad}{:<13}{:>+8.2}  {span}  {interval}  {}",
                bar.family.as_str(),
                bar.part,
                inert(&signals)
            );
        }
        if let Some(shift) = &self.style_shift {
            let _ = writeln!(out, "{pad}{}", shift.to_text());
        }
        // The total may be cut to what validation supports for the sum.
        if self.limit != 0.0 {
            let span = scale.bar(from, self.total);
            let _ = writeln!(out, "{pad}{:<13}{:>+8.2}  {span}  cut", "limit", self.limit);
        }
        let span = scale.bar(0.0, self.total);
        let interval = interval(self.low, self.high, self.cap);
        let _ = writeln!(out, "{pad}{:<13}{:>+8.2}  {span}  {interval}", "total", self.total);
        let favours = self.favours.as_deref().map_or(String::new(), |h| format!(" for {h}"));
        let _ = writeln!(out, "{pad}{}{favours} ({})", self.band_en, self.band_fr);
        let _ = writeln!(
            out,
            "{pad}found among {} pairs compared: finding a link by searching is not confirming it",
            self.pairs_compared
        );
        if !self.explanations.is_empty() {
            let said: Vec<String> = self
                .explanations
                .iter()
                .map(|(code, standing)| format!("{code} ({standing})"))
                .collect();
            let _ = writeln!(out, "{pad}innocent explanations: {}", inert(&said.join(", ")));
        }
        if let Some(review) = &self.review {
            let _ = writeln!(
                out,
                "{pad}reviewed: {} by {} at {} (journal line {}): {}",
                review.decision,
                inert(&review.who),
                review.at,
                review.journal_line,
                excerpt(&review.because, 300)
            );
            if !review.figures.is_empty() {
                let _ = writeln!(out, "{pad}  decided on: {}", inert(&review.figures));
            }
        }
    }
}

/// The shift under which the style of a link was weighed, if it has any.
fn style_shift<'a>(
    link: &Link,
    comparisons: &[Comparison],
    shifts: &'a [Shift],
) -> Option<&'a Shift> {
    link.style.known()?;
    let of_link = |c: &&Comparison| {
        c.family == Family::Style && link.rows.iter().any(|row| row == c.id.as_str())
    };
    Shift::of_comparison(shifts, comparisons.iter().find(of_link)?)
}

/// Of images and of what else was posted, the one that is not added.
fn weaker_posted(link: &Link) -> Option<Family> {
    let part = |family| link.families().find(|part| part.family == family).map(|part| part.value);
    let (media, objects) = (part(Family::Media)?, part(Family::Objects)?);
    Some(if objects > media { Family::Media } else { Family::Objects })
}

fn interval(low: f64, high: f64, cap: f64) -> String {
    format!("[{low:+.2}; {high:+.2}] cap {cap:.2}")
}

/// End of the longest line, log10 LR: nothing is measured beyond.
const FARTHEST: f64 = 99.0;

/// Where a value stands on the line.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(waterfall: &Waterfall) -> Self {
        let sums = waterfall.bars.iter().map(|bar| bar.sum).chain([0.0, waterfall.total]);
        let sums = sums.filter(|sum| sum.is_finite());
        let (low, high) =
            sums.fold((0.0_f64, 0.0_f64), |(low, high), sum| (low.min(sum), high.max(sum)));
        // Whole powers of ten, and never a line of one point; a value beyond the line ends on it.
        Self { low: low.floor().clamp(-FARTHEST, -1.0), high: high.ceil().clamp(1.0, FARTHEST) }
    }

    fn column(&self, value: f64) -> usize {
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        (share * (WIDTH - 1) as f64).round() as usize
    }

    fn axis(&self) -> String {
        let mut line = ['·'; WIDTH];
        line[self.column(0.0)] = '0';
        let ends = (format!("{:+}", self.low), format!("{:+}", self.high));
        let middle: String =
            line.iter().skip(ends.0.len()).take(WIDTH - ends.0.len() - ends.1.len()).collect();
        format!("{}{middle}{}", ends.0, ends.1)
    }

    fn bar(&self, from: f64, to: f64) -> String {
        let (start, end) = (self.column(from.min(to)), self.column(from.max(to)));
        let fill = if to >= from { '█' } else { '▒' };
        let zero = self.column(0.0);
        (0..WIDTH)
            .map(|at| match at {
                // A part smaller than a column is shown as one.
                at if at >= start && (at < end || (at == start && start == end)) => fill,
                at if at == zero => '│',
                _ => ' ',
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(part: f64, sum: f64) -> Bar {
        let signals = vec!["posting_times".to_owned()];
        Bar {
            family: Family::Time,
            signals,
            part,
            low: part,
            high: part,
            cap: 2.0,
            counted: true,
            sum,
        }
    }

    fn waterfall(parts: &[f64], total: f64) -> Waterfall {
        let mut sum = 0.0;
        let bars = parts
            .iter()
            .map(|part| {
                sum += part;
                bar(*part, sum)
            })
            .collect();
        Waterfall {
            link: "lnk:1".to_owned(),
            a: "x:\u{1b}[31ma".to_owned(),
            b: "x:b".to_owned(),
            relation: Relation::SameHand,
            h1: "H1: one",
            h2: "H2: two",
            bars,
            style_shift: None,
            limit: total - sum,
            total,
            low: total,
            high: total,
            cap: 3.0,
            band_fr: "soutien faible".to_owned(),
            band_en: "weak support".to_owned(),
            favours: Some("H1".to_owned()),
            pairs_compared: 9,
            explanations: vec![("copied_text".to_owned(), "open".to_owned())],
            review: None,
        }
    }

    #[test]
    fn bars_start_where_the_one_before_ended() {
        let mut text = String::new();
        waterfall(&[2.0, -1.0, 0.5], 1.5).draw(&mut text, "");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn what_validation_cuts_is_a_bar_of_its_own() {
        let mut text = String::new();
        waterfall(&[4.0, 4.0], 3.0).draw(&mut text, "  ");
        assert!(text.contains("limit           -5.00"), "{text}");
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn no_value_leaves_the_line() {
        for total in [f64::INFINITY, f64::NEG_INFINITY, 1e9, -1e9, 0.0] {
            let mut text = String::new();
            waterfall(&[total], total).draw(&mut text, "");
            assert!(text.lines().all(|line| line.chars().count() < 160), "{text}");
        }
    }
}
