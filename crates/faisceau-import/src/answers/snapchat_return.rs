//! Snapchat's answer to a request: `ip_data.csv`, `subscriber_info.csv`, `conversations.csv` and
//! the other tables of that packaging.
//!
//! Producer: Snap Inc., returns of 2021 to 2026. Packaging and column names as RLEAPP reads them
//! (`snapIPd`, `snapSubinfo`, `snapConvN`, `snapCalllogsN`), read on 2026-11-21.
//!
//! In: one or several sections, each of a quoted legend, a record of `=` signs, a header and rows.
//! Out: connections (a first and a last use of an address are two), accounts, posts, data on
//! subscribers. Refused: rows with more or fewer cells than their header, and rows without what
//! they are about. Sections that are not known are set aside, one record each.
//!
//! Traps of the format:
//! - `ip_data.csv` does not name the account: it is that of the settings, or none.
//! - Two styles of dates, by the age of the return; names of columns with spaces or underscores.
//! - A legend is a record of one cell, and so is a row that was cut: a record of one cell is
//!   legend only if a record of `=` signs follows.
//! - Two times of an address are the first and the last use that were seen, not a session.

mod rows;

use faisceau_model::{AccountKey, Place, RejectReason, Sink};
use jiff::tz::TimeZone;

use self::rows::Section;
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::records::{set_aside, settle};
use crate::settings::ImportSettings;
use crate::tables::csv::{Record, Table, names};

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "snapchat";
/// Most records of one cell that may be a legend.
const LEGEND: usize = 32;
/// Most records of the head that are looked through for a header.
const LOOKED: usize = 200;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "snapchat-return",
    title: "Snapchat's answer: ip_data.csv, subscriber_info.csv, conversations.csv",
    group: Group::Answers,
    gives: &["connections", "accounts", "posts", "subscribers"],
    versions: "returns of 2021 to 2026, both date styles",
    checked: "2026-11-21",
    sample: "tests/fixtures/snapchat_return/ip_data.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: Some(owner),
};

/// Whether a header that is known follows a record of `=` signs.
fn sniff(head: &[u8]) -> bool {
    first_section(head, &|section| section.is_known()).is_some()
}

/// The first section that is wanted, and its first row.
fn first_section(
    head: &[u8],
    wanted: &dyn Fn(&Section) -> bool,
) -> Option<(Section, Option<Vec<String>>)> {
    memchr::memmem::find(head.get(..65_536).unwrap_or(head), b"===")?;
    let mut table = Table::new(Box::new(std::io::Cursor::new(head.to_vec())), b',');
    let (mut ruled, mut looked) = (false, 0);
    while let (Ok(Some(record)), true) = (table.next(), looked < LOOKED) {
        looked += 1;
        let Ok(fields) = record.fields else { continue };
        if is_rule(&fields, '=') {
            ruled = true;
        } else if std::mem::take(&mut ruled) {
            let section = Section::new(&names(&fields));
            if wanted(&section) {
                let row = table.next().ok().flatten().and_then(|record| record.fields.ok());
                return Some((section, row));
            }
        }
    }
    None
}

/// A record that holds nothing but this sign, three times or more.
fn is_rule(fields: &[String], sign: char) -> bool {
    fields.iter().any(|cell| cell.trim().len() >= 3 && cell.trim().chars().all(|c| c == sign))
}

/// The account that `subscriber_info.csv` is about.
fn owner(file: &[u8]) -> Option<AccountKey> {
    let (section, row) = first_section(file, &Section::names_the_account)?;
    section.holder(&row?)
}

/// Reads one table.
///
/// # Errors
/// When the source cannot be read further; the rows before that place are kept.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let mut table = Table::new((source.open)()?, b',');
    let mut reader = Reader {
        exhibit: source.exhibit,
        zone: settings.zone().ok().flatten(),
        account: settings.owners.get(source.exhibit, PLATFORM).cloned(),
        state: State::Legend,
        doubtful: Vec::new(),
        fields: Fields::default(),
        sections: 0,
    };
    let outcome = loop {
        match table.next() {
            Ok(Some(record)) => reader.take(record, sink),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    reader.finish(sink);
    if reader.sections == 0 && outcome.is_ok() {
        let detail = "the table ends before its first header".to_owned();
        return Err(ImportError::Truncated { place: Place::Whole, detail });
    }
    outcome
}

/// Where in the table the reader is.
enum State {
    /// Before the first rule.
    Legend,
    /// The next record is a header.
    Header,
    /// Rows of a section that is read.
    Rows(Box<Section>),
    /// Rows of a section that is not: its place, its header and how many.
    Aside(Place, String, usize),
}

struct Reader {
    exhibit: faisceau_model::ExhibitNo,
    zone: Option<TimeZone>,
    /// The account, as the settings or a section before say.
    account: Option<AccountKey>,
    state: State,
    /// Records of one cell among rows: a legend if a rule follows.
    doubtful: Vec<(Place, Vec<u8>)>,
    fields: Fields,
    sections: usize,
}

impl Reader {
    fn take(&mut self, record: Record, sink: &mut dyn Sink) {
        let Record { place, fields, head, .. } = record;
        let fields = match fields {
            Ok(fields) => fields,
            Err((reason, detail)) => {
                settle(self.exhibit, &place, &head, sink, |_| Err((reason, detail.to_owned())));
                return;
            }
        };
        if is_rule(&fields, '=') {
            self.doubtful.clear();
            self.leave(sink);
            self.state = State::Header;
            return;
        }
        match &mut self.state {
            State::Header => self.header(&place, &fields),
            State::Rows(_) if is_rule(&fields, '-') => {
                self.leave(sink);
                self.state = State::Aside(place, "after a rule of dashes".to_owned(), 0);
            }
            State::Rows(section) if fields.len() == 1 && section.width() > 1 => {
                self.doubtful.push((place, head));
                if self.doubtful.len() > LEGEND {
                    self.damaged(sink);
                }
            }
            State::Rows(_) => {
                // Rows go on: what stood before was no legend.
                self.damaged(sink);
                self.row(&place, &fields, &head, sink);
            }
            State::Aside(_, _, rows) if fields.len() > 1 => *rows += 1,
            State::Legend | State::Aside(..) => {}
        }
    }

    fn header(&mut self, place: &Place, fields: &[String]) {
        self.sections += 1;
        let section = Section::new(&names(fields));
        self.state = if section.is_known() {
            section.unknown(&mut self.fields, place);
            State::Rows(Box::new(section))
        } else {
            State::Aside(place.clone(), format!("`{}`", fields.join(", ")), 0)
        };
    }

    fn row(&mut self, place: &Place, fields: &[String], head: &[u8], sink: &mut dyn Sink) {
        let State::Rows(section) = &self.state else { return };
        if let Some(account) = section.holder(fields).filter(|_| section.names_the_account()) {
            self.account = Some(account);
        }
        settle(self.exhibit, place, head, sink, |sink| {
            let row = rows::Row {
                exhibit: self.exhibit,
                place,
                account: self.account.as_ref(),
                zone: self.zone.as_ref(),
                section,
                cells: fields,
            };
            row.read(sink)
        });
    }

    /// Settles records of one cell that are no legend.
    fn damaged(&mut self, sink: &mut dyn Sink) {
        for (place, head) in self.doubtful.drain(..) {
            settle(self.exhibit, &place, &head, sink, |_| {
                Err((RejectReason::Syntax, "one cell under a header of several".to_owned()))
            });
        }
    }

    /// Ends a section.
    fn leave(&mut self, sink: &mut dyn Sink) {
        if let State::Aside(place, header, rows) = &self.state
            && *rows > 0
        {
            let shown = faisceau_model::excerpt(header, 80);
            let detail = format!("the section {shown} is not read: {rows} rows");
            set_aside(self.exhibit, place, header.as_bytes(), &detail, sink);
        }
    }

    fn finish(&mut self, sink: &mut dyn Sink) {
        self.damaged(sink);
        self.leave(sink);
        std::mem::take(&mut self.fields).finish(self.exhibit, sink);
    }
}

#[cfg(test)]
mod tests;
