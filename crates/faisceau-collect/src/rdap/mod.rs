//! Registration data of addresses, prefixes, numbers of networks and domains (RDAP: RFC 9082,
//! RFC 9083, RFC 9224).
//!
//! In: targets; the lists of IANA that say who registers what, or a server that is named; whoever
//! fetches. Out: lines of the form `rdap/1` and counts. Whoever fetches keeps every byte that came.
//! Registration data are of today: who held an address at the event, only the registry's own
//! history or a request to the provider says.
//!
//! Refused: asking anybody before a list or a server was named; an answer that is no object of
//! JSON; more than the limits below.

mod bootstrap;
mod line;
mod object;
mod plan;
mod run;
mod target;

pub use bootstrap::IANA;
pub use plan::{RdapPlan, Source};
pub use run::{Covered, Registered};
pub use target::{Target, TargetError};
