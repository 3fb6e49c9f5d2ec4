//! Sheets of the workbooks of logs in which Apple answers legal requests about iCloud.
//!
//! In: a sheet of `…_iCloudLogs.xlsx`, whose header stands below a legend of six rows. Out:
//! connections, of the account by its number (DSID) where there is one, else by its Apple ID.
//!
//! Source: RLEAPP (`icloudReturnsLogs`) for the file and where its header stands; it prints
//! whatever headers there are. No public source lists them: they are found by their words, and
//! the sheet is told by a header that only Apple has.
//!
//! Trap: older logs of Apple are in Pacific time, newer ones in UTC. A sheet that says neither in
//! its header nor in its cells is not read here: the case maps it and says which.
//!
//! Refused: assuming the zone of the case, which is not that of Apple's servers.

use crate::settings::{TableKind, TableMapping};
use crate::tables::guess::{guess, tidy};
use crate::tables::workbook::Top;

/// Headers, in lower case, that only Apple has.
const OWN: [&str; 4] = ["dsid", "ds id", "apple id", "icloud id"];

/// Whether a row may be the header of such a sheet.
pub(crate) fn could_be(names: &[(String, usize)]) -> bool {
    names.iter().any(|(name, _)| OWN.contains(&tidy(name).as_str()))
}

/// How the sheet is read, if it is one.
pub(crate) fn mapping(top: &Top) -> Option<TableMapping> {
    let sample = &top.sample;
    let mut headers = sample.headers.iter().map(|header| tidy(header));
    if !headers.any(|header| OWN.contains(&header.as_str())) {
        return None;
    }
    let guess = guess(sample).filter(|guess| guess.kind == TableKind::Connections)?;
    let told = guess.columns.time.is_some() && (guess.zoned || guess.time_zone.is_some());
    told.then(|| guess.into_mapping("Apple, journaux iCloud", "apple", &sample.headers))
}
