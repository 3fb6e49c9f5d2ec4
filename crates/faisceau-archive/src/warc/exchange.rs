//! An exchange with a server, as records: every byte that was sent and came, and in a `metadata`
//! record what the bytes do not say: times, addresses, certificates.

use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::digest::hex;
use super::head::Kind;
use super::write::Draft;
use crate::message;

/// The media type of the metadata records.
pub(super) const METADATA: &str = "application/json";
/// What the metadata records state as their form.
pub(super) const FORM: &str = "faisceau-exchange-1";

/// What the encrypted connection was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// `TLSv1.3`.
    pub version: String,
    /// The cipher suite, as the registry of IANA names it.
    pub cipher: String,
    /// The name that was asked for.
    pub server_name: String,
    /// The certificates that the server sent, in its order, DER.
    pub chain: Vec<Vec<u8>>,
}

/// One request and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What was asked for.
    pub url: String,
    /// `GET`.
    pub method: String,
    /// Every byte of the request.
    pub sent: Vec<u8>,
    /// Every byte that came.
    pub received: Vec<u8>,
    /// When the request left.
    pub at: Timestamp,
    /// When the last byte came.
    pub ended: Timestamp,
    /// The other end of the connection.
    pub remote: Option<SocketAddr>,
    /// What the connection went through: a proxy.
    pub via: Option<String>,
    /// The encrypted connection, if it was one.
    pub tls: Option<Tls>,
    /// The addresses that the name resolved to, and by whom.
    pub resolved: Vec<String>,
    /// Why the response is not whole, where it is not.
    pub cut: Option<String>,
}

/// What tells one request from another: the same question need not be asked twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// `GET`.
    pub method: String,
    /// What was asked for.
    pub url: String,
    /// SHA-256 of the body of the request, in hexadecimal.
    pub body_sha256: String,
}

/// A certificate in a metadata record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// SHA-256 of the DER form, in hexadecimal.
    pub sha256: String,
    /// The DER form, in base 64.
    pub der: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TlsText {
    pub(super) version: String,
    pub(super) cipher: String,
    pub(super) server_name: String,
    pub(super) chain: Vec<Certificate>,
}

/// A metadata record. Nothing in it is left out: what is not known is `null` or empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Metadata {
    pub(super) form: String,
    pub(super) url: String,
    pub(super) method: String,
    pub(super) at: Timestamp,
    pub(super) ended: Timestamp,
    pub(super) remote: Option<SocketAddr>,
    pub(super) via: Option<String>,
    pub(super) resolved: Vec<String>,
    pub(super) cut: Option<String>,
    /// Responses 1xx that stood before the response, in base 64.
    pub(super) interim: String,
    pub(super) sent_bytes: u64,
    pub(super) sent_sha256: String,
    pub(super) received_bytes: u64,
    pub(super) received_sha256: String,
    pub(super) tls: Option<TlsText>,
}

impl Exchange {
    /// What tells this request from another.
    pub fn key(&self) -> Key {
        let end = message::end_of_head(&self.sent, 0).unwrap_or(self.sent.len());
        Key::new(&self.method, &self.url, self.sent.get(end..).unwrap_or_default())
    }

    /// The records: `response` (where anything came), `request`, and `metadata`, which is last and
    /// so says that the exchange is whole.
    pub fn records(&self) -> Vec<Draft> {
        let interim = message::interim_length(&self.received).unwrap_or(0);
        let (interim, received) = self.received.split_at_checked(interim).unwrap_or_default();
        let mut records = Vec::new();
        if !received.is_empty() {
            records.push(self.response(received));
        }
        let response_id = records.first().map(Draft::id);
        let linked = |draft: Draft| match &response_id {
            Some(id) => draft.with("WARC-Concurrent-To", id.clone()),
            None => draft,
        };
        let media = "application/http; msgtype=request";
        let mut request = self.draft(Kind::Request, media, self.sent.clone());
        // The digest of no payload at all says nothing.
        let body = message::end_of_head(&self.sent, 0).filter(|end| *end < self.sent.len());
        request.payload_at = body;
        records.push(linked(request));
        let metadata = self.metadata(interim);
        let text = serde_json::to_vec(&metadata).unwrap_or_default();
        records.push(linked(self.draft(Kind::Metadata, METADATA, text)));
        records
    }

    /// The records as they stand in a plain file.
    pub fn bytes(&self) -> Vec<u8> {
        self.records().iter().flat_map(Draft::bytes).collect()
    }

    /// The records, each as a gzip member.
    pub fn members(&self) -> Vec<u8> {
        self.records().iter().flat_map(Draft::member).collect()
    }

    fn draft(&self, kind: Kind, content_type: &str, block: Vec<u8>) -> Draft {
        let draft = Draft::new(kind, &self.url, self.at, content_type, block);
        match self.remote {
            Some(remote) if kind != Kind::Metadata => {
                draft.with("WARC-IP-Address", remote.ip().to_string())
            }
            _ => draft,
        }
    }

    fn response(&self, received: &[u8]) -> Draft {
        let end = message::end_of_head(received, 0);
        let is_http = end.is_some_and(|_| message::response(received, true, 0).is_ok());
        let mut draft = if is_http {
            self.draft(Kind::Response, "application/http; msgtype=response", received.to_vec())
        } else {
            // A reader would take the bytes for a head, and find none.
            self.draft(Kind::Response, "application/octet-stream", received.to_vec())
        };
        // Where there is no head, readers differ in where the payload begins.
        draft.payload_at = end.filter(|_| is_http);
        match self.cut {
            // The reason stands in the metadata; the field has four words for it.
            Some(_) => draft.with("WARC-Truncated", "unspecified".to_owned()),
            None => draft,
        }
    }

    fn metadata(&self, interim: &[u8]) -> Metadata {
        let certificate =
            |der: &Vec<u8>| Certificate { sha256: digits(der), der: STANDARD.encode(der) };
        Metadata {
            form: FORM.to_owned(),
            url: self.url.clone(),
            method: self.method.clone(),
            at: self.at,
            ended: self.ended,
            remote: self.remote,
            via: self.via.clone(),
            resolved: self.resolved.clone(),
            cut: self.cut.clone(),
            interim: STANDARD.encode(interim),
            sent_bytes: self.sent.len() as u64,
            sent_sha256: digits(&self.sent),
            received_bytes: self.received.len() as u64,
            received_sha256: digits(&self.received),
            tls: self.tls.as_ref().map(|tls| TlsText {
                version: tls.version.clone(),
                cipher: tls.cipher.clone(),
                server_name: tls.server_name.clone(),
                chain: tls.chain.iter().map(certificate).collect(),
            }),
        }
    }
}

impl Key {
    /// What tells a request from another, before it is sent.
    pub fn new(method: &str, url: &str, body: &[u8]) -> Self {
        Self { method: method.to_owned(), url: url.to_owned(), body_sha256: digits(body) }
    }
}

impl Metadata {
    /// The exchange again. Nothing where the records beside are not those that it speaks of.
    pub(super) fn exchange(self, sent: Vec<u8>, received: &[u8]) -> Option<Exchange> {
        let received = [STANDARD.decode(&self.interim).ok()?.as_slice(), received].concat();
        if digits(&sent) != self.sent_sha256 || digits(&received) != self.received_sha256 {
            return None;
        }
        let tls = match self.tls {
            Some(tls) => Some(tls.read()?),
            None => None,
        };
        Some(Exchange {
            url: self.url,
            method: self.method,
            sent,
            received,
            at: self.at,
            ended: self.ended,
            remote: self.remote,
            via: self.via,
            tls,
            resolved: self.resolved,
            cut: self.cut,
        })
    }
}

impl TlsText {
    fn read(self) -> Option<Tls> {
        let chain: Result<_, _> = self.chain.iter().map(|c| STANDARD.decode(&c.der)).collect();
        let (version, cipher, server_name) = (self.version, self.cipher, self.server_name);
        Some(Tls { version, cipher, server_name, chain: chain.ok()? })
    }
}

fn digits(bytes: &[u8]) -> String {
    hex(&<sha2::Sha256 as sha2::Digest>::digest(bytes))
}
