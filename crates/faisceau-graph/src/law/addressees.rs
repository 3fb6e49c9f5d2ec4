//! Who a request goes to: platforms, access operators, hosts, mail providers.

use serde::Deserialize;

use super::parse::Status;

/// What an addressee is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddresseeKind {
    /// Hosts accounts and content.
    Platform,
    /// Gives access to the Internet.
    AccessOperator,
    /// Rents servers.
    Hosting,
    /// Holds mailboxes.
    MailProvider,
}

/// An addressee. Every field is to be checked against the registry on the day of the act.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// Short stable code.
    pub code: String,
    /// What it is.
    pub kind: AddresseeKind,
    /// The platforms of account keys that it answers for.
    #[serde(default)]
    pub platforms: Vec<String>,
    /// Its autonomous systems.
    #[serde(default)]
    pub asn: Vec<i64>,
    /// Its mail domains, lower case.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Legal name.
    pub legal_name: String,
    /// Seat.
    pub seat: String,
    /// Number in a company registry.
    pub registry: Option<String>,
    /// Contact under the DSA (articles 11 and 13).
    pub dsa_contact: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// How far the entry was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Where it comes from.
    pub source: String,
}
