//! One request and its answer.

use std::io;

use jiff::Timestamp;
use url::Url;

/// What is done with a resource. Nothing here changes anything at the other end: POST carries a
/// question that does not fit into an address (RFC 3161, RFC 8484).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Reads a resource.
    Get,
    /// Asks a question that has a body.
    Post,
}

impl Method {
    /// The token of RFC 9110.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// GET or POST.
    pub method: Method,
    /// `http` or `https`, without credentials.
    pub url: Url,
    /// Fields beside those that the client writes itself (Host, User-Agent, Accept-Encoding,
    /// Connection, Content-Length).
    pub headers: Vec<(String, String)>,
    /// The body of a POST.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads a resource, asking for a media type.
    pub fn get(url: Url, accept: &str) -> Self {
        let headers = vec![("Accept".to_owned(), accept.to_owned())];
        Self { method: Method::Get, url, headers, body: Vec::new() }
    }

    /// Asks a question that has a body of a media type.
    pub fn post(url: Url, accept: &str, content_type: &str, body: Vec<u8>) -> Self {
        let headers = vec![
            ("Accept".to_owned(), accept.to_owned()),
            ("Content-Type".to_owned(), content_type.to_owned()),
        ];
        Self { method: Method::Post, url, headers, body }
    }
}

/// What came, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What answered, after redirections.
    pub url: Url,
    /// The status of RFC 9110.
    pub status: u16,
    /// Fields in their order; bytes that are no UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The body, without the coding of its transfer and content.
    pub body: Vec<u8>,
    /// When the request left.
    pub at: Timestamp,
    /// Why the body is not whole, where it is not.
    pub cut: Option<String>,
}

impl Answer {
    /// The first field of a name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The target is none that is asked: a private address, another scheme, credentials.
    #[error("{url} is not asked: {why}")]
    Refused {
        /// What was wanted.
        url: String,
        /// Why.
        why: String,
    },
    /// The site asks machines not to read it.
    #[error("{url} is not asked: {host} asks machines not to read it (robots.txt, line {line})")]
    Robots {
        /// What was wanted.
        url: String,
        /// The site.
        host: String,
        /// The line of its `robots.txt`.
        line: u64,
    },
    /// Nobody answered, or not in time, or not with HTTP.
    #[error("{url} gave no answer: {why}")]
    NoAnswer {
        /// What was wanted.
        url: String,
        /// Why.
        why: String,
    },
    /// The answer cannot be kept. Nothing more may be asked.
    #[error("what {url} answered cannot be kept: {source}")]
    Keeping {
        /// What was wanted.
        url: String,
        /// Why.
        source: io::Error,
    },
}

/// Asks for one resource, follows its redirections, and records all of it.
pub trait Fetch {
    /// # Errors
    /// When there is no answer. A status such as 404 is an answer.
    fn fetch(&mut self, request: &Request) -> Result<Answer, FetchError>;
}
