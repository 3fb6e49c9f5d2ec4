//! What mail providers leave of the client's address.
//!
//! In: `datasets/mail-providers/providers.toml`. Out: the provider that a server belongs to.

use serde::Deserialize;
use thiserror::Error;

use super::domain::is_below;

/// The table is damaged.
#[derive(Debug, Error)]
#[error("failed to read the table of mail providers: {0}")]
pub struct ProvidersError(#[from] toml::de::Error);

/// The table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Providers {
    /// Month of the data.
    pub date: String,
    /// The providers.
    provider: Vec<Provider>,
}

/// One provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Provider {
    pub(super) name: String,
    /// Domains that its sending servers are named under.
    hosts: Vec<String>,
    /// Domains that its signatures name.
    signs: Vec<String>,
    /// What its web mail does with the client's address.
    pub(super) web: Client,
    /// Whether somebody checked the line against mails or words of the provider.
    pub(super) verified: bool,
}

/// What becomes of the client's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Client {
    /// It is left out.
    Hidden,
    /// It stands in a header or line.
    Shown,
    /// Either was met, or it is not established.
    Varies,
}

impl Providers {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, ProvidersError> {
        Ok(toml::from_str(text)?)
    }

    /// The provider of a server whose name was looked up.
    pub(super) fn of_host(&self, host: &str) -> Option<&Provider> {
        self.provider.iter().find(|p| p.hosts.iter().any(|name| is_below(host, name)))
    }

    /// The provider of a signature that holds.
    pub(super) fn of_signer(&self, domain: &str) -> Option<&Provider> {
        self.provider.iter().find(|p| p.signs.iter().any(|name| is_below(domain, name)))
    }
}
