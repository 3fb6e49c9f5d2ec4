//! A site: the same routes over HTTP and over HTTPS, and what arrived.

use std::collections::BTreeMap;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

use rustls::{ServerConfig, ServerConnection};

use crate::authority::Authority;
use crate::certificates::Chain;
use crate::listener::{Listener, locked};
use crate::request::{Request, Seen};
use crate::respond::{Reply, TEXT};
use crate::wire::{After, Wire};
use crate::{authority, coding, documents, endless, framing, plain, redirects, request};

/// What the connections of a site share.
#[derive(Default)]
pub(crate) struct State {
    seen: Mutex<Vec<Seen>>,
    counts: Mutex<BTreeMap<String, u64>>,
    answers: Mutex<BTreeMap<String, Reply>>,
    /// The address over HTTP.
    pub(crate) http: OnceLock<SocketAddr>,
    /// What stamps times.
    pub(crate) authority: Option<Authority>,
}

impl State {
    /// How often this was asked before; counts this time.
    pub(crate) fn before(&self, target: &str) -> u64 {
        let mut counts = locked(&self.counts);
        let count = counts.entry(target.to_owned()).or_default();
        *count += 1;
        *count - 1
    }
}

/// Servers on loopback over HTTP and HTTPS, until they are dropped.
pub struct Site {
    state: Arc<State>,
    http: Listener,
    https: Listener,
    root_der: Vec<u8>,
    root_pem: String,
}

impl Site {
    /// Takes two free ports of 127.0.0.1, with new certificates.
    pub fn start() -> io::Result<Self> {
        Self::with(false)
    }

    /// As [`Site::start`], with what stamps times at `/tsa` (RFC 3161). Fails where there is no
    /// `openssl` on the path: ask [`Site::can_stamp`] first.
    pub fn start_with_authority() -> io::Result<Self> {
        Self::with(true)
    }

    /// Whether the program is there that stamping needs.
    pub fn can_stamp() -> bool {
        Authority::possible()
    }

    fn with(authority: bool) -> io::Result<Self> {
        let chain = Chain::new()?;
        let authority = if authority { Some(Authority::new(&chain)?) } else { None };
        let state = Arc::new(State { authority, ..State::default() });
        let http = listen(&state, None)?;
        let https = listen(&state, Some(chain.server()?))?;
        state.http.get_or_init(|| http.address());
        let (root_der, root_pem) = (chain.root.der().to_vec(), chain.root.pem());
        Ok(Self { state, http, https, root_der, root_pem })
    }

    /// How many connections are being served over HTTP.
    #[cfg(test)]
    pub(crate) fn served(&self) -> usize {
        self.http.served()
    }

    /// Where HTTP is spoken.
    pub fn http(&self) -> SocketAddr {
        self.http.address()
    }

    /// Where HTTP is spoken over TLS, as `localhost`, `site.test` and 127.0.0.1.
    pub fn https(&self) -> SocketAddr {
        self.https.address()
    }

    /// The root of the site's certificate, and of what stamps times.
    pub fn root_der(&self) -> &[u8] {
        &self.root_der
    }

    /// The same root as PEM.
    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }

    /// Every request that arrived so far, in the order of arrival.
    pub fn requests(&self) -> Vec<Seen> {
        locked(&self.state.seen).clone()
    }

    /// How many connections were opened so far, over HTTP and over HTTPS, also without a request.
    pub fn connections(&self) -> (u64, u64) {
        (self.http.accepted(), self.https.accepted())
    }

    /// What `/robots.txt` says from now on; before, it is not found.
    pub fn set_robots(&self, text: &str) {
        self.set_answer("/robots.txt", 200, &[("Content-Type", TEXT)], text.as_bytes());
    }

    /// What a target answers from now on, its query included. It goes before the routes of the
    /// site; Content-Length is added.
    pub fn set_answer(&self, target: &str, status: u16, headers: &[(&str, &str)], body: &[u8]) {
        let reply = headers
            .iter()
            .fold(Reply::bare(status, body), |reply, (name, value)| reply.with(name, value));
        locked(&self.state.answers).insert(target.to_owned(), reply);
    }
}

fn listen(state: &Arc<State>, tls: Option<Arc<ServerConfig>>) -> io::Result<Listener> {
    let state = Arc::clone(state);
    Listener::start(Arc::new(move |stream: TcpStream, stopping: &AtomicBool| {
        // A peer that leaves early is what many tests want: its error is nobody's.
        drop(serve(&state, tls.clone(), stream, stopping));
    }))
}

fn serve(
    state: &State,
    tls: Option<Arc<ServerConfig>>,
    stream: TcpStream,
    stopping: &AtomicBool,
) -> io::Result<()> {
    let tls = tls.map(ServerConnection::new).transpose().map_err(io::Error::other)?;
    let mut wire = Wire::new(stream, tls, stopping)?;
    while let Some(mut request) = request::read(&mut wire)? {
        {
            let mut seen = locked(&state.seen);
            request.seen.at_index = seen.len();
            seen.push(request.seen.clone());
        }
        let after = answer(&request, &mut wire, state)?;
        if after != After::Keep {
            return wire.end(after);
        }
    }
    wire.end(After::Close)
}

/// The first room that knows the path answers.
fn answer(request: &Request, wire: &mut Wire<'_>, state: &State) -> io::Result<After> {
    let set = locked(&state.answers).get(&request.seen.target).cloned();
    let reply = set
        .or_else(|| documents::reply(&request.seen))
        .or_else(|| plain::reply(request, state))
        .or_else(|| redirects::reply(&request.seen, state))
        .or_else(|| coding::reply(&request.seen))
        .or_else(|| authority::reply(&request.seen, state));
    if let Some(reply) = reply {
        return reply.send(wire, request);
    }
    if let Some(after) = coding::bomb(&request.seen, wire)
        .or_else(|| framing::answer(&request.seen, wire))
        .or_else(|| endless::answer(&request.seen, wire))
    {
        return after;
    }
    Reply::new(404, TEXT, "Introuvable.\n").send(wire, request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client;

    #[test]
    fn both_listeners_serve_the_same_and_tell_what_arrived() {
        let site = Site::start().unwrap();
        let plain = client::get(site.http(), "/style.css");
        let secret = client::get_tls(&site, "/style.css");
        assert_eq!(plain, secret);
        assert!(plain.starts_with(b"HTTP/1.1 200 OK\r\n"));
        client::raw(site.http(), b"POST /echo?a=1 HTTP/1.1\r\nConnection: close\r\nX-A: b\r\nContent-Length: 3\r\n\r\nabc");
        let seen = site.requests();
        assert_eq!(seen.iter().map(|seen| seen.at_index).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(seen.iter().map(|seen| seen.over_tls).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!((seen[2].method.as_str(), seen[2].target.as_str()), ("POST", "/echo?a=1"));
        assert_eq!(
            (seen[2].header("x-a"), seen[2].body.as_slice()),
            (Some("b"), b"abc".as_slice())
        );
        assert_eq!(site.connections(), (2, 1));
    }

    #[test]
    fn a_connection_serves_several_requests() {
        let site = Site::start().unwrap();
        let two = b"GET /style.css HTTP/1.1\r\nHost: a\r\n\r\nGET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n";
        let text = String::from_utf8(client::raw(site.http(), two)).unwrap();
        assert_eq!(text.matches("HTTP/1.1 ").count(), 2);
        assert!(text.contains("HTTP/1.1 404 Not Found\r\n"));
        assert_eq!((site.requests().len(), site.connections()), (2, (1, 0)));
    }

    #[test]
    fn robots_are_absent_until_they_are_set_and_answers_go_before_routes() {
        let site = Site::start().unwrap();
        let address = site.http();
        assert!(client::get(address, "/robots.txt").starts_with(b"HTTP/1.1 404"));
        site.set_robots("User-agent: *\nDisallow: /private/\n");
        assert!(
            client::get(address, "/robots.txt")
                .ends_with(b"\r\n\r\nUser-agent: *\nDisallow: /private/\n")
        );
        site.set_answer("/?q=1", 451, &[("X-Why", "law")], b"no");
        let text = client::get(address, "/?q=1");
        assert_eq!(text, b"HTTP/1.1 451 Unavailable For Legal Reasons\r\nX-Why: law\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
        assert!(client::get(address, "/").starts_with(b"HTTP/1.1 200"));
    }

    #[test]
    fn a_client_with_another_root_does_not_get_through() {
        let (site, other) = (Site::start().unwrap(), Site::start().unwrap());
        assert_ne!(site.root_der(), other.root_der());
        assert!(site.root_pem().starts_with("-----BEGIN CERTIFICATE-----"));
        assert!(client::try_tls(site.https(), other.root_der(), "localhost", "/").is_err());
        assert!(client::try_tls(site.https(), site.root_der(), "elsewhere.test", "/").is_err());
        // Neither listener keeps a client waiting that speaks to it as to the other.
        assert!(client::try_tls(site.http(), site.root_der(), "localhost", "/").is_err());
        let (alert, _) = client::exchange(site.https(), &client::request("/"));
        assert!(!alert.starts_with(b"HTTP"));
        for name in ["localhost", "site.test", "127.0.0.1"] {
            assert!(client::try_tls(site.https(), site.root_der(), name, "/").is_ok(), "{name}");
        }
    }
}
