//! What stands in the graph.

use std::fmt;

use faisceau_model::{AccountKey, Maybe, Role};

/// The kind of a node; nodes of one kind stand together, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// An account.
    Account,
    /// An address.
    Address,
    /// A network.
    Prefix,
    /// A telephone or computer.
    Device,
    /// A picture.
    Image,
    /// A camera body.
    Camera,
    /// A domain name.
    Domain,
    /// A link.
    Url,
    /// A mail address.
    Mail,
    /// A telephone number.
    Phone,
    /// A phrase.
    Phrase,
}

impl NodeKind {
    /// All kinds, in order.
    pub const ALL: [Self; 11] = [
        Self::Account,
        Self::Address,
        Self::Prefix,
        Self::Device,
        Self::Image,
        Self::Camera,
        Self::Domain,
        Self::Url,
        Self::Mail,
        Self::Phone,
        Self::Phrase,
    ];

    /// One word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Address => "address",
            Self::Prefix => "prefix",
            Self::Device => "device",
            Self::Image => "image",
            Self::Camera => "camera",
            Self::Domain => "domain",
            Self::Url => "url",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Phrase => "phrase",
        }
    }

    /// The node of this kind with a value; none where the value is no account.
    pub fn node(self, value: &str) -> Option<Node> {
        let text = || value.to_owned();
        Some(match self {
            Self::Account => Node::Account(value.parse().ok()?),
            Self::Address => Node::Address(text()),
            Self::Prefix => Node::Prefix(text()),
            Self::Device => Node::Device(text()),
            Self::Image => Node::Image(text()),
            Self::Camera => Node::Camera(text()),
            Self::Domain => Node::Domain(text()),
            Self::Url => Node::Url(text()),
            Self::Mail => Node::Mail(text()),
            Self::Phone => Node::Phone(text()),
            Self::Phrase => Node::Phrase(text()),
        })
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

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
    /// Its kind.
    pub const fn kind(&self) -> NodeKind {
        match self {
            Self::Account(_) => NodeKind::Account,
            Self::Address(_) => NodeKind::Address,
            Self::Prefix(_) => NodeKind::Prefix,
            Self::Device(_) => NodeKind::Device,
            Self::Image(_) => NodeKind::Image,
            Self::Camera(_) => NodeKind::Camera,
            Self::Domain(_) => NodeKind::Domain,
            Self::Url(_) => NodeKind::Url,
            Self::Mail(_) => NodeKind::Mail,
            Self::Phone(_) => NodeKind::Phone,
            Self::Phrase(_) => NodeKind::Phrase,
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
        NodeKind::ALL.into_iter().find(|known| known.as_str() == kind)?.node(value)
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
