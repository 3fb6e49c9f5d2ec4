//! What went through the proxy.
//!
//! In: connections as they open, pass bytes and end. Out: [`Connection`]s in the order in which
//! they were asked for. One that has not ended yet is given as it stands.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// One connection that the browser asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Connection {
    /// When it was asked for: the clock handed in at the start, plus the time since.
    #[serde(serialize_with = "crate::browser::record::as_text")]
    pub at: Timestamp,
    /// `CONNECT`, or the method of a request over HTTP.
    pub method: String,
    /// The host that was asked for.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The address that was reached; without it, nothing left.
    pub reached: Option<SocketAddr>,
    /// Our end of that connection.
    pub local: Option<SocketAddr>,
    /// Bytes from the browser.
    pub up: u64,
    /// Bytes to the browser.
    pub down: u64,
    /// How long it was open, in milliseconds; none where it still was at the end.
    pub millis: Option<u64>,
    /// Why it was refused or cut, where it was.
    pub refused: Option<String>,
}

/// What a running connection adds up.
pub(super) struct Counters {
    opened: Instant,
    method: String,
    host: String,
    port: u16,
    ends: OnceLock<(SocketAddr, Option<SocketAddr>)>,
    up: AtomicU64,
    down: AtomicU64,
    closed: OnceLock<(Instant, Option<String>)>,
}

impl Counters {
    pub(super) fn reached(&self, remote: SocketAddr, local: Option<SocketAddr>) {
        let _ = self.ends.set((remote, local));
    }

    pub(super) fn add(&self, up: bool, bytes: u64) {
        let counter = if up { &self.up } else { &self.down };
        counter.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn bytes(&self) -> u64 {
        self.up.load(Ordering::Relaxed).saturating_add(self.down.load(Ordering::Relaxed))
    }
}

pub(super) struct Log {
    start: Timestamp,
    since: Instant,
    most: usize,
    bytes: AtomicU64,
    entries: Mutex<Vec<Arc<Counters>>>,
    turned_away: AtomicU64,
}

impl Log {
    pub(super) fn new(start: Timestamp, most: usize) -> Self {
        Self {
            start,
            since: Instant::now(),
            most,
            bytes: AtomicU64::new(0),
            entries: Mutex::new(Vec::new()),
            turned_away: AtomicU64::new(0),
        }
    }

    /// A new line; none where there are too many.
    pub(super) fn open(&self, method: &str, host: &str, port: u16) -> Option<Arc<Counters>> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= self.most {
            self.turn_away();
            return None;
        }
        let entry = Arc::new(Counters {
            opened: Instant::now(),
            method: method.to_owned(),
            host: host.to_owned(),
            port,
            ends: OnceLock::new(),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
            closed: OnceLock::new(),
        });
        entries.push(Arc::clone(&entry));
        Some(entry)
    }

    #[expect(clippy::unused_self, reason = "the entry is shared with the list")]
    pub(super) fn close(&self, entry: &Counters, end: Result<(), String>) {
        let _ = entry.closed.set((Instant::now(), end.err()));
    }

    pub(super) fn refuse(&self, method: &str, host: &str, port: u16, why: &str) {
        if let Some(entry) = self.open(method, host, port) {
            self.close(&entry, Err(why.to_owned()));
        }
    }

    /// A connection beyond the limits.
    pub(super) fn turn_away(&self) {
        self.turned_away.fetch_add(1, Ordering::Relaxed);
    }

    /// Adds to all bytes; gives their sum.
    pub(super) fn add(&self, bytes: u64) -> u64 {
        self.bytes.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes)
    }

    pub(super) fn entries(&self) -> (Vec<Connection>, u64) {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let list = entries.iter().map(|entry| self.connection(entry)).collect();
        (list, self.turned_away.load(Ordering::Relaxed))
    }

    fn connection(&self, entry: &Counters) -> Connection {
        let ends = entry.ends.get();
        let closed = entry.closed.get();
        let waited = entry.opened.saturating_duration_since(self.since);
        let waited = SignedDuration::try_from(waited).unwrap_or_default();
        Connection {
            at: self.start.checked_add(waited).unwrap_or(self.start),
            method: entry.method.clone(),
            host: entry.host.clone(),
            port: entry.port,
            reached: ends.map(|ends| ends.0),
            local: ends.and_then(|ends| ends.1),
            up: entry.up.load(Ordering::Relaxed),
            down: entry.down.load(Ordering::Relaxed),
            millis: closed
                .map(|(at, _)| at.saturating_duration_since(entry.opened).as_millis() as u64),
            refused: closed.and_then(|(_, why)| why.clone()),
        }
    }
}
