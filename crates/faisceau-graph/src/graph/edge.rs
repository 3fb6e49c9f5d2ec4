//! What joins two nodes: facts of the exhibits, and evaluations.

use faisceau_model::{Moment, Relation, RowId};

/// What was seen of two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Observation {
    /// An account used an address.
    Used,
    /// An account posted a picture.
    Posted,
    /// A picture says that it was taken with a camera.
    TakenWith,
    /// An address stands in a network.
    Within,
    /// An account was used from a device.
    UsedDevice,
    /// An account shared a link.
    Shared,
    /// A link leads to a domain.
    LeadsTo,
    /// A name resolved to an address.
    Resolved,
    /// An account carries a mail address or a telephone number, by what a record says of it.
    Carries,
    /// An account wrote a phrase.
    Wrote,
}

impl Observation {
    /// One word, the same in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Posted => "posted",
            Self::TakenWith => "taken_with",
            Self::Within => "within",
            Self::UsedDevice => "used_device",
            Self::Shared => "shared",
            Self::LeadsTo => "leads_to",
            Self::Resolved => "resolved",
            Self::Carries => "carries",
            Self::Wrote => "wrote",
        }
    }
}

/// An edge. The observed ones are facts of the exhibits; a link is an evaluation.
#[derive(Debug, Clone, PartialEq)]
pub enum Edge {
    /// Two nodes were seen together.
    Observed {
        /// In what way.
        what: Observation,
        /// How many times.
        count: u64,
        /// The first and the last dated time.
        span: Option<(Moment, Moment)>,
        /// The first rows in the order of their ids, at most [`super::ROWS_PER_EDGE`].
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
    pub const fn observed(&self) -> bool {
        matches!(self, Self::Observed { .. })
    }

    /// Its kind, one word: what was seen, or `link`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Observed { what, .. } => what.as_str(),
            Self::Link { .. } => "link",
        }
    }
}
