//! Certificates that were logged, and pages that were archived, for a name.
//!
//! In: names or URLs, endpoints that the user configured; whoever fetches. Out: how many entries
//! each endpoint has. Whoever fetches keeps every byte that came. The subject sees nothing of it;
//! whoever runs the endpoint learns the name.
//!
//! - Certificates: `ENDPOINT?q=NAME&output=json`, a list of objects, as crt.sh answers.
//! - Captures: `ENDPOINT?url=URL&output=json`, a list of rows whose first names the columns, as the
//!   CDX server of the Wayback Machine answers.
//!
//! Refused: an endpoint that was not configured; names and addresses that mean nothing in public.

mod entries;
mod plan;
mod run;

pub use plan::{Endpoint, EndpointKind, LookupError, LookupPlan};
pub use run::{LookedUp, Lookups};
