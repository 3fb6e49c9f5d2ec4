//! Public material over HTTP: what is asked for, and what came.
//!
//! In: a [`Request`]. Out: an [`Answer`], or why there is none. Whoever implements [`Fetch`] records
//! every byte of what was sent and of what came; whoever calls it reads answers and decides what to
//! ask for next, and holds no socket.

mod client;
mod exchange;
mod message;
mod retry;

pub use client::{
    Client, Counts, Event, NotRecorded, PRODUCT, Recorder, Settings, judge, user_agent,
};
pub use exchange::Bounds;
pub use message::{Answer, Fetch, FetchError, Method, Request};
