//! What stands in the graph.

use std::fmt;

use faisceau_model::{AccountKey, Maybe, Role};

/// A node, ordered by kind, then by its value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An account.
    Account(AccountKey),
    /// An address, in canonical text.
    Address(String),
    /// A network in CIDR notation: the /24 of an IPv4 address, the /56 of an IPv6 address.
    Prefix(String),
    /// A telephone or computer, by the identifier that an export or a record gives it.
    Device(String),
    /// A picture: the SHA-256 of the coded picture, or of the file where that is not known.
    Image(String),
    /// A camera body: maker, model and serial number.
    Camera(String),
    /// A domain name, in lower case.
    Domain(String),
    /// A link, without what tracks its sharer.
    Url(String),
    /// A mail address.
    Mail(String),
    /// A telephone number.
    Phone(String),
    /// A rare phrase or string that accounts share.
    Phrase(String),
}

impl Node {
    /// The kinds, in the order of the nodes.
    pub const KINDS: [&'static str; 11] = [
        "account", "address", "prefix", "device", "image", "camera", "domain", "url", "mail",
        "phone", "phrase",
    ];

    /// Its kind, one word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Address(_) => "address",
            Self::Prefix(_) => "prefix",
            Self::Device(_) => "device",
            Self::Image(_) => "image",
            Self::Camera(_) => "camera",
            Self::Domain(_) => "domain",
            Self::Url(_) => "url",
            Self::Mail(_) => "mail",
            Self::Phone(_) => "phone",
            Self::Phrase(_) => "phrase",
        }
    }

    /// What it is called, without its kind.
    pub fn value(&self) -> String {
        match self {
            Self::Account(account) => account.to_string(),
            Self::Address(text)
            | Self::Prefix(text)
            | Self::Device(text)
            | Self::Image(text)
            | Self::Camera(text)
            | Self::Domain(text)
            | Self::Url(text)
            | Self::Mail(text)
            | Self::Phone(text)
            | Self::Phrase(text) => text.clone(),
        }
    }

    /// The node of a kind and a value; none where the kind is unknown or the value is no account.
    pub fn of(kind: &str, value: &str) -> Option<Self> {
        let text = || value.to_owned();
        Some(match kind {
            "account" => Self::Account(value.parse().ok()?),
            "address" => Self::Address(text()),
            "prefix" => Self::Prefix(text()),
            "device" => Self::Device(text()),
            "image" => Self::Image(text()),
            "camera" => Self::Camera(text()),
            "domain" => Self::Domain(text()),
            "url" => Self::Url(text()),
            "mail" => Self::Mail(text()),
            "phone" => Self::Phone(text()),
            "phrase" => Self::Phrase(text()),
            _ => return None,
        })
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.value())
    }
}

/// A node and what is counted on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeInfo {
    /// The node.
    pub node: Node,
    /// What an account is in the case: the strongest role that any row gives it.
    pub role: Maybe<Role>,
    /// Posts of an account.
    pub posts: u64,
}
