//! One request over one connection, and every byte that came back.
//!
//! In: a request, how to connect, limits. Out: an [`Exchange`], also where nothing came: then it says
//! why. Each request has a connection of its own, which ends with it.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use faisceau_archive::message::{Framing, Step};
use faisceau_archive::warc::{Exchange, Tls as Recorded};

use crate::Clock;
use crate::dial::{Deadline, Dialer};
use crate::http::message::{Method, Request};
use crate::http::target::asked;
use crate::tls::{Secured, Session, Tls};

/// Bytes read at once.
const CHUNK: usize = 32 << 10;

/// What one answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// From the connection to the last byte.
    pub time: Duration,
    /// Bytes as they come over the connection.
    pub bytes: u64,
    /// Bytes of the body once its coding is undone.
    pub decoded: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { time: Duration::from_mins(1), bytes: 64 << 20, decoded: 256 << 20 }
    }
}

enum Connection {
    Plain(TcpStream),
    Secured(Box<Secured>),
}

impl Connection {
    fn stream(&self) -> &TcpStream {
        match self {
            Self::Plain(stream) => stream,
            Self::Secured(secured) => secured.stream(),
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Secured(secured) => secured.read(buffer),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.write_all(bytes),
            Self::Secured(secured) => secured.write_all(bytes).and_then(|()| secured.flush()),
        }
    }
}

/// What asks.
pub(crate) struct Asker<'a> {
    pub(crate) dialer: &'a Dialer,
    pub(crate) tls: &'a Tls,
    pub(crate) user_agent: &'a str,
    pub(crate) bounds: Bounds,
    pub(crate) clock: &'a Clock<'a>,
}

impl Asker<'_> {
    /// Asks, and keeps what comes. The target was judged before.
    pub(crate) fn ask(&self, request: &Request) -> Exchange {
        let at = (self.clock)();
        let mut exchange = Exchange {
            url: asked(&request.url),
            method: request.method.as_str().to_owned(),
            sent: head(request, self.user_agent),
            received: Vec::new(),
            at,
            ended: at,
            remote: None,
            via: self.dialer.via.as_ref().map(ToString::to_string),
            tls: None,
            resolved: Vec::new(),
            cut: None,
        };
        exchange.cut = self.roundtrip(request, &mut exchange).err();
        exchange.ended = (self.clock)();
        exchange
    }

    fn roundtrip(&self, request: &Request, exchange: &mut Exchange) -> Result<(), String> {
        let deadline = Deadline::after(self.bounds.time);
        let host = request.url.host_str().ok_or("no host")?;
        let port = request.url.port_or_known_default().ok_or("no port")?;
        let dialled = self.dialer.dial(host, port).map_err(|error| error.to_string())?;
        exchange.remote = dialled.remote;
        exchange.resolved = dialled.resolved.iter().map(ToString::to_string).collect();
        let words = |error: io::Error| self.words(&error);
        let mut connection = if request.url.scheme() == "https" {
            let (secured, session) = self
                .tls
                .connect(dialled.stream, host, deadline)
                .map_err(|error| format!("no TLS: {}", self.words(&error)))?;
            exchange.tls = Some(recorded(session, host));
            Connection::Secured(Box::new(secured))
        } else {
            Connection::Plain(dialled.stream)
        };
        deadline.set(connection.stream()).map_err(words)?;
        connection.send(&exchange.sent).map_err(words)?;
        self.receive(&mut connection, deadline, &mut exchange.received)
    }

    fn receive(
        &self,
        connection: &mut Connection,
        deadline: Deadline,
        all: &mut Vec<u8>,
    ) -> Result<(), String> {
        let mut framing = Framing::new(false);
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = deadline.set(connection.stream()).and_then(|()| connection.read(&mut chunk));
            let read = match read {
                Ok(read) => read,
                // Over TLS, an end that was not announced.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => 0,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.words(&error)),
            };
            if read == 0 && all.is_empty() {
                return Err("the connection was closed without an answer".to_owned());
            }
            if read == 0 {
                return framing.closed(all).map_err(|error| error.to_string());
            }
            all.extend_from_slice(&chunk[..read]);
            match framing.feed(all).map_err(|error| error.to_string())? {
                Step::Complete { .. } => return Ok(()),
                Step::More if all.len() as u64 > self.bounds.bytes => {
                    return Err(format!("longer than {} bytes", self.bounds.bytes));
                }
                Step::More => {}
            }
        }
    }

    fn words(&self, error: &io::Error) -> String {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                format!("not whole after {} s", self.bounds.time.as_secs())
            }
            _ => error.to_string(),
        }
    }
}

fn recorded(session: Session, host: &str) -> Recorded {
    Recorded {
        version: session.version,
        cipher: session.cipher,
        server_name: host.to_owned(),
        chain: session.chain,
    }
}

/// The request as it leaves. The fragment stays here, and nothing says where the user comes from.
fn head(request: &Request, user_agent: &str) -> Vec<u8> {
    let url = &request.url;
    let host = match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (host, _) => host.unwrap_or_default().to_owned(),
    };
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let inert = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let mut lines = vec![
        format!("{} {target} HTTP/1.1", request.method.as_str()),
        format!("Host: {host}"),
        format!("User-Agent: {user_agent}"),
    ];
    let fields = request.headers.iter();
    lines.extend(fields.map(|(name, value)| format!("{}: {}", inert(name), inert(value))));
    lines.push("Accept-Encoding: gzip, deflate".to_owned());
    lines.push("Connection: close".to_owned());
    if request.method == Method::Post {
        lines.push(format!("Content-Length: {}", request.body.len()));
    }
    let mut head = lines.join("\r\n");
    head.push_str("\r\n\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&request.body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_no_more_than_it_must() {
        let url = "https://example.org:8443/a%20b?q=1#part".parse().unwrap();
        let mut request = Request::get(url, "text/html");
        request.headers.push(("X".to_owned(), "1\r\nCookie: a".to_owned()));
        assert_eq!(
            String::from_utf8(head(&request, "faisceau/1")).unwrap(),
            "GET /a%20b?q=1 HTTP/1.1\r\nHost: example.org:8443\r\nUser-Agent: faisceau/1\r\n\
             Accept: text/html\r\nX: 1Cookie: a\r\nAccept-Encoding: gzip, deflate\r\n\
             Connection: close\r\n\r\n"
        );
    }
}
