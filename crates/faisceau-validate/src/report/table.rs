//! The report as a table for a terminal.
//!
//! In: the report. Out: lines of plain text with columns under each other. Names from the corpus
//! are made inert.

use std::fmt::Write as _;

use super::figures::{Entry, ValidationReport};

const HEADINGS: [&str; 17] = [
    "system",
    "cut",
    "scope",
    "words",
    "posts",
    "authors",
    "same",
    "diff",
    "AUC",
    "EER %",
    "Cllr",
    "95 %",
    "min",
    "top-1 %",
    "rec@1e-3 %",
    "same<1/10,1/100,1/1000 %",
    "diff>10,100,1000 %",
];

/// The table.
pub fn table(report: &ValidationReport) -> String {
    let corpus = &report.corpus;
    let mut text = format!(
        "{}: {} authors ({} left out), {} posts, {} rejects\n\n",
        inert(&corpus.name),
        corpus.authors,
        corpus.authors_left_out,
        corpus.posts,
        corpus.rejects
    );
    let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
    rows.extend(report.entries.iter().map(row));
    text += &aligned(&rows, 3);
    for set in &report.baselines {
        let scope = if set.within { "within" } else { "across" };
        let _ = write!(
            text,
            "\nbaselines, definitions of alterego.py: {} {scope}, {} words, {} posts, {} authors\n\n",
            set.protocol, set.words, set.posts, set.authors
        );
        let headings = ["baseline", "AUC", "EER %", "Cllr", "min", "top-1 %", "rec@1e-3 %"];
        let mut rows = vec![headings.map(str::to_owned).to_vec()];
        rows.extend(set.results.iter().map(|one| {
            let Some(f) = one.figures else { return vec![inert(&one.name), "too few".to_owned()] };
            let share = |x: f64| format!("{:.1}", 100.0 * x);
            vec![
                inert(&one.name),
                format!("{:.3}", f.auc),
                share(f.eer),
                format!("{:.3}", f.cllr),
                format!("{:.3}", f.cllr_min),
                share(f.top1),
                share(f.rec1e3),
            ]
        }));
        text += &aligned(&rows, 1);
    }
    text
}

fn row(entry: &Entry) -> Vec<String> {
    let amount = |amount: Option<usize>| amount.map_or_else(|| "–".to_owned(), |n| n.to_string());
    let mut row = vec![
        inert(&entry.system),
        inert(&entry.cut),
        inert(&entry.scope),
        amount(entry.words),
        amount(entry.posts),
        entry.authors.to_string(),
        entry.same.to_string(),
        entry.different.to_string(),
    ];
    let Some(f) = &entry.figures else {
        row.push("too few".to_owned());
        return row;
    };
    let share = |x: f64| format!("{:.1}", 100.0 * x);
    let three = |rates: [f64; 3]| rates.map(|x| format!("{:.2}", 100.0 * x)).join(" ");
    let [low, high] = f.cllr_interval;
    row.extend([
        format!("{:.3}", f.auc),
        share(f.eer),
        format!("{:.3}", f.cllr),
        format!("{low:.2}–{high:.2}"),
        format!("{:.3}", f.cllr_min),
        share(f.top1),
        share(f.recall_at_one_in_1000),
        three(f.misleading.same),
        three(f.misleading.different),
    ]);
    row
}

/// Rows with their columns under each other, the first `left` ones to the left.
fn aligned(rows: &[Vec<String>], left: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let length = |row: &Vec<String>, at: usize| row.get(at).map_or(0, |cell| cell.chars().count());
    let widths: Vec<usize> =
        (0..columns).map(|at| rows.iter().map(|row| length(row, at)).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
            if at < left { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
        text.push('\n');
    }
    text
}

fn inert(text: &str) -> String {
    faisceau_model::inert(text).into_owned()
}
