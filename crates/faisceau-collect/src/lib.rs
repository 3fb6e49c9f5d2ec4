//! Asks a source that the user names, and gives what it answered as the bytes of an exhibit.
//!
//! In: addresses and names, the resolvers to ask, a clock. Out: lines of the form `dns/1`
//! (`docs/names-format.md`) in the order of the questions, and counts of what was asked of whom.
//! Refused: asking a server that was not named; asking about addresses and names that mean
//! nothing in the public DNS; reading an answer for more than it says.
//!
//! This crate alone opens sockets. Everything that arrives was sent by somebody else: an answer
//! counts when its source, its number and its question are those of a question that waits, and
//! arbitrary bytes are no answer.

mod addresses;
mod ask;
mod collect;
mod confirm;
mod line;
mod pace;
mod plan;
mod presentation;
mod question;
mod tcp;
mod udp;
mod wire;

pub use ask::{Clock, Settings};
pub use collect::{CollectError, Collected, collect};
pub use plan::{LeftOut, Plan};
pub use question::{Kind, Question, TargetError};
