//! What a dataset of the case is asked.

use std::fmt;
use std::str::FromStr;

/// The question that a dataset answers. The richest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(try_from = "String")]
pub enum DatasetKind {
    /// Cities: an indication, never a finding.
    City,
    /// Countries.
    Country,
    /// Autonomous systems and their names.
    Asn,
    /// Flags of anonymity: VPN, proxy, host, Tor exit.
    Anonymity,
    /// Ranges or systems of VPN services.
    Vpn,
    /// Ranges or systems of server hosts.
    Hosting,
    /// Egress ranges of privacy relays.
    Relay,
    /// Ranges or systems of content delivery networks.
    Cdn,
    /// Documents of the Tor network, made into an index by `faisceau-tor`.
    Tor,
}

impl DatasetKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::City,
        Self::Country,
        Self::Asn,
        Self::Anonymity,
        Self::Vpn,
        Self::Hosting,
        Self::Relay,
        Self::Cdn,
        Self::Tor,
    ];

    /// The word of the command line and of the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Country => "country",
            Self::Asn => "asn",
            Self::Anonymity => "anonymity",
            Self::Vpn => "vpn",
            Self::Hosting => "hosting",
            Self::Relay => "relay",
            Self::Cdn => "cdn",
            Self::Tor => "tor",
        }
    }

    /// What it says, in a line of the list of datasets.
    pub const fn title(self) -> &'static str {
        match self {
            Self::City => "city that a database names for an address: an indication only",
            Self::Country => "country of registration or declared use of an address",
            Self::Asn => "autonomous system that announces an address, and its name",
            Self::Anonymity => "VPN, proxy, host or Tor exit, as a database flags an address",
            Self::Vpn => "ranges or systems of VPN services",
            Self::Hosting => "ranges or systems of server hosts",
            Self::Relay => "egress ranges of privacy relays",
            Self::Cdn => "ranges or systems of content delivery networks",
            Self::Tor => "Tor consensuses, exit lists and descriptors, indexed by address and hour",
        }
    }

    /// Whether a list of ranges or systems answers it.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Vpn | Self::Hosting | Self::Relay | Self::Cdn)
    }
}

impl fmt::Display for DatasetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for DatasetKind {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl FromStr for DatasetKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = Self::ALL.iter().map(|kind| kind.as_str()).collect();
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| format!("one of {} is expected", words.join(", ")))
    }
}
