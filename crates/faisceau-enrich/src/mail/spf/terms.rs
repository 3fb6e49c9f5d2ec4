//! The terms of an SPF record (RFC 7208, sections 4.6 and 5).
//!
//! In: the text of a record. Out: its terms in order. Refused: a mechanism that is not known, a
//! length out of range, and a record of more than [`MAX_TERMS`] terms.

use std::net::IpAddr;

use faisceau_model::MailResult;
use ipnet::IpNet;

/// Terms of one record.
const MAX_TERMS: usize = 256;

/// A record.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) terms: Vec<(MailResult, Term)>,
    pub(super) redirect: Option<String>,
}

/// A mechanism.
#[derive(Debug)]
pub(super) enum Term {
    All,
    Range(IpNet),
    Include(String),
    Host(Target),
    Exchanger(Target),
    Exists(String),
    Pointer(Option<String>),
}

/// A name, or the domain itself, with the lengths of its ranges.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) name: Option<String>,
    pub(super) v4: u8,
    pub(super) v6: u8,
}

impl Record {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut record = Self { terms: Vec::new(), redirect: None };
        let mut explained = false;
        for word in text.split_ascii_whitespace().skip(1) {
            if record.terms.len() == MAX_TERMS {
                return None;
            }
            match modifier(word) {
                Some(("redirect", name)) => {
                    if name.is_empty() || record.redirect.replace(name.to_owned()).is_some() {
                        return None;
                    }
                }
                Some(("exp", _)) if std::mem::replace(&mut explained, true) => return None,
                Some(_) => {}
                None => record.terms.push(mechanism(word)?),
            }
        }
        Some(record)
    }
}

/// `name=value`, which is no mechanism.
fn modifier(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once('=')?;
    let letters = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    let name = match name.to_ascii_lowercase().as_str() {
        "redirect" => "redirect",
        "exp" => "exp",
        _ => name,
    };
    letters.then_some((name, value))
}

fn mechanism(word: &str) -> Option<(MailResult, Term)> {
    let (result, word) = match word.as_bytes().first()? {
        b'+' => (MailResult::Pass, &word[1..]),
        b'-' => (MailResult::Fail, &word[1..]),
        b'~' => (MailResult::SoftFail, &word[1..]),
        b'?' => (MailResult::Neutral, &word[1..]),
        _ => (MailResult::Pass, word),
    };
    let end = word.find([':', '/']).unwrap_or(word.len());
    let (name, rest) = word.split_at(end);
    let value = rest.strip_prefix(':').filter(|value| !value.is_empty());
    let term = match (name.to_ascii_lowercase().as_str(), value) {
        ("all", None) if rest.is_empty() => Term::All,
        ("ip4" | "ip6", Some(value)) => Term::Range(range(value, name.ends_with('4'))?),
        ("include", Some(value)) => Term::Include(value.to_owned()),
        ("exists", Some(value)) => Term::Exists(value.to_owned()),
        ("ptr", Some(value)) => Term::Pointer(Some(value.to_owned())),
        ("ptr", None) if rest.is_empty() => Term::Pointer(None),
        ("a", _) => Term::Host(target(rest)?),
        ("mx", _) => Term::Exchanger(target(rest)?),
        _ => return None,
    };
    Some((result, term))
}

fn range(value: &str, v4: bool) -> Option<IpNet> {
    let net = match value.split_once('/') {
        Some((ip, length)) => IpNet::new(ip.parse().ok()?, self::length(length, 128)?).ok()?,
        None => IpNet::from(value.parse::<IpAddr>().ok()?),
    };
    (net.addr().is_ipv4() == v4).then(|| canonical(net))
}

/// A range of addresses that IPv6 writes for IPv4 (`::ffff:0:0/96`) is one of IPv4.
fn canonical(net: IpNet) -> IpNet {
    let v4 = IpNet::new(net.addr().to_canonical(), net.prefix_len().saturating_sub(96));
    match net.addr().to_canonical() {
        IpAddr::V4(_) if net.addr().is_ipv6() && net.prefix_len() >= 96 => v4.unwrap_or(net),
        _ => net,
    }
}

/// `:name/24//64`, each part optional.
fn target(rest: &str) -> Option<Target> {
    let (rest, v6) = match rest.rsplit_once("//") {
        Some((rest, v6)) => (rest, length(v6, 128)?),
        None => (rest, 128),
    };
    // A slash inside braces separates nothing.
    let slash = rest.rfind('/').filter(|&at| !rest[at..].contains('}'));
    let (name, v4) = match slash {
        Some(at) => (&rest[..at], length(&rest[at + 1..], 32)?),
        None => (rest, 32),
    };
    let name = match name.strip_prefix(':') {
        Some("") => return None,
        Some(name) => Some(name.to_owned()),
        None if name.is_empty() => None,
        None => return None,
    };
    Some(Target { name, v4, v6 })
}

fn length(text: &str, most: u8) -> Option<u8> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|&length| digits && length <= most)
}
