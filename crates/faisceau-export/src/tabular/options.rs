//! What may be chosen of an export of tables.

use faisceau_model::rows::Subscriber;
use faisceau_model::table::Row;
use jiff::tz::TimeZone;

/// The zone of the local columns where the case says no other.
const LOCAL_ZONE: &str = "Europe/Paris";

/// What may be chosen.
#[derive(Debug, Clone)]
pub struct TableOptions {
    /// Whether what addressees declared of subscribers leaves too. It names people.
    pub with_subscribers: bool,
    /// The zone of the columns `NAME_local` of CSV and XLSX. `None` leaves them out.
    pub local_zone: Option<TimeZone>,
    /// What may be chosen of CSV.
    pub csv: CsvOptions,
}

/// What may be chosen of CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvOptions {
    /// Whether a file starts with the mark by which Excel knows UTF-8.
    pub bom: bool,
    /// Between two fields: one of `,`, `;` and tabulator. Another is taken for `,`.
    pub separator: u8,
}

impl Default for TableOptions {
    fn default() -> Self {
        let local_zone = TimeZone::get(LOCAL_ZONE).ok();
        Self { with_subscribers: false, local_zone, csv: CsvOptions::default() }
    }
}

impl Default for CsvOptions {
    /// What Excel opens by a double click where decimals have a comma: in France it splits at
    /// semicolons, and without the mark it takes UTF-8 for Windows-1252.
    fn default() -> Self {
        Self { bom: true, separator: b';' }
    }
}

impl CsvOptions {
    /// The separator as it is written.
    pub(crate) fn separator(self) -> char {
        match self.separator {
            b';' => ';',
            b'\t' => '\t',
            _ => ',',
        }
    }
}

/// Whether the table of `R` leaves under these options.
pub(crate) fn wanted<R: Row>(options: &TableOptions) -> bool {
    options.with_subscribers || R::TABLE != Subscriber::TABLE
}
