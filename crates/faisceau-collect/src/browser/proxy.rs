//! The one way out of the browser: a forward proxy on loopback (RFC 9110 § 7.6, RFC 9112 § 3.2).
//!
//! In: connections of the browser, a dialer, the hosts that the page was seen to ask. Out: tunnels
//! (CONNECT), single requests in the absolute form, and a [`Connection`] for each. Refused: what
//! the dialer refuses; a host that no request of the page named; what is beyond the limits. A
//! refused request over HTTP gets no answer at all: one from here would look like the site's.

mod log;
mod request;
mod tunnel;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

pub use log::Connection;
use log::{Counters, Log};
use request::Target;
pub(crate) use request::host_and_port;

/// How long a host may be asked for before the browser has told which request needs it.
const ANNOUNCED_WITHIN: Duration = Duration::from_secs(3);
/// How long the threads have to end after the browser has.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// Hosts that a page may name.
const HOSTS: usize = 4_096;

/// A connection that the dialer made.
#[derive(Debug)]
pub struct Dialled {
    /// The stream to the host, through whatever stands between.
    pub stream: TcpStream,
    /// The address that was reached, as far as the dialer knows.
    pub remote: SocketAddr,
}

/// Connects to a host and port, or refuses. It resolves the name and bounds its own time.
pub type Dial = dyn Fn(&str, u16) -> io::Result<Dialled> + Send + Sync;

/// What may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections altogether.
    pub connections: usize,
    /// Connections at a time.
    pub at_once: usize,
    /// Bytes altogether, both ways.
    pub bytes: u64,
    /// Bytes of one connection, both ways.
    pub bytes_each: u64,
}

/// Which hosts the page asked for, as `host:port`.
#[derive(Debug, Default)]
pub(crate) struct Announced {
    hosts: Mutex<Hosts>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Hosts {
    known: BTreeSet<String>,
    /// Nobody is announced any more.
    closed: bool,
}

impl Announced {
    pub(crate) fn add(&self, host: &str, port: u16) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.known.len() < HOSTS && hosts.known.insert(key(host, port)) {
            self.changed.notify_all();
        }
    }

    fn close(&self) {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_all();
    }

    fn wait(&self, host: &str, port: u16) -> bool {
        let key = key(host, port);
        let unknown = |hosts: &mut Hosts| !hosts.closed && !hosts.known.contains(&key);
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(hosts, ANNOUNCED_WITHIN, unknown);
        let (hosts, _) = waited.unwrap_or_else(PoisonError::into_inner);
        hosts.known.contains(&key)
    }
}

fn key(host: &str, port: u16) -> String {
    format!("{}:{port}", host.trim_matches(['[', ']']).to_ascii_lowercase())
}

struct Shared {
    dial: Arc<Dial>,
    /// Without it, whatever the browser asks for is dialled.
    announced: Option<Arc<Announced>>,
    limits: Limits,
    deadline: Instant,
    stop: AtomicBool,
    active: AtomicUsize,
    log: Log,
}

impl Shared {
    fn over(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || Instant::now() >= self.deadline
    }
}

/// A running proxy.
pub(crate) struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Proxy {
    /// Listens on a free port of loopback. `start` is the time by the clock handed in.
    pub(crate) fn start(
        dial: Arc<Dial>,
        announced: Option<Arc<Announced>>,
        limits: Limits,
        start: Timestamp,
        deadline: Instant,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            dial,
            announced,
            limits,
            deadline,
            stop: AtomicBool::new(false),
            active: AtomicUsize::new(0),
            log: Log::new(start, limits.connections),
        });
        let for_thread = Arc::clone(&shared);
        std::thread::Builder::new().spawn(move || accept(&listener, &for_thread))?;
        Ok(Self { address, shared })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends all connections; gives them, and how many were turned away beyond the limit.
    pub(crate) fn finish(self) -> (Vec<Connection>, u64) {
        self.end();
        let until = Instant::now() + LAST_WORDS;
        while self.shared.active.load(Ordering::Acquire) > 0 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.shared.log.entries()
    }

    fn end(&self) {
        if !self.shared.stop.swap(true, Ordering::Relaxed) {
            if let Some(announced) = &self.shared.announced {
                announced.close();
            }
            // Wakes the thread that waits for a connection.
            drop(TcpStream::connect_timeout(&self.address, LAST_WORDS));
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.end();
    }
}

/// Counts a connection as active as long as it lives.
struct Active(Arc<Shared>);

impl Drop for Active {
    fn drop(&mut self) {
        self.0.active.fetch_sub(1, Ordering::Release);
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    while let Ok((client, _)) = listener.accept() {
        if shared.over() {
            return;
        }
        if shared.active.load(Ordering::Acquire) >= shared.limits.at_once {
            shared.log.turn_away();
            continue;
        }
        shared.active.fetch_add(1, Ordering::Release);
        let active = Active(Arc::clone(shared));
        // Where no thread can be had, the connection closes with its closure.
        drop(std::thread::Builder::new().spawn(move || serve(client, &active.0)));
    }
}

fn serve(mut client: TcpStream, shared: &Arc<Shared>) {
    let until = shared.deadline;
    let (head, rest) = match request::read_head(&mut client, until, &shared.stop) {
        Ok(read) => read,
        // The browser opens connections ahead and may never use them.
        Err(None) => return,
        Err(Some(why)) => return shared.log.refuse("", "", 0, why),
    };
    let target = match request::read_target(&head) {
        Ok(target) => target,
        Err(why) => return shared.log.refuse("", "", 0, why),
    };
    let Some(entry) = shared.log.open(&target.method, &target.host, target.port) else { return };
    let end = pass(&mut client, &rest, &target, shared, &entry);
    shared.log.close(&entry, end);
}

/// Dials and passes bytes. Out: why it ended, where not by either side's will.
fn pass(
    client: &mut TcpStream,
    rest: &[u8],
    target: &Target,
    shared: &Arc<Shared>,
    entry: &Arc<Counters>,
) -> Result<(), String> {
    let asked = shared.announced.as_ref().is_none_or(|hosts| hosts.wait(&target.host, target.port));
    let refuse = |client: &mut TcpStream| {
        if target.forward.is_none() {
            // The browser gives up, and shows nobody this answer.
            let _ = client.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        }
    };
    if !asked {
        refuse(client);
        return Err("no request of the page named this host".to_owned());
    }
    let dialled = match (shared.dial)(&target.host, target.port) {
        Ok(dialled) => dialled,
        Err(error) => {
            refuse(client);
            return Err(error.to_string());
        }
    };
    entry.reached(dialled.remote, dialled.stream.local_addr().ok());
    tunnel::run(client, dialled.stream, rest, target, shared, entry)
}

#[cfg(test)]
mod tests;
