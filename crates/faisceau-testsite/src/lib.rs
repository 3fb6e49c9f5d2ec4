//! Real servers on loopback, well-behaved and hostile, for the tests of collecting. Never shipped.
//!
//! In: the routes that a test asks for. Out: bytes as such servers send them, over TCP and over TLS
//! with certificates of an own authority, and what arrived. Refused: any address but loopback.
//!
//! Where each route is, with its tests beside it: `documents` pages, pictures, charsets, `/large/N`;
//! `plain` statuses, `Retry-After`, cookies, `/echo`; `redirects`; `coding` Content-Encoding;
//! `framing` lengths, chunks, versions, ends; `endless` what has no end or is slow; `authority`
//! stamps of time. What a test sets with [`Site::set_answer`] goes before all of them.
//!
//! Every stream that has no end by itself ends when the peer closes, after a minute, or after 2 GB.
//! Servers end when they are dropped: their threads are joined and their ports closed.

mod authority;
mod certificates;
#[cfg(test)]
mod client;
mod coding;
mod documents;
mod endless;
mod framing;
mod listener;
mod plain;
mod png;
mod redirects;
mod request;
mod respond;
mod site;
mod socks;
mod wire;

pub use redirects::private_targets;
pub use request::Seen;
pub use site::Site;
pub use socks::{Asked, Host, Mode, Socks};
