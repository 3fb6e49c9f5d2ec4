//! A case on disk: originals by hash, and the journal of every act on them.
//!
//! What comes in: files. What goes out: exhibits with a number that never changes, read-only under
//! the SHA-256 of their bytes; a journal in which each line holds the hash of the one before; a
//! report of everything that is not as the journal says. What is refused: to interpret content
//! (beyond seeing from the first bytes that something is an archive), to follow a link, to use the
//! name of a file or member as a path, and two writers at a time.
//!
//! ```text
//! case.toml        written once, at the opening; then the user's
//! journal.jsonl    every act, hash-chained (docs/journal.md)
//! exhibits/ab/cd…  the originals, SHA-256 in hexadecimal, split after two digits
//! datasets/ab/cd…  datasets that the case pins, in the same way
//! timestamps/ab/…  time stamps over exhibits and the journal, in the same way
//! collecting/      what a collection under way has obtained so far
//! tables/ out/     derived; not the store's
//! .lock            held by the one writer
//! ```
//!
//! A process killed at any instant leaves a case that opens. What it may leave behind (the
//! beginning of a line, a file that no line names, an archive half taken apart) is reported by
//! [`verify`], and repaired or finished by the next writer, which says so in the journal.

mod aside;
mod atomic;
mod digest;
mod error;
mod exhibit;
mod folder;
mod intake;
mod journal;
mod ledger;
mod limits;
mod line;
mod lock;
mod shelf;
mod sniff;
mod spool;
mod store;
mod unpack;
mod verify;
mod writer;

pub use aside::{Aside, aside_sums, read_aside};
pub use atomic::write_atomic;
pub use digest::{Sha256Error, Sha256Sum};
pub use error::StoreError;
pub use exhibit::{Exhibit, Kind, Reason, Refusal, UnknownWord};
pub use folder::{empty_folder, move_folder, remove_folder, replace_folder};
pub use intake::{AddProgress, Added};
pub use journal::{ChainFault, Fault, Torn};
pub use limits::Limits;
pub use line::Entry;
pub use lock::Lock;
pub use spool::{Spool, spools};
pub use store::Store;
pub use verify::{Problem, Progress, Severity, VerifyReport, verify};
pub use writer::Writer;
