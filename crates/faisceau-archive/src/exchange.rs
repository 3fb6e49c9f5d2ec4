//! One question and its answer, as recorded.

use std::net::SocketAddr;

use jiff::Timestamp;

/// One request with every byte of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What was asked for.
    pub url: String,
    /// GET or POST.
    pub method: String,
    /// The request as it left.
    pub sent: Vec<u8>,
    /// The answer as it came.
    pub received: Vec<u8>,
    /// When the request left.
    pub at: Timestamp,
    /// When the last byte had come.
    pub ended: Timestamp,
    /// Where the connection led.
    pub remote: Option<SocketAddr>,
    /// The proxy.
    pub via: Option<String>,
    /// What the TLS session was.
    pub tls: Option<Tls>,
    /// What the name resolved to.
    pub resolved: Vec<String>,
    /// Why the answer is not whole.
    pub cut: Option<String>,
}

/// A TLS session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The version.
    pub version: String,
    /// The cipher suite.
    pub cipher: String,
    /// The server that was named.
    pub server_name: String,
    /// Certificates, DER, the server's first.
    pub chain: Vec<Vec<u8>>,
}
