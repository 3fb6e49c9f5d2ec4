//! Opens a connection to a host by its name, and to no other machine than a public one.
//!
//! In: a host and a port. Out: a stream, the address that it leads to and what the name resolved to.
//! Refused: addresses that are not public, before the name is resolved and after, so that neither a
//! redirection nor a name server leads into the user's own network. Through a proxy the name is not
//! resolved here: the proxy learns it, and nobody near the user.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use url::Host;

use crate::addresses;
use crate::socks::{self, Proxy};

/// Addresses of one name that are tried.
const TRIED: usize = 4;

/// How connections are opened.
#[derive(Debug, Clone)]
pub struct Dialer {
    /// The proxy through which everything goes.
    pub via: Option<Proxy>,
    /// Addresses on this machine or network that may be asked all the same, by exact address and
    /// port. A case states them in its journal.
    pub allowed: BTreeSet<SocketAddr>,
    /// How long a name may take to resolve, and an address to answer.
    pub timeout: Duration,
}

impl Default for Dialer {
    fn default() -> Self {
        Self { via: None, allowed: BTreeSet::new(), timeout: Duration::from_secs(15) }
    }
}

/// An open connection.
#[derive(Debug)]
pub struct Dialled {
    /// The connection.
    pub stream: TcpStream,
    /// Where it leads; through a proxy, nobody here knows.
    pub remote: Option<SocketAddr>,
    /// All that the name resolved to.
    pub resolved: Vec<IpAddr>,
}

/// A connection that was not opened.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// The host is none that is asked.
    #[error("{0}")]
    Refused(String),
    /// It cannot be reached.
    #[error("{0}")]
    Unreached(String),
}

impl Dialer {
    /// Why a host is not asked, as far as its name says.
    pub fn refuses(&self, host: &str, port: u16) -> Option<String> {
        match Host::parse(host) {
            Ok(Host::Ipv4(ip)) => self.refuses_address(ip.into(), port),
            Ok(Host::Ipv6(ip)) => self.refuses_address(ip.into(), port),
            Ok(Host::Domain(name)) => {
                let onion = name.trim_end_matches('.').rsplit('.').next() == Some("onion");
                // A name such as `localhost` is judged by what it resolves to, where that may be asked.
                let local = onion && self.via.is_some() || self.allows_some(port);
                addresses::of_host(&name).filter(|_| !local)
            }
            Err(error) => Some(format!("not a host: {error}")),
        }
    }

    /// Opens a connection. A literal IPv6 address stands in brackets.
    ///
    /// # Errors
    /// When the host is refused or cannot be reached.
    pub fn dial(&self, host: &str, port: u16) -> Result<Dialled, DialError> {
        if let Some(why) = self.refuses(host, port) {
            return Err(DialError::Refused(why));
        }
        if let Some(proxy) = &self.via {
            let stream = socks::connect(proxy, host, port, self.timeout)
                .map_err(|error| DialError::Unreached(format!("through {proxy}: {error}")))?;
            return Ok(Dialled { stream, remote: None, resolved: Vec::new() });
        }
        let resolved = self.resolve(host, port)?;
        let (open, closed): (Vec<IpAddr>, Vec<IpAddr>) =
            resolved.iter().partition(|ip| self.refuses_address(**ip, port).is_none());
        if open.is_empty()
            && let Some(ip) = closed.first()
        {
            let why = self.refuses_address(*ip, port).unwrap_or_default();
            return Err(DialError::Refused(format!("{host} is at {ip}: {why}")));
        }
        let mut last = format!("{host} has no address");
        for ip in open.into_iter().take(TRIED) {
            let remote = SocketAddr::new(ip, port);
            match TcpStream::connect_timeout(&remote, self.timeout) {
                Ok(stream) => return Ok(Dialled { stream, remote: Some(remote), resolved }),
                Err(error) => last = format!("{remote}: {error}"),
            }
        }
        Err(DialError::Unreached(last))
    }

    fn refuses_address(&self, ip: IpAddr, port: u16) -> Option<String> {
        let ip = ip.to_canonical();
        addresses::of_address(ip).filter(|_| !self.allowed.contains(&SocketAddr::new(ip, port)))
    }

    fn allows_some(&self, port: u16) -> bool {
        self.allowed.iter().any(|address| address.port() == port)
    }

    /// What the resolver of this machine says, in its order. It has no deadline of its own: a thread
    /// waits for it.
    fn resolve(&self, host: &str, port: u16) -> Result<Vec<IpAddr>, DialError> {
        match Host::parse(host) {
            Ok(Host::Ipv4(ip)) => return Ok(vec![ip.into()]),
            Ok(Host::Ipv6(ip)) => return Ok(vec![ip.into()]),
            _ => {}
        }
        let (send, receive) = mpsc::channel();
        let asked = host.to_owned();
        thread::spawn(move || {
            let found = (asked.as_str(), port).to_socket_addrs();
            // Nobody listens any more once the deadline is over.
            let _ = send.send(found.map(|all| all.map(|at| at.ip()).collect::<Vec<_>>()));
        });
        let silent = |_| DialError::Unreached(format!("{host} could not be resolved in time"));
        let mut all = receive
            .recv_timeout(self.timeout)
            .map_err(silent)?
            .map_err(|error| DialError::Unreached(format!("{host} has no address: {error}")))?;
        let mut seen = BTreeSet::new();
        all.retain(|ip| seen.insert(*ip));
        Ok(all)
    }
}

/// A deadline for reads and writes on a stream that may each take a little.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    pub(crate) fn after(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// Lets the next operation on the stream wait no longer than until then.
    pub(crate) fn set(self, stream: &TcpStream) -> io::Result<()> {
        let left = self.0.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "it took too long"));
        }
        stream.set_read_timeout(Some(left))?;
        stream.set_write_timeout(Some(left))
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn what_is_not_public_is_refused_by_name_and_by_address() {
        let dialer = Dialer::default();
        for host in [
            "127.0.0.1",
            "10.0.0.1",
            "169.254.169.254",
            "[::1]",
            "[fe80::1]",
            "localhost",
            "nas",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::7f00:1]",
            "x.onion",
            "router.local",
            "0x7f000001",
            "0",
        ] {
            assert!(matches!(dialer.dial(host, 80), Err(DialError::Refused(_))), "{host}");
        }
        assert_eq!(dialer.refuses("example.org", 443), None);
        assert_eq!(dialer.refuses("9.9.9.9", 443), None);
    }

    #[test]
    fn a_name_that_resolves_to_this_machine_is_refused_unless_its_address_is_allowed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let other = SocketAddr::new("10.9.8.7".parse().unwrap(), at.port());
        let dialer = Dialer { allowed: BTreeSet::from([other]), ..Dialer::default() };
        // The name passes, since some address with this port may be asked; what it leads to does not.
        assert!(matches!(dialer.dial("localhost", at.port()), Err(DialError::Refused(_))));
        let dialer = Dialer { allowed: BTreeSet::from([at]), ..Dialer::default() };
        assert_eq!(dialer.dial("localhost", at.port()).unwrap().remote, Some(at));
        assert!(matches!(dialer.dial("127.0.0.1", at.port() ^ 1), Err(DialError::Refused(_))));
    }
}
