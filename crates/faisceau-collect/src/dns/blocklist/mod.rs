//! Whether lists in the DNS name an address: DNSBL (RFC 5782) and the Tor exit list.
//!
//! In: addresses, the zones of lists that the user names. Out: lines of the form `dns/1`, and what
//! is listed where. A list says what it holds now: it never says what it held at the event.
//!
//! Refused: a list that fails its test entries, for a dead list names nobody and a lying one
//! everybody; an answer outside of 127.0.0.0/8, for somebody on the way made it; any list that
//! was not named.

mod plan;
mod run;

pub use plan::{BlocklistPlan, TOR_EXITS};
pub use run::{Blocklisted, List, Listing};
