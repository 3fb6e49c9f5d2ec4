//! The Received lines of a mail, from the sender up.
//!
//! In: the headers. Out: a hop for each line, the nearest to the sender first, with the line as
//! it stands. Refused: nothing; a line that says nothing readable is still a hop.
//!
//! Only the lines written by servers that the recipient trusts are evidence: the sender can
//! forge those below. Which is which is decided elsewhere.

use std::net::IpAddr;

use faisceau_model::rows::MailHop;
use faisceau_model::{Absent, ExhibitNo, Maybe, Place, Precision, RowId, Trust};
use jiff::tz::TimeZone;
use mail_parser::{Header, HeaderName, HeaderValue, Host};

use super::mail_time;
use crate::text::address::{endpoint, port};

/// Where the hops belong.
pub(super) struct Of<'a> {
    pub(super) exhibit: ExhibitNo,
    pub(super) place: &'a Place,
    pub(super) message: &'a Maybe<String>,
    pub(super) zone: Option<&'a TimeZone>,
}

/// The hops of a mail whose bytes are `raw`.
pub(super) fn hops(of: &Of<'_>, headers: &[Header<'_>], raw: &[u8]) -> Vec<MailHop> {
    let received = headers.iter().rev().filter(|header| header.name == HeaderName::Received);
    let mut hops: Vec<MailHop> =
        (1..).zip(received).map(|(number, header)| hop(of, number, header, raw)).collect();
    for at in 1..hops.len() {
        hops[at].skew = skew(&hops[at - 1], &hops[at]);
    }
    hops
}

/// Seconds from one hop's clock to the next one's; negative where time runs backwards.
fn skew(before: &MailHop, hop: &MailHop) -> Maybe<i64> {
    let seconds = |hop: &MailHop| {
        let at = hop.at.known().filter(|at| at.precision() <= Precision::Second)?;
        Some(at.at_us().div_euclid(1_000_000))
    };
    let skew = seconds(before).zip(seconds(hop)).map(|(before, here)| here - before);
    Maybe::or_absent(skew, Absent::NoData)
}

fn hop(of: &Of<'_>, number: u32, header: &Header<'_>, raw: &[u8]) -> MailHop {
    let line = unfolded(header, raw);
    let received = match &header.value {
        HeaderValue::Received(received) => Some(received),
        _ => None,
    };
    let from = received.and_then(|r| r.from.as_ref().or(r.helo.as_ref())).map(host_text);
    let by = received.and_then(|r| r.by.as_ref()).map(host_text);
    let ip = received
        .and_then(|r| r.from_ip)
        .or_else(|| match received?.from.as_ref()? {
            Host::IpAddr(ip) => Some(*ip),
            Host::Name(_) => None,
        })
        .or_else(|| bracketed(line.split(" by ").next()?))
        .map(|ip| ip.to_canonical());
    let at = mail_time::of_received(&line, of.zone);
    let reason = if received.is_some() { Absent::NotRecorded } else { Absent::Unreadable };
    MailHop {
        id: RowId::at("hop", of.exhibit, of.place, number),
        exhibit: of.exhibit,
        place: of.place.clone(),
        message: of.message.clone(),
        hop: i64::from(number),
        from: Maybe::or_absent(from, reason),
        by: Maybe::or_absent(by, reason),
        ip: Maybe::or_absent(ip.map(|ip| ip.to_string()), reason),
        port: Maybe::or_absent(ip.and_then(|ip| source_port(&line, ip)), reason),
        at,
        trust: Trust::Declared,
        skew: Maybe::Missing(Absent::NotApplicable),
        raw: line,
    }
}

/// The source port that a line shows beside the address: `[192.0.2.1]:12228` (Exim, vger),
/// `[192.0.2.1:12228]` (ecelerity), `(192.0.2.1:12228)` (`XMail`), `[192.0.2.1] port=12228` and
/// `(port=12228)`. What stands in parentheses comes first: the name before them is the sender's.
fn source_port(line: &str, ip: IpAddr) -> Option<i64> {
    let from = line.split(" by ").next()?;
    let (name, seen) = from.split_once('(').unwrap_or((from, ""));
    beside(seen, ip).or_else(|| beside(name, ip)).or_else(|| {
        let words = from.split(['(', ' ', ')', ';', ',']);
        words.filter_map(|word| word.strip_prefix("port=")).find_map(leading_port)
    })
}

/// The port in the brackets of an address, or right behind them.
fn beside(text: &str, ip: IpAddr) -> Option<i64> {
    text.split(['[', '(']).find_map(|group| {
        let end = group.find([']', ')', ' ']).unwrap_or(group.len());
        let (inside, after) = group.split_at(end);
        let (_, port) = tagged_endpoint(inside).filter(|(own, _)| own.to_canonical() == ip)?;
        let behind = || after.strip_prefix("]:").and_then(leading_port);
        port.map(i64::from).or_else(behind)
    })
}

/// The port that a text starts with.
fn leading_port(text: &str) -> Option<i64> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    port(&text[..digits]).map(i64::from)
}

/// The value of a header on one line.
pub(super) fn unfolded(header: &Header<'_>, raw: &[u8]) -> String {
    let bytes = raw.get(header.offset_start as usize..header.offset_end as usize);
    let text = String::from_utf8_lossy(bytes.unwrap_or_default());
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line.trim());
    }
    out.trim_end().to_owned()
}

fn host_text(host: &Host<'_>) -> String {
    match host {
        Host::Name(name) => name.to_string(),
        Host::IpAddr(ip) => ip.to_string(),
    }
}

/// The first `[192.0.2.1]` or `[IPv6:2001:db8::1]` of a text.
fn bracketed(text: &str) -> Option<IpAddr> {
    text.split('[').skip(1).find_map(|rest| address(rest.split_once(']')?.0))
}

/// An address, with or without the tag of RFC 5321.
fn address(text: &str) -> Option<IpAddr> {
    Some(tagged_endpoint(text)?.0)
}

/// An address and its port, with or without brackets and the tag of RFC 5321.
pub(super) fn tagged_endpoint(text: &str) -> Option<(IpAddr, Option<u16>)> {
    let text = text.trim();
    let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    match text.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("IPv6:") => endpoint(text[5..].trim()),
        _ => endpoint(text.trim()),
    }
}

#[cfg(test)]
mod tests;
