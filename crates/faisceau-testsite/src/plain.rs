//! Statuses, waiting, cookies and echoes.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::request::{Request, Seen};
use crate::respond::{HTML, Reply, TEXT, reason};
use crate::site::State;

/// How far ahead the date of `/retry-after-date` is.
const AHEAD: Duration = Duration::from_secs(2);

/// A date of RFC 9110, section 5.6.7, with its fraction of a second rounded up.
fn date(at: Timestamp) -> Option<String> {
    let whole = at.as_second().checked_add(i64::from(at.subsec_nanosecond() > 0))?;
    let whole = Timestamp::from_second(whole).ok()?;
    DateTimePrinter::new().timestamp_to_rfc9110_string(&whole).ok()
}

fn too_many(wait: &str) -> Reply {
    Reply::new(429, TEXT, "Trop de demandes.\n").with("Retry-After", wait)
}

/// Says to wait the first time that this target is asked for, in this site.
fn once(seen: &Seen, state: &State, wait: &str) -> Reply {
    match state.before(&seen.target) {
        0 => too_many(wait),
        _ => Reply::ok(TEXT, "Merci d’avoir attendu.\n"),
    }
}

fn status(behind: &str) -> Option<Reply> {
    let status = behind.parse::<u16>().ok().filter(|status| (200..=999).contains(status))?;
    Some(Reply::new(status, TEXT, format!("{status} {}\n", reason(status))))
}

/// Answers that depend on the request, and on what was asked before.
pub(crate) fn reply(request: &Request, state: &State) -> Option<Reply> {
    let seen = &request.seen;
    let cookie = "jeton=abc; Path=/; HttpOnly; Max-Age=3600";
    let reply = match seen.path() {
        "/retry-after-date" => once(seen, state, &date(Timestamp::now() + AHEAD)?),
        "/retry-forever" => too_many("1"),
        "/set-cookie" => Reply::ok(TEXT, "Un biscuit.\n").with("Set-Cookie", cookie),
        "/cookies" => Reply::ok(TEXT, seen.header("Cookie").unwrap_or_default()),
        "/echo" => Reply::ok(TEXT, [request.head.as_slice(), &seen.body].concat()),
        "/auth" => Reply::new(401, TEXT, "Qui êtes-vous ?\n")
            .with("WWW-Authenticate", "Basic realm=\"essai\", charset=\"UTF-8\""),
        "/meta-refresh" => Reply::ok(
            HTML,
            "<!DOCTYPE html><title>Suivez</title>\
             <meta http-equiv=\"refresh\" content=\"0; url=/?from=meta\">\n",
        ),
        _ => match seen.behind("/retry-after/") {
            Some(seconds) => once(seen, state, &seconds.parse::<u32>().ok()?.to_string()),
            None => status(seen.behind("/status/")?)?,
        },
    };
    Some(reply)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Site, client};

    fn head(site: &Site, target: &str) -> String {
        client::parts(&client::get(site.http(), target)).0
    }

    #[test]
    fn a_status_is_the_one_asked_for() {
        let site = Site::start().unwrap();
        for status in [200, 404, 410, 429, 451, 500, 503, 599, 999] {
            let head = head(&site, &format!("/status/{status}"));
            assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
        }
        let none = client::get(site.http(), "/status/204");
        assert!(none.ends_with(b"Connection: close\r\n\r\n"));
        assert!(head(&site, "/status/12").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn waiting_is_asked_for_once_or_for_ever() {
        let site = Site::start().unwrap();
        let first = head(&site, "/retry-after/7");
        assert!(first.starts_with("HTTP/1.1 429 ") && first.contains("Retry-After: 7\r\n"));
        assert!(head(&site, "/retry-after/7").starts_with("HTTP/1.1 200 "));
        assert!(head(&site, "/retry-after/8").starts_with("HTTP/1.1 429 "));
        for _ in 0..3 {
            assert!(head(&site, "/retry-forever").starts_with("HTTP/1.1 429 "));
        }
        assert!(head(&site, "/retry-after-date").contains("\r\nRetry-After: "));
        assert!(head(&site, "/retry-after-date").starts_with("HTTP/1.1 200 "));
    }

    #[test]
    fn a_date_is_written_as_http_writes_it() {
        let at = "1994-11-06T08:49:36.2Z".parse().unwrap();
        assert_eq!(date(at).unwrap(), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn cookies_and_requests_come_back() {
        let site = Site::start().unwrap();
        assert!(head(&site, "/set-cookie").contains("Set-Cookie: jeton=abc; Path=/;"));
        assert_eq!(client::body(site.http(), "/cookies"), b"");
        let asked = b"GET /cookies HTTP/1.1\r\nCookie: jeton=abc\r\nConnection: close\r\n\r\n";
        assert!(client::raw(site.http(), asked).ends_with(b"\r\n\r\njeton=abc"));
        let asked = b"POST /echo HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";
        assert!(
            client::raw(site.http(), asked).ends_with(&[b"\r\n\r\n", asked.as_slice()].concat())
        );
        assert!(head(&site, "/auth").contains("WWW-Authenticate: Basic realm="));
        let page = String::from_utf8(client::body(site.http(), "/meta-refresh")).unwrap();
        assert!(page.contains("http-equiv=\"refresh\""));
    }
}
