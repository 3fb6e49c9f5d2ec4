//! Asks a source that the user names, and gives what it answered as the bytes of an exhibit.
//!
//! In: what to ask of whom, a clock. Out: what was asked, when, of which address, and every byte
//! that came. Refused: asking anybody who was not named; asking about addresses and names that mean
//! nothing in public; logging in; writing to anybody.
//!
//! This crate alone opens sockets. Everything that arrives was sent by somebody else: sizes, times
//! and numbers of answers are bounded, and arbitrary bytes are no answer.

mod addresses;
pub mod alerting;
#[cfg(unix)]
pub mod browser;
pub mod dial;
pub mod dns;
#[cfg(test)]
mod fake_fetch;
pub mod http;
pub mod lookups;
mod pace;
pub mod presence;
pub mod profiles;
pub mod rdap;
pub mod robots;
pub mod socks;
pub mod stamp;
mod tells;
pub mod tls;

use jiff::Timestamp;

pub use tells::Tells;

/// The clock of the world, which this crate does not read itself.
pub type Clock<'c> = dyn Fn() -> Timestamp + Sync + 'c;
