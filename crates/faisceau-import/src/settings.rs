//! The settings of the case that the importers need.
//!
//! In: `[import]` and `[[import.table]]` of `case.toml`. Out: [`ImportSettings`]. Refused: unknown
//! keys, unknown zones, patterns of times that read none, and mappings that could not give a row, so that a misspelt column is told
//! when the case is opened and not by a table without rows.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{ExhibitNo, excerpt};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::Deserialize;

use crate::posts::time::reads_a_date;

/// What `[import]` says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImportSettings {
    /// The service whose access logs the exhibits are.
    pub service: String,
    /// IANA zone assumed where a format has none, such as `Europe/Paris`.
    pub zone: Option<String>,
    /// Whether a bare number that ends the lines of an access log is the source port. Told from
    /// the log if absent: see the traps of that format.
    pub last_number_is_port: Option<bool>,
    /// Tables whose columns the case maps, tried in this order.
    #[serde(rename = "table")]
    pub mappings: Vec<TableMapping>,
    /// Account id of the owner of each X archive, keyed by the exhibit that is the archive itself.
    /// Filled by the case from the archive, for a tweet does not say who wrote it.
    #[serde(skip)]
    pub x_archive_owners: BTreeMap<ExhibitNo, String>,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            service: "site".to_owned(),
            zone: None,
            last_number_is_port: None,
            mappings: Vec::new(),
            x_archive_owners: BTreeMap::new(),
        }
    }
}

/// How a plain table of posts, connections or accounts is read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableMapping {
    /// What the table is called in the case.
    pub name: String,
    /// What its rows are.
    pub kind: TableKind,
    /// The platform that the accounts belong to; also the service of connections.
    pub platform: String,
    /// Headers that must all be present for this mapping to apply: names of CSV columns, or keys
    /// of JSON lines with a dot between levels.
    #[serde(rename = "match")]
    pub headers: Vec<String>,
    /// Delimiter of the CSV; told from the header line if absent.
    pub delimiter: Option<char>,
    /// Which header gives which value.
    pub columns: Columns,
    /// How times are written.
    #[serde(default)]
    pub time_format: TimeFormat,
    /// IANA zone of times that carry no offset. Without it, and without the zone of the case, such
    /// times are refused.
    pub time_zone: Option<String>,
    /// Whether the posts were sent to one or several persons and not published.
    #[serde(default)]
    pub private: bool,
}

/// What the rows of a mapped table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableKind {
    /// Messages.
    Posts,
    /// Uses of an address.
    Connections,
    /// Accounts.
    Accounts,
}

/// How the times of a mapped table are written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "String")]
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

/// Declares [`Columns`] and the list of its names.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// The header that gives each value. A value without header is missing in every row.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Columns { $($(#[$doc])* pub $name: Option<String>,)+ }

        impl Columns {
            /// The values and the headers that give them.
            pub fn mapped(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$((stringify!($name), self.$name.as_deref()),)+]
                    .into_iter()
                    .filter_map(|(name, header)| header.map(|header| (name, header)))
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

/// A mapping or a zone that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The name of a zone is not in the IANA database.
    #[error("`{zone}` is not an IANA zone")]
    Zone {
        /// The name as written.
        zone: String,
    },
    /// A mapping could never give a row.
    #[error("the table `{table}` {problem}")]
    Mapping {
        /// Name of the table.
        table: String,
        /// What is wrong.
        problem: String,
    },
}

impl ImportSettings {
    /// Checks zones and mappings.
    ///
    /// # Errors
    /// The first zone or mapping that cannot be used.
    pub fn check(&self) -> Result<(), SettingsError> {
        zone(self.zone.as_deref())?;
        let mut names = BTreeSet::new();
        for table in &self.mappings {
            table.check()?;
            if !names.insert(&table.name) {
                return Err(table.error("is declared twice"));
            }
        }
        Ok(())
    }

    /// The zone assumed where a format has none.
    ///
    /// # Errors
    /// When the name is not in the IANA database.
    pub fn zone(&self) -> Result<Option<TimeZone>, SettingsError> {
        zone(self.zone.as_deref())
    }
}

impl TableMapping {
    /// The zone of times without offset: the table's own, else that of the case.
    ///
    /// # Errors
    /// When the name is not in the IANA database.
    pub fn zone(&self, settings: &ImportSettings) -> Result<Option<TimeZone>, SettingsError> {
        zone(self.time_zone.as_deref().or(settings.zone.as_deref()))
    }

    fn check(&self) -> Result<(), SettingsError> {
        zone(self.time_zone.as_deref())?;
        if self.headers.is_empty() {
            return Err(self.error("names no header in `match`"));
        }
        if self.platform.trim().is_empty() {
            return Err(self.error("names no platform"));
        }
        if self.delimiter.is_some_and(|c| !c.is_ascii() || matches!(c, '"' | '\r' | '\n')) {
            return Err(self.error("has a delimiter that is not one ASCII character"));
        }
        if let TimeFormat::Pattern(pattern) = &self.time_format
            && !reads_a_date(pattern)
        {
            let shown = excerpt(pattern, 60);
            return Err(self.error(&format!("has a `time_format` that gives no time: `{shown}`")));
        }
        let columns = &self.columns;
        let account = columns.account_id.is_some() || columns.handle.is_some();
        match self.kind {
            TableKind::Connections if columns.ip.is_none() => {
                Err(self.error("is of connections and maps no `ip`"))
            }
            TableKind::Posts | TableKind::Accounts if !account => {
                Err(self.error("maps neither `account_id` nor `handle`"))
            }
            TableKind::Posts if columns.text.is_none() => {
                Err(self.error("is of posts and maps no `text`"))
            }
            _ => Ok(()),
        }
    }

    fn error(&self, problem: &str) -> SettingsError {
        SettingsError::Mapping { table: self.name.clone(), problem: problem.to_owned() }
    }
}

/// The zone of this name in the bundled database.
fn zone(name: Option<&str>) -> Result<Option<TimeZone>, SettingsError> {
    name.map(|name| {
        // The bundled database, never that of the machine.
        TimeZoneDatabase::bundled()
            .get(name)
            .map_err(|_| SettingsError::Zone { zone: name.to_owned() })
    })
    .transpose()
}
