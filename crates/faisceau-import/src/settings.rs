//! The settings of the case that the importers need.
//!
//! In: `[import]`, `[[import.table]]` and `[[import.log]]` of `case.toml`. Out: [`ImportSettings`]. Refused: unknown
//! keys, unknown zones, patterns of times that read none, mappings and formats of logs that could not give a row,
//! so that a misspelt column is told when the case is opened and not by a table without rows.

mod mapping;
mod subscriber;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::{AccountKey, ExhibitNo, excerpt};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::Deserialize;

use crate::logs::check_log_format;
use crate::openpgp::keys::KeyExhibit;
use crate::owners::Owners;
use crate::posts::recipes::Recipe;

pub use mapping::{Columns, TableKind, TableMapping, TimeFormat};
pub use subscriber::SubscriberColumns;

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
    /// The year of the last line of a system log, whose times do not say it.
    pub syslog_year: Option<i16>,
    /// Access logs whose format the server's configuration defines, tried in this order.
    #[serde(rename = "log")]
    pub logs: Vec<LogFormat>,
    /// Tables whose columns the case maps, tried in this order.
    #[serde(rename = "table")]
    pub mappings: Vec<TableMapping>,
    /// `recipes` of `[import]`: files beside `case.toml` that say how pages of a site are read.
    #[serde(rename = "recipes")]
    pub recipe_files: Vec<String>,
    /// `[import.owners]`: the account whose export an exhibit is, by exhibit number, where no
    /// file of it says so: `"7" = "instagram:123"`.
    #[serde(rename = "owners")]
    pub declared_owners: BTreeMap<String, String>,
    /// The accounts whose exports the exhibits are. Filled by the case from what is declared and
    /// from the exhibits, for a tweet of an archive does not say who wrote it.
    #[serde(skip)]
    pub owners: Owners,
    /// The exhibits that hold public keys, in their order. Filled by the case from those of which
    /// [`openpgp_key`](crate::openpgp_key) is true.
    #[serde(skip)]
    pub keys: Vec<KeyExhibit>,
    /// Recipes of the case for saved pages, tried before those of the program. Filled by the
    /// case from the files that it names, for an importer opens no file.
    #[serde(skip)]
    pub recipes: Vec<Recipe>,
    /// Leaves pictures undecoded: enough where rows are counted and not kept.
    #[serde(skip)]
    pub blind: bool,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            service: "site".to_owned(),
            zone: None,
            last_number_is_port: None,
            syslog_year: None,
            logs: Vec::new(),
            mappings: Vec::new(),
            recipe_files: Vec::new(),
            declared_owners: BTreeMap::new(),
            owners: Owners::default(),
            keys: Vec::new(),
            recipes: Vec::new(),
            blind: false,
        }
    }
}

/// An access log in a format of the server's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogFormat {
    /// The text of nginx's `log_format` or of Apache's `LogFormat`, as the configuration has it.
    pub format: String,
    /// The service whose log it is; that of the case if absent.
    pub service: Option<String>,
    /// A text that the lines hold, to tell two logs of one format apart.
    #[serde(rename = "match")]
    pub contains: Option<String>,
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
    /// The format of a log could never give a row.
    #[error("the log format `{format}` {problem}")]
    Log {
        /// The format, shortened.
        format: String,
        /// What is wrong.
        problem: String,
    },
    /// No log can be of that year.
    #[error("`syslog_year` is {year}, which is no year of a log")]
    Year {
        /// The year as written.
        year: i16,
    },
    /// `[import.owners]` names no exhibit or no account.
    #[error("`{pair}` in `owners` is no exhibit number and account, such as `7 = \"x:123\"`")]
    Owner {
        /// The line as written.
        pair: String,
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
    /// Checks zones, formats of logs and mappings.
    ///
    /// # Errors
    /// The first one that cannot be used.
    pub fn check(&self) -> Result<(), SettingsError> {
        zone(self.zone.as_deref())?;
        for (exhibit, account) in &self.declared_owners {
            let known =
                exhibit.parse::<ExhibitNo>().is_ok() && account.parse::<AccountKey>().is_ok();
            if !known {
                let pair = excerpt(&format!("{exhibit} = {account}"), 80);
                return Err(SettingsError::Owner { pair });
            }
        }
        if let Some(year) = self.syslog_year.filter(|year| !(1970..=9998).contains(year)) {
            return Err(SettingsError::Year { year });
        }
        for log in &self.logs {
            check_log_format(&log.format).map_err(|problem| SettingsError::Log {
                format: excerpt(&log.format, 60),
                problem,
            })?;
        }
        let mut names = BTreeSet::new();
        for table in &self.mappings {
            table.check()?;
            if !names.insert(&table.name) {
                return Err(table.error("is declared twice"));
            }
        }
        Ok(())
    }

    /// The account that `[import.owners]` names for an exhibit.
    pub(crate) fn declared_owner(&self, exhibit: ExhibitNo) -> Option<AccountKey> {
        self.declared_owners.get(&exhibit.to_string())?.parse().ok()
    }

    /// The zone assumed where a format has none.
    ///
    /// # Errors
    /// When the name is not in the IANA database.
    pub fn zone(&self) -> Result<Option<TimeZone>, SettingsError> {
        zone(self.zone.as_deref())
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
