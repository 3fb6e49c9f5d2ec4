//! The macros of SPF (RFC 7208, section 7).
//!
//! In: a name with macros, the domain, the envelope. Out: the name. Refused: what is no macro.
//! `%{p}`, which the RFC asks not to use, is `unknown`; `%{r}` likewise; `%{t}` reads no clock.

use std::fmt::Write as _;
use std::net::IpAddr;

use super::Envelope;
use crate::mail::domain::of_address;

/// Longest name of DNS.
const MAX_NAME: usize = 253;

/// The name with its macros replaced; what is too long loses labels on the left.
pub(super) fn expand(text: &str, domain: &str, envelope: &Envelope) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let next = rest.chars().next()?;
        match next {
            '%' => out.push('%'),
            '_' => out.push(' '),
            '-' => out.push_str("%20"),
            '{' => {
                let (inside, after) = rest[1..].split_once('}')?;
                out.push_str(&one(inside, domain, envelope)?);
                rest = after;
                continue;
            }
            _ => return None,
        }
        rest = &rest[1..];
    }
    out.push_str(rest);
    while out.len() > MAX_NAME {
        out = out.split_once('.')?.1.to_owned();
    }
    Some(out)
}

/// One macro: a letter, how many parts, whether reversed, between which delimiters.
fn one(inside: &str, domain: &str, envelope: &Envelope) -> Option<String> {
    let letter = inside.chars().next()?;
    let value = value(letter.to_ascii_lowercase(), domain, envelope)?;
    let rest = &inside[letter.len_utf8()..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let count: Option<usize> = if digits > 0 { Some(rest[..digits].parse().ok()?) } else { None };
    let rest = &rest[digits..];
    let (reversed, rest) = match rest.strip_prefix(['r', 'R']) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if count == Some(0) || !rest.chars().all(|c| ".-+,/_=".contains(c)) {
        return None;
    }
    let is_delimiter = |c: char| if rest.is_empty() { c == '.' } else { rest.contains(c) };
    let mut parts: Vec<&str> = value.split(is_delimiter).collect();
    if reversed {
        parts.reverse();
    }
    let skipped = parts.len().saturating_sub(count.unwrap_or(usize::MAX));
    let joined = parts[skipped..].join(".");
    Some(if letter.is_ascii_uppercase() { escaped(&joined) } else { joined })
}

fn value(letter: char, domain: &str, envelope: &Envelope) -> Option<String> {
    let sender = if envelope.sender.contains('@') {
        envelope.sender.clone()
    } else {
        format!("postmaster@{}", envelope.helo)
    };
    Some(match letter {
        's' => sender,
        'l' => sender.rsplit_once('@').map_or("postmaster", |(local, _)| local).to_owned(),
        'o' => of_address(&sender)?.to_owned(),
        'd' => domain.to_owned(),
        'i' => dotted(envelope.ip),
        'p' | 'r' => "unknown".to_owned(),
        'v' => if envelope.ip.is_ipv4() { "in-addr" } else { "ip6" }.to_owned(),
        'h' => envelope.helo.clone(),
        'c' => envelope.ip.to_string(),
        't' => "0".to_owned(),
        _ => return None,
    })
}

/// An address by dots: IPv6 by its hexadecimal digits.
fn dotted(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let digits = ip.octets().map(|b| format!("{:x}.{:x}", b >> 4, b & 15));
            digits.join(".")
        }
    }
}

/// The name that DNS has the pointers of an address under.
pub(super) fn reverse(ip: IpAddr) -> String {
    let dotted = dotted(ip);
    let parts: Vec<&str> = dotted.rsplit('.').collect();
    let zone = if ip.is_ipv4() { "in-addr.arpa" } else { "ip6.arpa" };
    format!("{}.{zone}", parts.join("."))
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 7208, section 7.4.
    #[test]
    fn the_examples_of_the_rfc() {
        let mut envelope = Envelope {
            ip: "192.0.2.3".parse().unwrap(),
            helo: "mx.example.org".to_owned(),
            sender: "strong-bad@email.example.com".to_owned(),
        };
        for (text, expected) in [
            ("%{s}", "strong-bad@email.example.com"),
            ("%{o}", "email.example.com"),
            ("%{d4}", "email.example.com"),
            ("%{d1}", "com"),
            ("%{dr}", "com.example.email"),
            ("%{d2r}", "example.email"),
            ("%{l-}", "strong.bad"),
            ("%{lr}", "strong-bad"),
            ("%{lr-}", "bad.strong"),
            ("%{l1r-}", "strong"),
            ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
            ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ] {
            let found = expand(text, "email.example.com", &envelope);
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        envelope.ip = "2001:db8::cb01".parse().unwrap();
        let long = expand("%{ir}.%{v}._spf.%{d2}", "email.example.com", &envelope).unwrap();
        assert_eq!(
            long,
            "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com"
        );
        for text in ["%", "%{", "%{}", "%{x}", "%{d0}", "%{d;}", "%é"] {
            assert_eq!(expand(text, "a.example", &envelope), None, "{text}");
        }
    }
}
