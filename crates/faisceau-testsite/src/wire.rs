//! One connection, with or without TLS, within its limits.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustls::{ServerConnection, StreamOwned};

/// No connection is served for longer.
pub(crate) const LONGEST: Duration = Duration::from_mins(1);
/// Nor given more bytes.
pub(crate) const MOST: u64 = 2_000_000_000;
/// How long a peer may take to close after it was told of the end.
const LINGER: Duration = Duration::from_millis(500);
/// How often a pause looks whether the server ends.
const SLICE: Duration = Duration::from_millis(20);

/// How a connection goes on after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// Another request may come.
    Keep,
    /// The end is said, as it should be.
    Close,
    /// TCP ends without the closing alert of TLS: what came may be cut.
    Cut,
    /// TCP is reset.
    Reset,
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

/// A connection.
pub(crate) struct Wire<'s> {
    stream: Stream,
    stopping: &'s AtomicBool,
    until: Instant,
    sent: u64,
    /// What was read beyond the request that was taken.
    pub(crate) ahead: Vec<u8>,
}

impl<'s> Wire<'s> {
    pub(crate) fn new(
        stream: TcpStream,
        tls: Option<ServerConnection>,
        stopping: &'s AtomicBool,
    ) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(LONGEST))?;
        stream.set_write_timeout(Some(LONGEST))?;
        let stream = match tls {
            None => Stream::Plain(stream),
            Some(tls) => Stream::Tls(Box::new(StreamOwned::new(tls, stream))),
        };
        let until = Instant::now() + LONGEST;
        Ok(Self { stream, stopping, until, sent: 0, ahead: Vec::new() })
    }

    pub(crate) fn over_tls(&self) -> bool {
        matches!(self.stream, Stream::Tls(_))
    }

    fn tcp(&self) -> &TcpStream {
        match &self.stream {
            Stream::Plain(stream) => stream,
            Stream::Tls(stream) => &stream.sock,
        }
    }

    fn within_limits(&self) -> io::Result<()> {
        let limits = [
            (self.stopping.load(Ordering::SeqCst), "the server ends"),
            (Instant::now() >= self.until, "a minute is over"),
            (self.sent >= MOST, "2 GB were sent"),
        ];
        match limits.iter().find(|(reached, _)| *reached) {
            Some((_, why)) => Err(io::Error::other(*why)),
            None => Ok(()),
        }
    }

    /// Sends all of it at once.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.within_limits()?;
        self.sent += bytes.len() as u64;
        match &mut self.stream {
            Stream::Plain(stream) => stream.write_all(bytes),
            Stream::Tls(stream) => {
                stream.write_all(bytes)?;
                stream.flush()
            }
        }
    }

    /// Waits, unless the server ends.
    pub(crate) fn pause(&self, time: Duration) -> io::Result<()> {
        let until = Instant::now() + time;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            self.within_limits()?;
            std::thread::sleep(left.min(SLICE));
        }
        self.within_limits()
    }

    /// Reads some more into `ahead`; 0 at the end.
    pub(crate) fn fill(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 16 * 1024];
        let read = match &mut self.stream {
            Stream::Plain(stream) => stream.read(&mut buffer)?,
            Stream::Tls(stream) => stream.read(&mut buffer)?,
        };
        self.ahead.extend(buffer.iter().take(read));
        Ok(read)
    }

    /// Says nothing until the peer closes.
    pub(crate) fn wait_for_the_end(&mut self) -> io::Result<()> {
        while self.within_limits().is_ok() && self.fill()? > 0 {
            self.ahead.clear();
        }
        Ok(())
    }

    /// Ends the connection.
    pub(crate) fn end(mut self, after: After) -> io::Result<()> {
        if after == After::Reset {
            return socket2::SockRef::from(self.tcp()).set_linger(Some(Duration::ZERO));
        }
        if let (Stream::Tls(stream), true) = (&mut self.stream, after != After::Cut) {
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        // Closing with unread bytes would be a reset, which takes from the peer what is on its way.
        self.tcp().shutdown(Shutdown::Write)?;
        self.tcp().set_read_timeout(Some(LINGER))?;
        let until = Instant::now() + LINGER;
        let mut rest = [0; 4096];
        while Instant::now() < until && self.tcp().read(&mut rest)? > 0 {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// What is sent after a change to a wire, and why it is refused.
    fn sent(change: impl Fn(&mut Wire<'_>)) -> Result<(), String> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let _peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let stopping = AtomicBool::new(false);
        let mut wire = Wire::new(listener.accept().unwrap().0, None, &stopping).unwrap();
        change(&mut wire);
        wire.send(b"a").map_err(|error| error.to_string())
    }

    #[test]
    fn time_bytes_and_the_end_of_the_server_are_limits() {
        assert_eq!(sent(|_| {}), Ok(()));
        assert_eq!(sent(|wire| wire.sent = MOST - 1), Ok(()));
        assert_eq!(sent(|wire| wire.sent = MOST), Err("2 GB were sent".to_owned()));
        assert_eq!(sent(|wire| wire.until = Instant::now()), Err("a minute is over".to_owned()));
        let end = |wire: &mut Wire<'_>| wire.stopping.store(true, Ordering::SeqCst);
        assert_eq!(sent(end), Err("the server ends".to_owned()));
    }
}
