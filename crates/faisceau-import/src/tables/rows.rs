//! From the cells of a record to rows.
//!
//! In: cells, a mapping of headers to values. Out: a post, a connection or an account; what is
//! declared of a subscriber; and, the first time an exhibit shows an account under a handle and a
//! display name, a row for it. A table that maps no account is about the account whose export it
//! is, where the case says which. Refused: records without what their row is about (an account for
//! a post, an address for a connection), and records whose time is written but cannot be read.

mod dated;
mod subscriber;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::net::IpAddr;

use faisceau_model::rows::{Account, Connection, Post, Subscriber};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Place, PostKind, RejectReason, Sink};
use jiff::tz::TimeZone;

use super::cells::{Cell, Cells};
use crate::contract::{ImportError, Source};
use crate::json::Flaw;
use crate::settings::{ImportSettings, TableKind, TableMapping, TimeFormat};
use crate::text::address::{differing, endpoint, port};

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

/// Turns the records of one exhibit into rows.
pub(crate) struct Mapper<'m> {
    mapping: &'m TableMapping,
    zone: Option<TimeZone>,
    exhibit: ExhibitNo,
    owner: Option<AccountKey>,
    seen: BTreeSet<(AccountKey, Maybe<String>, Maybe<String>)>,
}

/// What may differ from one record to the next in a table of several platforms.
pub(crate) struct Manner<'r> {
    /// The platform.
    pub(crate) platform: &'r str,
    /// The sort of post.
    pub(crate) kind: PostKind,
    /// How the time is written.
    pub(crate) time_format: &'r TimeFormat,
}

impl<'m> Mapper<'m> {
    /// A mapper for one exhibit.
    ///
    /// # Errors
    /// When the settings name a zone that does not exist.
    pub(crate) fn new(
        source: &Source<'_>,
        mapping: &'m TableMapping,
        settings: &ImportSettings,
    ) -> Result<Self, ImportError> {
        let zone = mapping.zone(settings).map_err(|error| ImportError::Broken {
            place: Place::Whole,
            detail: error.to_string(),
        })?;
        let columns = &mapping.columns;
        let unnamed = columns.account_id.is_none() && columns.handle.is_none();
        let owner = settings.owners.get(source.exhibit, &mapping.platform).filter(|_| unnamed);
        let (exhibit, owner) = (source.exhibit, owner.cloned());
        Ok(Self { mapping, zone, exhibit, owner, seen: BTreeSet::new() })
    }

    /// What the mapping itself says of every record.
    pub(crate) fn manner(&self) -> Manner<'m> {
        Manner {
            platform: &self.mapping.platform,
            kind: if self.mapping.private { PostKind::Private } else { PostKind::Public },
            time_format: &self.mapping.time_format,
        }
    }

    /// Gives the rows of one record to the sink, or none of them.
    pub(crate) fn take(
        &mut self,
        cells: &dyn Cells,
        place: &Place,
        manner: &Manner<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), Flaw> {
        let record = Record { cells, mapper: self, place, manner };
        let mut rows = Rows::default();
        match self.mapping.kind {
            TableKind::Posts => {
                rows.post = Some(record.post()?);
                rows.account = Some(record.account(false)?);
            }
            TableKind::Connections => {
                let connection = record.connection()?;
                rows.account = record.shown()?;
                rows.ip = Maybe::Known(connection.ip.clone());
                rows.connection = Some(connection);
            }
            TableKind::Accounts => rows.account = Some(record.account(true)?),
            TableKind::Subscribers => {
                rows.account = record.shown()?;
                rows.ip = record.declared_ip();
            }
        }
        rows.subscribers = record.subscribers(&rows.ip)?;
        if self.mapping.kind == TableKind::Subscribers && rows.subscribers.is_empty() {
            return Err(missing("the record says nothing of a subscriber"));
        }
        self.hand_over(rows, sink);
        Ok(())
    }

    fn hand_over(&mut self, rows: Rows, sink: &mut dyn Sink) {
        let whole = self.mapping.kind == TableKind::Accounts;
        if let Some(account) = rows.account
            && (whole || self.seen.insert(named(&account)))
        {
            sink.account(account);
        }
        rows.post.into_iter().for_each(|post| sink.post(post));
        rows.connection.into_iter().for_each(|connection| sink.connections(vec![connection]));
        rows.subscribers.into_iter().for_each(|subscriber| sink.subscriber(subscriber));
    }
}

/// What one record gives, kept until all of it is known to be fine.
struct Rows {
    account: Option<Account>,
    post: Option<Post>,
    connection: Option<Connection>,
    ip: Maybe<String>,
    subscribers: Vec<Subscriber>,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            account: None,
            post: None,
            connection: None,
            ip: Maybe::Missing(Absent::NotApplicable),
            subscribers: Vec::new(),
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
    fn post(&self) -> Result<Post, Flaw> {
        let columns = &self.mapper.mapping.columns;
        let account = self
            .key()?
            .into_known()
            .ok_or_else(|| missing("the record does not say whose it is"))?;
        let kind = self.cell(columns.kind.as_ref()).text().into_known();
        Ok(Post {
            at: self.time()?,
            at_raw: self.time_raw(),
            kind: kind.and_then(|word| word.trim().parse().ok()).unwrap_or(self.manner.kind),
            text: self.cell(columns.text.as_ref()).text(),
            target: self.cell(columns.target.as_ref()).text(),
            thread: self.cell(columns.thread.as_ref()).id()?,
            permalink: self.cell(columns.permalink.as_ref()).text(),
            content_id: self.cell(columns.content_id.as_ref()).id()?,
            lang: self.cell(columns.lang.as_ref()).text(),
            client: self.cell(columns.client.as_ref()).text(),
            media: self.cell(columns.media.as_ref()).list(),
            ..Post::new(self.mapper.exhibit, self.place, 0, account)
        })
    }

    fn connection(&self) -> Result<Connection, Flaw> {
        let columns = &self.mapper.mapping.columns;
        let address = self
            .cell(columns.ip.as_ref())
            .text()
            .into_known()
            .ok_or_else(|| missing("the record has no address"))?;
        let (ip, beside) = endpoint(address.trim()).ok_or_else(|| {
            (RejectReason::Address, "the address is not written as one".to_owned())
        })?;
        let port = match (self.cell(columns.port.as_ref()).text(), beside) {
            (Maybe::Known(text), _) => Maybe::or_absent(whole_port(&text), Absent::Unreadable),
            (Maybe::Missing(_), Some(beside)) => Maybe::Known(i64::from(beside)),
            (Maybe::Missing(reason), None) => Maybe::Missing(reason),
        };
        Ok(Connection {
            account: self.key()?,
            at: self.time()?,
            at_raw: self.time_raw(),
            ip_raw: differing(&address, ip),
            port,
            user_agent: self.cell(columns.user_agent.as_ref()).text(),
            request: self.cell(columns.action.as_ref()).text(),
            ..self.blank(ip)
        })
    }

    /// The account of the record. `whole`: the record is about the account, so that its time and
    /// text are those of the account too.
    fn account(&self, whole: bool) -> Result<Account, Flaw> {
        let columns = &self.mapper.mapping.columns;
        let account =
            self.key()?.into_known().ok_or_else(|| missing("the record names no account"))?;
        let elsewhere = Absent::NotRecorded;
        Ok(Account {
            platform: self.manner.platform.to_owned(),
            native_id: self.cell(columns.account_id.as_ref()).id()?,
            handle: self.cell(columns.handle.as_ref()).text(),
            display_name: self.cell(columns.display_name.as_ref()).text(),
            created: if whole { self.time()? } else { Maybe::Missing(elsewhere) },
            created_raw: if whole { self.time_raw() } else { Maybe::Missing(elsewhere) },
            bio: if whole {
                self.cell(columns.text.as_ref()).text()
            } else {
                Maybe::Missing(elsewhere)
            },
            ..Account::new(self.mapper.exhibit, self.place, 0, account)
        })
    }

    /// The account of a record that is about something else, if it names one.
    fn shown(&self) -> Result<Option<Account>, Flaw> {
        match self.key()? {
            Maybe::Known(_) => self.account(false).map(Some),
            Maybe::Missing(_) => Ok(None),
        }
    }

    /// The immutable id if there is one, else the handle, unless nobody in particular bears it.
    fn key(&self) -> Result<Maybe<AccountKey>, Flaw> {
        let columns = &self.mapper.mapping.columns;
        let platform = self.manner.platform;
        if let Some(owner) = &self.mapper.owner {
            return Ok(Maybe::Known(owner.clone()));
        }
        let id = self.cell(columns.account_id.as_ref()).id()?;
        if let Maybe::Known(id) = &id
            && nameable(id)
        {
            return Ok(Maybe::Known(AccountKey::by_id(platform, id)));
        }
        Ok(match (self.cell(columns.handle.as_ref()).text(), id) {
            (Maybe::Known(handle), _) if is_nobody(&handle) => Maybe::Missing(Absent::Deleted),
            (Maybe::Known(handle), _) if !nameable(&handle) => Maybe::Missing(Absent::Unreadable),
            (Maybe::Known(handle), _) => Maybe::Known(AccountKey::by_handle(platform, &handle)),
            // An empty cell says more than a column that is not there.
            (Maybe::Missing(Absent::NotRecorded), Maybe::Missing(reason))
            | (Maybe::Missing(reason), _) => Maybe::Missing(reason),
        })
    }

    fn cell(&self, header: Option<&String>) -> Cell<'_> {
        header.map_or(Cell::NoColumn, |header| self.cells.cell(header))
    }

    fn blank(&self, ip: IpAddr) -> Connection {
        let (exhibit, platform) = (self.mapper.exhibit, self.manner.platform);
        Connection::new(exhibit, self.place, 0, ip.to_string(), platform)
    }
}

/// A flaw of a record that lacks what its row is about.
fn missing(detail: &str) -> Flaw {
    (RejectReason::MissingField, detail.to_owned())
}

/// What a row of an account shows of it.
fn named(account: &Account) -> (AccountKey, Maybe<String>, Maybe<String>) {
    (account.account.clone(), account.handle.clone(), account.display_name.clone())
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
