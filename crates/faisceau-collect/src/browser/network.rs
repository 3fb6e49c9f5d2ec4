//! The requests of a page, as events of the `DevTools` protocol tell them (domain Network).
//!
//! In: events, in any order and with anything in them. Out: a row for each request, and which
//! bodies are worth asking for. Refused: rows, bytes and texts beyond the limits; they are counted.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use base64::Engine as _;
use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::proxy::{Announced, host_and_port};
use super::record::{Document, Exchange, Resource, Security};
use super::value::{cut, number, text};

/// Characters of an address that are kept.
const ADDRESS: usize = 8 * 1024;
/// Characters of the fields of one answer that are kept.
const FIELDS: usize = 32 * 1024;
/// Other names of a certificate that are kept.
const NAMES: usize = 100;
/// Bodies that are asked for at a time.
const ASKED: usize = 8;

/// Which body to ask for next.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) session: Option<String>,
    pub(super) request: String,
    row: usize,
}

/// All requests of a page.
pub(super) struct Network {
    rows: Vec<Row>,
    /// The newest row of each request; a redirection begins another.
    by_id: BTreeMap<String, usize>,
    open: BTreeSet<String>,
    wanted: VecDeque<Wanted>,
    asked: BTreeMap<u64, usize>,
    resources: Vec<Resource>,
    bytes: usize,
    most: usize,
    most_bytes: (usize, usize),
    announced: Option<Arc<Announced>>,
    /// The frame of the window itself.
    pub(super) main_frame: String,
    /// Requests beyond the limit.
    pub(super) beyond: u64,
    /// When something last began or ended.
    pub(super) moved: Instant,
}

struct Row {
    exchange: Exchange,
    frame: String,
    at: Option<Timestamp>,
    began: f64,
}

impl Network {
    /// `most_bytes`: of one body, and of all.
    pub(super) fn new(
        most: usize,
        most_bytes: (usize, usize),
        announced: Option<Arc<Announced>>,
    ) -> Self {
        Self {
            rows: Vec::new(),
            by_id: BTreeMap::new(),
            open: BTreeSet::new(),
            wanted: VecDeque::new(),
            asked: BTreeMap::new(),
            resources: Vec::new(),
            bytes: 0,
            most,
            most_bytes,
            announced,
            main_frame: String::new(),
            beyond: 0,
            moved: Instant::now(),
        }
    }

    /// What the browser may keep of bodies until they are asked for.
    pub(super) fn buffers(&self) -> Value {
        let (one, all) = self.most_bytes;
        json!({"maxResourceBufferSize": one, "maxTotalBufferSize": all})
    }

    /// Lets the proxy dial the host of an address.
    pub(super) fn announce(&self, url: &str) {
        let Some(announced) = &self.announced else { return };
        if url.starts_with("data:") || url.starts_with("blob:") {
            return;
        }
        if let Some((host, port)) = Url::parse(url).ok().as_ref().and_then(host_and_port) {
            announced.add(&host, port);
        }
    }

    /// Whether nothing is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether bodies are still to come.
    pub(super) fn waits_for_bodies(&self) -> bool {
        !self.wanted.is_empty() || !self.asked.is_empty()
    }

    /// Takes an event of the domain.
    pub(super) fn event(&mut self, method: &str, params: &Value, session: Option<&str>) {
        let id = text(params, "/requestId");
        match method {
            "Network.requestWillBeSent" => self.sent(id, params),
            "Network.webSocketCreated" => self.socket(id, params),
            "Network.responseReceived" => {
                if let Some(row) = self.row(id) {
                    answered(&mut row.exchange, params.pointer("/response"));
                    text(params, "/type").clone_into(&mut row.exchange.kind);
                }
            }
            "Network.requestServedFromCache" => {
                if let Some(row) = self.row(id) {
                    row.exchange.from_cache = true;
                }
            }
            "Network.dataReceived" => {
                if let Some(row) = self.row(id) {
                    let bytes = number(params, "/dataLength").unwrap_or_default();
                    row.exchange.body_bytes = row.exchange.body_bytes.saturating_add(bytes);
                }
            }
            "Network.loadingFinished" => self.finished(id, params, session),
            "Network.loadingFailed" => self.failed(id, params),
            "Network.webSocketHandshakeResponseReceived" => {
                if let Some(row) = self.row(id) {
                    answered(&mut row.exchange, params.pointer("/response"));
                }
            }
            "Network.webSocketFrameError" => {
                let why = cut(text(params, "/errorMessage"), FIELDS).0;
                if let Some(row) = self.row(id) {
                    row.exchange.failed = Some(why);
                }
            }
            _ => {}
        }
    }

    fn row(&mut self, id: &str) -> Option<&mut Row> {
        self.rows.get_mut(*self.by_id.get(id)?)
    }

    fn sent(&mut self, id: &str, params: &Value) {
        self.moved = Instant::now();
        let url = text(params, "/request/url");
        self.announce(url);
        if let Some(answer) = params.pointer("/redirectResponse").filter(|a| !a.is_null()) {
            let ended = params.pointer("/timestamp").and_then(Value::as_f64);
            if let Some(row) = self.row(id) {
                answered(&mut row.exchange, Some(answer));
                row.exchange.redirected_to = Some(cut(url, ADDRESS).0);
                row.exchange.no_body = Some("a redirection".to_owned());
                row.exchange.millis = ended.and_then(|ended| millis(ended - row.began));
            }
        }
        self.begin(id, params, "/request/method", text(params, "/type"), url);
        // What flows as long as the page stands is not waited for.
        let flows = matches!(text(params, "/type"), "EventSource" | "Media" | "Ping" | "WebSocket");
        if !flows && self.by_id.contains_key(id) {
            self.open.insert(id.to_owned());
        }
    }

    fn socket(&mut self, id: &str, params: &Value) {
        let url = text(params, "/url");
        self.announce(url);
        self.begin(id, params, "/request/method", "WebSocket", url);
        if let Some(row) = self.row(id) {
            "GET".clone_into(&mut row.exchange.method);
            row.exchange.no_body = Some("a connection without an end".to_owned());
        }
    }

    fn begin(&mut self, id: &str, params: &Value, method: &str, kind: &str, url: &str) {
        if self.rows.len() >= self.most {
            self.beyond += 1;
            self.by_id.remove(id);
            return;
        }
        let wall = params.pointer("/wallTime").and_then(Value::as_f64).unwrap_or_default();
        let at = Timestamp::from_microsecond((wall * 1e6) as i64).ok().filter(|_| wall > 0.0);
        let (url, url_cut) = cut(url, ADDRESS);
        let exchange = Exchange {
            url,
            url_cut,
            method: cut(text(params, method), 64).0,
            kind: cut(kind, 64).0,
            initiator: cut(text(params, "/initiator/type"), 64).0,
            at: at.map(|at| format!("{at:.3}")),
            no_body: Some("not finished".to_owned()),
            ..Exchange::default()
        };
        let began = params.pointer("/timestamp").and_then(Value::as_f64).unwrap_or_default();
        let frame = cut(text(params, "/frameId"), 64).0;
        self.by_id.insert(id.to_owned(), self.rows.len());
        self.rows.push(Row { exchange, frame, at, began });
    }

    fn finished(&mut self, id: &str, params: &Value, session: Option<&str>) {
        self.moved = Instant::now();
        self.open.remove(id);
        let Some(index) = self.by_id.get(id).copied() else { return };
        let most = self.most_bytes.0 as u64;
        let Some(row) = self.rows.get_mut(index) else { return };
        row.exchange.encoded_bytes = number(params, "/encodedDataLength");
        let ended = params.pointer("/timestamp").and_then(Value::as_f64);
        row.exchange.millis = ended.and_then(|ended| millis(ended - row.began));
        if row.exchange.url.starts_with("data:") {
            row.exchange.no_body = Some("it stands in the address".to_owned());
        } else if row.exchange.body_bytes > most {
            row.exchange.no_body = Some(format!("more than {most} bytes"));
        } else {
            row.exchange.no_body = Some("not given by the browser".to_owned());
            let session = session.map(str::to_owned);
            self.wanted.push_back(Wanted { session, request: id.to_owned(), row: index });
        }
    }

    fn failed(&mut self, id: &str, params: &Value) {
        self.moved = Instant::now();
        self.open.remove(id);
        if let Some(row) = self.row(id) {
            let why = cut(text(params, "/errorText"), 256).0;
            let blocked = cut(text(params, "/blockedReason"), 64).0;
            let both = if blocked.is_empty() { why } else { format!("{why} ({blocked})") };
            row.exchange.failed = Some(both);
            row.exchange.no_body = Some("no answer".to_owned());
        }
    }

    /// The next body to ask for, where not enough are asked for already.
    pub(super) fn next_body(&mut self) -> Option<Wanted> {
        if self.asked.len() >= ASKED { None } else { self.wanted.pop_front() }
    }

    /// A body was asked for under this number.
    pub(super) fn asked(&mut self, number: u64, wanted: &Wanted) {
        self.asked.insert(number, wanted.row);
    }

    /// Takes the answer to an order, if it is a body.
    pub(super) fn answer(&mut self, number: u64, result: &Value, error: Option<&str>) {
        let Some(index) = self.asked.remove(&number) else { return };
        let Some(row) = self.rows.get_mut(index) else { return };
        let why = 'body: {
            if let Some(error) = error {
                break 'body cut(error, 256).0;
            }
            let body = text(result, "/body");
            let encoded = result.pointer("/base64Encoded").and_then(Value::as_bool);
            let body = if encoded == Some(true) {
                let Ok(body) = base64::engine::general_purpose::STANDARD.decode(body) else {
                    break 'body "an answer that cannot be read".to_owned();
                };
                body
            } else {
                body.as_bytes().to_vec()
            };
            if body.len() > self.most_bytes.0 {
                break 'body format!("more than {} bytes", self.most_bytes.0);
            }
            if self.bytes.saturating_add(body.len()) > self.most_bytes.1 {
                break 'body format!("more than {} bytes altogether", self.most_bytes.1);
            }
            self.bytes += body.len();
            row.exchange.no_body = None;
            self.resources.push(Resource {
                request: index,
                url: row.exchange.url.clone(),
                mime: row.exchange.mime.clone().unwrap_or_default(),
                at: row.at.unwrap_or_default(),
                body,
            });
            return;
        };
        row.exchange.no_body = Some(why);
    }

    /// What stood in the window.
    pub(super) fn documents(&self) -> Vec<Document> {
        let own = |row: &&Row| row.exchange.kind == "Document" && row.frame == self.main_frame;
        let document = |row: &Row| Document {
            url: row.exchange.url.clone(),
            status: row.exchange.status,
            redirected_to: row.exchange.redirected_to.clone(),
        };
        self.rows.iter().filter(own).map(document).collect()
    }

    /// All rows, and the bodies in the order of their requests.
    pub(super) fn finish(self) -> (Vec<Exchange>, Vec<Resource>) {
        let mut resources = self.resources;
        resources.sort_by_key(|resource| resource.request);
        (self.rows.into_iter().map(|row| row.exchange).collect(), resources)
    }
}

fn millis(seconds: f64) -> Option<u64> {
    (0.0..1e9).contains(&seconds).then_some((seconds * 1e3) as u64)
}

fn answered(exchange: &mut Exchange, answer: Option<&Value>) {
    let Some(answer) = answer else { return };
    let some = |pointer| Some(cut(text(answer, pointer), 256).0).filter(|text| !text.is_empty());
    exchange.status = number(answer, "/status").and_then(|status| u16::try_from(status).ok());
    exchange.mime = some("/mimeType");
    exchange.protocol = some("/protocol");
    let is = |pointer| answer.pointer(pointer).and_then(Value::as_bool).unwrap_or_default();
    exchange.from_cache |= is("/fromDiskCache") || is("/fromPrefetchCache");
    exchange.from_service_worker |= is("/fromServiceWorker");
    exchange.headers = fields(answer.pointer("/headers"));
    exchange.security = answer.pointer("/securityDetails").map(|details| security(details, answer));
}

fn fields(headers: Option<&Value>) -> Vec<(String, String)> {
    let mut left = FIELDS;
    let mut fields = Vec::new();
    for (name, value) in headers.and_then(Value::as_object).into_iter().flatten() {
        let (name, _) = cut(name, 256.min(left));
        let (value, _) = cut(value.as_str().unwrap_or_default(), left);
        left = left.saturating_sub(name.len() + value.len());
        if left == 0 {
            break;
        }
        fields.push((name, value));
    }
    fields
}

fn security(details: &Value, answer: &Value) -> Security {
    let some = |pointer| cut(text(details, pointer), 512).0;
    let at = |pointer| {
        let second = details.pointer(pointer).and_then(Value::as_f64)?;
        Timestamp::from_second(second as i64).ok().map(|at| at.to_string())
    };
    let names = details.pointer("/sanList").and_then(Value::as_array);
    Security {
        protocol: some("/protocol"),
        cipher: some("/cipher"),
        subject: some("/subjectName"),
        names: names
            .into_iter()
            .flatten()
            .take(NAMES)
            .map(|name| cut(name.as_str().unwrap_or_default(), 256).0)
            .collect(),
        issuer: some("/issuer"),
        valid_from: at("/validFrom"),
        valid_to: at("/validTo"),
        state: cut(text(answer, "/securityState"), 32).0,
    }
}

#[cfg(test)]
mod tests;
