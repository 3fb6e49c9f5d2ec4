//! End to end, on the real binary.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test fails by panicking, and starts the binary"
)]

mod acts;
mod address;
mod answers;
mod collect;
mod collect_sources;
mod collect_web;
mod datasets;
mod demo;
#[path = "../../../faisceau-collect/tests/collect/server.rs"]
#[allow(dead_code, reason = "the other tests play more tricks")]
mod dns_server;
mod formats;
mod graph;
mod hostile;
mod journey;
mod media;
mod packages;
mod same_bytes;
mod sign_ins;
mod support;
mod validate;
