//! When a site wants to be asked again (RFC 9110, section 10.2.3).

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use crate::http::message::Answer;

/// How long after `ended` the site wants to be left alone: it said so, or it is overloaded and said
/// nothing.
pub(crate) fn wait(answer: &Answer, ended: Timestamp) -> Option<Duration> {
    if !matches!(answer.status, 429 | 503) {
        return None;
    }
    let said = answer.header("Retry-After")?.trim();
    if let Ok(seconds) = said.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let until = rfc2822::parse(said).ok()?.timestamp();
    Some(Duration::try_from(until.duration_since(ended)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, said: &str) -> Option<u64> {
        let answer = Answer {
            url: "https://example.org/".parse().unwrap(),
            status,
            headers: vec![("retry-after".to_owned(), said.to_owned())],
            body: Vec::new(),
            at: Timestamp::UNIX_EPOCH,
            cut: None,
        };
        let ended = "1994-11-06T08:49:07Z".parse().unwrap();
        wait(&answer, ended).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(of(429, "120"), Some(120));
        assert_eq!(of(503, "Sun, 06 Nov 1994 08:49:37 GMT"), Some(30));
        assert_eq!(of(503, "Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        for (status, said) in [(200, "120"), (429, "-1"), (429, "soon"), (429, "99999999999")] {
            assert_eq!(of(status, said), None, "{status} {said}");
        }
    }
}
