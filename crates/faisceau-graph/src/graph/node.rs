//! What stands in the graph.

use std::fmt;

use faisceau_model::{AccountKey, Maybe, Moment, Relation, Role, RowId};

/// A node, ordered by kind, then by its value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An account.
    Account(AccountKey),
    /// An address, in canonical text.
    Address(String),
    /// A picture: the SHA-256 of the coded picture, or of the file where that is not known.
    Image(String),
    /// A camera body: maker, model and serial number.
    Camera(String),
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => write!(f, "account {account}"),
            Self::Address(ip) => write!(f, "address {ip}"),
            Self::Image(hash) => write!(f, "image {hash}"),
            Self::Camera(body) => write!(f, "camera {body}"),
        }
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

/// An edge. The observed ones are facts of the exhibits; a link is an evaluation.
#[derive(Debug, Clone, PartialEq)]
pub enum Edge {
    /// An account used an address.
    Used {
        /// How many times.
        count: u64,
        /// First and last dated use.
        span: Option<(Moment, Moment)>,
        /// The first rows in the order of their ids, at most [`super::ROWS_PER_EDGE`].
        rows: Vec<RowId>,
    },
    /// An account posted a picture.
    Posted {
        /// How many files.
        count: u64,
        /// The first rows in the order of their ids.
        rows: Vec<RowId>,
    },
    /// A picture says that it was taken with a camera.
    TakenWith {
        /// How many files.
        count: u64,
        /// The first rows in the order of their ids.
        rows: Vec<RowId>,
    },
    /// Two accounts were compared.
    Link {
        /// The row of `links`.
        id: RowId,
        /// The pair of propositions.
        relation: Relation,
        /// Total, log10 LR.
        total: f64,
        /// Lower end of its interval.
        low: f64,
        /// Upper end of its interval.
        high: f64,
    },
}

impl Edge {
    /// Whether it was observed, as opposed to weighed.
    pub fn observed(&self) -> bool {
        !matches!(self, Self::Link { .. })
    }
}
