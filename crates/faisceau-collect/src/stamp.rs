//! Asks an authority for a time stamp (RFC 3161, section 3.4).
//!
//! In: the address of the authority, a SHA-256. Out: the bytes of a token that answers this request.
//! Refused: an answer to another request, an old one (the nonce is drawn by chance), an answer that
//! refuses. The authority learns the hash, the time, and the address that asks; nothing of the
//! exhibit.

use faisceau_timestamp::{
    QUERY_MEDIA_TYPE, REPLY_MEDIA_TYPE, Request as Query, TimestampError, read_response,
};
use url::Url;

use crate::http::{Fetch, FetchError, Request};

/// No token came.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    /// The authority did not answer.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// It answered something else.
    #[error("{url} answered {status} ({kind}), which is no time stamp")]
    Answer {
        /// The authority.
        url: String,
        /// The status.
        status: u16,
        /// The media type.
        kind: String,
    },
    /// The answer was cut.
    #[error("the answer of {url} is not whole: {why}")]
    Cut {
        /// The authority.
        url: String,
        /// Why.
        why: String,
    },
    /// Its answer is none to what was asked.
    #[error("the answer of {url} is no time stamp over what was asked: {source}")]
    Token {
        /// The authority.
        url: String,
        /// Why.
        source: TimestampError,
    },
}

/// Asks for a token over a SHA-256.
///
/// # Errors
/// When none came that answers.
pub fn stamp(
    fetch: &mut dyn Fetch,
    authority: &Url,
    sha256: [u8; 32],
) -> Result<Vec<u8>, StampError> {
    let query =
        Query { digest: sha256, nonce: rand::random(), want_certificate: true, policy: None };
    let request =
        Request::post(authority.clone(), REPLY_MEDIA_TYPE, QUERY_MEDIA_TYPE, query.to_der());
    let answer = fetch.fetch(&request)?;
    let url = authority.to_string();
    if let Some(why) = answer.cut {
        return Err(StampError::Cut { url, why });
    }
    let kind = answer.header("Content-Type").unwrap_or_default();
    if answer.status != 200 || !kind.to_ascii_lowercase().starts_with(REPLY_MEDIA_TYPE) {
        let kind = faisceau_model::excerpt(kind, 80);
        return Err(StampError::Answer { url, status: answer.status, kind });
    }
    let token = read_response(&answer.body, &query);
    token.map(|token| token.der).map_err(|source| StampError::Token { url, source })
}
