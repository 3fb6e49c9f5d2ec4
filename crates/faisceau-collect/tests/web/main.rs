//! The client against real servers on loopback, sound and hostile.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads the clock"
)]

mod answers;
mod refusals;
mod resumes;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use faisceau_archive::warc::Exchange;
use faisceau_collect::dial::Dialer;
use faisceau_collect::http::{
    Answer, Bounds, Client, Counts, Fetch, FetchError, Recorder, Request, Settings,
};
use faisceau_collect::tls::Tls;
use faisceau_testsite::Site;
use jiff::Timestamp;
use url::Url;

/// Keeps exchanges in memory.
#[derive(Default)]
struct Kept(Vec<Exchange>);

impl Recorder for Kept {
    fn keep(&mut self, exchange: &Exchange) -> io::Result<()> {
        self.0.push(exchange.clone());
        Ok(())
    }
}

/// What a test asks with.
struct Asking {
    dialer: Dialer,
    settings: Settings,
    roots: Vec<Vec<u8>>,
    recorded: Vec<Exchange>,
}

/// What came of it.
struct Came {
    answers: Vec<Result<Answer, FetchError>>,
    exchanges: Vec<Exchange>,
    counts: Counts,
}

impl Asking {
    /// Asks the site alone, and waits no longer than a test may.
    fn of(site: &Site) -> Self {
        Self {
            dialer: Dialer { allowed: [site.http(), site.https()].into(), ..Dialer::default() },
            settings: Settings {
                bounds: Bounds { time: Duration::from_secs(5), bytes: 8 << 20, decoded: 32 << 20 },
                interval: Duration::ZERO,
                robots: false,
                ..Settings::default()
            },
            roots: vec![site.root_der().to_vec()],
            recorded: Vec::new(),
        }
    }

    fn ask(self, urls: &[Url]) -> Came {
        let tls = Tls::new(&self.roots).unwrap();
        let clock = Timestamp::now;
        let mut kept = Kept::default();
        let mut told = |_: faisceau_collect::http::Event<'_>| {};
        let mut client = Client::new(
            self.settings,
            self.dialer,
            tls,
            &clock,
            &mut kept,
            self.recorded,
            &mut told,
        );
        let answers =
            urls.iter().map(|url| client.fetch(&Request::get(url.clone(), "*/*"))).collect();
        let counts = client.counts();
        Came { answers, exchanges: kept.0, counts }
    }

    fn ask_one(self, url: &Url) -> (Result<Answer, FetchError>, Vec<Exchange>) {
        let mut came = self.ask(std::slice::from_ref(url));
        (came.answers.remove(0), came.exchanges)
    }
}

fn plain(at: SocketAddr, path: &str) -> Url {
    format!("http://{at}{path}").parse().unwrap()
}

fn secure(at: SocketAddr, path: &str) -> Url {
    format!("https://localhost:{}{path}", at.port()).parse().unwrap()
}
