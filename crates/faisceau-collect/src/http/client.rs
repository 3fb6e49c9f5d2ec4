//! The client: judges a target, asks it politely, follows redirections, records all of it.
//!
//! In: requests. Out: answers, and each exchange to the [`Recorder`] before its answer is used.
//! Refused: targets that are not public, also after a redirection; credentials; what a site asks
//! machines not to read. Cookies are never sent. What an ended process recorded answers first, so
//! that whoever asks goes on where it stopped.

use std::collections::{BTreeMap, VecDeque};
use std::thread;
use std::time::{Duration, Instant};

use faisceau_archive::message::{self, Flaw};
use faisceau_archive::warc::{Exchange, Key};
use url::Url;

use crate::Clock;
use crate::alerting::may_alert;
use crate::dial::Dialer;
use crate::http::exchange::{Asker, Bounds};
use crate::http::message::{Answer, Fetch, FetchError, Method, Request};
use crate::http::recorder::Recorder;
use crate::http::retry;
use crate::http::target::{PRODUCT, asked, judge, target, user_agent};
use crate::robots::{self, Robots};
use crate::tls::Tls;

/// Statuses that lead elsewhere (RFC 9110, section 15.4).
const REDIRECTIONS: [u16; 5] = [301, 302, 303, 307, 308];

/// Waits that whoever waits is told of.
const TOLD: Duration = Duration::from_secs(2);
/// The largest body for one byte that came, and the size up to which that is not looked at.
const MAX_RATIO: u64 = 200;
const RATIO_FLOOR: u64 = 16 << 20;

/// How to ask.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What one answer may take.
    pub bounds: Bounds,
    /// Redirections that are followed.
    pub redirections: u8,
    /// Between two requests to one host.
    pub interval: Duration,
    /// Whether `robots.txt` is asked for and kept to.
    pub robots: bool,
    /// How often a site that is overloaded is asked again.
    pub retries: u8,
    /// The longest that is waited for it.
    pub patience: Duration,
    /// How whoever asks can be reached: a part of the User-Agent.
    pub contact: Option<String>,
    /// Whether a redirection is followed that may tell whoever made it that it was.
    pub although_it_may_alert: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bounds: Bounds::default(),
            redirections: 10,
            interval: Duration::from_secs(1),
            robots: true,
            retries: 3,
            patience: Duration::from_mins(2),
            contact: None,
            although_it_may_alert: false,
        }
    }
}

/// What happens, for who waits.
#[derive(Debug, Clone, Copy)]
pub enum Event<'e> {
    /// A request leaves.
    Asking(&'e Url),
    /// A site wants to be left alone for a while.
    Waiting(&'e Url, Duration),
}

/// What was asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that left.
    pub sent: u64,
    /// Answers that an ended process had recorded.
    pub replayed: u64,
    /// Requests that left again because the site was overloaded.
    pub again: u64,
    /// Requests without a whole answer.
    pub cut: u64,
    /// Bytes that came.
    pub bytes: u64,
}

/// Asks sites.
pub struct Client<'c> {
    settings: Settings,
    dialer: Dialer,
    tls: Tls,
    user_agent: String,
    clock: &'c Clock<'c>,
    recorder: &'c mut dyn Recorder,
    recorded: BTreeMap<Key, VecDeque<Exchange>>,
    robots: BTreeMap<String, Robots>,
    asked: BTreeMap<String, Instant>,
    progress: &'c mut dyn FnMut(Event<'_>),
    counts: Counts,
}

impl<'c> Client<'c> {
    /// `recorded` are the exchanges of an ended process, in their order.
    pub fn new(
        settings: Settings,
        dialer: Dialer,
        tls: Tls,
        clock: &'c Clock<'c>,
        recorder: &'c mut dyn Recorder,
        recorded: Vec<Exchange>,
        progress: &'c mut dyn FnMut(Event<'_>),
    ) -> Self {
        let user_agent = user_agent(settings.contact.as_deref());
        let mut waiting: BTreeMap<Key, VecDeque<Exchange>> = BTreeMap::new();
        // What was cut is asked again.
        for exchange in recorded.into_iter().filter(|exchange| exchange.cut.is_none()) {
            waiting.entry(exchange.key()).or_default().push_back(exchange);
        }
        Self {
            settings,
            dialer,
            tls,
            user_agent,
            clock,
            recorder,
            recorded: waiting,
            robots: BTreeMap::new(),
            asked: BTreeMap::new(),
            progress,
            counts: Counts::default(),
        }
    }

    /// What was asked so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Asks for one resource, without redirections.
    fn once(&mut self, request: &Request) -> Result<Answer, FetchError> {
        let mut retries = self.settings.retries;
        loop {
            let exchange = self.exchange(request)?;
            let answer = answer(request, &exchange, self.settings.bounds)?;
            let Some(wait) = retry::wait(&answer, exchange.ended) else { return Ok(answer) };
            if retries == 0 || wait > self.settings.patience {
                return Ok(answer);
            }
            retries -= 1;
            self.counts.again += 1;
            // A replayed answer may have been given long ago.
            let since = (self.clock)().duration_since(exchange.ended);
            let left = wait.saturating_sub(Duration::try_from(since).unwrap_or(Duration::ZERO));
            if !left.is_zero() {
                (self.progress)(Event::Waiting(&request.url, left));
                thread::sleep(left);
            }
        }
    }

    /// The exchange of an ended process, or a new one.
    fn exchange(&mut self, request: &Request) -> Result<Exchange, FetchError> {
        let key = Key::new(request.method.as_str(), &asked(&request.url), &request.body);
        if let Some(exchange) = self.recorded.get_mut(&key).and_then(VecDeque::pop_front) {
            self.counts.replayed += 1;
            return Ok(exchange);
        }
        self.pace(&request.url);
        (self.progress)(Event::Asking(&request.url));
        let asker = Asker {
            dialer: &self.dialer,
            tls: &self.tls,
            user_agent: &self.user_agent,
            bounds: self.settings.bounds,
            clock: self.clock,
        };
        let exchange = asker.ask(request);
        self.counts.sent += 1;
        self.counts.cut += u64::from(exchange.cut.is_some());
        self.counts.bytes += exchange.received.len() as u64;
        self.recorder
            .keep(&exchange)
            .map_err(|source| FetchError::Keeping { url: request.url.to_string(), source })?;
        Ok(exchange)
    }

    /// Waits until the host may be asked again.
    fn pace(&mut self, url: &Url) {
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Some(last) = self.asked.get(&host) {
            let origin = url.origin().ascii_serialization();
            let wanted = self.robots.get(&origin).and_then(|robots| robots.crawl_delay(PRODUCT));
            let wanted = wanted.unwrap_or_default().min(self.settings.patience);
            let interval = self.settings.interval.max(wanted);
            let left = interval.saturating_sub(last.elapsed());
            if left > TOLD {
                (self.progress)(Event::Waiting(url, left));
            }
            thread::sleep(left);
        }
        self.asked.insert(host, Instant::now());
    }

    /// What the site lets machines read. A site that says nothing lets them; one that fails does not
    /// (RFC 9309, section 2.3.1).
    fn judge_by_robots(&mut self, url: &Url) -> Result<(), FetchError> {
        if !self.settings.robots || url.path() == "/robots.txt" {
            return Ok(());
        }
        let origin = url.origin().ascii_serialization();
        if !self.robots.contains_key(&origin) {
            let found = self.ask_for_robots(url)?;
            self.robots.insert(origin.clone(), found);
        }
        let Some(robots) = self.robots.get(&origin) else { return Ok(()) };
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let verdict = robots.allows(PRODUCT, path);
        if verdict.allowed {
            return Ok(());
        }
        Err(FetchError::Robots {
            url: url.to_string(),
            host: url.host_str().unwrap_or_default().to_owned(),
            line: verdict.line.unwrap_or_default(),
        })
    }

    fn ask_for_robots(&mut self, url: &Url) -> Result<Robots, FetchError> {
        let mut at = url.clone();
        at.set_path("/robots.txt");
        at.set_query(None);
        let mut hops = 5;
        loop {
            let answer = self.once(&Request::get(at.clone(), "text/plain"))?;
            match answer.status {
                200..=299 => return Ok(Robots::parse(&answer.body, robots::LIMIT)),
                status if REDIRECTIONS.contains(&status) && hops > 0 => {
                    let Some(next) = target(&answer) else { return Ok(Robots::default()) };
                    judge(&next, &self.dialer)?;
                    at = next;
                    hops -= 1;
                }
                500..=599 => {
                    return Err(FetchError::NoAnswer {
                        url: url.to_string(),
                        why: format!(
                            "{at} answered {}: what machines may read there is not known",
                            answer.status
                        ),
                    });
                }
                _ => return Ok(Robots::default()),
            }
        }
    }
}

impl Fetch for Client<'_> {
    fn fetch(&mut self, request: &Request) -> Result<Answer, FetchError> {
        let mut request = request.clone();
        let mut hops = self.settings.redirections;
        loop {
            judge(&request.url, &self.dialer)?;
            self.judge_by_robots(&request.url)?;
            let answer = self.once(&request)?;
            let asks_again = matches!(answer.status, 307 | 308);
            if !REDIRECTIONS.contains(&answer.status)
                || request.method == Method::Post && !asks_again
            {
                return Ok(answer);
            }
            let Some(next) = target(&answer) else { return Ok(answer) };
            if hops == 0 {
                return Err(FetchError::NoAnswer {
                    url: request.url.to_string(),
                    why: format!("more than {} redirections", self.settings.redirections),
                });
            }
            hops -= 1;
            if let Some(why) = may_alert(&next).filter(|_| !self.settings.although_it_may_alert) {
                return Err(FetchError::Refused {
                    url: faisceau_model::excerpt(next.as_str(), 200),
                    why: format!("{} leads there, and {why}", request.url),
                });
            }
            request.url = next;
        }
    }
}

fn answer(request: &Request, exchange: &Exchange, bounds: Bounds) -> Result<Answer, FetchError> {
    let no_answer = |why: String| FetchError::NoAnswer { url: request.url.to_string(), why };
    // What is made to fill the memory is far beyond what any page compresses to.
    let ratio = (exchange.received.len() as u64).saturating_mul(MAX_RATIO).max(RATIO_FLOOR);
    let read = message::response(&exchange.received, false, bounds.decoded.min(ratio));
    let message = match (read, &exchange.cut) {
        (Ok(message), _) => message,
        (Err(_), Some(cut)) => return Err(no_answer(cut.clone())),
        (Err(error), None) => return Err(no_answer(error.to_string())),
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let flaws = || message.flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    // In somebody else's archive this is usual; from a server it is not what was said.
    let not_coded = message.flaws.iter().any(|flaw| matches!(flaw, Flaw::NotCoded(_)));
    let flaw = (not_coded || !message.is_whole()).then(flaws);
    Ok(Answer {
        url: request.url.clone(),
        status: message.status,
        headers: message.headers.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
        body: message.body,
        at: exchange.at,
        cut: exchange.cut.clone().or(flaw),
    })
}
