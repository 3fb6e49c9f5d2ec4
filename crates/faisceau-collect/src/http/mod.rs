//! Public material over HTTP: what is asked for, and what came.
//!
//! In: a [`Request`]. Out: an [`Answer`], or why there is none. Whoever implements [`Fetch`] records
//! every byte of what was sent and of what came; whoever calls it reads answers and decides what to
//! ask for next, and holds no socket.

mod client;
mod exchange;
mod message;
mod recorder;
mod retry;
mod target;

pub use client::{Client, Counts, Event, Settings};
pub use exchange::Bounds;
pub use message::{Answer, Fetch, FetchError, Method, Request};
pub use recorder::{NotRecorded, Recorder};
pub use target::{PRODUCT, judge, user_agent};
