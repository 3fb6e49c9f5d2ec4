//! Asks resolvers that the user names, and gives what they answered as lines of the form `dns/1`
//! (`docs/names-format.md`).
//!
//! In: addresses and names, the resolvers to ask, a clock. Out: lines in the order of the
//! questions, and counts of what was asked of whom. Refused: asking a server that was not named;
//! asking about addresses and names that mean nothing in the public DNS; reading an answer for
//! more than it says.

mod ask;
pub mod blocklist;
mod collect;
mod compare;
mod confirm;
pub mod dnssec;
mod https;
mod line;
mod parts;
mod plan;
pub(crate) mod presentation;
pub(crate) mod question;
mod resolver;
mod stream;
mod udp;
mod ways;
mod wire;

pub use ask::Settings;
pub use collect::{CollectError, Collected, Collection, collect};
pub use compare::Difference;
pub use plan::{LeftOut, Plan};
pub use question::{Kind, Question, TargetError};
pub use resolver::{Resolver, ResolverError};
pub use ways::{Dial, ReadWrite, Ways};
