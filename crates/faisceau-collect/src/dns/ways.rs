//! How a resolver is reached that is asked over TLS or HTTPS.
//!
//! In: a function that opens streams over TLS, and whoever fetches over HTTP; both are the
//! caller's, so that certificates are looked at in one place. Plain UDP and TCP are this module's
//! own.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::http::Fetch;

/// A stream that does not wait for ever.
pub trait ReadWrite: Read + Write {
    /// How long the next read or write waits.
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()>;
}

impl ReadWrite for TcpStream {
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(timeout))?;
        self.set_write_timeout(Some(timeout))
    }
}

/// Opens a stream over TLS to an address, whose certificate has to bear the name.
pub type Dial<'d> = dyn Fn(&str, SocketAddr) -> io::Result<Box<dyn ReadWrite + Send>> + Sync + 'd;

/// What the caller has to reach resolvers with. Without it, only plain ones are asked.
#[derive(Default)]
pub struct Ways<'w> {
    /// For resolvers over TLS.
    pub dial: Option<&'w Dial<'w>>,
    /// For resolvers over HTTPS. It keeps what was sent and what came.
    pub fetch: Option<&'w mut dyn Fetch>,
}
