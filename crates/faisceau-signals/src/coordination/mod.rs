//! Acting together: the same objects shared at the same time, the same minutes, raids.
//!
//! Everything here speaks to coordination, that several accounts act together, and never to the
//! question whether one person holds them. Nothing of it is added to signals of one hand.
//!
//! - [`Shares`]: who shared what when, the one form in which posts and share files are counted.
//! - [`shared_objects`], [`synchrony`]: two signals, each a score for a pair of accounts.
//! - [`raids`]: bursts of several accounts on one target.
//! - [`co_posting`]: the plain count of other tools, for comparison with them.

mod co_posting;
mod law;
mod links;
mod near_copies;
mod objects;
mod pairs;
mod raids;
pub mod shared_objects;
mod shares;
pub mod synchrony;

pub use co_posting::{CoPosting, co_posting};
pub use pairs::{Coverage, Outcome, Together, together};
pub use raids::raids;
pub use shares::{Share, Shares};
