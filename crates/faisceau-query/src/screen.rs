//! An answer as a table for a terminal: aligned, inert, no wider than the terminal.

use std::borrow::Cow;

use faisceau_model::inert;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::answer::Answer;
use crate::value::Value;

/// What stands for a missing value.
const NOTHING: &str = "·";

/// Blanks between columns.
const GAP: usize = 2;

/// Narrowest that a column is made.
const NARROWEST: usize = 6;

/// Widest that a column is made where others need the place; more is cut with `…`.
const WIDEST: usize = 80;

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Most rows shown.
    pub rows: usize,
}

impl Default for Style {
    /// 100 rows of 100 columns.
    fn default() -> Self {
        Self { width: 100, rows: 100 }
    }
}

/// A table and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// The lines.
    pub table: String,
    /// What was cut, in one sentence each: rows, columns.
    pub cut: Vec<String>,
}

/// Lays an answer out.
pub fn screen(answer: &Answer, style: Style) -> Screen {
    let shown = answer.rows().min(style.rows);
    let names: Vec<String> =
        answer.columns().iter().map(|(name, _)| inert(name).into_owned()).collect();
    let rows: Vec<Vec<String>> =
        (0..shown).map(|index| answer.row(index).iter().map(cell).collect()).collect();
    let mut natural: Vec<usize> = names.iter().map(|name| name.width()).collect();
    for row in &rows {
        for (widest, text) in natural.iter_mut().zip(row) {
            *widest = (*widest).max(text.width());
        }
    }
    let widths = fitted(&natural, style.width);
    let right = answer.numeric();
    let mut table = line(&names, &widths, &right);
    let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    table.push_str(&line(&rules, &widths, &right));
    for row in &rows {
        table.push_str(&line(row, &widths, &right));
    }
    Screen { table, cut: cut(answer, shown, &names, widths.len()) }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => NOTHING.to_owned(),
        Value::Float(value) => rounded(*value),
        Value::List(values) => values.iter().map(cell).collect::<Vec<_>>().join(" "),
        value => match inert(&value.text()) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        },
    }
}

/// A float to four decimals, as long as that leaves something of it.
fn rounded(value: f64) -> String {
    if value == 0.0 || !(1e-4..1e12).contains(&value.abs()) {
        return Value::Float(value).text();
    }
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The widths of as many columns as fit, the widest made narrower first.
fn fitted(natural: &[usize], width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = natural.iter().map(|width| (*width).clamp(1, WIDEST)).collect();
    let needed = |widths: &[usize], narrow: bool| {
        let least = |width: &usize| if narrow { (*width).min(NARROWEST) } else { *width };
        widths.iter().map(least).sum::<usize>() + GAP * widths.len().saturating_sub(1)
    };
    while widths.len() > 1 && needed(&widths, true) > width {
        widths.pop();
    }
    let mut over = needed(&widths, false).saturating_sub(width);
    while over > 0 {
        let widest = widths.iter().copied().max().unwrap_or(0);
        let below = widths.iter().copied().filter(|width| *width < widest).max();
        if widest <= NARROWEST {
            break;
        }
        let floor = below.unwrap_or(0).max(NARROWEST);
        let wide = widths.iter().filter(|width| **width == widest).count();
        // All of the widest give the same, the first of them what does not divide.
        let give = (over / wide).min(widest - floor);
        let mut rest = if give < widest - floor { (over - give * wide).min(wide) } else { 0 };
        for width in widths.iter_mut().filter(|width| **width == widest) {
            *width -= give;
            if rest > 0 {
                *width -= 1;
                rest -= 1;
            }
        }
        over = needed(&widths, false).saturating_sub(width);
    }
    widths
}

fn line(cells: &[String], widths: &[usize], right: &[bool]) -> String {
    let mut out = String::new();
    for (index, (text, width)) in cells.iter().zip(widths).enumerate() {
        if index > 0 {
            out.push_str(&" ".repeat(GAP));
        }
        let text = shortened(text, *width);
        let blanks = " ".repeat(width.saturating_sub(text.width()));
        if right.get(index) == Some(&true) {
            out.push_str(&blanks);
            out.push_str(&text);
        } else {
            out.push_str(&text);
            out.push_str(&blanks);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The start of a text that fits, with `…` where it was cut.
fn shortened(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    Cow::Owned(out)
}

fn cut(answer: &Answer, shown: usize, names: &[String], columns: usize) -> Vec<String> {
    let mut cut = Vec::new();
    if shown < answer.total() {
        cut.push(format!("{shown} of {} rows are shown", answer.total()));
    }
    let hidden = names.get(columns..).unwrap_or_default();
    if !hidden.is_empty() {
        cut.push(format!("no room for the columns {}", hidden.join(", ")));
    }
    cut
}

#[cfg(test)]
mod tests;
