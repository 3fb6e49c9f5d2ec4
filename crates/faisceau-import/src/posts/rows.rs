//! From the cells of a record to rows.
//!
//! In: cells, a mapping of headers to values. Out: a post, a connection or an account; and, the
//! first time an exhibit shows an account under a handle and a display name, a row for it.
//! Refused: records without what their row is about (an account for a post, an address for a
//! connection), and records whose time is written but cannot be read.

use std::collections::BTreeSet;

use faisceau_model::rows::{Account, Connection, Post};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind, RejectReason, Role, RowId, Sink,
};
use jiff::tz::TimeZone;

use super::cells::{Cell, Cells};
use super::time;
use crate::address::{endpoint, port};
use crate::contract::{ImportError, Source};
use crate::settings::{ImportSettings, TableKind, TableMapping, TimeFormat};

/// Names under which nobody in particular writes: they would make one account of many people.
const NOBODY: [&str; 9] = [
    "anonyme",
    "anonymous",
    "guest",
    "invité",
    "[deleted]",
    "[removed]",
    "deleted",
    "none",
    "null",
];

/// Why a record gives no row.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The reason.
    pub(super) reason: RejectReason,
    /// What was expected.
    pub(super) detail: String,
}

impl Refusal {
    pub(super) fn new(reason: RejectReason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// Turns the records of one exhibit into rows.
pub(super) struct Mapper<'m> {
    mapping: &'m TableMapping,
    zone: Option<TimeZone>,
    exhibit: ExhibitNo,
    seen: BTreeSet<(AccountKey, Maybe<String>, Maybe<String>)>,
}

/// What may differ from one record to the next in a table of several platforms.
pub(super) struct Manner<'r> {
    /// The platform.
    pub(super) platform: &'r str,
    /// The sort of post.
    pub(super) kind: PostKind,
    /// How the time is written.
    pub(super) time_format: &'r TimeFormat,
}

impl<'m> Mapper<'m> {
    /// A mapper for one exhibit.
    ///
    /// # Errors
    /// When the settings name a zone that does not exist.
    pub(super) fn new(
        source: &Source<'_>,
        mapping: &'m TableMapping,
        settings: &ImportSettings,
    ) -> Result<Self, ImportError> {
        let zone = mapping.zone(settings).map_err(|error| ImportError::Broken {
            place: Place::Whole,
            detail: error.to_string(),
        })?;
        Ok(Self { mapping, zone, exhibit: source.exhibit, seen: BTreeSet::new() })
    }

    /// What the mapping itself says of every record.
    pub(super) fn manner(&self) -> Manner<'m> {
        Manner {
            platform: &self.mapping.platform,
            kind: if self.mapping.private { PostKind::Private } else { PostKind::Public },
            time_format: &self.mapping.time_format,
        }
    }

    /// Gives the rows of one record to the sink.
    pub(super) fn take(
        &mut self,
        cells: &dyn Cells,
        place: &Place,
        manner: &Manner<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), Refusal> {
        let record = Record { cells, mapper: self, place, manner };
        match self.mapping.kind {
            TableKind::Posts => {
                let (post, account) = (record.post()?, record.account(false)?);
                self.show(account, sink);
                sink.post(post);
            }
            TableKind::Connections => {
                let connection = record.connection()?;
                if connection.account.known().is_some() {
                    let account = record.account(false)?;
                    self.show(account, sink);
                }
                sink.connections(vec![connection]);
            }
            TableKind::Accounts => sink.account(record.account(true)?),
        }
        Ok(())
    }

    fn show(&mut self, account: Account, sink: &mut dyn Sink) {
        let shown = (account.account.clone(), account.handle.clone(), account.display_name.clone());
        if self.seen.insert(shown) {
            sink.account(account);
        }
    }
}

/// One record under its mapping.
struct Record<'r> {
    cells: &'r dyn Cells,
    mapper: &'r Mapper<'r>,
    place: &'r Place,
    manner: &'r Manner<'r>,
}

impl Record<'_> {
    fn post(&self) -> Result<Post, Refusal> {
        let columns = &self.mapper.mapping.columns;
        let account = self.key()?.into_known().ok_or_else(|| {
            Refusal::new(RejectReason::MissingField, "the record does not say whose it is")
        })?;
        let kind = self.cell(columns.kind.as_ref()).text().into_known();
        Ok(Post {
            id: self.id("post"),
            exhibit: self.mapper.exhibit,
            place: self.place.clone(),
            account,
            at: self.time()?,
            kind: kind.and_then(|word| word.trim().parse().ok()).unwrap_or(self.manner.kind),
            text: self.cell(columns.text.as_ref()).text(),
            target: self.cell(columns.target.as_ref()).text(),
            thread: self.cell(columns.thread.as_ref()).id()?,
            permalink: self.cell(columns.permalink.as_ref()).text(),
            content_id: self.cell(columns.content_id.as_ref()).id()?,
            lang: self.cell(columns.lang.as_ref()).text(),
            client: self.cell(columns.client.as_ref()).text(),
            media: self.cell(columns.media.as_ref()).list(),
        })
    }

    fn connection(&self) -> Result<Connection, Refusal> {
        let columns = &self.mapper.mapping.columns;
        let address =
            self.cell(columns.ip.as_ref()).text().into_known().ok_or_else(|| {
                Refusal::new(RejectReason::MissingField, "the record has no address")
            })?;
        let (ip, beside) = endpoint(address.trim()).ok_or_else(|| {
            Refusal::new(RejectReason::Address, "the address is not written as one")
        })?;
        let port = match (self.cell(columns.port.as_ref()).text(), beside) {
            (Maybe::Known(text), _) => Maybe::or_absent(whole_port(&text), Absent::Unreadable),
            (Maybe::Missing(_), Some(beside)) => Maybe::Known(i64::from(beside)),
            (Maybe::Missing(reason), None) => Maybe::Missing(reason),
        };
        Ok(Connection {
            id: self.id("con"),
            exhibit: self.mapper.exhibit,
            place: self.place.clone(),
            account: self.key()?,
            at: self.time()?,
            ip: ip.to_string(),
            port,
            user_agent: self.cell(columns.user_agent.as_ref()).text(),
            request: self.cell(columns.action.as_ref()).text(),
            status: Maybe::Missing(Absent::NotRecorded),
            bytes: Maybe::Missing(Absent::NotRecorded),
            referer: Maybe::Missing(Absent::NotRecorded),
            service: self.manner.platform.to_owned(),
            forwarded: Maybe::Missing(Absent::NotRecorded),
            declared: false,
        })
    }

    /// The account of the record. `whole`: the record is about the account, so that its time and
    /// text are those of the account too.
    fn account(&self, whole: bool) -> Result<Account, Refusal> {
        let columns = &self.mapper.mapping.columns;
        let account = self.key()?.into_known().ok_or_else(|| {
            Refusal::new(RejectReason::MissingField, "the record names no account")
        })?;
        let elsewhere = Absent::NotRecorded;
        Ok(Account {
            id: self.id("acc"),
            exhibit: self.mapper.exhibit,
            place: self.place.clone(),
            account,
            platform: self.manner.platform.to_owned(),
            native_id: self.cell(columns.account_id.as_ref()).id()?,
            handle: self.cell(columns.handle.as_ref()).text(),
            display_name: self.cell(columns.display_name.as_ref()).text(),
            created: if whole { self.time()? } else { Maybe::Missing(elsewhere) },
            bio: if whole {
                self.cell(columns.text.as_ref()).text()
            } else {
                Maybe::Missing(elsewhere)
            },
            role: Role::ThirdParty,
        })
    }

    /// The immutable id if there is one, else the handle, unless nobody in particular bears it.
    fn key(&self) -> Result<Maybe<AccountKey>, Refusal> {
        let columns = &self.mapper.mapping.columns;
        let platform = self.manner.platform;
        if let Maybe::Known(id) = self.cell(columns.account_id.as_ref()).id()?
            && nameable(&id)
        {
            return Ok(Maybe::Known(AccountKey::by_id(platform, &id)));
        }
        Ok(match self.cell(columns.handle.as_ref()).text() {
            Maybe::Known(handle) if is_nobody(&handle) => Maybe::Missing(Absent::Deleted),
            Maybe::Known(handle) if !nameable(&handle) => Maybe::Missing(Absent::Unreadable),
            Maybe::Known(handle) => Maybe::Known(AccountKey::by_handle(platform, &handle)),
            Maybe::Missing(reason) => Maybe::Missing(reason),
        })
    }

    fn time(&self) -> Result<Maybe<Moment>, Refusal> {
        match self.cell(self.mapper.mapping.columns.time.as_ref()).text() {
            Maybe::Known(text) => {
                time::moment(&text, self.manner.time_format, self.mapper.zone.as_ref())
                    .map(Maybe::Known)
                    .map_err(|problem| Refusal::new(RejectReason::Time, problem))
            }
            Maybe::Missing(Absent::Unreadable) => {
                Err(Refusal::new(RejectReason::Time, "the time is neither a text nor a number"))
            }
            Maybe::Missing(reason) => Ok(Maybe::Missing(reason)),
        }
    }

    fn cell(&self, header: Option<&String>) -> Cell<'_> {
        header.map_or(Cell::NoColumn, |header| self.cells.cell(header))
    }

    fn id(&self, prefix: &str) -> RowId {
        RowId::at(prefix, self.mapper.exhibit, self.place, 0)
    }
}

fn is_nobody(handle: &str) -> bool {
    NOBODY.contains(&handle.trim().to_lowercase().as_str())
}

/// Whether something remains of a name in an account key.
fn nameable(name: &str) -> bool {
    name.chars().any(|c| !c.is_control() && !c.is_whitespace() && c != '@')
}

/// A port, or a port that a spreadsheet wrote with a decimal.
fn whole_port(text: &str) -> Option<i64> {
    let text = text.trim();
    port(text.strip_suffix(".0").unwrap_or(text)).map(i64::from)
}
