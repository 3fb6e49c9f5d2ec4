//! How the case maps the columns of a table.
//!
//! In: `[[import.table]]` of `case.toml`. Out: [`TableMapping`], which also writes itself, for a
//! proposal is handed over as the text of these very settings. Refused: mappings that could not
//! give a row.

use std::collections::BTreeSet;

use faisceau_model::excerpt;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{ImportSettings, SettingsError, SubscriberColumns, zone};
use crate::time::configured::reads_a_date;

/// How a plain table of posts, connections, accounts or subscribers is read.
///
/// ```toml
/// [[import.table]]
/// name = "réponse de l'opérateur"
/// kind = "connections"
/// platform = "operateur.example"
/// match = ["Adresse IP", "Port source"]
/// time_format = "%d/%m/%Y %H:%M:%S"
/// time_zone = "Europe/Paris"
///
/// [import.table.columns]
/// ip = "Adresse IP"
/// port = "Port source"
/// time = "Date"
/// clock = "Heure"
///
/// [import.table.subscriber]
/// name = ["Nom", "Prénom"]
/// phone = ["Ligne"]
/// since = "Souscription"
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TableMapping {
    /// What the table is called in the case.
    pub name: String,
    /// What its rows are.
    pub kind: TableKind,
    /// The platform that the accounts belong to; also the service of connections, and who
    /// declares the data of subscribers.
    pub platform: String,
    /// Headers that must all be present for this mapping to apply: names of columns of a CSV or
    /// of a sheet, or keys of JSON lines with a dot between levels.
    #[serde(rename = "match")]
    pub headers: Vec<String>,
    /// Delimiter of the CSV; told from the header line if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// How times are written.
    #[serde(default)]
    pub time_format: TimeFormat,
    /// IANA zone of times that carry no offset. Without it, and without the zone of the case, such
    /// times are refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether the posts were sent to one or several persons and not published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
    /// Which header gives which value.
    #[serde(default, skip_serializing_if = "Columns::is_empty")]
    pub columns: Columns,
    /// Which headers give data of subscribers, beside the rows of any kind.
    #[serde(default, skip_serializing_if = "SubscriberColumns::is_empty")]
    pub subscriber: SubscriberColumns,
}

/// What the rows of a mapped table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TableKind {
    /// Messages.
    Posts,
    /// Uses of an address.
    Connections,
    /// Accounts.
    Accounts,
    /// What an operator or a platform declares of subscribers.
    Subscribers,
}

/// How the times of a mapped table are written. Dates of a spreadsheet need no format.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub enum TimeFormat {
    /// RFC 3339, or the same without offset if a zone is given: `rfc3339`.
    #[default]
    Rfc3339,
    /// Seconds since the Unix epoch: `unix`.
    Unix,
    /// Milliseconds since the Unix epoch: `unix_ms`.
    UnixMillis,
    /// Anything else is a pattern of `strptime`, such as `%d/%m/%Y %H:%M:%S`.
    Pattern(String),
}

impl From<String> for TimeFormat {
    fn from(text: String) -> Self {
        match text.as_str() {
            "rfc3339" => Self::Rfc3339,
            "unix" => Self::Unix,
            "unix_ms" => Self::UnixMillis,
            _ => Self::Pattern(text),
        }
    }
}

impl From<TimeFormat> for String {
    fn from(format: TimeFormat) -> Self {
        match format {
            TimeFormat::Rfc3339 => "rfc3339".to_owned(),
            TimeFormat::Unix => "unix".to_owned(),
            TimeFormat::UnixMillis => "unix_ms".to_owned(),
            TimeFormat::Pattern(pattern) => pattern,
        }
    }
}

/// Declares [`Columns`] and the list of its names.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The header that gives each value. A value without header is missing in every row.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Columns {
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $name: Option<String>,
            )+
        }

        impl Columns {
            /// The values and the headers that give them.
            pub fn mapped(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$((stringify!($name), self.$name.as_deref()),)+]
                    .into_iter()
                    .filter_map(|(name, header)| header.map(|header| (name, header)))
            }

            /// Whether nothing is mapped.
            pub fn is_empty(&self) -> bool {
                self.mapped().next().is_none()
            }

            /// Says which header gives the value of this name; nothing for a name of no value.
            pub(crate) fn map(&mut self, name: &str, header: &str) {
                match name {
                    $(stringify!($name) => self.$name = Some(header.to_owned()),)+
                    _ => {}
                }
            }
        }
    };
}

columns! {
    /// The platform's immutable id of the account.
    account_id,
    /// The handle of the account.
    handle,
    /// The display name of the account.
    display_name,
    /// The time of the post or connection, or of the creation of the account.
    time,
    /// The time of the day, where `time` is the date alone: the two are read together, with a
    /// space between them, as `time_format` says.
    clock,
    /// The text of the post, or the self-description of the account.
    text,
    /// The address; `ip:port` and `[v6]:port` are taken apart.
    ip,
    /// The source port.
    port,
    /// User agent or device.
    user_agent,
    /// The request line or the action.
    action,
    /// The platform's id of the post.
    content_id,
    /// Public address of the post.
    permalink,
    /// The conversation, channel or thread.
    thread,
    /// The account addressed.
    target,
    /// Language that the platform declares.
    lang,
    /// Client that the platform declares.
    client,
    /// The sort of post, one of the words of the table `posts`; other words fall back to `private`.
    kind,
    /// Names of attached media, one or several (JSON list, or separated by `;`).
    media,
}

impl TableMapping {
    /// The zone of times without offset: the table's own, else that of the case.
    ///
    /// # Errors
    /// When the name is not in the IANA database.
    pub fn zone(&self, settings: &ImportSettings) -> Result<Option<TimeZone>, SettingsError> {
        zone(self.time_zone.as_deref().or(settings.zone.as_deref()))
    }

    /// The headers that must be in the table once each, each after what asks for it.
    pub(crate) fn asked(&self) -> impl Iterator<Item = (String, &str)> {
        let table = excerpt(&self.name, 60);
        let told = table.clone();
        let columns = self.columns.mapped().map(move |(value, header)| {
            (format!("`columns.{value}` of the table `{table}`"), header)
        });
        let subscriber = self.subscriber.mapped().map(move |(value, header)| {
            (format!("`subscriber.{value}` of the table `{told}`"), header)
        });
        columns.chain(subscriber)
    }

    /// All headers that the mapping names.
    pub(crate) fn named(&self) -> BTreeSet<&str> {
        let asked = self.columns.mapped().chain(self.subscriber.mapped());
        asked.map(|(_, header)| header).chain(self.headers.iter().map(String::as_str)).collect()
    }

    /// Checks that the mapping could give rows.
    pub(crate) fn check(&self) -> Result<(), SettingsError> {
        zone(self.time_zone.as_deref())?;
        match self.problem() {
            Some(problem) => Err(self.error(&problem)),
            None => Ok(()),
        }
    }

    /// Why the mapping could give no row, or none that is right.
    fn problem(&self) -> Option<String> {
        let told = |problem: &str| Some(problem.to_owned());
        if self.headers.is_empty() {
            return told("names no header in `match`");
        }
        if self.platform.trim().is_empty() {
            return told("names no platform");
        }
        if self.delimiter.is_some_and(|c| !c.is_ascii() || matches!(c, '"' | '\r' | '\n')) {
            return told("has a delimiter that is not one ASCII character");
        }
        if let TimeFormat::Pattern(pattern) = &self.time_format
            && !reads_a_date(pattern)
        {
            let shown = excerpt(pattern, 60);
            return Some(format!("has a `time_format` that gives no time: `{shown}`"));
        }
        self.clock_problem().or_else(|| self.subscriber.problem()).or_else(|| self.kind_problem())
    }

    fn clock_problem(&self) -> Option<String> {
        self.columns.clock.as_ref()?;
        let counted = matches!(self.time_format, TimeFormat::Unix | TimeFormat::UnixMillis);
        match (&self.columns.time, counted) {
            (None, _) => Some("maps a `clock` and no `time`".to_owned()),
            (_, true) => Some("maps a `clock` beside a count of seconds".to_owned()),
            _ => None,
        }
    }

    fn kind_problem(&self) -> Option<String> {
        let columns = &self.columns;
        let account = columns.account_id.is_some() || columns.handle.is_some();
        let problem = match self.kind {
            TableKind::Connections if columns.ip.is_none() => "is of connections and maps no `ip`",
            TableKind::Posts | TableKind::Accounts if !account => {
                "maps neither `account_id` nor `handle`"
            }
            TableKind::Posts if columns.text.is_none() => "is of posts and maps no `text`",
            TableKind::Subscribers if self.subscriber.values().next().is_none() => {
                "is of subscribers and maps none of their data in `subscriber`"
            }
            TableKind::Subscribers => {
                let used = ["account_id", "handle", "display_name", "ip"];
                let (unused, _) = columns.mapped().find(|(value, _)| !used.contains(value))?;
                return Some(format!("is of subscribers, which have no `columns.{unused}`"));
            }
            _ => return None,
        };
        Some(problem.to_owned())
    }

    pub(super) fn error(&self, problem: &str) -> SettingsError {
        SettingsError::Mapping { table: self.name.clone(), problem: problem.to_owned() }
    }
}
