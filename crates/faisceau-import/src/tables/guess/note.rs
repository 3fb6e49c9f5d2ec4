//! What a proposal is not sure of.
//!
//! In: what was found. Out: one sentence each. Refused: a proposal that hides a doubt.

use std::fmt;

use faisceau_model::excerpt;

/// What a person must look at before a proposal is accepted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposalNote {
    /// The table does not say whose platform it is.
    Platform,
    /// Times carry no offset and no header names a zone.
    NoZone {
        /// The header of the times.
        header: String,
    },
    /// A header names the zone.
    ZoneOfHeader {
        /// The header of the times.
        header: String,
        /// The zone.
        zone: String,
    },
    /// All dates could be read with day and month exchanged.
    DayOrMonth {
        /// The header of the times.
        header: String,
    },
    /// No reading of the times was found.
    NoTime,
    /// Several columns could give a value; one was taken.
    Several {
        /// The value.
        value: &'static str,
        /// The header that was taken.
        taken: String,
        /// The others.
        others: Vec<String>,
    },
    /// A column was taken for what its cells look like; its header does not say so.
    ByShape {
        /// The value.
        value: &'static str,
        /// The header.
        header: String,
    },
    /// Columns that nothing maps.
    Unmapped {
        /// Their headers.
        headers: Vec<String>,
    },
}

impl fmt::Display for ProposalNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |header: &str| format!("`{}`", excerpt(header, 60));
        let all = |headers: &[String]| {
            headers.iter().map(|header| shown(header)).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Platform => write!(f, "the table does not say its platform: fill in `platform`"),
            Self::NoZone { header } => {
                let header = shown(header);
                write!(f, "the times under {header} carry no offset: fill in `time_zone`")
            }
            Self::ZoneOfHeader { header, zone } => {
                write!(f, "the zone {zone} is what the header {} says", shown(header))
            }
            Self::DayOrMonth { header } => {
                let header = shown(header);
                write!(f, "the dates under {header} may have the month first: compare")
            }
            Self::NoTime => write!(f, "no column was recognised as a time"),
            Self::Several { value, taken, others } => {
                write!(f, "`{value}` is taken from {}, and could be {}", shown(taken), all(others))
            }
            Self::ByShape { value, header } => {
                let header = shown(header);
                write!(f, "{header} is taken as `{value}` for what its cells look like")
            }
            Self::Unmapped { headers } => write!(f, "nothing reads {}", all(headers)),
        }
    }
}
