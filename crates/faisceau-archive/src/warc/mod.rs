//! WARC 1.0 and 1.1 (ISO 28500): a file comes in, records go out one by one with their place, what
//! their digests say, and what is broken; exchanges come in, the bytes of records go out.
//!
//! Read: plain files, a gzip member for each record, and gzip around everything. A broken record
//! is an [`Item::Broken`] with its place; reading goes on at the next record that can be found.
//! Refused: to believe a length or a digest, and more bytes than the [`Limits`].

mod digest;
mod error;
mod exchange;
mod head;
mod limits;
mod payload;
mod reader;
mod replay;
mod stream;
#[cfg(test)]
mod tests;
mod window;
mod write;

pub use digest::Checked;
pub(crate) use digest::{hex, sha256 as digest_of};
pub use error::{Broken, BrokenRecord, Damage, RecordFlaw};
pub use exchange::{Certificate, Exchange, Key, Tls};
pub use head::Kind;
pub use limits::Limits;
pub use payload::{Entity, entity};
pub use reader::{Item, Place, Reader, Record};
pub use replay::{Replay, exchanges};
pub use write::{Draft, Info, Version, file_head, resource};
