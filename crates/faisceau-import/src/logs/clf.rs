//! The grammar of the common log format and its extensions.
//!
//! In: one line as text. Out: its fields as slices of the line, escapes as the server wrote them.
//! Refused: a line whose address, time, request and status cannot be told apart.
//!
//! The fields are found from what only the server writes: the first quote that no backslash
//! escapes and that follows a bracketed time, then the status after the end of the request. What
//! a visitor may choose (user name, request, referer, agent) stands between these marks.

use faisceau_model::{Absent, Maybe, RejectReason};

use super::clf_time;
use crate::text::address::endpoint;

/// The fields of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fields<'a> {
    /// The field that holds the address.
    pub(super) client: &'a str,
    /// What stands before it: a virtual host, or a forwarded chain.
    pub(super) before_client: &'a str,
    /// The name given to HTTP authentication.
    pub(super) user: Maybe<&'a str>,
    /// The time, between its brackets.
    pub(super) time: &'a str,
    /// The request line.
    pub(super) request: &'a str,
    /// The status.
    pub(super) status: &'a str,
    /// The size of the answer.
    pub(super) bytes: &'a str,
    /// The referer.
    pub(super) referer: Maybe<&'a str>,
    /// The user agent.
    pub(super) user_agent: Maybe<&'a str>,
    /// A quoted field after the user agent.
    pub(super) forwarded: Maybe<&'a str>,
    /// A bare number that ends the line after the user agent.
    pub(super) last_number: Option<&'a str>,
}

/// Why a line gives no row.
pub(super) type Refusal = (RejectReason, &'static str);

/// Takes a line apart.
pub(super) fn fields(line: &str) -> Result<Fields<'_>, Refusal> {
    let opening = time_bracket(line)?;
    let time = &line[opening + 1..=opening + clf_time::WIDTH];
    let (before_client, client, user) = client_and_user(line[..opening].trim_ascii_end());
    let (request, rest) = request(&line[opening + clf_time::WIDTH + 4..])?;
    let (status, rest) = word(rest);
    let (bytes, rest) = word(rest);
    if bytes.is_empty() {
        return Err((RejectReason::Truncated, "the line ends before the size of the answer"));
    }
    if bytes != "-" && !all_digits(bytes) {
        return Err((RejectReason::Syntax, "the size of the answer is not a number"));
    }
    let mut fields = Fields {
        client,
        before_client,
        user,
        time,
        request,
        status,
        bytes,
        referer: Maybe::Missing(Absent::NotRecorded),
        user_agent: Maybe::Missing(Absent::NotRecorded),
        forwarded: Maybe::Missing(Absent::NotRecorded),
        last_number: None,
    };
    combined(rest, &mut fields);
    Ok(fields)
}

/// Whether a line, whole or cut, holds an existing time where the format wants it.
pub(super) fn has_time(line: &str) -> bool {
    time_bracket(line).is_ok_and(|opening| {
        let time = &line.as_bytes()[opening + 1..=opening + clf_time::WIDTH];
        clf_time::seconds(time).is_some()
    })
}

/// Referer, user agent, and what may follow them.
fn combined<'a>(rest: &'a str, fields: &mut Fields<'a>) {
    let Some((referer, rest)) = quoted(rest) else { return };
    fields.referer = Maybe::Known(referer);
    let Some(rest) = rest else {
        // The line ends inside the referer: the agent was there and is lost.
        fields.user_agent = Maybe::Missing(Absent::NotExported);
        return;
    };
    let Some((user_agent, rest)) = quoted(rest) else { return };
    fields.user_agent = Maybe::Known(user_agent);
    let Some(rest) = rest else { return };
    let rest = match quoted(rest) {
        Some((forwarded, rest)) => {
            fields.forwarded = Maybe::Known(forwarded);
            rest.unwrap_or_default()
        }
        None => rest,
    };
    let last = rest.trim_ascii();
    fields.last_number = (!last.is_empty() && all_digits(last)).then_some(last);
}

/// The opening bracket of the time, which is the one that `] "` closes.
fn time_bracket(line: &str) -> Result<usize, Refusal> {
    let bytes = line.as_bytes();
    let closes = |opening: usize| {
        let closing = opening + clf_time::WIDTH + 1;
        bytes.get(closing..closing + 3) == Some(b"] \"")
    };
    if let Some(opening) = memchr::memchr(b'[', bytes).filter(|&at| closes(at)) {
        return Ok(opening);
    }
    // A user name may hold a bracket; the quote after the time is the server's.
    let Some(closing) = memchr::memmem::find(bytes, b"] \"") else {
        return Err((RejectReason::Syntax, "no `[time] \"request\"` as in the common log format"));
    };
    closing
        .checked_sub(clf_time::WIDTH + 1)
        .filter(|&opening| bytes[opening] == b'[')
        .ok_or((RejectReason::Time, "the time is not written `dd/Mon/yyyy:hh:mm:ss +hhmm`"))
}

/// What precedes the client, the field that holds the address, and the user name, from what stands
/// before the time.
///
/// `client ident user`, with the virtual host before it or not. A visitor can choose the virtual
/// host, even as an address, so that the second field is the client whenever it is an address and
/// a fourth field shows that a host stands before it. Words that end with a comma are a forwarded
/// chain, whose last address is the client.
fn client_and_user(line: &str) -> (&str, &str, Maybe<&str>) {
    let mut head = line;
    while let Some((word, rest)) = head.split_once(' ')
        && word.ends_with(',')
    {
        head = rest;
    }
    let (first, rest) = head.split_once(' ').unwrap_or((head, ""));
    let (second, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let host_first = second.starts_with(|c: char| c.is_ascii_hexdigit() || c == ':' || c == '[')
        && endpoint(second).is_some()
        && (after.contains(' ') || endpoint(first).is_none());
    let (client, ident_user) = if host_first { (second, after) } else { (first, rest) };
    let chain = line.len() - head.len();
    let before = &line[..chain + if host_first { first.len() } else { 0 }];
    let user = ident_user.split_once(' ').map_or("", |(_, user)| user.trim_ascii());
    let none = user.is_empty() || user == "-" || user == "\"\"";
    let before = before.trim_ascii_end();
    (before, client, if none { Maybe::Missing(Absent::NotRecorded) } else { Maybe::Known(user) })
}

/// The request, up to the quote that a status follows.
fn request(text: &str) -> Result<(&str, &str), Refusal> {
    let mut from = 0;
    let mut closed = false;
    while let Some(quote) = closing_quote(text, from) {
        if status_follows(&text.as_bytes()[quote + 1..]) {
            return Ok((&text[..quote], &text[quote + 1..]));
        }
        closed = true;
        from = quote + 1;
    }
    Err(if closed {
        (RejectReason::Syntax, "no status after the request")
    } else {
        (RejectReason::Truncated, "the line ends inside the request")
    })
}

fn status_follows(after: &[u8]) -> bool {
    match after {
        [b' ', b'-', b' ', ..] => true,
        [b' ', a, b, c, end @ ..] => {
            [a, b, c].iter().all(|d| d.is_ascii_digit()) && end.first().is_none_or(|&e| e == b' ')
        }
        _ => false,
    }
}

/// A quoted field after a space, and what follows it: nothing at all if the line ends inside it.
fn quoted(text: &str) -> Option<(&str, Option<&str>)> {
    let inside = text.strip_prefix(" \"")?;
    let mut from = 0;
    while let Some(quote) = closing_quote(inside, from) {
        let after = &inside[quote + 1..];
        if after.is_empty() || after.starts_with(' ') {
            return Some((&inside[..quote], Some(after)));
        }
        from = quote + 1;
    }
    Some((inside, None))
}

/// The first quote from `from` on that no backslash escapes.
fn closing_quote(text: &str, mut from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', bytes.get(from..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        from = at + 2;
    }
}

/// The word after one space, and the rest with its space.
fn word(text: &str) -> (&str, &str) {
    let text = text.strip_prefix(' ').unwrap_or(text);
    text.split_at(memchr::memchr(b' ', text.as_bytes()).unwrap_or(text.len()))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: &str = "[17/May/2015:10:05:03 +0000]";

    fn client(head: &str) -> String {
        let line = format!("{head} {TIME} \"GET / HTTP/1.1\" 200 5");
        let fields = fields(&line).unwrap();
        format!("{} {}", fields.client, fields.user.into_known().unwrap_or("?"))
    }

    #[test]
    fn the_client_is_found_with_and_without_virtual_host() {
        assert_eq!(client("192.0.2.1 - -"), "192.0.2.1 ?");
        assert_eq!(client("192.0.2.1 -"), "192.0.2.1 ?");
        assert_eq!(client("192.0.2.1"), "192.0.2.1 ?");
        assert_eq!(client("192.0.2.1 - john smith"), "192.0.2.1 john smith");
        assert_eq!(client("192.0.2.1 - \"\""), "192.0.2.1 ?");
        assert_eq!(client("www.example.org 192.0.2.1 - -"), "192.0.2.1 ?");
        assert_eq!(client("www.example.org:443 192.0.2.1 - ann"), "192.0.2.1 ann");
        assert_eq!(client("www.example.org 192.0.2.1 -"), "192.0.2.1 ?");
        assert_eq!(client("host.example.org - -"), "host.example.org ?");
    }

    #[test]
    fn a_virtual_host_that_is_an_address_is_not_taken_for_the_client() {
        assert_eq!(client("198.51.100.9 192.0.2.1 - -"), "192.0.2.1 ?");
        assert_eq!(client("198.51.100.9:80 [2001:db8::1]:4 - -"), "[2001:db8::1]:4 ?");
    }

    #[test]
    fn the_last_address_of_a_chain_is_the_client() {
        let parts = |head: &str| {
            let line = format!("{head} {TIME} \"GET / HTTP/1.1\" 200 5");
            let fields = fields(&line).unwrap();
            format!("{}|{}", fields.before_client, fields.client)
        };
        assert_eq!(parts("192.0.2.1 - -"), "|192.0.2.1");
        assert_eq!(parts("1.2.3.4, 192.0.2.1 - -"), "1.2.3.4,|192.0.2.1");
        assert_eq!(parts("unknown, 1.2.3.4, 192.0.2.1 - -"), "unknown, 1.2.3.4,|192.0.2.1");
        assert_eq!(parts("1.2.3.4, 5.6.7.8 192.0.2.1 - -"), "1.2.3.4, 5.6.7.8|192.0.2.1");
        assert_eq!(parts("192.0.2.1 - 1.2.3.4, 5.6.7.8"), "|192.0.2.1");
        assert_eq!(parts("192.0.2.1"), "|192.0.2.1");
    }

    #[test]
    fn a_user_name_cannot_forge_the_time() {
        let forged = "192.0.2.1 - [01/Jan/2020:00:00:00 +0000] \\\"GET / \\\" 200 5";
        assert_eq!(client(forged), format!("192.0.2.1 {}", &forged[12..]));
    }

    #[test]
    fn quotes_inside_a_field_do_not_end_it() {
        for request in [r#"GET /\" 200 5 \"x HTTP/1.1"#, r#"GET /<a>alert("b")</a> HTTP/1.0"#, ""] {
            let line =
                format!("192.0.2.1 - - {TIME} \"{request}\" 404 1 \"-\" \"a \\\" b\\\\\" \"c\" 7");
            let fields = fields(&line).unwrap();
            assert_eq!(fields.request, request);
            assert_eq!((fields.status, fields.bytes), ("404", "1"));
            assert_eq!(fields.user_agent, Maybe::Known("a \\\" b\\\\"));
            assert_eq!(fields.forwarded, Maybe::Known("c"));
            assert_eq!(fields.last_number, Some("7"));
        }
    }

    #[test]
    fn a_line_may_end_inside_its_last_fields() {
        let line = format!("192.0.2.1 - - {TIME} \"GET /\" 200 5 \"-\" \"Mozilla/5.0 (comp");
        assert_eq!(fields(&line).unwrap().user_agent, Maybe::Known("Mozilla/5.0 (comp"));
        let line = format!("192.0.2.1 - - {TIME} \"GET /\" 200 5 \"http://exa");
        assert_eq!(fields(&line).unwrap().referer, Maybe::Known("http://exa"));
        assert_eq!(fields(&line).unwrap().user_agent, Maybe::Missing(Absent::NotExported));
        let line = format!("192.0.2.1 - - {TIME} \"GET /\" 200 5");
        assert_eq!(fields(&line).unwrap().user_agent, Maybe::Missing(Absent::NotRecorded));
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused_with_its_reason() {
        for (line, reason) in [
            ("[Thu Oct 13 12:24:49.880562 2022] [auth_basic:error] [pid 10]", RejectReason::Syntax),
            ("192.0.2.1 - - [17/May/2015 10:05] \"GET /\" 200 5", RejectReason::Time),
            ("192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET /", RejectReason::Truncated),
            ("192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET /\" 20", RejectReason::Syntax),
            ("192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200", RejectReason::Truncated),
            ("192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 x", RejectReason::Syntax),
        ] {
            assert_eq!(fields(line).unwrap_err().0, reason, "{line}");
        }
    }
}
