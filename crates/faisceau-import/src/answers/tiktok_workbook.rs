//! Sheets of the workbooks in which `TikTok` answers legal requests.
//!
//! In: a sheet of `… - IP Data.xlsx`, or one whose columns are those of the sections "Events IP
//! Data" and "IP session history" of the newer answers. Out: connections. The account is not in
//! the sheet: it is the owner that the case declares for the exhibit.
//!
//! Sources: RLEAPP (`tikTokipdata`: four columns, read by position as time, active start, address
//! and country; times without offset are taken as UTC) and the labels of the sections of the newer
//! answers as RLEAPP's and another public reader print them: `Date`, `IP`, `Event` or `IP Port`,
//! `Country`, with times as `27/07/2026 03:04:43PM (UTC +00)`.
//!
//! Traps:
//! - `Date`, `IP`, `Event`, `Country` are headers that anyone may write: the sheet must also name
//!   `TikTok`, have the times of these answers, or the header that only they have.
//! - The second time of the older sheet ("active start") is explained nowhere. It is not read, and
//!   listed as unknown.
//!
//! Refused: deciding by the position of a column.

use crate::settings::{TableKind, TableMapping};
use crate::tables::guess::{guess, tidy};
use crate::tables::workbook::Top;

/// Headers, in lower case, of which each sheet has all of one line.
const HEADERS: [&[&str]; 4] = [
    &["ip", "active start time"],
    &["date", "ip", "event", "country"],
    &["date", "ip", "ip port", "country"],
    &["ip", "ip country"],
];

/// What the times of these answers end in.
const OFFSET: &str = "(utc +00)";

/// Whether a row may be the header of such a sheet.
pub(crate) fn could_be(names: &[(String, usize)]) -> bool {
    let names: Vec<String> = names.iter().map(|(name, _)| tidy(name)).collect();
    has_headers(&names)
}

fn has_headers(names: &[String]) -> bool {
    HEADERS.iter().any(|all| all.iter().all(|header| names.iter().any(|name| name == header)))
}

/// How the sheet is read, if it is one.
pub(crate) fn mapping(top: &Top) -> Option<TableMapping> {
    let sample = &top.sample;
    let names: Vec<String> = sample.headers.iter().map(|name| tidy(name)).collect();
    let own = names.iter().any(|name| name == "active start time")
        || top.legend.contains("tiktok")
        || sample.rows.iter().flatten().any(|cell| cell.to_lowercase().ends_with(OFFSET));
    if !own || !has_headers(&names) {
        return None;
    }
    let guess = guess(sample).filter(|guess| guess.kind == TableKind::Connections)?;
    let zone = guess.time_zone.clone().or_else(|| (!guess.zoned).then(|| "UTC".to_owned()));
    Some(TableMapping {
        time_zone: zone,
        ..guess.into_mapping("TikTok, réponse", "tiktok", &sample.headers)
    })
}
