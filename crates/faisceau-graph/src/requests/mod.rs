//! Requests: what to ask of whom, about what, until when.
//!
//! Comes in: the accounts under examination, their posts and addresses, the identities, the law,
//! the facts that the case states. Goes out: [`Request`](faisceau_model::rows::Request) rows,
//! sorted by the last day on which the data are kept, with the minimal plan marked. Refuses: C4
//! data, connection data below the gravity that decisions have asked for, a ground that the case
//! does not state, and the contents or correspondents of an account.
//!
//! # Hops
//! The first hop goes to the platform of each examined account (or the provider of the mailbox): C1
//! and C2, and C3 as a separate head where the computed maximum carries it. The second goes to the
//! operator of each address that an examined account used: C1 of the subscriber behind address,
//! port and instant. A Tor exit, a VPN or a relay is listed as leading nowhere or elsewhere, and
//! never belongs to the plan; nor does an address that a sender only claims, which may be anyone's.
//!
//! # Rows of a request
//! The first row sets the last day. In a C3 request the second, where there is one, is the oldest
//! post or connection that is still kept on the day of the case. Then selections.
//!
//! # The minimal plan
//! A disclosure is all that is asked of a platform about one account, or one request to an
//! operator. The plan reaches every identity, and every examined account that belongs to none, by
//! the fewest disclosures; of as few, by those that lead furthest (a line of a home with its port
//! first), touch the fewest third parties and leave the most time. [`Plan`] says whether it is
//! exact, and how few any other would need. One disclosure reaches several identities only where
//! their accounts used one access line within an hour of each other.

mod accounts;
mod activity;
mod codes;
mod ground;
mod input;
mod operator;
mod plan;
#[cfg(test)]
pub(crate) mod planted;
mod platform;
#[cfg(test)]
mod tests;

pub use activity::Activity;
pub use codes::{EXPECTED_CODES, MISSING_CODES, WOULD_SPLIT_CODES};
pub use input::{RequestInput, RequestSettings, requests, requests_and_plan};
pub use plan::Plan;
