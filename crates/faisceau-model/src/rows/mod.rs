//! One struct a table.
//!
//! `exhibits`, `accounts`, `posts`, `connections`, `media`, `mail_hops` and `rejects` are read
//! from exhibits and carry `exhibit` and `place`. `addresses` adds what the datasets say of each
//! connection. `comparisons`, `links`, `identities` and `requests` are derived and carry `rows`:
//! the ids of the rows they rest on, or selections such as `posts?account=x:123`.

mod derived;
mod enriched;
mod imported;

pub use derived::{Comparison, Identity, Link, Request};
pub use enriched::Address;
pub use imported::{Account, Connection, ExhibitRow, MailHop, Media, Post, Reject};
