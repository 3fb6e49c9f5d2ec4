//! Connects through a SOCKS5 proxy (RFC 1928, RFC 1929), such as that of Tor.
//!
//! In: the proxy, a host, a port. Out: a stream that leads there. The host goes to the proxy as a
//! name: it is resolved at the other end, not near the user. Refused: to connect past the proxy.

use std::fmt;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::str::FromStr;
use std::time::Duration;

use url::{Host, Url};

use crate::dial::Deadline;

/// A SOCKS5 proxy.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    login: Option<(String, String)>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Without the login: Tor takes it for the name of a circuit, others for a secret.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "socks5://{}", self.address)
    }
}

/// A text that is no proxy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no proxy: write socks5://ADDRESS:PORT, with the address in figures")]
pub struct ProxyError(String);

impl FromStr for Proxy {
    type Err = ProxyError;

    fn from_str(text: &str) -> Result<Self, ProxyError> {
        let error = || ProxyError(faisceau_model::excerpt(text, 60));
        let url = Url::parse(text).map_err(|_| error())?;
        if !matches!(url.scheme(), "socks5" | "socks5h") || !matches!(url.path(), "" | "/") {
            return Err(error());
        }
        let host = url.host_str().ok_or_else(error)?;
        let ip = host.trim_matches(['[', ']']).parse().map_err(|_| error())?;
        let address = SocketAddr::new(ip, url.port().unwrap_or(1080));
        let login = (!url.username().is_empty())
            .then(|| (url.username().to_owned(), url.password().unwrap_or_default().to_owned()));
        Ok(Self { address, login })
    }
}

/// Connects to a host through a proxy.
pub(crate) fn connect(
    proxy: &Proxy,
    host: &str,
    port: u16,
    timeout: Duration,
) -> io::Result<TcpStream> {
    let deadline = Deadline::after(timeout);
    let mut stream = TcpStream::connect_timeout(&proxy.address, timeout)?;
    deadline.set(&stream)?;
    let method = if proxy.login.is_some() { 2 } else { 0 };
    stream.write_all(&[5, 1, method])?;
    let [version, chosen] = read(&mut stream, deadline)?;
    if version != 5 || chosen != method {
        return Err(refused(if version == 5 {
            "it wants another login"
        } else {
            "it speaks no SOCKS5"
        }));
    }
    if let Some((user, password)) = &proxy.login {
        let mut message = vec![1];
        for part in [user, password] {
            message.push(u8::try_from(part.len()).map_err(|_| refused("the login is too long"))?);
            message.extend_from_slice(part.as_bytes());
        }
        stream.write_all(&message)?;
        if read::<2>(&mut stream, deadline)? != [1, 0] {
            return Err(refused("it refused the login"));
        }
    }
    let mut message = vec![5, 1, 0];
    match Host::parse(host).map_err(|_| refused("the host has no name"))? {
        Host::Ipv4(ip) => {
            message.push(1);
            message.extend_from_slice(&ip.octets());
        }
        Host::Ipv6(ip) => {
            message.push(4);
            message.extend_from_slice(&ip.octets());
        }
        Host::Domain(name) => {
            message.push(3);
            message.push(u8::try_from(name.len()).map_err(|_| refused("the name is too long"))?);
            message.extend_from_slice(name.as_bytes());
        }
    }
    message.extend_from_slice(&port.to_be_bytes());
    stream.write_all(&message)?;
    let [_, reply, _, kind] = read(&mut stream, deadline)?;
    if reply != 0 {
        return Err(refused(word(reply)));
    }
    // The address that it bound: of no use here, but it stands before what follows.
    match kind {
        1 => read::<6>(&mut stream, deadline).map(|_| ())?,
        4 => read::<18>(&mut stream, deadline).map(|_| ())?,
        3 => {
            let [length] = read(&mut stream, deadline)?;
            stream.read_exact(&mut vec![0; usize::from(length) + 2])?;
        }
        _ => return Err(refused("it speaks no SOCKS5")),
    }
    Ok(stream)
}

fn read<const N: usize>(stream: &mut TcpStream, deadline: Deadline) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    let mut filled = 0;
    while filled < N {
        deadline.set(stream)?;
        match stream.read(&mut bytes[filled..])? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            more => filled += more,
        }
    }
    Ok(bytes)
}

fn refused(why: &str) -> io::Error {
    io::Error::other(format!("the proxy did not connect: {why}"))
}

/// The words of RFC 1928, section 6, and those that Tor adds (proposal 304).
fn word(reply: u8) -> &'static str {
    match reply {
        1 => "a general failure",
        2 => "its rules forbid it",
        3 => "the network cannot be reached",
        4 => "the host cannot be reached",
        5 => "the connection was refused",
        6 => "the time was over",
        7 => "it knows no such command",
        8 => "it knows no such kind of address",
        0xf0..=0xf7 => "the onion service cannot be reached",
        _ => "a reply of no known meaning",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_by_figures() {
        let proxy: Proxy = "socks5://u:p@127.0.0.1:9050".parse().unwrap();
        assert_eq!(
            (proxy.to_string().as_str(), proxy.address.port()),
            ("socks5://127.0.0.1:9050", 9050)
        );
        assert_eq!("socks5h://[::1]".parse::<Proxy>().unwrap().address.port(), 1080);
        for bad in
            ["127.0.0.1:9050", "socks4://127.0.0.1", "socks5://tor.example", "http://1.2.3.4", ""]
        {
            assert!(bad.parse::<Proxy>().is_err(), "{bad}");
        }
    }
}
