//! Public material over HTTP: what is asked for, and what came.
//!
//! In: a [`Request`]. Out: an [`Answer`], or why there is none. Whoever implements [`Fetch`] records
//! every byte of what was sent and of what came; whoever calls it reads answers and decides what to
//! ask for next, and holds no socket.

mod message;

pub use message::{Answer, Fetch, FetchError, Method, Request};
