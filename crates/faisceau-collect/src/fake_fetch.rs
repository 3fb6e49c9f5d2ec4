//! A service that tests write: no socket, every request noted.

use jiff::Timestamp;

use crate::http::{Answer, Fetch, FetchError, Request};

/// Answers by a function of the request.
pub(crate) struct FakeFetch<F> {
    answer: F,
    /// What was asked, in order.
    pub(crate) asked: Vec<Request>,
}

impl<F: FnMut(&Request) -> Result<Answer, FetchError>> FakeFetch<F> {
    pub(crate) fn new(answer: F) -> Self {
        Self { answer, asked: Vec::new() }
    }

    /// The addresses asked.
    pub(crate) fn urls(&self) -> Vec<&str> {
        self.asked.iter().map(|request| request.url.as_str()).collect()
    }
}

impl<F: FnMut(&Request) -> Result<Answer, FetchError>> Fetch for FakeFetch<F> {
    fn fetch(&mut self, request: &Request) -> Result<Answer, FetchError> {
        self.asked.push(request.clone());
        (self.answer)(request)
    }
}

/// An answer of this status and body, at noon.
pub(crate) fn answer(request: &Request, status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer {
        url: request.url.clone(),
        status,
        headers: Vec::new(),
        body: body.into(),
        at: noon(),
        cut: None,
    }
}

/// The same with a field.
pub(crate) fn with_field(mut answer: Answer, name: &str, value: &str) -> Answer {
    answer.headers.push((name.to_owned(), value.to_owned()));
    answer
}

/// A time of no meaning.
pub(crate) fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

/// Nobody answers.
pub(crate) fn silence(request: &Request) -> FetchError {
    FetchError::NoAnswer { url: request.url.to_string(), why: "timed out".to_owned() }
}

/// The answer cannot be kept.
pub(crate) fn full_disk(request: &Request) -> FetchError {
    let source = std::io::Error::other("no space left");
    FetchError::Keeping { url: request.url.to_string(), source }
}
