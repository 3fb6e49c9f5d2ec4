//! Discord messages in CSV: `messages/c<channel>/messages.csv` of data packages before 2024, and
//! the tables of answers to legal requests.
//!
//! In: a table with id, time, contents and attachments; the tables of answers have three columns
//! more, for channel, author and name of the author. The four headers are `ID`, `Timestamp`,
//! `Contents`, `Attachments` in many public readers of the package. RLEAPP reads the seven columns
//! by position and names no header: theirs are told by their words, whatever case and spaces.
//! Checked on 2026-11-21. Out: a post for each record; in the tables of answers an account the
//! first time it speaks. Refused: a table without the four columns.
//!
//! Traps of the format: those of [`super::package_json`]; times of packages before 2024 have their
//! offset and six digits (`2022-08-02 00:59:59.753000+00:00`).

use faisceau_model::rows::Account;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, Sink};
use jiff::tz::TimeZone;

use super::PLATFORM;
use super::sent::{self, Sent};
use crate::contract::{ImportError, Source};
use crate::fields::Fields;
use crate::format::{Format, Group, Origin, Rank};
use crate::json::Flaw;
use crate::rows::first_accounts::FirstAccounts;
use crate::settings::ImportSettings;
use crate::tables::cells::Cells;
use crate::tables::csv;
use crate::tables::csv_records::CsvRecords;
use crate::tables::records;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "discord-package-csv",
    title: "Discord messages (CSV of the data package or of an answer)",
    group: Group::Messages,
    gives: &["posts", "accounts"],
    versions: "packages before March 2024; answers of seven columns",
    checked: "2026-11-21",
    sample: "tests/fixtures/discord/messages.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| columns(head.bytes).is_some(),
    parse,
    owner: None,
};

/// The headers of a table, as it writes them.
struct Columns {
    delimiter: u8,
    names: Vec<String>,
    id: String,
    time: String,
    contents: String,
    attachments: String,
    channel: Option<String>,
    author: Option<String>,
    name: Option<String>,
}

/// The columns of a table, if it has the four.
fn columns(head: &[u8]) -> Option<Columns> {
    const ANY: [&str; 0] = [];
    b",;\t".iter().find_map(|&delimiter| {
        let (_, names) = csv::header(head, &ANY, Some(delimiter))?;
        let find = |words: &[&str]| {
            names.iter().find(|name| words.contains(&letters(name).as_str())).cloned()
        };
        Some(Columns {
            delimiter,
            id: find(&["id", "messageid"])?,
            time: find(&["timestamp"])?,
            contents: find(&["contents", "content"])?,
            attachments: find(&["attachments", "attachment"])?,
            channel: find(&["channelid", "channel"]),
            author: find(&["authorid", "userid"]),
            name: find(&["username", "authorusername", "authorname", "author", "user"]),
            names,
        })
    })
}

/// The letters of a header, in lower case.
fn letters(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

impl Columns {
    /// All headers that have a meaning here.
    fn known(&self) -> Vec<&str> {
        let four = [&self.id, &self.time, &self.contents, &self.attachments];
        let three = [&self.channel, &self.author, &self.name];
        four.into_iter().chain(three.into_iter().flatten()).map(String::as_str).collect()
    }
}

/// Reads a table.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let sink: &mut dyn Sink = &mut FirstAccounts::new(sink);
    let exhibit = source.exhibit;
    let Some(columns) = columns(&source.head()?) else {
        let detail = "the first line names no id, time, contents and attachments".to_owned();
        return Err(ImportError::Broken { place: Place::Whole, detail });
    };
    let mut fields = Fields::default();
    let first = Place::Line { number: 1, byte: 0 };
    fields.headers(columns.names.iter().map(String::as_str), &columns.known(), &first);
    fields.finish(exhibit, sink);
    let reading = Reading {
        exhibit,
        owner: settings.owners.get(exhibit, PLATFORM).cloned(),
        zone: settings.zone().ok().flatten(),
        columns: &columns,
    };
    let asked = columns.known().into_iter().map(|header| ("this format".to_owned(), header));
    let Some(mut table) = CsvRecords::open(source, columns.delimiter, asked)? else {
        return Ok(());
    };
    records::each(exhibit, &mut table, sink, |record, place, sink| {
        reading.record(record, place, sink)
    })
}

/// What is the same for all records of a table.
struct Reading<'c> {
    exhibit: ExhibitNo,
    owner: Option<AccountKey>,
    zone: Option<TimeZone>,
    columns: &'c Columns,
}

impl Reading<'_> {
    fn record(&self, record: &dyn Cells, place: &Place, sink: &mut dyn Sink) -> Result<(), Flaw> {
        let cell = |header: &str| record.cell(header).text().into_known();
        let other = |header: &Option<String>| cell(header.as_deref()?);
        let columns = self.columns;
        let account = match &columns.author {
            Some(header) => cell(header).map(|id| AccountKey::by_id(PLATFORM, &id)),
            None => self.owner.clone(),
        };
        let sent = Sent {
            id: cell(&columns.id),
            time: cell(&columns.time),
            contents: cell(&columns.contents),
            attachments: cell(&columns.attachments),
            channel: other(&columns.channel),
        };
        let post = sent::post(self.exhibit, place, account, self.zone.as_ref(), sent)?;
        if columns.author.is_some() {
            sink.account(Account {
                native_id: Maybe::Known(post.account.native().to_owned()),
                handle: Maybe::or_absent(other(&columns.name), Absent::NotExported),
                ..Account::new(self.exhibit, place, 0, post.account.clone())
            });
        }
        sink.post(post);
        Ok(())
    }
}
