//! What a sheet is: a table that the case maps, a known answer of a platform, or neither.
//!
//! In: the first rows of a sheet. Out: the mapping that reads it, and which row is its header.
//! Refused: taking a sheet for an answer on the strength of headers that anyone may write.

use std::borrow::Cow;

use faisceau_model::excerpt;

use super::sheet::{Row, cut};
use crate::answers::{icloud_logs, tiktok_workbook};
use crate::settings::{ImportSettings, TableMapping};
use crate::tables::guess::{Sample, WIDEST, tidy};

/// Characters of a cell that a guess is made from.
const SAMPLED: usize = 500;

/// Most headers named in a sentence.
const LISTED: usize = 20;

/// Where the platform places an address: not read, for the addresses are looked up anyway.
const COUNTRY: [&str; 2] = ["country", "ip country"];

/// A sheet of which the first rows are known.
pub(super) struct Sheet<'r, 'a> {
    /// Its name.
    pub(super) name: &'r str,
    /// Its first rows.
    pub(super) top: &'r [Row<'a>],
}

/// The top of a sheet as the known answers are told by it.
pub(crate) struct Top {
    /// The name of the sheet and the texts above the header, in lower case.
    pub(crate) legend: String,
    /// The table under the header.
    pub(crate) sample: Sample,
}

/// How a sheet is read.
pub(super) struct Choice<'s> {
    /// The mapping.
    pub(super) mapping: Cow<'s, TableMapping>,
    /// The position of the header among the first rows.
    pub(super) title: usize,
    /// Headers that are known and knowingly not read.
    pub(super) left: Vec<String>,
}

/// How a sheet is read, if something maps it.
pub(super) fn choose<'s>(
    sheet: &Sheet<'_, '_>,
    settings: &'s ImportSettings,
) -> Option<Choice<'s>> {
    let names: Vec<Vec<String>> = sheet
        .top
        .iter()
        .map(|row| row.names().into_iter().map(|(name, _)| name).collect())
        .collect();
    let mapped = settings.mappings.iter().filter(|m| !m.headers.is_empty()).find_map(|mapping| {
        let all = |names: &Vec<String>| mapping.headers.iter().all(|h| names.contains(h));
        let title = names.iter().position(all)?;
        Some(Choice { mapping: Cow::Borrowed(mapping), title, left: Vec::new() })
    });
    mapped.or_else(|| {
        (0..sheet.top.len()).find_map(|title| {
            let mapping = Cow::Owned(known(sheet, title)?);
            let mut left = names.get(title).cloned().unwrap_or_default();
            left.retain(|name| COUNTRY.contains(&tidy(name).as_str()));
            Some(Choice { mapping, title, left })
        })
    })
}

/// The known answer whose header is the row of this position.
fn known(sheet: &Sheet<'_, '_>, title: usize) -> Option<TableMapping> {
    let names = sheet.top.get(title)?.names();
    let told = |names: &[(String, usize)]| {
        tiktok_workbook::could_be(names) || icloud_logs::could_be(names)
    };
    if !told(&names) {
        return None;
    }
    let mut legend = sheet.name.to_lowercase();
    for row in sheet.top.iter().take(title) {
        for (text, _) in row.names() {
            legend.push('\n');
            legend.push_str(&text.to_lowercase());
        }
    }
    let top = Top { legend, sample: sample(sheet.top, title) };
    tiktok_workbook::mapping(&top).or_else(|| icloud_logs::mapping(&top))
}

/// The rows below the header, as texts in its columns.
pub(super) fn sample(top: &[Row<'_>], title: usize) -> Sample {
    let mut names = top.get(title).map(Row::names).unwrap_or_default();
    // Wider tables are not guessed at.
    names.truncate(WIDEST + 1);
    let text = |row: &Row<'_>, column| cut(row.cell(column), SAMPLED);
    let again = |row: &&Row<'_>| row.names().iter().take(names.len()).eq(&names);
    let rows = top
        .iter()
        .skip(title + 1)
        .filter(|row| !again(row))
        .map(|row| names.iter().map(|(_, column)| text(row, *column)).collect())
        .collect();
    Sample { headers: names.into_iter().map(|(name, _)| name).collect(), rows }
}

/// Names in a sentence.
pub(super) fn listed(names: &[String]) -> String {
    let mut text: Vec<String> =
        names.iter().take(LISTED).map(|name| format!("`{}`", excerpt(name, 40))).collect();
    if names.len() > LISTED {
        text.push("…".to_owned());
    }
    text.join(", ")
}
