//! A SOCKS5 proxy on loopback (RFC 1928, RFC 1929). Names are looked up in a map that the test
//! gives: it connects to nothing else.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::listener::{Listener, locked};
use crate::wire::LONGEST;

const VERSION: u8 = 5;
const NO_METHOD: u8 = 0xff;
const CONNECT: u8 = 1;
const GRANTED: u8 = 0;
const UNREACHABLE: u8 = 4;
const NO_COMMAND: u8 = 7;
const NO_KIND: u8 = 8;

/// How the proxy behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Serves anybody.
    Open,
    /// Serves who gives this name and this password.
    Password(String, String),
    /// Takes no way of authenticating.
    NoMethod,
    /// Answers every request with this code of RFC 1928, section 6.
    Refuses(u8),
    /// Greets as another version.
    WrongVersion,
    /// Takes the request and never answers.
    Hangs,
    /// Takes the greeting and never answers.
    HangsAtOnce,
    /// Closes in the middle of its answer.
    Cut,
    /// Grants with a bound address of this kind of RFC 1928, section 5: 1, 3 or 4; any other is
    /// none.
    Bound(u8),
}

/// What a client named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// A name, looked up by the proxy.
    Domain(String),
    /// An address, looked up by the client.
    Address(IpAddr),
}

/// What the proxy was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where to.
    pub host: Host,
    /// The port.
    pub port: u16,
    /// The command of RFC 1928, section 4: 1 connects.
    pub command: u8,
    /// Who asked, where a name was given.
    pub user: Option<String>,
}

/// A proxy, until it is dropped.
#[derive(Debug)]
pub struct Socks {
    listener: Listener,
    asked: Arc<Mutex<Vec<Asked>>>,
}

struct Proxy {
    mode: Mode,
    /// `host:port`, or `host` for all its ports, and where that is.
    map: BTreeMap<String, SocketAddr>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Socks {
    /// Serves anybody. The map says where `host:port` is, or `host` on any port.
    pub fn start(map: BTreeMap<String, SocketAddr>) -> io::Result<Self> {
        Self::start_as(Mode::Open, map)
    }

    /// As [`Socks::start`], behaving otherwise.
    pub fn start_as(mode: Mode, map: BTreeMap<String, SocketAddr>) -> io::Result<Self> {
        let asked = Arc::default();
        let proxy = Proxy { mode, map, asked: Arc::clone(&asked) };
        let listener = Listener::start(Arc::new(move |stream: TcpStream, _: &AtomicBool| {
            drop(proxy.serve(&stream));
        }))?;
        Ok(Self { listener, asked })
    }

    /// Where the proxy is.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// Every request so far, in the order of arrival.
    pub fn asked(&self) -> Vec<Asked> {
        locked(&self.asked).clone()
    }

    /// How many connections were opened so far, also without a request.
    pub fn connections(&self) -> u64 {
        self.listener.accepted()
    }
}

fn bytes<const N: usize>(mut stream: &TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A length of one byte, and so many bytes.
fn counted(mut stream: &TcpStream) -> io::Result<Vec<u8>> {
    let [length] = bytes(stream)?;
    let mut out = vec![0; usize::from(length)];
    stream.read_exact(&mut out)?;
    Ok(out)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Reads until the peer closes, and says nothing.
fn silence(mut stream: &TcpStream) -> io::Result<()> {
    io::copy(&mut stream, &mut io::sink()).map(|_| ())
}

/// Reads what the client still sends, so that closing is no reset.
fn close(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(500)))?;
    silence(stream)
}

fn answered(code: u8, kind: u8) -> Vec<u8> {
    let bound: &[u8] = match kind {
        3 => b"\x05bound\x04\x38",
        4 => &[0; 18],
        _ => &[0; 6],
    };
    [&[VERSION, code, 0, kind], bound].concat()
}

impl Proxy {
    fn serve(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(LONGEST))?;
        stream.set_write_timeout(Some(LONGEST))?;
        let [version] = bytes(stream)?;
        let methods = counted(stream)?;
        match self.mode {
            Mode::HangsAtOnce => return silence(stream),
            Mode::WrongVersion => {
                stream.write_all(&[4, 0])?;
                return close(stream);
            }
            _ => {}
        }
        let method = u8::from(matches!(self.mode, Mode::Password(..))) * 2;
        let known = version == VERSION && self.mode != Mode::NoMethod;
        if !known || !methods.contains(&method) {
            stream.write_all(&[VERSION, NO_METHOD])?;
            return close(stream);
        }
        stream.write_all(&[VERSION, method])?;
        let user = match &self.mode {
            Mode::Password(user, password) => {
                let [_] = bytes(stream)?;
                let given = (text(&counted(stream)?), text(&counted(stream)?));
                let right = given == (user.clone(), password.clone());
                stream.write_all(&[1, u8::from(!right)])?;
                if !right {
                    return close(stream);
                }
                Some(given.0)
            }
            _ => None,
        };
        self.request(stream, user)
    }

    fn request(&self, mut stream: &TcpStream, user: Option<String>) -> io::Result<()> {
        let [_, command, _, kind] = bytes(stream)?;
        let host = match kind {
            1 => Host::Address(Ipv4Addr::from(bytes::<4>(stream)?).into()),
            3 => Host::Domain(text(&counted(stream)?)),
            4 => Host::Address(Ipv6Addr::from(bytes::<16>(stream)?).into()),
            _ => {
                stream.write_all(&answered(NO_KIND, 1))?;
                return close(stream);
            }
        };
        let port = u16::from_be_bytes(bytes(stream)?);
        let name = match &host {
            Host::Domain(name) => name.clone(),
            Host::Address(address) => address.to_string(),
        };
        locked(&self.asked).push(Asked { host, port, command, user });
        let known = self.map.get(&format!("{name}:{port}")).or_else(|| self.map.get(&name));
        let code = match (&self.mode, known) {
            (Mode::Hangs, _) => return silence(stream),
            (Mode::Cut, _) => {
                stream.write_all(&[VERSION, GRANTED, 0])?;
                return close(stream);
            }
            (Mode::Refuses(code), _) => *code,
            _ if command != CONNECT => NO_COMMAND,
            (_, None) => UNREACHABLE,
            (_, Some(address)) => match TcpStream::connect(address) {
                Err(_) => 5,
                Ok(onward) => {
                    let kind = if let Mode::Bound(kind) = self.mode { kind } else { 1 };
                    stream.write_all(&answered(GRANTED, kind))?;
                    return relay(stream, &onward);
                }
            },
        };
        stream.write_all(&answered(code, 1))?;
        close(stream)
    }
}

/// Passes bytes both ways until both sides have closed.
fn relay(client: &TcpStream, server: &TcpStream) -> io::Result<()> {
    let back = (server.try_clone()?, client.try_clone()?);
    let thread = std::thread::spawn(move || pass(&back.0, &back.1));
    pass(client, server);
    drop(thread.join());
    Ok(())
}

fn pass(mut from: &TcpStream, mut to: &TcpStream) {
    // An end that is an error cuts the other side too.
    let how = if io::copy(&mut from, &mut to).is_ok() { Shutdown::Write } else { Shutdown::Both };
    drop(to.shutdown(how));
}

#[cfg(test)]
mod tests;
