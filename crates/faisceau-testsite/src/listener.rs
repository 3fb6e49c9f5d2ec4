//! A port on loopback, a thread for each connection, and their end.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// What is done with a connection. The flag says that the server is being dropped.
pub(crate) type Serve = dyn Fn(TcpStream, &AtomicBool) + Send + Sync;

/// Streams of connections that are open, by their number.
type Open = Arc<Mutex<BTreeMap<u64, TcpStream>>>;

/// A lock, also where a thread of a test died while it held it.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens until it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    accepted: Arc<AtomicU64>,
    open: Open,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// Takes a free port of 127.0.0.1.
    pub(crate) fn start(serve: Arc<Serve>) -> io::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = socket.local_addr()?;
        let stopping = Arc::new(AtomicBool::new(false));
        let accepted = Arc::new(AtomicU64::new(0));
        let open = Open::default();
        let shared = (Arc::clone(&stopping), Arc::clone(&accepted), Arc::clone(&open));
        let thread = std::thread::Builder::new()
            .name("listener".to_owned())
            .spawn(move || accept(&socket, &serve, &shared.0, &shared.1, &shared.2))?;
        Ok(Self { address, stopping, accepted, open, thread: Some(thread) })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections are being served.
    #[cfg(test)]
    pub(crate) fn served(&self) -> usize {
        locked(&self.open).len()
    }

    /// How many connections were opened so far.
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::SeqCst)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect_timeout(&self.address, Duration::from_secs(1)));
        for stream in locked(&self.open).values() {
            drop(stream.shutdown(Shutdown::Both));
        }
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn accept(
    socket: &TcpListener,
    serve: &Arc<Serve>,
    stopping: &Arc<AtomicBool>,
    accepted: &AtomicU64,
    open: &Open,
) {
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    for stream in socket.incoming() {
        if stopping.load(Ordering::SeqCst) {
            break;
        }
        let Ok(stream) = stream else { continue };
        let number = accepted.fetch_add(1, Ordering::SeqCst);
        let Ok(copy) = stream.try_clone() else { continue };
        locked(open).insert(number, copy);
        let shared = (Arc::clone(serve), Arc::clone(stopping), Arc::clone(open));
        let thread = std::thread::Builder::new().name(format!("connection {number}"));
        let started = thread.spawn(move || {
            (shared.0)(stream, &shared.1);
            locked(&shared.2).remove(&number);
        });
        threads.retain(|thread| !thread.is_finished());
        threads.extend(started);
    }
    // A connection may have come between the flag and the first round of closing.
    for stream in locked(open).values() {
        drop(stream.shutdown(Shutdown::Both));
    }
    for thread in threads {
        drop(thread.join());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::time::Instant;

    use super::*;

    #[test]
    fn dropping_ends_connections_and_closes_the_port() {
        let serve = |mut stream: TcpStream, _: &AtomicBool| {
            drop(stream.read(&mut [0]));
        };
        let listener = Listener::start(Arc::new(serve)).unwrap();
        let address = listener.address();
        let mut held = TcpStream::connect(address).unwrap();
        let started = Instant::now();
        while listener.accepted() == 0 {
            std::thread::yield_now();
        }
        drop(listener);
        assert!(started.elapsed() < Duration::from_secs(5));
        assert!(matches!(held.read(&mut [0]), Ok(0) | Err(_)));
        assert!(TcpStream::connect(address).is_err());
    }
}
