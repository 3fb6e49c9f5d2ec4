//! Addresses as they were at the instant of the event.
//!
//! In: connections, the embedded datasets, and the investigator's own ranges ([`Overlay`]). Out:
//! one [`Address`](faisceau_model::rows::Address) for each connection, in the same order, each
//! verdict with its source and the distance in days ([`enrich`]). And, beside the declared times,
//! what second clocks say ([`clock_checks`]). For the addresses that accounts used, what every
//! source says, side by side ([`verdicts`]). Of mails, what authenticates them and where they came
//! from ([`judge`]). For the claimant's own accounts, which sign-ins differ from the habits
//! ([`sign_ins`]).
//!
//! What it refuses: to open a socket, to place an address in a city, to look up an address that
//! is not routed on the Internet, and to call an address harmless because no list speaks of it.

mod access;
mod answered;
mod clocks;
mod enrich;
mod forwarded;
mod lookup;
mod mail;
mod overlay;
mod overlay_csv;
mod sign_ins;
mod texts;
mod tor_pin;
mod verdicts;

pub use clocks::clock_checks;
pub use enrich::{Enrichment, enrich};
pub use forwarded::{Proxies, ProxyError};
pub use mail::{Bench, Judged, Mail, Providers, ProvidersError, Recipients, Records, judge};
pub use overlay::{Overlay, OverlayLine};
pub use overlay_csv::OverlayError;
pub use sign_ins::sign_ins;
pub use tor_pin::PinnedTor;
pub use verdicts::{Answer, Asked, Knowledge, NOTE_CODES, answers, verdicts};
